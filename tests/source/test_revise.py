"""Revisions carried into lessons: every text of every good example, and byte for byte elsewhere."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from sandbox import REPOSITORY, Sandbox

from toolkit.model import markup
from toolkit.model import text as t
from toolkit.model.diagnostics import LessonError
from toolkit.model.project import Project
from toolkit.model.revision import Deleted, Inserted, Moved, Passage, Relined, Revision, Reworded
from toolkit.model.tokens import CITED, tokens
from toolkit.source import lesson
from toolkit.source.revise import Revised, Sheet, revise
from toolkit.source.revise_bytes import restored
from toolkit.source.richness import rich_texts

EXAMPLES = sorted((REPOSITORY / "tests/examples/good").glob("*/lesson.yaml"))
LESSONS = sorted((REPOSITORY / "lessons").glob("[!_]*/lesson.yaml"))


def carried(file: Path, *revisions: Revision, today: tuple[Passage, ...] = ()) -> tuple[Revised, Mapping[str, str]]:
    """Return the lesson in `file` with `revisions`, and its texts as they were."""
    loaded = lesson.load(file, Project())

    def check(texts: Mapping[str, str]) -> str:
        try:
            lesson.load(file, Project(), texts)
        except LessonError as error:
            return str(error)
        return ""

    return revise(loaded, Sheet((), (), today, revisions), check), loaded.positions.texts


def with_word(words: t.Inlines, word: str) -> t.Inlines:
    """Return `words` with one more behind the first of them that is plain."""
    made: list[t.Inline] = []
    done = False
    for node in words:
        if isinstance(node, t.Text) and " " in node.text.strip() and not done:
            head, _, rest = node.text.partition(" ") if node.text.strip() == node.text else ("", "", node.text)
            made.append(t.Text(f"{head} {word} {rest}" if head else f" {word}{rest}"))
            done = True
        else:
            made.append(node)
    return tuple(made) if done else (*words, t.Text(f" {word}"))


def edits(file: Path) -> list[Reworded]:
    """Return an edit of every text of one paragraph in a lesson that prints as it is written."""
    spec = lesson.load(file, Project()).lesson.spec
    found = []
    for place, rich in rich_texts(spec):
        blocks = markup.blocks(rich.words)
        alone = len(blocks) == 1 and isinstance(blocks[0], t.Paragraph)
        words = markup.inlines(" ".join(rich.words.split()))
        plain = all(token.text[0] != CITED for token in tokens(words)) and "{" not in rich.words
        if plain and (rich.one_line or alone) and "/criteria/" not in place and "\\\n" not in rich.words:
            found.append(Reworded(place, words, with_word(words, "zzz")))
    return found


@pytest.mark.parametrize("file", [*EXAMPLES, *LESSONS], ids=lambda file: file.parent.name)
def test_every_text_of_a_lesson_takes_an_edit(file: Path) -> None:
    # Option texts repeat each other (`correct` and `options`): one of each is enough.
    # The source of the article is printed among the credits, which are no place of their own.
    left = [edit for edit in edits(file) if "/correct" not in edit.address]
    wanted = [edit for edit in left if not edit.address.startswith("article/")]
    chosen = random.Random(7).sample(wanted, min(len(wanted), 40))  # a sample, the same each time
    revised, before = carried(file, *chosen)
    states = {
        outcome.revision.address: outcome for outcome in revised.outcomes if isinstance(outcome.revision, Reworded)
    }
    assert {place: outcome.reason for place, outcome in states.items() if outcome.state != "applied"} == {}
    for name, text in revised.texts.items():
        old, new = (" ".join(words.split()).split(" ") for words in (before[name], text))
        assert [word for word in new if "zzz" not in word][:3] == old[:3]
        assert text.count("zzz") >= 1
        comments = [line.strip() for line in before[name].split("\n") if line.strip().startswith("#")]
        assert [line.strip() for line in text.split("\n") if line.strip().startswith("#")] == comments


@pytest.mark.parametrize("file", LESSONS, ids=lambda file: file.parent.name)
def test_one_edit_changes_the_lines_of_one_text(file: Path) -> None:
    for edit in random.Random(3).sample(edits(file), 6):  # a sample, the same each time
        revised, before = carried(file, edit)
        assert [outcome.state for outcome in revised.outcomes] == ["applied"], edit.address
        [(name, text)] = revised.texts.items()
        old, new = before[name].split("\n"), text.split("\n")
        head = next(n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
        tail = next(n for n, pair in enumerate(zip(old[::-1], new[::-1], strict=False)) if pair[0] != pair[1])
        assert old[head : len(old) - tail] != new[head : len(new) - tail]
        assert len(old) - head - tail <= 8, edit.address  # a text of a few lines


def passage(role: str, words: str, lines: int | None = None) -> Passage:
    return Passage("", role, markup.inlines(words), lines)


SPEC = """\
title: T
sections:
  - heading: Upstream
    vocabulary: {silt: Fine earth.}
    questions:
      - match: Match.
        pairs: {the horn: to keep clean, the hole: to hang}
        spare: [to write]
      - cloze: A {wooden} paddle with {one} sheet.
      - table: Fill in.
        columns: [Part, Stuff]
        rows:
          - [the board, "{wood}"]
      - order: Sort.
        items: [First, Then]
        levels: {support: Sort the two.}
