"""What WeasyPrint 70 leaves out of a tagged PDF, put right before the file is written.

Works on pydyf's objects through the public `finisher` of `write_pdf`. Their shape is not promised, so the
versions are pinned and every repair has a test. The rules are those of ISO 14289-1 (PDF/UA-1), numbered
as veraPDF numbers them; what each one needs was measured (pdf.md, B2 and B3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from toolkit.formats.pdf import figures, flattening, joining, languages, links, packet, tables
from toolkit.formats.pdf.ancestry import Around
from toolkit.formats.pdf.notes import Marks, tag
from toolkit.formats.pdf.tree import Element, Tree, reference

Untyped: TypeAlias = Any  # another object of pydyf, which has no types

UNSAID: Final = packet.Said()
PT: Final = 0.75  # a CSS pixel in points
# Khmer, Thai with sara am, Lao, the scripts of India, Sinhala, Myanmar: glyphs that are no letters, or out of order.
COMPOSED: Final = re.compile("[\u0900-\u0dff\u0e33\u0eb3\u1000-\u109f\u1780-\u17ff]")
# Elements that say nothing when they hold nothing.
TRANSPARENT: Final = frozenset(("/NonStruct", "/Span", "/Div", "/Sect", "/Part", "/LI", "/LBody"))


def finish(
    document: Untyped,
    pdf: Untyped,
    texts: Sequence[Mapping[int, str]],
    *,
    notes: Sequence[Marks] = (),
    around: Sequence[Around] = (),
    said: packet.Said = UNSAID,
    rtl: bool = False,
) -> None:
    """Change `pdf`, a pydyf.PDF, in place.

    `document` is WeasyPrint's Document that it was made from; `texts` are the words under each mark of
    each page, `notes` those that are a footnote's, `around` the HTML elements around each. `rtl` tells viewers
    that pages follow from the right (ISO 32000-1, 12.2).
    """
    tree = Tree(pdf)
    tables.join(tree, document.pages)
    figures.fold(tree, document.pages)
    links.tell(tree, document.pages)
    prune(tree, tree.document)
    for element in list(tree.walk(tree.document)):
        repair = _REPAIRS.get(element["S"])
        if repair:
            repair(tree, element)
    set_margins_apart(tree)
    tag(tree, notes)
    joining.join(tree, around)
    prune(tree, tree.document)
    for number, words in enumerate(texts):
        give_words(tree, number, words)
    languages.tell(tree, around, str(pdf.catalog["Lang"].string))
    flattening.flatten(tree, tree.document)
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link":
            item["F"] = 4  # Print (ISO 32000-1, 12.5.3): paper and screen show the same
        elif b"begincmap" in getattr(item, "stream", ()):
            fill_map(item.stream)
    packet.add(tree, said)
    if rtl:
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"


def prune(tree: Tree, element: Element) -> bool:
    """Return whether `element` says something; what says nothing under it is cut off.

    Answer rules are empty elements with a border. The border is an artifact already; the empty element
    would make a screen reader stop at nothing.
    """
    element["K"][:] = [kid for kid in element["K"] if not tree.holds(kid) or prune(tree, tree.at(kid))]
    return bool(element["K"]) or element["S"] not in TRANSPARENT


def give_scope(tree: Tree, header: Element) -> None:
    """Give a table header its Scope: Column in a THead, else Row (7.5-1; WeasyPrint writes none)."""
    row = tree.at(header["P"])
    header["A"]["Scope"] = "/Column" if tree.at(row["P"])["S"] == "/THead" else "/Row"


def give_body(tree: Tree, item: Element) -> None:
    """Put everything in a list item but its label into one LBody (7.2-20)."""
    kids = [(kid, tree.at(kid)["S"] if tree.holds(kid) else "") for kid in item["K"]]
    labels = [kid for kid, kind in kids if kind == "/Lbl"]
    rest = [kid for kid, kind in kids if kind != "/Lbl"]
    if not rest or (len(rest) == 1 and kids[-1][1] == "/LBody"):
        return
    for kid, kind in kids:
        if kind == "/LBody":  # the item's first words, without a paragraph of their own
            tree.at(kid)["S"] = "/P"
    body = tree.add("/LBody", item, rest)
    item["K"][:] = [*labels, reference(body)]


def give_box(tree: Tree, figure: Element) -> None:
    """Give a figure its BBox in points from the foot of the page (ISO 32000-1, 14.8.5.4.3).

    WeasyPrint writes CSS pixels from the head of the page.
    """
    x1, y1, x2, y2 = figure["A"]["BBox"]
    top = tree.at(figure["Pg"])["MediaBox"][3]
    figure["A"]["BBox"][:] = [x1 * PT, top - y2 * PT, x2 * PT, top - y1 * PT]


def give_words(tree: Tree, number: int, words: Mapping[int, str]) -> None:
    """Write the words themselves beside text whose glyphs do not tell them (ISO 32000-1, 14.9.4).

    In Khmer a glyph is a part of a letter or several, and stands in another order than it is read.
    """
    page = tree.at(tree.pdf.page_references[number])
    marks = {}
    for item in tree.at(page["Contents"]).stream:
        if isinstance(item, dict) and COMPOSED.search(text := words.get(item.get("MCID", -1), "")):
            marks[item["MCID"]] = text
            item["ActualText"] = tree.string(text)
    entries = tree.parents[tree.parents.index(number) + 1]
    for mark, text in marks.items():
        if (element := entries[mark]) != "null" and tree.at(element)["S"] == "/Span":
            tree.at(element)["ActualText"] = tree.string(text)


def fill_map(stream: list[Any]) -> None:
    """Let no glyph of a ToUnicode map stand for nothing (7.21.7-1): the second glyph of a letter does."""
    for at, line in enumerate(stream):
        if isinstance(line, bytes) and line.endswith(b" <>"):
            stream[at] = line[:-2] + b"<2060>"  # WORD JOINER: no width, no break, no sound


def set_margins_apart(tree: Tree) -> None:
    """Turn running heads and folios into pagination artifacts (7.1-3; Matterhorn 01-005).

    WeasyPrint marks them as content and hangs the marks on elements outside the tree. A reader would
    hear the folio in the middle of a sentence.
    """
    inside = {reference(element) for element in tree.walk(tree.document)}
    for number, entries in zip(tree.parents[::2], tree.parents[1::2], strict=True):
        if not isinstance(entries, list):
            continue  # an annotation: its entry is one reference
        outside = {mark for mark, parent in enumerate(entries) if parent not in inside}
        for mark in outside:
            tree.at(entries[mark]).clear()
            entries[mark] = "null"
        page = tree.at(tree.pdf.page_references[number])
        _mark_as_artifacts(tree.at(page["Contents"]).stream, outside)


def _mark_as_artifacts(content: list[Any], marks: set[int]) -> None:
    """Rewrite `/Span <</MCID n>> BDC` for each n of `marks`; pydyf keeps the three as three items."""
    for at, item in enumerate(content):
        if isinstance(item, dict) and item.get("MCID") in marks:
            content[at - 1] = "/Artifact"
            content[at] = type(item)({"Type": "/Pagination"})  # a pydyf.Dictionary


_REPAIRS: Final[Mapping[str, Callable[[Tree, Element], None]]] = {
    "/TH": give_scope,
    "/LI": give_body,
    "/Figure": give_box,
}
