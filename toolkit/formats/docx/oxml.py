"""WordprocessingML elements, made in one expression each.

The order of children is the caller's: `paragraphs`, `tables` and `inline` are the only places that know
the order in which ISO/IEC 29500-1 wants the properties of a paragraph, table or run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Final

from lxml import etree
from lxml.etree import _Element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES: Final = MappingProxyType({"w": W, "r": R})

# XML 1.0, production 2 (Char): what may stand in a document at all.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def qn(name: str) -> str:
    """Return `name` ("w:val", "r:id") in Clark notation."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def w(tag: str, *children: _Element | None, **attributes: str | int | None) -> _Element:
    """Return the element `w:tag` with `w:` attributes and `children`; whatever is None is left out."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap=dict(NAMESPACES))
    for name, value in attributes.items():
        if value is not None:
            element.set(f"{{{W}}}{name}", str(value))
    element.extend(child for child in children if child is not None)
    return element


def text(characters: str, tag: str = "t") -> _Element:
    """Return `w:t` (or `w:tag`) holding `characters`, every space of them kept."""
    element = w(tag)
    element.text = characters
    if characters != characters.strip() or "  " in characters:
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def legal(characters: str) -> str:
    """Return `characters` without those that XML 1.0 has no place for."""
    return _NOT_XML.sub("", characters)


def toggle(tag: str, on: bool) -> _Element | None:
    """Return the switch `w:tag` where `on`, else None."""
    return w(tag) if on else None


def in_order(elements: Iterable[_Element | None], order: Sequence[str]) -> list[_Element]:
    """Return those of `elements` that are not None, sorted by where their tags stand in `order`.

    Word calls a file damaged whose properties are not in the order of the schema.
    """
    return sorted((one for one in elements if one is not None), key=lambda one: order.index(one.tag.rpartition("}")[2]))


def replace_child(parent: _Element, child: _Element, before: Iterable[str]) -> None:
    """Put `child` into `parent` in place of its namesake, in front of the first of the tags `before`."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    successors = {qn(f"w:{tag}") for tag in before}
    for index, sibling in enumerate(parent):
        if sibling.tag in successors:
            parent.insert(index, child)
            return
    parent.append(child)
