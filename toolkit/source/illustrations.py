"""The pictures of a lesson: those of its article, and the documents that its questions are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.lesson import Article
from toolkit.model.specification import LessonSpec
from toolkit.source import references


def documents(spec: LessonSpec) -> Iterator[t.Figure]:
    """Yield the picture of every document that a question is about, with its address."""
    for question, place in references.nested(spec):
        for n, document in enumerate(question.documents()):
            if document.image:
                where = address.join(place, question.document_place(n), "image")
                yield t.Figure(document.image, document.alt or "", address=where)


def figures(article: Article, omitted: frozenset[int] = frozenset()) -> Iterator[t.Figure]:
    """Yield every figure of the article that is printed, in order, with its address."""
    runs = [article.opening] + [s.blocks for n, s in enumerate(article.sections) if n not in omitted]
    for blocks in runs:
        for block in blocks:
            yield from _figures(block, getattr(block, "address", ""))


def _figures(block: t.Block, place: str) -> Iterator[t.Figure]:
    match block:
        case t.Figure():
            yield replace(block, address=block.address or place)
        case t.Quote(content):
            for inner in content:
                yield from _figures(inner, place)
        case t.BulletList(items) | t.OrderedList(items):
            for item in items:
                for inner in item:
                    yield from _figures(inner, place)
        case _:
            return
