"""Answers are kept, believed only when they are whole, and asked for again when the question is another."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sandbox import Result, Sandbox

from toolkit.citations.asking import Answer, Place, Question, loaded
from toolkit.model import text as t
from toolkit.model.style import CitationStyle
from toolkit.model.text import Citation, Cite, Text
from toolkit.source import answers, citeproc
from toolkit.source.answers import OLDEST, Answers

STYLE = CitationStyle("house", "house", "<style/>", notes=True, lists=True, sentence_case=False)
QUESTION = Question(STYLE, "en", ({"id": "reed"},), (Place((Citation((Cite("reed"),)),)),))
NOTE = t.Note((t.Paragraph((Text("Reed, "), t.Emphasis((Text("Water"),)))),))
RICH = (t.Strong((Text("a"),)), t.Link((t.Code("b"),), "https://example.org"), t.LineBreak(), NOTE)
ANSWER = Answer((RICH,), (("reed", (Text("Reed. “Water”."),)),))


class Counting:
    """An engine that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def ask(self, question: Question) -> Answer:
        self.asked += 1
        return ANSWER


def test_an_answer_comes_back_as_it_was() -> None:
    assert loaded(ANSWER.dumped()) == ANSWER


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1, 2]", '[[[["x"]]], []]', '[[], [["k"]]]', "[[[null]], []]"])
def test_any_other_text_is_no_answer(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the message is of no use to anybody
        loaded(text)


def test_an_answer_is_asked_for_once(tmp_path: Path) -> None:
    engine = Counting()
    kept = Answers(engine, "1", tmp_path)
    assert kept.ask(QUESTION) == kept.ask(QUESTION) == ANSWER
    assert Answers(engine, "1", tmp_path).ask(QUESTION) == ANSWER, "another process finds it on the disk"
    assert engine.asked == 1


@pytest.mark.parametrize("other", [
    replace(QUESTION, language="es"),
    replace(QUESTION, items=({"id": "reed", "title": "Water"},)),
    replace(QUESTION, style=replace(STYLE, csl="<style />")),
    replace(QUESTION, places=(Place((Citation((Cite("reed", locator="3"),)),)),)),
    replace(QUESTION, places=(Place((Citation((Cite("reed"),)),), in_note=True),)),
])  # fmt: skip  # a table
def test_another_question_is_asked(tmp_path: Path, other: Question) -> None:
    engine = Counting()
    Answers(engine, "1", tmp_path).ask(QUESTION)
    Answers(engine, "1", tmp_path).ask(other)
    Answers(engine, "2", tmp_path).ask(QUESTION)
    assert engine.asked == 3


@pytest.mark.parametrize("damage", [
    lambda data: b"",
    lambda data: data[:-3],
    lambda data: data.replace("“Water”".encode(), "“Fire”".encode()),
    lambda data: b"\xff\xfe" + data,
    lambda data: data.partition(b"\n")[0] + b"\n[]",
])  # fmt: skip  # a table
def test_a_damaged_entry_is_not_believed(tmp_path: Path, damage: object) -> None:
    engine = Counting()
    Answers(engine, "1", tmp_path).ask(QUESTION)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(damage(entry.read_bytes()))  # type: ignore[operator]  # one of the functions above
    assert Answers(engine, "1", tmp_path).ask(QUESTION) == ANSWER
    assert engine.asked == 2
    assert Answers(engine, "1", tmp_path).ask(QUESTION) == ANSWER
    assert engine.asked == 2, "the entry is whole again"


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (None, tmp_path / "file" / "deeper"):
        assert Answers(Counting(), "1", folder).ask(QUESTION) == ANSWER
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_what_nobody_asked_for_in_months_is_dropped(tmp_path: Path) -> None:
    old, used = tmp_path / "old", tmp_path / "used"
    for path, age in ((old, OLDEST + 60), (used, OLDEST / 2)):
        path.write_text("x")
        os.utime(path, (time.time() - age,) * 2)
    Answers(Counting(), "1", tmp_path).ask(QUESTION)
    assert not old.exists()
    assert used.exists()


LESSON = """\
title: The River
style: apa
bibliography:
  reed1950: {type: book, author: "Reed, Ada", title: Water, publisher: Press, issued: 1950}
"""


def build(sandbox: Sandbox, cache: str, output: str) -> tuple[Result, dict[str, bytes]]:
    """Build as a new process would: nothing is known but what is on the disk."""
    answers._answers.cache_clear()
    citeproc.worker().close()
    done = sandbox.run("build", "--format", "html", "-o", output, env={"XDG_CACHE_HOME": cache})
    there = sandbox.files(output) if (sandbox.root / output).is_dir() else []
    return done, {name: (sandbox.root / output / name).read_bytes() for name in there}


def test_a_build_with_its_answers_kept_starts_no_engine(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no process may be started")

    sandbox.lesson(LESSON, "Old [@reed1950].\n")
    cache = str(sandbox.root / "cache")
    first, pages = build(sandbox, cache, "first")
    assert first.code == 0, first.err
    assert any(b"(Reed, 1950)" in page for page in pages.values())
    monkeypatch.setattr(subprocess, "Popen", refuse)
    again, same = build(sandbox, cache, "again")
    assert again.code == 0, again.err
    assert same == pages
    cold, nothing = build(sandbox, f"{cache}-2", "cold")
    assert (cold.code, nothing) == (1, {})
    assert "S511" in cold.err
    answers._answers.cache_clear()
