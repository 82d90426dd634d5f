"""Markdown of a lesson: what it means, and what is refused instead of dropped."""

from __future__ import annotations

import time

import pytest

from toolkit.model import commonmark, markup
from toolkit.model import text as t


def article(text: str) -> t.Blocks:
    found = markup.read(text, article=True)
    assert not found.problems
    return tuple(placed.block for placed in found.placed)


def faults(text: str, *, one_line: bool = False, as_article: bool = True) -> list[tuple[str, str, int]]:
    found = markup.read(text, one_line=one_line, article=as_article)
    return [(problem.code, problem.needle, problem.line) for problem in found.problems]


def words(*texts: str) -> t.Inlines:
    return tuple(t.Text(text) for text in texts)


# -- what the signs mean ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Flat land", words("Flat land")),
        ("*flat* **land**", (t.Emphasis(words("flat")), t.Text(" "), t.Strong(words("land")))),
        ("`a < b`", (t.Code("a < b"),)),
        ("a\nb", words("a b")),
        ("a  \nb", (t.Text("a"), t.LineBreak(), t.Text("b"))),
        ("[it](https://example.org/a b)", words("[it](https://example.org/a b)")),
        ("[*it*](https://example.org)", (t.Link((t.Emphasis(words("it")),), "https://example.org"),)),
        ("<https://example.org>", (t.Link(words("https://example.org"), "https://example.org"),)),
        ("<ada@example.org>", (t.Link(words("ada@example.org"), "mailto:ada@example.org"),)),
        ("[x](https://münchen.example/ñ)", (t.Link(words("x"), "https://xn--mnchen-3ya.example/%C3%B1"),)),
        ("[x](HTTPS://example.org)", (t.Link(words("x"), "HTTPS://example.org"),)),
        ("[x](#upstream)", (t.Link(words("x"), "#upstream"),)),
        (r"\@home \[not\] \<b> \*", words("@home [not] <b> *")),
        (r"\[@reed\]", (t.Text("["), t.Citation((t.Cite("reed"),), in_text=True), t.Text("]"))),
        ("&copy; &amp; &lt;b&gt; &#64;x", words("© & <b> @x")),
        ("a < b > c, 3<4", words("a < b > c, 3<4")),
        ("~~no~~ and :smile:", words("~~no~~ and :smile:")),
        ("[@reed, 3]", (t.Citation((t.Cite("reed", locator="3"),)),)),
        ("*[@reed]*", (t.Emphasis((t.Citation((t.Cite("reed"),)),)),)),
        ("`@reed`", (t.Code("@reed"),)),
        ("T^[a note]", (t.Text("T"), t.Note((t.Paragraph(words("a note")),)))),
        ("- not a list", words("- not a list")),
    ],
)
def test_a_line(text: str, content: t.Inlines) -> None:
    assert markup.problems(text, one_line=True) == ()
    assert markup.inlines(text) == content


def test_blocks() -> None:
    text = "One.\n\n- a\n- b\n  1. c\n\n> said\n\n```\ncode\n```\n\n---\n\n3. x\n"
    assert markup.blocks(text) == (
        t.Paragraph(words("One.")),
        t.BulletList(
            ((t.Paragraph(words("a")),), (t.Paragraph(words("b")), t.OrderedList(((t.Paragraph(words("c")),),), 1)))
        ),
        t.Quote((t.Paragraph(words("said")),)),
        t.CodeBlock("code"),
        t.Rule(),
        t.OrderedList(((t.Paragraph(words("x")),),), 3),
    )


def test_a_table_has_as_many_cells_in_each_row() -> None:
    (table,) = article("| a | b | c |\n|:--|:-:|--:|\n| 1 | *2* |\n| 3 | 4 \\| 5 | |\n")
    assert table == t.Table(
        (words("a"), words("b"), words("c")),
        ((words("1"), (t.Emphasis(words("2")),), ()), (words("3"), words("4 | 5"), ())),
        ("left", "center", "right"),
    )


