"""Words from runs: the same rich text however Word cuts it, and through rich text and back nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from random import Random

import docx_samples as samples
import pytest
from lxml import etree

from toolkit.formats.docx import write
from toolkit.formats.docx.archive import unpack
from toolkit.formats.docx.oxml import qn, text, w
from toolkit.formats.docx.reading import read
from toolkit.formats.docx.reading.glyphs import Glyph, Look, glyphs_of, inlines, spelled
from toolkit.formats.docx.reading.looks import Styles
from toolkit.formats.docx.reading.runs import RunReader, Sources
from toolkit.model.printout import Part
from toolkit.model.text import Emphasis, Inlines, LineBreak, Link, Strong, Text, plain

STYLES = etree.fromstring(unpack(write(samples.sheet(), samples.unreported))["word/styles.xml"])
SOURCES = Sources(Styles(STYLES), {"rId1": "https://example.org/"}, {}, {}, {"_LT_a_b": "article/a/b"})
LOOKS = [
    Look(strong=strong, emphasis=emphasis, href=href)
    for strong in (False, True)
    for emphasis in (False, True)
    for href in ("", "https://example.org/")
]


def random_glyphs(random: Random) -> list[Glyph]:
    """Return words and spaces, signs and breaks, each stretch with a look of its own."""
    pieces = ["war", "half", " ", "  ", ",", ".", "\n", "(", "é", "”", "\u00a0", "a b"]
    return [
        glyph for _ in range(random.randint(1, 12)) for glyph in spelled(random.choice(pieces), random.choice(LOOKS))
    ]


def paragraph(glyphs: list[Glyph], random: Random) -> etree._Element:
    """Return a paragraph of `glyphs`, cut into runs wherever it pleases a word processor."""
    made = w("p", w("pPr", w("pStyle", val="BodyText")))
    for href, stretch in groupby(glyphs, key=lambda one: one.look.href):
        parent = made
        if href:
            parent = w("hyperlink")
            parent.set(qn("r:id"), "rId1")
            made.append(parent)
        for glyph in stretch:
            if random.random() < 0.3:
                made.append(w("proofErr", type="spellStart"))
            look = glyph.look
            marks = [
                *([w("b", val=random.choice(("1", "true", "on", None)))] if look.strong else []),
                *([w("b", val=random.choice(("0", "false")))] if not look.strong and random.random() < 0.3 else []),
                *([w("i")] if look.emphasis else []),
            ]
            piece = w("br") if glyph.character == "\n" else text(glyph.character)
            parent.append(w("r", w("rPr", *marks), piece, rsidR="00AB12CD"))
    return made


@pytest.mark.parametrize("seed", range(300))
def test_runs_to_rich_text_and_back(seed: int) -> None:
    random = Random(seed)
    glyphs = random_glyphs(random)
    read = RunReader(SOURCES).read(paragraph(glyphs, random), "BodyText").glyphs
    assert "".join(one.character for one in read) == "".join(one.character for one in glyphs)
    content = inlines(read)
    again = inlines(glyphs_of(content))
    assert again == content, "the canonical form of the canonical form is itself"
    assert inlines(glyphs) == content, "however it is cut into runs"
    letters = [(one.character, one.look) for one in glyphs if not one.character.isspace()]
    kept = [(one.character, one.look) for one in glyphs_of(content) if not one.character.isspace()]
    assert kept == letters, "every letter looks as it did"


@pytest.mark.parametrize("seed", range(60))
def test_what_the_writer_writes_is_read_as_it_was(seed: int) -> None:
    random = Random(seed)
    content = inlines(random_glyphs(random))
    if not plain(content).strip():
        return
    sheet = samples.sheet()
    block = samples.prose("", "article/a/1")
    printout = replace(sheet, parts=(Part("reading", (replace(block, content=content),)),))
    passages = {one.address: one.words for one in read(write(printout, samples.unreported)).before}
    assert passages["article/a/1"] == content


def shown(*runs: etree._Element, style: str = "BodyText") -> Inlines:
    return inlines(RunReader(SOURCES).read(w("p", *runs), style).glyphs)


def run(words: str, *properties: etree._Element) -> etree._Element:
    return w("r", w("rPr", *properties), text(words))


def test_spaces_stand_outside_of_marks() -> None:
    read = shown(run("The "), run(" bold words ", w("b")), run("end"))
    assert read == (Text("The "), Strong((Text("bold words"),)), Text(" end"))


def test_half_a_word_may_be_stressed() -> None:
    assert shown(run("Civil wa", w("i")), run("r")) == (Emphasis((Text("Civil wa"),)), Text("r"))


def test_styles_make_bold_and_italic_too() -> None:
    assert shown(run("a", w("rStyle", val="Strong"))) == (Strong((Text("a"),)),)
    assert shown(run("a", w("rStyle", val="Emphasis"), w("b"))) == (Strong((Emphasis((Text("a"),)),)),)
    assert shown(run("a", w("rStyle", val="Strong"), w("b", val="0"))) == (Text("a"),)


def test_in_a_heading_nothing_is_bold() -> None:
    assert shown(run("a "), run("b", w("b")), style="Heading2") == (Text("a b"),)


def test_a_link_may_be_a_field() -> None:
    code = w("r", text(' HYPERLINK "https://example.org/" \\l "part" ', "instrText"))
    begin, separate, end = (w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    read = shown(run("see "), begin, code, separate, run("it", w("b")), end, run("."))
    assert read == (Text("see "), Link((Strong((Text("it"),)),), "https://example.org/#part"), Text("."))


def test_hidden_words_and_codes_are_not_read() -> None:
    begin, separate, end = (w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    code = w("r", text(" PAGE ", "instrText"))
    assert shown(run("a", w("vanish")), run("page "), begin, code, separate, run("7"), end) == (Text("page 7"),)


def test_breaks_hyphens_and_symbols() -> None:
    pieces = w(
        "r", text("a"), w("br"), text("b"), w("noBreakHyphen"), text("c"), w("br", type="page"), w("sym", char="F0B7")
    )
    assert shown(pieces) == (Text("a"), LineBreak(), Text("b\u2011c\u00b7"))