questions:
  - open: What? Say why.
    hint: |
      Look at it.

      Then think.
people:
  - {name: Ada Reed, role: engineer, dates: 1900/1980, note: She built it.}
chronology:
  - {date: 1953-02-01, event: The dike breaks.}
related:
  - {title: The Dike, note: What came after.}
"""
DIGESTS = {"the horn": "items", "to keep clean": "options", "to write": "options", "First": "items"}


def at(words: str) -> str:
    from toolkit.model import address

    number = 4 if words == "First" else 1
    return f"sections/1/questions/{number}/{DIGESTS[words]}/{address.unordered(words)}"


@pytest.mark.parametrize(
    ("address", "before", "after", "old", "new"),
    [
        (at("the horn"), "the horn", "the leaf", "{the horn: to", "{the leaf: to"),
        (at("to keep clean"), "to keep clean", "to stay clean", "to keep clean", "to stay clean"),
        (at("to write"), "to write", "to draw", "[to write]", "[to draw]"),
        (at("First"), "First", "One", "[First,", "[One,"),
        ("sections/1/questions/2/answer/2", "one", "a single", "{one}", "{a single}"),
        ("sections/1/questions/3/rows/1/2", "wood", "oak", '"{wood}"', '"{oak}"'),
        ("sections/1/questions/3/header/2", "Stuff", "Matter", "[Part, Stuff]", "[Part, Matter]"),
        ("sections/1/questions/4/levels/support/prompt", "Sort the two.", "Sort both.", "Sort the two.", "Sort both."),
        ("sections/1/vocabulary/silt/means", "Fine earth.", "Fine soil.", "Fine earth.", "Fine soil."),
        ("sections/1/vocabulary/silt/term", "silt", "mud", "{silt: Fine", "{mud: Fine"),
        ("questions/1/hint/2", "Then think.", "Then write.", "      Then think.", "      Then write."),
        ("people/1/name", "Ada Reed", "Ada Lane", "{name: Ada Reed", "{name: Ada Lane"),
        ("people/1/detail", "1900–1980, engineer", "1900–1980, builder", "role: engineer", "role: builder"),
        ("chronology/1/date", "February 1, 1953", "March 3, 1954", "date: 1953-02-01", "date: 1954-03-03"),
        ("related/1", "**The Dike** — What came after.", "**The Dike** — What came next.", "came after.", "came next."),
    ],
)
def test_every_place_has_its_text(sandbox: Sandbox, address: str, before: str, after: str, old: str, new: str) -> None:
    file = sandbox.lesson(SPEC)
    revised, _ = carried(file, Reworded(address, markup.inlines(before), markup.inlines(after)))
    [outcome] = revised.outcomes
    assert outcome.state == "applied", outcome
    assert list(revised.texts.values()) == [SPEC.replace(old, new)]


@pytest.mark.parametrize(
    "address", ["labels/plan", "people/1/dates", "chronology/1/within", "sections/9/questions/1/open"]
)
def test_what_no_author_wrote_is_told(sandbox: Sandbox, address: str) -> None:
    revised, _ = carried(sandbox.lesson(SPEC), Reworded(address, markup.inlines("a"), markup.inlines("b")))
    assert [outcome.state for outcome in revised.outcomes] == ["reported"]
    assert not revised.texts


def test_a_part_of_a_date_is_a_field_of_its_own(sandbox: Sandbox) -> None:
    spec = SPEC.replace("{date: 1953-02-01,", "{date: 1953-02, within: early,")
    file = sandbox.lesson(spec)
    for after, states in (("February 1953", ["reported"]), ("early March 1953", ["applied"])):
        edit = Reworded("chronology/1/date", markup.inlines("early February 1953"), markup.inlines(after))
        revised, _ = carried(file, edit)
        assert [outcome.state for outcome in revised.outcomes] == states
    assert list(revised.texts.values()) == [spec.replace("1953-02", "1953-03")]


def test_new_items_of_every_list(sandbox: Sandbox) -> None:
    file = sandbox.lesson(SPEC)
    options = (passage("option", "a"), passage("option", "b"))
    revised, _ = carried(
        file,
        Inserted("questions", "questions/1", (passage("question", "Choose *one*."), *options)),
        Inserted("questions", "questions/1", (passage("question", "Write."), passage("text", "A lot.", 7))),
        Inserted("sections/1/vocabulary", "", (passage("gloss", "**levee** (noun) A wall: of earth."),)),
        Inserted("chronology", "", (passage("date", "March 1952"), passage("event", "It rains."))),
        Inserted("sections/1/questions/3/rows", "", (passage("cell", "a"), passage("cell", "{b}"))),
        Inserted("questions/1/hint", "questions/1/hint", (passage("note", "In between."),)),
        Inserted("related", "related/1", (passage("bullet", "The Sluice"),)),
        Inserted("pacing", "", (passage("cell", "5"),)),
    )  # fmt: skip  # one a line
    assert [outcome.state for outcome in revised.outcomes] == ["applied"] * 7 + ["reported"], revised.outcomes
    [text] = revised.texts.values()
    for lines in (
        "  - choose: Choose *one*.\n    options: [a, b]\n",
        "  - open: >-\n      Write.\n\n\n      A lot.\n    lines: 7\n",
        'vocabulary: {levee: {part: noun, means: "A wall: of earth."}, silt: Fine earth.}\n',
        "chronology:\n  - {date: 1952-03, event: It rains.}\n",
        '        rows:\n          - [a, "{b}"]\n          - [the board',
        "      Look at it.\n\n      In between.\n\n      Then think.\n",
        "  - {title: The Dike, note: What came after.}\n  - The Sluice\n",
    ):
        assert lines in text


def test_items_taken_out_and_moved(sandbox: Sandbox) -> None:
    file = sandbox.lesson(SPEC)
    revised, _ = carried(
        file,
        Deleted("sections/1/questions/2", ()),
        Moved("sections/1/questions/4", "sections/1/questions", ""),
        Deleted("questions/1/hint/2", ()),
        Deleted("article/upstream/1", ()),
    )
    states = [outcome.state for outcome in revised.outcomes]
    assert states[:3] == ["applied"] * 3
    text = next(text for name, text in revised.texts.items() if name.endswith("yaml"))
    assert "cloze" not in text
    assert text.index("- order") < text.index("- match") < text.index("- table")
    assert "Then think" not in text
    assert "      Look at it.\npeople" in text


def test_a_question_goes_into_another_section(sandbox: Sandbox) -> None:
    file = sandbox.lesson(SPEC)
    revised, _ = carried(file, Moved("sections/1/questions/4", "questions", ""))
    assert [outcome.state for outcome in revised.outcomes] == ["applied"]
    [text] = revised.texts.values()
    assert (
        "questions:\n  - order: Sort.\n    items: [First, Then]\n    levels: {support: Sort the two.}\n  - open" in text
    )


def test_a_paragraph_goes_into_another_section(sandbox: Sandbox) -> None:
    file = sandbox.lesson(SPEC)
    revised, before = carried(file, Moved("article/upstream/1", "article/downstream", "article/downstream/1"))
    assert [outcome.state for outcome in revised.outcomes] == ["applied"]
    [(name, text)] = revised.texts.items()
    words = "The water slows and drops its silt.\n"
    assert text == before[name].replace(f"{words}\n", "") + f"\n{words}"


def test_lines_are_added_where_none_are_said(sandbox: Sandbox) -> None:
    file = sandbox.lesson(SPEC)
    revised, _ = carried(file, Relined("questions/1", 3, 6), Relined("sections/1/questions/1", 1, 2))
    assert [outcome.state for outcome in revised.outcomes] == ["applied", "reported"]
    assert list(revised.texts.values()) == [SPEC.replace("      Then think.\n", "      Then think.\n    lines: 6\n")]


@pytest.mark.parametrize(
    ("raw", "new", "wanted"),
    [
        (b"a\r\nb\r\n", "a\nc\nb\n", b"a\r\nc\r\nb\r\n"),
        (b"\xef\xbb\xbfa\nb\r\nc", "a\nB\nc", b"\xef\xbb\xbfa\nB\nc"),
        (b"a\nb\r\nc\r\n", "a\nx\nc\n", b"a\nx\r\nc\r\n"),
        (b"a\r\nb", "a\nc", b"a\r\nc"),
        (b"a\rb\r", "a\nc\n", b"a\rc\r"),
        (b"a\nb\n", "a\n", b"a\n"),
    ],
)
def test_lines_keep_their_ends(raw: bytes, new: str, wanted: bytes) -> None:
    assert restored(raw, new) == wanted