def test_footnotes_stand_where_they_are_referred_to() -> None:
    (paragraph,) = article("One[^a] two[^b].\n\n[^b]: Second.\n\n[^a]: First.\n\n    More.\n")
    notes = [node for node in paragraph.content if isinstance(node, t.Note)]  # type: ignore[union-attr]  # a paragraph
    assert [len(note.content) for note in notes] == [2, 1]
    assert t.plain_block(notes[0].content[0]) == "First."


def test_pictures_become_figures_of_their_own() -> None:
    blocks = article('Before ![a *b* `c` &amp; d](images/a%20b.png "Drawn by *Reed*") after.')
    assert blocks == (
        t.Paragraph(words("Before ", " after.")),
        t.Figure("images/a b.png", "a b c & d", (t.Text("Drawn by "), t.Emphasis(words("Reed")))),
    )


def test_a_footnote_beside_a_picture_is_kept() -> None:
    blocks = article("![a](b.png)[^1]\n\n[^1]: Whose.\n")
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Figure"]
    assert isinstance(blocks[0], t.Paragraph)
    assert any(isinstance(node, t.Note) for node in t.walk(blocks[0].content))


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("![a](images/map.png)", "images/map.png"),
        ("![a](<images/a b.png>)", "images/a b.png"),
        ("![a](images/s%C3%B4ng.png)", "images/sông.png"),
        ("![a](images/sông.png)", "images/sông.png"),
        ("![a](images/100%.png)", "images/100%.png"),
        ("![a](a%00b.png)", "a%00b.png"),
        ("![a](a%0Ab.png)", "a\nb.png"),
        ("![a][map]\n\n[map]: images/map.png", "images/map.png"),
    ],
)
def test_the_file_of_a_picture(source: str, file: str) -> None:
    figures = [placed.block for placed in markup.read(source, article=True).placed]
    assert [block.file for block in figures if isinstance(block, t.Figure)] == [file]


# -- what is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "needle"),
    [
        ("<b>x", "L212", "<b>"),
        ("x</b>", "L212", "</b>"),
        ("<br/>", "L212", "<br/>"),
        ("<!-- note *it* -->", "L212", "<!--"),
        ("<?php x", "L212", "<?p"),
        ("<!DOCTYPE html", "L212", "<!DOCTYPE"),
        ("<img src=x onerror=alert(1)>", "L212", "<img src=x onerror=alert(1)>"),
        ("<a\nhref=x>", "L212", "<a href=x>"),
        ("*<i>*", "L212", "<i>"),
        ("[x](javascript:alert(1))", "L211", "javascript:alert(1)"),
        ("[x](JaVaScRiPt:alert(1))", "L211", "JaVaScRiPt:alert(1)"),
        ("[x](&#106;avascript:alert(1))", "L211", "javascript:alert(1)"),
        ("[x](vbscript:x)", "L211", "vbscript:x"),
        ("[x](data:text/html;base64,x)", "L211", "data:text/html;base64,x"),
        ("[x](file:///etc/passwd)", "L211", "file:///etc/passwd"),
        ("[x](//evil.example)", "L211", "//evil.example"),
        ("[x](../other.md)", "L211", "../other.md"),
        ("[x]()", "L211", "]("),
        ("[x](http://)", "L211", "http://"),
        ("<javascript:alert(1)>", "L211", "javascript:alert(1)"),
        ("x[^none]", "L212", "[^none]"),
        ("a &#x202e; b", "Y104", "&#x202e;"),
        ("a &#8232; b", "Y104", "&#8232;"),
        ("a &#12; b", "Y104", "&#12;"),
    ],
)
def test_what_no_text_may_hold(text: str, code: str, needle: str) -> None:
    assert faults(text, one_line=True) == [(code, needle, 0)]
    assert faults(f"First.\n\n{text}\n") == [(code, needle, 2)]


