"""Every diagnostic points at the very word, however the lesson is written."""

from __future__ import annotations

import contextlib
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox import Sandbox

from toolkit.model.diagnostics import Diagnostic, LessonError, Span
from toolkit.model.project import Project
from toolkit.source import lesson
from toolkit.source.positions import Positions

ARTICLE = "## Upstream\n\nThe land is flat.\n"
# Before the word, in its line or above: what columns and lines are wrongly counted over.
BEFORE = [
    "",
    "The river",
    "Sông Cửu Long",
    "ទន្លេមេគង្គ",
    "Meko\u0301ng",
    "🌊 wave",
    "النهر",
    "a\u00a0b",
    "٣٤",
    "e\u0301\u0302",
]
# How a text can stand in YAML. PLACE is where it goes; {indent} is two levels deep.
STYLES = {
    "plain": "note: {text}",
    "single quotes": "note: '{text}'",
    "double quotes": 'note: "{text}"',
    "literal": "note: |\n      {text}",
    "literal, kept": "note: |+\n      An opening line.\n\n      {text}\n",
    "folded": "note: >-\n      An opening line that goes on\n      {text}",
    "plain over lines": "note: An opening line\n      {text}",
    "double quotes over lines": 'note: "An opening line\n      {text}"',
    "after a comment": "# note: {text}\n    note: {text}",
    "after an equal word": "note: See WORD {text}",
}


def told(spec: str | bytes, folder: Path, article: str | bytes = ARTICLE) -> tuple[Diagnostic, ...]:
    """Return what is told of a lesson."""
    place = folder / "river"
    place.mkdir(exist_ok=True)
    (place / "lesson.yaml").write_bytes(spec if isinstance(spec, bytes) else spec.encode())
    (place / "article.md").write_bytes(article if isinstance(article, bytes) else article.encode())
    with contextlib.chdir(folder):
        try:
            return lesson.load(place / "lesson.yaml", Project()).notices
        except LessonError as error:
            return error.diagnostics


def words_at(span: Span | None, text: str) -> str:
    """Return the words of `text` that `span` covers."""
    assert span
    assert span.end_line == span.line
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


def only(diagnostics: tuple[Diagnostic, ...]) -> Diagnostic:
    assert len(diagnostics) == 1, diagnostics
    return diagnostics[0]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("word", "code"), [("@low1999", "R301"), ("<b>", "L212"), ("javascript:alert(1)", "L211")])
def test_a_word_in_a_text(style: str, before: str, word: str, code: str, tmp_path: Path) -> None:
    text = f"{before or 'See'} {'[it](' + word + ')' if code == 'L211' else word} after"
    written = STYLES[style].format(text=text).replace("WORD", word + "x" if code == "R301" else "b")
    spec = f"title: {before or 'River'}\nsections:\n  - heading: Upstream\n    {written}\n"
    if style == "after an equal word" and code == "R301":
        spec += f"bibliography:\n  {word[1:]}x: {{type: book, title: Rivers}}\n"
    found = only(told(spec, tmp_path))
    assert found.code == code
    assert words_at(found.span, spec) == word
    if style == "after a comment":
        assert found.span
        assert found.span.line == 5


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_key_and_a_value_behind_other_scripts(before: str, ends: str, mark: str, tmp_path: Path) -> None:
    spec = textwrap.dedent(f"""\
        title: River
        people:
          - {{name: "{before}", rol: engineer, dates: 1950/1890}}
        duration: fifty
        """)
    spec = spec if before else spec.replace('""', "x")
    found = told((mark + spec.replace("\n", ends)).encode(), tmp_path)
    assert [(d.code, words_at(d.span, spec)) for d in found] == [
        ("L201", "rol"),
        ("L205", "1950/1890"),
        ("L203", "fifty"),
    ]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_word_in_the_article(before: str, ends: str, tmp_path: Path) -> None:
    article = (
        f"## Upstream\n\n{before} Flat <i>land</i>.\n\n- {before}\n  - and @low1999\n\n> {before}\n> [x](//evil)\n\n"
        f"| {before} | b |\n|---|---|\n| {before} @reed | c |\n\nNote.[^1]\n\n[^1]: {before} as @reed says.\n"
    )
    found = told("title: River\n", tmp_path, article.replace("\n", ends))
    assert [words_at(d.span, article) for d in found] == ["<i>", "</i>", "@low1999", "//evil", "@reed", "@reed"]
    assert [d.span.line for d in found if d.span] == [3, 3, 6, 9, 13, 17]


