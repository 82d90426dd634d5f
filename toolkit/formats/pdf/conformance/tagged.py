"""A PDF file opened for checking: its catalog, its pages with their marks, and its structure tree as values."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

from toolkit.formats.pdf.conformance.content import Mark, marks
from toolkit.formats.pdf.conformance.typefaces import Faces

Object: TypeAlias = Any  # an object of the file. pypdf tells their types apart only as it reads them.
_DEEPEST: Final = 400  # elements within elements; Python's own limit is at 1000 calls


@dataclass(frozen=True, slots=True)
class Content:
    """A mark that an element holds: its page, counted from 1 (0 where none is named), and its MCID."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Held:
    """An annotation that an element holds, by the number of its object in the file."""

    number: int


@dataclass(slots=True, eq=False)
class Element:
    """A structure element. `kind` is its standard type ("LBody"), `name` what it calls itself; `page` 0 if unsaid."""

    kind: str
    name: str
    raw: Object
    number: int
    page: int
    parent: Element | None = None
    kids: list[Element | Content | Held] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """Return the elements directly under it, in reading order."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """Yield it and everything under it, in reading order."""
        yield self
        for kid in self.elements:
            yield from kid.walk()

    def within(self, *kinds: str) -> bool:
        """Return whether it stands in an element of one of `kinds`."""
        above = self.parent
        while above is not None:
            if above.kind in kinds:
                return True
            above = above.parent
        return False

    def said(self, key: str) -> str:
        """Return a text that it says of itself ("Alt"), "" where it says none."""
        value = self.raw.get(f"/{key}")
        return "" if value is None else str(value)

    def attribute(self, key: str) -> Object:
        """Return the value of an attribute ("Scope"), None where it has none."""
        found = self.raw.get("/A")
        for each in found if isinstance(found, list) else [found]:
            owner = resolved(each)
            if isinstance(owner, dict) and f"/{key}" in owner:
                return owner[f"/{key}"]
        return None


class TaggedFile:
    """A PDF file. Raises pypdf.errors.PyPdfError for bytes that are none."""

    def __init__(self, data: bytes) -> None:
        from pypdf import PdfReader

        self.reader = PdfReader(io.BytesIO(data))
        self.catalog: Object = resolved(self.reader.trailer["/Root"])
        self.root: Object = resolved(self.catalog.get("/StructTreeRoot")) or {}
        self.twice: list[Element] = []  # elements that stand in the tree more than once
        self._met: set[int] = set()

    @cached_property
    def pages(self) -> list[Object]:
        """Return the dictionaries of the pages."""
        return [page.get_object() for page in self.reader.pages]

    @cached_property
    def page_numbers(self) -> dict[int, int]:
        """Return the number of each page, counted from 1, by the number of its object."""
        references = (page.indirect_reference for page in self.reader.pages)
        return {reference.idnum: at for at, reference in enumerate(references, 1) if reference is not None}

    @cached_property
    def marks(self) -> list[list[Mark]]:
        """Return the marks of each page, as they are painted."""
        faces, found = Faces(), []
        for number, page in enumerate(self.reader.pages, 1):
            content = page.get_contents()
            resources = resolved(page.get("/Resources")) or {}
            found.append(marks(number, resources, content.get_data() if content is not None else b"", faces))
        return found

    @cached_property
    def marked(self) -> dict[Content, Mark]:
        """Return the marks that have a number, by page and number."""
        return {Content(m.page, m.number): m for page in self.marks for m in page if m.number is not None}

    @cached_property
    def roles(self) -> dict[str, str]:
        """Return the role map: the types that stand for others."""
        found = resolved(self.root.get("/RoleMap")) or {}
        return {str(key).lstrip("/"): str(value).lstrip("/") for key, value in found.items()}

    @cached_property
    def tops(self) -> list[Element]:
        """Return the elements at the head of the tree: one Document."""
        return [kid for kid in self._kids(self.root, 0, None, 0) if isinstance(kid, Element)]

    @cached_property
    def elements(self) -> list[Element]:
        """Return every element of the tree, in reading order."""
        return [element for top in self.tops for element in top.walk()]

    def of(self, *kinds: str) -> Iterator[Element]:
        """Yield the elements of one of `kinds`, in reading order."""
        return (element for element in self.elements if element.kind in kinds)

    @cached_property
    def parents(self) -> dict[int, Object]:
        """Return the parent tree: what each page (a list) or annotation (one reference) is owned by."""
        return dict(_numbers(resolved(self.root.get("/ParentTree")), 0))

    @cached_property
    def annotations(self) -> list[tuple[int, int, Object]]:
        """Return the annotations of the file: page, number of the object (0 where it is no object), dictionary."""
        return [
            (number, getattr(each, "idnum", 0), resolved(each))
            for number, page in enumerate(self.pages, 1)
            for each in resolved(page.get("/Annots")) or []
        ]

    def contents(self, element: Element) -> Iterator[Content]:
        """Yield the marks under `element`, in reading order."""
        for kid in element.kids:
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Element):
                yield from self.contents(kid)

    def words(self, element: Element) -> str:
        """Return what `element` says aloud: its replacement, or the text of its marks."""
        told = element.said("ActualText") or element.said("Alt")
        if told:
            return told
        pieces = []
        for kid in element.kids:
            if isinstance(kid, Element):
                pieces.append(self.words(kid))
            elif isinstance(kid, Content) and kid in self.marked:
                mark = self.marked[kid]
                pieces.append(str(mark.properties.get("ActualText", mark.words)))
        return " ".join(filter(None, pieces)) if element.kind != "Span" else "".join(pieces)

    def page_of(self, element: Element) -> int:
        """Return the page where `element` begins, 0 where nothing tells."""
        return next((content.page for content in self.contents(element) if content.page), element.page)

    def _kids(self, raw: Object, page: int, parent: Element | None, deep: int) -> Iterator[Element | Content | Held]:
        kids = resolved(raw.get("/K")) if raw else None
        for each in kids if isinstance(kids, list) else [] if kids is None else [raw.raw_get("/K")]:
            found = self._kid(each, page, parent, deep)
            if found is not None:
                yield found

    def _kid(self, value: Object, page: int, parent: Element | None, deep: int) -> Element | Content | Held | None:
        kid: Object = resolved(value)
        if isinstance(kid, int):
            return Content(page, int(kid))
        if not hasattr(kid, "raw_get"):  # no dictionary
            return None
        page = self._page(kid) or page
        if kid.get("/Type") == "/MCR" or ("/MCID" in kid and "/S" not in kid):
            return Content(page, int(kid["/MCID"]))
        if kid.get("/Type") == "/OBJR":
            return Held(getattr(kid.raw_get("/Obj"), "idnum", 0) if "/Obj" in kid else 0)
        return self._element(kid, getattr(value, "idnum", 0), page, parent, deep)

    def _element(self, raw: Object, number: int, page: int, parent: Element | None, deep: int) -> Element | None:
        name = str(raw.get("/S", "")).lstrip("/")
        element = Element(self._role(name), name, raw, number, page, parent)
        if number in self._met and number:
            self.twice.append(element)
            return None
        self._met.add(number)
        if deep < _DEEPEST:
            element.kids = list(self._kids(raw, page, element, deep + 1))
        return element

    def _role(self, name: str) -> str:
        for _ in range(len(self.roles)):
            if name not in self.roles:
                break
            name = self.roles[name]
        return name

    def _page(self, raw: Object) -> int:
        return self.page_numbers.get(getattr(raw.raw_get("/Pg"), "idnum", 0), 0) if "/Pg" in raw else 0


def resolved(value: Object) -> Object:
    """Return the object that `value` leads to, or is."""
    return value.get_object() if hasattr(value, "get_object") else value


def _numbers(node: Object, deep: int) -> Iterator[tuple[int, Object]]:
    """Yield the entries of a number tree (ISO 32000-1, 7.9.7): a number, and a list or reference as it stands."""
    if not isinstance(node, dict) or deep > _DEEPEST:
        return
    numbers = resolved(node.get("/Nums")) or []
    for key, value in zip(numbers[::2], numbers[1::2], strict=False):
        held = resolved(value)
        yield int(resolved(key)), held if isinstance(held, list) else value
    for kid in resolved(node.get("/Kids")) or []:
        yield from _numbers(resolved(kid), deep + 1)
