"""The lists that addresses lead through: which item of which list a place belongs to.

`sections/a/questions/b/open/2` is the second paragraph of the prompt of question b: it is in the list
`sections/a/questions`, in its item b, and in the list of the prompt's paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# The steps after which a list's items stand; what stands on pages in an order that the program makes, not the author.
_LISTS: Final = frozenset(
    {
        "questions", "parts", "options", "items", "rows", "chronology", "pacing", "people", "related", "objectives",
        "standards", "bibliography", "vocabulary", "sources",
    }
)  # fmt: skip  # a set reads better in lines
# The flow of all questions: those of the sections, then those of the whole lesson, which are the list `questions`.
QUESTIONS: Final = "every/questions"
_SORTED: Final = frozenset({"chronology", "bibliography", "items", "vocabulary"})


@dataclass(frozen=True, slots=True)
class Step:
    """An item of a list, by the addresses of both."""

    parent: str
    item: str


@lru_cache(maxsize=8192)
def steps(address: str, *, cell: bool = False) -> tuple[Step, ...]:
    """Return the items that `address` is in, the outermost first; of a `cell`, up to its row."""
    return tuple(_steps(address.split("/"), cell=cell))


def _steps(parts: list[str], *, cell: bool) -> Iterator[Step]:
    last = len(parts) - (1 if cell else 0)
    if parts[0] == "article":
        yield from (_step(parts, end) for end in range(3, last + 1))
        return
    at = 0
    while at < len(parts):
        if parts[at] == "sections":
            at += 2
        elif parts[at] in _LISTS and at + 1 < len(parts):
            yield _step(parts, at + 2)
            at += 2
        else:
            break
    if at + 1 == len(parts) and not cell:
        field = "/".join(parts)
        yield Step(field, field)
    yield from (_step(parts, end) for end in range(at + 2, last + 1))


def _step(parts: list[str], end: int) -> Step:
    return Step("/".join(parts[: end - 1]), "/".join(parts[:end]))


def question_of(address: str) -> str:
    """Return the address of the question, or of the part of one, that `address` is in; "" for none."""
    found = [step.item for step in steps(address) if step.parent.rpartition("/")[2] in ("questions", "parts")]
    return found[-1] if found else ""


def is_sorted(parent: str) -> bool:
    """Return whether the items of the list at `parent` stand on the page in an order that no author wrote."""
    name = parent.rpartition("/")[2]
    return name in _SORTED


def flow_of(parent: str) -> str:
    """Return the flow that the list at `parent` is a part of: lists that follow each other on the page are one.

    A list that is a part of none is a flow of its own, by its address.
    """
    if parent.rpartition("/")[2] == "questions":
        return QUESTIONS
    return "article" if parent.startswith("article/") and parent.count("/") == 1 else parent


def headed_by(address: str) -> str:
    """Return the list that the heading at `address` stands over, "" for another place."""
    parts = address.split("/")
    if len(parts) == 2 and parts[0] == "article":
        return address
    if len(parts) == 3 and parts[0] == "sections" and parts[2] == "heading":
        return f"sections/{parts[1]}/questions"
    return "questions" if address == "labels/whole" else ""


def within(address: str, outer: str) -> bool:
    """Return whether `address` is `outer` or a place in it."""
    return address == outer or address.startswith(f"{outer}/")