FAULTS = {
    "unknown key": ("{colour}: blue", "L201"),
    "number": ("duration: {fifty}", "L203"),
    "date": ("date: {1953-13}", "L205"),
    "language": ("language: {english}", "L209"),
    "id": ("id: {A River}", "L207"),
    "list": ("places: {Delta}", "L203"),
    "in a flow sequence": ("places: [Delta, {&x}  x]", "Y106"),
    "in a flow mapping": ("rights: {open}licence: CC0, {holder_}: x{close}", "L201"),
    "address": ("article: {open}source: {open}url: {www.example.org}{close}{close}", "L211"),
    "point": ("questions: [{open}open: Why?, points: {-1}{close}]", "L204"),
    "deep": ("questions:\n  - open: Why?\n    standards:\n      - {D2.Geo}", "R306"),
    "record": ("bibliography:\n  reed: {open}type: {boook}, title: Rivers{close}", "L204"),
    "heading": ("sections:\n  - heading: {Downstream}", "R302"),
    "file": ("article: {artcle.md}", "R304"),
    "twice": ("title: The River\n{title}: The Sea", "Y108"),
}


# In quotation marks an anchor is none.
QUOTED = [(name, quotes) for name in FAULTS for quotes in ("", '"', "'") if not (quotes and "{&x}" in FAULTS[name][0])]


@pytest.mark.parametrize(("name", "quotes"), QUOTED)
def test_a_value_in_any_quotation_marks(name: str, quotes: str, tmp_path: Path) -> None:
    template, code = FAULTS[name]
    word = next(w for w in ("colour", "fifty", "1953-13", "english", "A River", "Delta", "&x", "holder_",
        "www.example.org", "-1", "D2.Geo", "boook", "Downstream", "artcle.md", "title")
        if "{" + w + "}" in template)  # fmt: skip  # a list of words
    spec = template.replace("{" + word + "}", f"{quotes}{word}{quotes}").replace("{open}", "{").replace("{close}", "}")
    spec = (spec if name == "twice" else f"title: The River\n{spec}") + "\n"
    found = only(told(spec, tmp_path))
    assert found.code == code
    assert words_at(found.span, spec) in {word, f"{quotes}{word}{quotes}"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.text(st.characters(categories=["L", "M", "N", "Zs"]), max_size=30),
    lines=st.integers(0, 3),
    word=st.sampled_from(["@low1999", "<b>", "@low-1999:a"]),
    repeats=st.integers(1, 3),
)
def test_each_of_several_equal_words(before: str, lines: int, word: str, repeats: int, tmp_path: Path) -> None:
    one = " ".join(f"{before} {word}." for _ in range(repeats))
    spec = "title: River\n" + "# a comment\n" * lines + f"summary: {one!r}\n".replace("\\", "")
    if "'" in one or "\\" in repr(one):
        spec = "title: River\n" + "# a comment\n" * lines + f'summary: "x {one}"\n'
    found = told(spec, tmp_path)
    assert [words_at(d.span, spec) for d in found] == [word] * repeats
    assert len({d.span for d in found}) == repeats


# -- the excerpt that is printed ----------------------------------------------------------------------


@pytest.mark.parametrize("position", [0, 10, 37, 38, 39, 75, 76, 77, 500, 1600])
@pytest.mark.parametrize("after", [0, 5, 300])
def test_the_excerpt_of_a_long_line_is_cut_around_the_word(position: int, after: int, sandbox: Sandbox) -> None:
    filler = ("dike " * 400)[:position].rjust(position, "x")
    sandbox.lesson(f"title: River\nsummary: '{filler} @low1999 {'silt ' * (after // 5)}'\n".replace("' ", "'"))
    out = sandbox.run("check", "river").out.split("\n")
    at = next(n for n, line in enumerate(out) if "R301" in line)
    excerpt, marks = out[at + 1], out[at + 2]
    assert len(excerpt) <= len("    2 | ") + 76
    assert excerpt[marks.index("^") : marks.rindex("^") + 1] == "@low1999"
    assert marks.count("^") == len("@low1999")


def test_a_place_that_is_not_found_is_the_whole_place() -> None:
    span = Span("lesson.yaml", 1, 8, 1, 14)
    positions = Positions({"title": span}, {"lesson.yaml": "title: caf\\u00e9\n"})
    assert positions.resolve(Diagnostic("R301", "x", address="title", needle="café")).span == span
    assert positions.resolve(Diagnostic("R301", "x", address="title/3/open", needle="")).span == span
    assert positions.resolve(Diagnostic("R301", "x", address="elsewhere")).span is None
