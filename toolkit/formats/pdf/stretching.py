"""Answer rules that go on to the foot of the page: how many more there is room for.

That is known only after layout. The page is laid out with the fewest rules, measured, and laid out again
with the rules that fit. The style sheet lets nothing follow them on their page but a total and the
credits, so that one measurement is enough. The boxes are WeasyPrint's own affair; the version is pinned,
and tests compare the last rule with the foot of its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types

SLACK: Final = 0.5  # px: what rounding may take from a page before its last rule would move to the next
# Boxes that hold others, and may be drawn out to the foot of a page that they go on from.
HOLDERS: Final = frozenset(("html", "body", "main", "section"))


def more_rules(pages: Sequence[Untyped]) -> tuple[int, ...]:
    """Return how many more rules fit each answer space that fills its page, in the order of `pages`.

    Of several on one page the last gets all.
    """
    found: dict[int, int] = {}
    for page in pages:
        spaces = [box for box in page._page_box.descendants() if _fills(box)]
        found |= {id(space.element): 0 for space in spaces}
        if spaces:
            space = spaces[-1]
            room = bottom(page._page_box) - lowest(page._page_box) - SLACK
            found[id(space.element)] = max(0, int(room // _pitch(space)))
    return tuple(found.values())


def _fills(box: Untyped) -> bool:
    return box.element is not None and box.element_tag == "div" and box.element.get("class") == "lines fill"


def _pitch(space: Untyped) -> float:
    return float(next(box.border_height() for box in space.children if box.element_tag == "i"))


def bottom(page: Untyped) -> float:
    """Return where the room for text ends on `page`: above its footnotes, in px from its head."""
    ends = [box.position_y for box in page.children if type(box).__name__ == "FootnoteAreaBox" and box.height]
    return float(min(ends, default=page.content_box_y() + page.height))


def lowest(page: Untyped) -> float:
    """Return the foot of the lowest box in the flow of `page`, in px from its head."""
    root = next(box for box in page.children if box.element_tag == "html")
    return float(max(box.border_box_y() + box.border_height() for box in _in_flow(root)))


def _in_flow(box: Untyped) -> Iterator[Untyped]:
    for child in getattr(box, "children", ()):
        if not child.is_in_normal_flow():
            continue
        if type(child).__name__ == "LineBox" or child.element_tag not in HOLDERS:
            yield child
        else:
            yield from _in_flow(child)
