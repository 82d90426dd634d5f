"""Rules of the structure tree: that it is one, that it holds each mark once, and that nothing in it is empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import Content, Element, Held, TaggedFile

# ISO 32000-1, 14.8.4: the standard structure types.
STANDARD: Final = frozenset(
    (
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
        *("NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
        *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
        *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    )
)
_MAY_BE_EMPTY: Final = ("TD", "TH")


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the tree itself."""
    if [top.kind for top in file.tops] != ["Document"]:
        yield Failure("document", "the structure of the file does not begin with one document")
    yield from _types(file)
    for element in file.elements:
        if not element.kids and element.kind not in _MAY_BE_EMPTY and not element.said("ActualText"):
            yield Failure("empty", f"an element {element.name} holds nothing", element.page, element)
        if not _leads_up(file, element):
            yield Failure("parents", f"an element {element.name} names another as its parent", element.page, element)
    for element in file.twice:
        yield Failure("once", f"an element {element.name} stands in the structure twice", element.page, element)
    names = Counter(element.said("ID") for element in file.elements if "/ID" in element.raw)
    for name in sorted(name for name, times in names.items() if times > 1):
        yield Failure("names", f"the name {name} is given to {names[name]} elements")
    yield from _marks(file)


def _types(file: TaggedFile) -> Iterator[Failure]:
    for name in sorted({element.name for element in file.elements if element.kind not in STANDARD}):
        yield Failure("types", f"the structure has elements {name}, which stand for no standard type")
    for name in sorted(STANDARD & file.roles.keys()):
        yield Failure("types", f"the standard type {name} is said to stand for another")


def _leads_up(file: TaggedFile, element: Element) -> bool:
    wanted = element.parent.number if element.parent else getattr(file.catalog.raw_get("/StructTreeRoot"), "idnum", 0)
    return "/P" in element.raw and getattr(element.raw.raw_get("/P"), "idnum", -1) == wanted


def _marks(file: TaggedFile) -> Iterator[Failure]:
    owners: dict[Content, Element] = {}
    for element, kid in ((e, kid) for e in file.elements for kid in e.kids if isinstance(kid, Content)):
        if kid in owners or kid not in file.marked:
            fault = "that another holds" if kid in owners else "that is on no page"
            yield Failure("mark-owner", f"an element {element.name} holds words {fault}", kid.page, element)
        owners.setdefault(kid, element)
    for content, mark in file.marked.items():
        owner = owners.get(content)
        if owner is None:
            yield Failure("mark-owner", f"{_quoted(mark.words)} in no element of the structure", content.page)
        elif _entry(file, content) != owner.number:
            yield Failure("parent-tree", "the list of owners leads to another element", content.page, owner)
    yield from _numbered(file)
    yield from _held(file)


def _numbered(file: TaggedFile) -> Iterator[Failure]:
    for page in file.marks:
        numbers = Counter(mark.number for mark in page if mark.number is not None)
        for number in (number for number, times in numbers.items() if times > 1):
            yield Failure("mark-number", f"the number {number} marks two pieces of the page", page[0].page)


def _entry(file: TaggedFile, content: Content) -> int:
    """Return the number of the object that the parent tree names for a mark, 0 where it names none."""
    page = file.pages[content.page - 1]
    entries = file.parents.get(int(page.get("/StructParents", -1)))
    if not isinstance(entries, list) or content.number >= len(entries):
        return 0
    return getattr(list.__getitem__(entries, content.number), "idnum", 0)


def _held(file: TaggedFile) -> Iterator[Failure]:
    keys = {number: each.get("/StructParent") for _, number, each in file.annotations if number}
    for element in file.elements:
        for kid in element.kids:
            if isinstance(kid, Held) and keys.get(kid.number) is not None:
                owner = file.parents.get(int(keys[kid.number]))
                if getattr(owner, "idnum", 0) != element.number:
                    yield Failure("parent-tree", "the list of owners leads to another element", element.page, element)


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return f"the words “{words[:40]}” are" if words else "a piece of the page is"
