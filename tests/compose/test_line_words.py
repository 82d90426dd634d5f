"""What is printed of a reference, and when the paragraphs of a reading are numbered."""

from __future__ import annotations

import pytest
from sandbox import Sandbox

from toolkit.compose import compose
from toolkit.model import text as t
from toolkit.model.lines import Line, Lines
from toolkit.model.printout import Edition, Printout, Task

ARTICLE = """\
The river is old.

- a list

## Upstream

The land is flat [@reed1960] and *dry*.

![The bends](map.png)

Silt stays.

## Downstream

The town.
"""
SPEC = """\
title: The River
language: {language}
images: {{map.png: {{decorative: true}}}}
sections:
  - {{heading: Upstream, id: up}}
questions:
{questions}
bibliography:
  reed1960: {{type: book, author: "Reed, Ada", title: The land is flat, issued: 1960}}
"""
LINES: Lines = (
    Line(1, "article/opening/1", "The river is old."),
    Line(2, "article/opening/2", "a list"),
    Line(3, "article/upstream/1", "The land is flat (Reed"),
    Line(4, "article/upstream/1", "1960) and dry."),
    Line(5, "article/upstream/3", "Silt stays."),
    Line(6, "article/downstream/1", "The town."),
)


def composed(sandbox: Sandbox, *asked: str, language: str = "en", lines: Lines | None = LINES) -> Printout:
    questions = "".join(f"  - open: '{question}'\n" for question in asked) or "  []"
    sandbox.put("lessons/river/map.png", PNG)
    sandbox.lesson(SPEC.format(language=language, questions=questions), ARTICLE)
    return compose(sandbox.load(), "handout", Edition(), lines)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def stems(printout: Printout) -> list[str]:
    tasks = [block for part in printout.parts for block in part.blocks if isinstance(block, Task)]
    return [t.plain_block(task.stem[0]).replace("\u00a0", " ") for task in tasks]


def numbers(printout: Printout) -> list[str]:
    reading = next(part for part in printout.parts if part.kind == "reading")
    return [block.number for block in reading.blocks if isinstance(block, t.Paragraph)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["line 5", "lines 3–4", "paragraph 4", "paragraphs 2–3"]),
        ("es", ["línea 5", "líneas 3-4", "párrafo 4", "párrafos 2-3"]),
        ("fr", ["ligne 5", "lignes 3 à 4", "paragraphe 4", "paragraphes 2 à 3"]),
        ("vi", ["dòng 5", "dòng 3–4", "đoạn 4", "đoạn 2–3"]),
        ("ar", ["السطر 5", "السطران 3 و4", "الفقرة 4", "الفقرتان 2 و3"]),
    ],
)
def test_the_words_of_each_language(language: str, words: list[str], sandbox: Sandbox) -> None:
    asked = ("{line: up/2}", "{line: up/1}", "{paragraph: downstream/1}", "{paragraph: up/1-2}")
    assert stems(composed(sandbox, *asked, language=language)) == words


def test_a_list_of_more_than_two_lines_in_arabic(sandbox: Sandbox) -> None:
    assert stems(composed(sandbox, "{line: up/1-2}", language="ar")) == ["الأسطر من 3 إلى 5"]


def test_a_capital_begins_a_sentence(sandbox: Sandbox) -> None:
    assert stems(composed(sandbox, "{Line: up/2} and {Lines: up/1} and {Paragraph: up/1}.")) == [
        "Line 5 and Lines 3–4 and Paragraph 2."
    ]


def test_words_are_found_whatever_is_printed_between_them(sandbox: Sandbox) -> None:
    asked = '{line: "The LAND is"}, {line: "and dry"}, {line: "a list"}, {line: "flat"}'
    assert stems(composed(sandbox, asked)) == ["line 3, line 4, line 2, line 3"]


def test_paragraphs_are_numbered_where_something_points_at_them(sandbox: Sandbox) -> None:
    assert numbers(composed(sandbox, "Why?", lines=None)) == [""] * 4
    assert numbers(composed(sandbox, "Why {line: up/1}?")) == [""] * 4
    assert numbers(composed(sandbox, "Why {line: up/1}?", lines=None)) == ["1", "2", "3", "4"]
    assert numbers(composed(sandbox, "Why {paragraph: up/1}?")) == ["1", "2", "3", "4"]


def test_numbers_count_what_is_printed(sandbox: Sandbox) -> None:
    composed(sandbox, "Why {line: downstream/1}?", lines=None)
    file = sandbox.root / "lessons/river/lesson.yaml"
    text = file.read_text("utf-8").replace("id: up}", "id: up, excerpt: 3-3}")
    sandbox.lesson(text.replace("title:", "article: {file: article.md}\ntitle:", 1), ARTICLE)
    printout = compose(sandbox.load(), "handout", Edition(), None)
    assert stems(printout) == ["Why paragraph 3?"]
    assert [n for n in numbers(printout) if n] == ["1", "2", "3"]  # the mark of what is left out has none


def test_a_sheet_that_is_only_laid_out_says_nothing(sandbox: Sandbox) -> None:
    assert stems(composed(sandbox, "Why {line: up/1}?", lines=())) == ["Why …?"]


def test_every_text_of_a_lesson_may_point(sandbox: Sandbox) -> None:
    spec = SPEC.format(language="en", questions="  - {open: Why?, answer: 'See {line: up/2}.', hint: '{Line: up/1}.'}")
    sandbox.put("lessons/river/map.png", PNG)
    sandbox.lesson(spec.replace("title: The land is flat", "title: R, annotation: 'On {line: up/2}.'"), ARTICLE)
    printout = compose(sandbox.load(), "handout", Edition("teacher"), LINES)
    assert repr(printout).count("line\\xa05") == 2
    assert "LineReference" not in repr(printout)
