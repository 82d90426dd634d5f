"""Random edits of random worksheets: every edit is told, and nothing else, with bookmarks and without."""

from __future__ import annotations

from pathlib import Path
from random import Random

import edit_fuzz
import pull_samples as samples
import pytest
from sandbox import Sandbox

from toolkit.formats import sealer, writer
from toolkit.formats.docx.reading import read
from toolkit.model.stamp import Stamp

LESSONS = 80  # with more than 900 edits, of each kind 25 at least
_CHUNK = 20


def sheet(seed: int, folder: Path) -> bytes:
    """Return the worksheet of a random lesson."""
    sandbox = Sandbox(folder)
    spec, article, pictures = edit_fuzz.lesson(seed)
    sandbox.lesson(spec, article)
    for name, picture in pictures.items():
        sandbox.put(f"lessons/river/{name}", picture)
    seal = sealer("docx")
    assert seal
    return seal(writer("docx")(sandbox.printout("worksheet"), lambda _: None), Stamp("river", "worksheet", "student"))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, LESSONS, _CHUNK))
def test_every_edit_is_told_and_nothing_else(first: int, tmp_path: Path) -> None:
    wrong, made = {}, 0
    for seed in range(first, first + _CHUNK):
        data = sheet(seed, tmp_path / str(seed))
        before = read(data).before
        random = Random(seed)
        editor = edit_fuzz.Editor(data, before, random)
        editor.edit(random.randint(10, 25))
        made += editor.count
        lists = edit_fuzz.lists_of(before)
        edited = editor.data()
        for name, one in (("with bookmarks", edited), ("without", samples.stripped(edited))):
            found = edit_fuzz.differences(editor.expected, lists, read(one).revisions, samples.whole)
            if found:
                wrong[seed, name] = found
    assert wrong == {}
    assert made > 10 * _CHUNK


def test_the_fuzz_sees_a_change_that_nobody_expects(tmp_path: Path) -> None:
    data = sheet(0, tmp_path)
    before = read(data).before
    editor = edit_fuzz.Editor(data, before, Random(0))
    editor.edit(10)
    revisions = read(editor.data()).revisions
    lists = edit_fuzz.lists_of(before)
    assert edit_fuzz.differences(editor.expected, lists, revisions, samples.whole) == []
    for number in range(len(revisions)):
        rest = [one for n, one in enumerate(revisions) if n != number]
        assert edit_fuzz.differences(editor.expected, lists, rest, samples.whole) != []
