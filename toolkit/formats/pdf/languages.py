"""The language of words that are in another than the page: WeasyPrint 70 writes none but the page's own.

WCAG 2.2, 3.1.2 (language of parts): without it a voice reads them by the rules of the wrong language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.formats.pdf.ancestry import Around
from toolkit.formats.pdf.tree import Tree


def tell(tree: Tree, around: Sequence[Around], page_language: str) -> None:
    """Give the element of each mark the language of the words, where that is not `page_language`."""
    for number, marks in enumerate(around):
        owners = tree.parents[2 * number + 1]
        for mark, elements in marks.items():
            own = next((found for element in reversed(elements) if (found := _own(element.attrib))), page_language)
            if own != page_language and owners[mark] != "null":
                tree.at(owners[mark])["Lang"] = tree.string(own)


def _own(attributes: Mapping[str, Any]) -> str:
    return str(attributes.get("lang") or attributes.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