@pytest.mark.parametrize(
    ("text", "code", "needle", "line"),
    [
        ("x\n\n[^a]: lost\n", "L212", "[^a]:", 2),
        ("x[^a]\n\n[^a]: one\n\n[^a]: two\n", "L212", "[^a]:", 4),
        ("x[^a]\n\n[^a]: one[^b]\n\n[^b]: two\n", "L212", "[^b]", 2),
        ("x[^a]\n\n[^a]: - [^b]: one\n", "L212", "[^b]:", 2),
        ("x^[one ^[two]]\n", "L212", "^[", 0),
        ("- # x\n", "L212", "#", 0),
        ("> ## x\n", "L212", "#", 0),
        ("#\n", "L210", "#", 0),
        ("| a |\n|---|\n| 1 | 2 |\n", "L212", "| 1 | 2 |", 2),
        ("> | a |\n> |---|\n> | 1 | 2 |\n", "L212", "> | 1 | 2 |", 2),
        ("# A ![x](y.png)\n", "L212", "![", 0),
        ("| ![x](y.png) |\n|---|\n", "L212", "![", 0),
        ("x[^a]\n\n[^a]: ![x](y.png)\n", "L212", "![", 2),
        ('![x](y.png "<b>")\n', "L212", "<b>", 0),
    ],
)
def test_what_an_article_may_not_hold(text: str, code: str, needle: str, line: int) -> None:
    assert faults(text) == [(code, needle, line)]


@pytest.mark.parametrize(("text", "needle"), [("# x", "#"), ("x\n===", "#"), ("![x](y.png)", "![")])
def test_what_only_an_article_may_hold(text: str, needle: str) -> None:
    assert faults(text) == []
    assert faults(text, as_article=False) == [("L212", needle, 0)]


# -- hostile texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "> " * 500 + "a",
        "".join("  " * n + "- a\n" for n in range(200)),
        "1. " * 300 + "a",
        "*a **a " * 400 + "a** a*" * 400,
        "[" * 20_000,
        "![" * 10_000,
        "![" * 3_000 + "](x)" * 3_000,
        "^[" * 5_000 + "]" * 5_000,
        "[a](" * 5_000,
        "<" * 20_000,
        "<a " * 6_000,
        "<!-- " * 4_000,
        "`" * 9_999,
        "".join("`" * n + "a" for n in range(190)),
        "*" * 20_000,
        "_a" * 10_000,
        "\\" * 20_000,
        "&" * 20_000,
        "&#" * 10_000,
        "| a " * 4_000 + "|\n" + "|---" * 4_000 + "|\n",
        "[^a]" * 5_000 + "\n\n[^a]: x",
        "".join(f"[^{n}]: x\n\n" for n in range(1_500)),
        "@a " * 6_000,
        "[ " + "@a " * 6_000,
        "[x]: " * 4_000,
        "\n" * 20_000,
        "a\n" * 10_000,
        "\t" * 20_000 + "a",
    ],
)
def test_a_hostile_text_costs_little(text: str) -> None:
    started = time.process_time()
    markup.read(text, article=True)
    markup.read(text, one_line=True)
    assert time.process_time() - started < 3  # seconds of this process, whatever else the machine does


def test_a_paragraph_without_end_is_refused_and_not_read() -> None:
    assert faults("x\n\n" + "a" * (commonmark.LONGEST_RUN + 1)) == [("L210", "", 2)]
    assert faults("a" * commonmark.LONGEST_RUN) == []


@pytest.mark.parametrize("paragraphs", [20, 21, 2_000])
def test_a_text_of_brackets_costs_little(paragraphs: int) -> None:
    text = "x\n\n" + ("[" * 1_000 + "\n\n") * paragraphs
    started = time.process_time()
    assert faults(text) == ([("L210", "", 2)] if paragraphs > 20 else [])
    assert time.process_time() - started < 3  # seconds of this process, whatever else the machine does


@pytest.mark.parametrize("depth", [7, 8, 9, 10, 30, 200])
def test_the_deepest_nesting(depth: int) -> None:
    assert bool(faults("> " * depth + "a")) is (depth > 18)
    assert bool(faults("".join("  " * n + "- a\n" for n in range(depth)))) is (depth > 8)


def test_equal_texts_are_read_once() -> None:
    assert markup.read("Flat *land*.") is markup.read("Flat *land*.")
