"""The structure tree of a PDF while it is still pydyf's objects: what the repairs of `finisher` work on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

Element: TypeAlias = dict[str, Any]  # a pydyf.Dictionary: one structure element
Untyped: TypeAlias = Any  # another object of pydyf, which has no types


class Tree:
    """The structure tree of a pydyf.PDF: its elements by reference, its pages and their content."""

    def __init__(self, pdf: Untyped) -> None:
        self.pdf = pdf
        root = self.at(pdf.catalog["StructTreeRoot"])
        self.document: Element = self.at(root["K"][0])
        self.parents: list[Any] = self.at(root["ParentTree"])["Nums"]

    def at(self, reference: bytes) -> Untyped:
        """Return the object that `reference` (b"12 0 R") leads to."""
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Element) -> Iterator[Element]:
        """Yield the structure elements directly under `element`, in reading order."""
        for kid in element.get("K", ()):
            if self.holds(kid):
                yield self.at(kid)

    def holds(self, kid: Untyped) -> bool:
        """Return whether `kid`, an item of an element's K, is an element of the tree."""
        return isinstance(kid, bytes) and self.at(kid).get("Type") == "/StructElem"

    def walk(self, element: Element) -> Iterator[Element]:
        """Yield `element` and everything under it, in reading order."""
        yield element
        for kid in self.kids(element):
            yield from self.walk(kid)

    def owners(self, page: bytes) -> list[bytes]:
        """Return the entries of `page` in the parent tree: the element of each of its marks."""
        found: list[bytes] = self.parents[2 * self.pdf.page_references.index(page) + 1]
        return found

    def own(self, annotation: bytes, element: Element) -> None:
        """Make `element` the one that an annotation belongs to."""
        self.parents[2 * int(self.at(annotation)["StructParent"]) + 1] = reference(element)

    def string(self, text: str) -> Untyped:
        """Return `text` as a PDF string object."""
        return type(self.pdf.info["Producer"])(text)  # pydyf.String, which comes with the engine

    def add(self, kind: str, parent: Element, kids: list[Any]) -> Untyped:
        """Return a new element of `kind` ("/LBody") under `parent`, which takes over `kids`."""
        model = type(parent)  # pydyf.Dictionary, which is not imported here: it comes with the engine
        element = model({"Type": "/StructElem", "S": kind, "P": reference(parent), "K": type(parent["K"])(kids)})
        if "Pg" in parent:
            element["Pg"] = parent["Pg"]
        self.pdf.add_object(element)
        for kid in self.kids(element):
            kid["P"] = reference(element)
        return element


def reference(element: Untyped) -> bytes:
    """Return the reference of `element`, as pydyf writes it."""
    found: bytes = element.reference
    return found
