"""The reading: the article with its glosses and figures, and the notes that teachers get with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.compose import glossing
from toolkit.compose.desk import Desk
from toolkit.model import address, markup
from toolkit.model import text as t
from toolkit.model.lesson import ArticleSection
from toolkit.model.presentation import manner_of
from toolkit.model.printout import Aside, Block, Fact, FactList, Gloss, Part
from toolkit.model.specification import Section
from toolkit.source.excerpts import printed
from toolkit.source.references import sections


def parts(desk: Desk) -> Iterator[Part]:
    """Yield the reading, and the vocabulary that found no place beside it."""
    words = glossing.glossary(desk.lesson)
    blocks = tuple(_article(desk, words))
    if manner_of(desk.edition.presentation).flowing:
        blocks = tuple(_below(blocks))
    if blocks:
        yield Part("reading", blocks)
    left = words.left()
    if left:
        facts = tuple(_fact(desk, entry) for entry in left)
        yield Part("vocabulary", (desk.heading(2, "vocabulary"), FactList(facts)))


def _below(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield `blocks` with each gloss below what it belongs to, for a page without a margin column."""
    waiting: list[Block] = []
    for block in blocks:
        if isinstance(block, Gloss):
            waiting.append(block)
        else:
            yield block
            yield from waiting
            waiting = []
    yield from waiting


def _article(desk: Desk, words: glossing.Glossary) -> Iterator[Block]:
    paired = {
        index: (section, place) for (section, place), index in zip(sections(desk.spec), desk.lesson.paired, strict=True)
    }
    for block in desk.lesson.article.opening:
        yield from _block(desk, block, words, None)
    for index, article_section in enumerate(desk.lesson.article.sections):
        if index not in desk.lesson.omitted:
            yield from _section(desk, index, article_section, words, paired.get(index))


def _section(
    desk: Desk, index: int, found: ArticleSection, words: glossing.Glossary, pair: tuple[Section, str] | None
) -> Iterator[Block]:
    yield t.Heading(found.level, desk.prose.run(found.heading), address.join("article", found.anchor))
    if pair and pair[0].note and desk.teacher:
        place = address.join(pair[1], "note")
        yield Aside(desk.labels("heading.notes"), desk.prose.blocks(pair[0].note, place), place)
    shown = printed(desk.lesson, index)
    if shown.start > 0:
        yield _omission(desk)
    for position in shown:
        yield from _block(desk, found.blocks[position], words, index)
    if shown.stop < len(found.blocks):
        yield _omission(desk)


def _omission(desk: Desk) -> t.Paragraph:
    return t.Paragraph((t.Text(desk.labels("page.omission")),), role="omission")


def _block(desk: Desk, block: t.Block, words: glossing.Glossary, section: int | None) -> Iterator[Block]:
    described = _described(desk, block)
    marked, glosses = words.mark(described, section)
    for gloss in glosses:
        yield replace(gloss, definition=desk.prose.run(gloss.definition), translation=desk.prose.run(gloss.translation))
    ready = t.rebuilt(marked, desk.prose.run)
    yield replace(ready, number=desk.prose.pointing.number(ready.address)) if isinstance(ready, t.Paragraph) else ready


def _described(desk: Desk, block: t.Block) -> t.Block:
    """Return `block` with what the lesson says of its figures: alternative text, caption, credit, not yet prepared."""
    match block:
        case t.Figure():
            return _figure(desk, block)
        case t.Quote(content):
            return replace(block, content=tuple(_described(desk, inner) for inner in content))
        case t.BulletList(items) | t.OrderedList(items):
            return replace(block, items=tuple(tuple(_described(desk, inner) for inner in item) for item in items))
        case _:
            return block


def _figure(desk: Desk, figure: t.Figure) -> t.Figure:
    image = desk.spec.images.get(figure.file)
    if image is None:
        return figure
    return replace(
        figure,
        alt="" if image.decorative else image.alt or figure.alt,
        decorative=image.decorative,
        caption=markup.inlines(image.caption) if image.caption else figure.caption,
        credit=markup.inlines(image.credit) if image.credit else (),
    )


def _fact(desk: Desk, entry: glossing.Entry) -> Fact:
    detail = tuple(t.Text(part) for part in [entry.word.part] if part)
    content = t.Paragraph(desk.prose.line(entry.word.means), address.join(entry.address, "means"))
    return Fact((t.Text(entry.term),), detail, (content,), entry.address)
