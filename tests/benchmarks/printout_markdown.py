"""A printout as Markdown for pandoc: what a user without this program would have written, for `full_build.py`.

Every word of the printout is in it, as the plainest thing that pandoc has for it: notes are notes, tables are tables,
options are lists, answer rules are lines of underscores, a timeline is a table of its dates. What gives the peers less
to do than the printout gives us (no margins, no drawing, no numbered lines) stays out: it is in their favour.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from toolkit.model import chronologies, printout, response, text

RULE: Final = r"\_" * 60
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^$@\"'&])")


def markdown(sheet: printout.Printout) -> str:
    """Return `sheet` as one Markdown document with a metadata block."""
    opener = sheet.opener
    meta = {
        "title": sheet.metadata.title,
        "author": sheet.metadata.author,
        "lang": sheet.language,
        "subtitle": text.plain(opener.dek),
        "keywords": list(sheet.metadata.keywords),
    }
    fields = "  ".join(f"{_escaped(field.label)}: {RULE[:40]}" for field in opener.fields)
    blocks = [_escaped(opener.kicker), _escaped(opener.band), fields]
    blocks += [made for part in sheet.parts for block in part.blocks for made in _block(block)]
    blocks.append(_escaped(sheet.furniture.foot))
    return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n\n" + "\n\n".join(filter(None, blocks)) + "\n"


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)


def _inline(content: text.Inlines) -> str:
    return "".join(map(_one, content))


def _one(node: text.Inline) -> str:  # noqa: PLR0911  # one way out for each
    match node:
        case text.Text(words):
            return _escaped(words)
        case text.Emphasis(inner):
            return _marked("*", inner)
        case text.Strong(inner) | text.Term(inner):
            return _marked("**", inner)
        case text.Code(words):
            return f"`` {words} ``"
        case text.Link(inner, href):
            return _inline(inner) if href.startswith("#") else f"[{_inline(inner)}](<{href}>)"
        case text.LineBreak():
            return "\\\n"
        case text.Note(blocks, _, again):
            return "" if again else f"^[{' '.join(made for block in blocks for made in _block(block))}]"
        case text.Gap(_, width):
            return r"\_" * max(4, int(width / 3))
        case _:
            raise TypeError(f"no printout holds a {type(node).__name__}")


def _marked(mark: str, inner: text.Inlines) -> str:
    words = _inline(inner)
    bare = words.strip()
    return words.replace(bare, f"{mark}{bare}{mark}", 1) if bare else words


def _block(block: object) -> Iterator[str]:
    match block:
        case text.Paragraph(content, number=number):
            yield f"{_escaped(number)} {_inline(content)}".strip()
        case text.Heading(level, content):
            yield f"{'#' * level} {_flat(content)}"
        case text.BulletList(items):
            yield "\n".join(_hung("- ", item) for item in items)
        case text.OrderedList(items, start):
            yield "\n".join(_hung(f"{start + at}. ", item) for at, item in enumerate(items))
        case text.Quote(content):
            yield _quoted(content)
        case text.CodeBlock(words):
            yield f"```\n{words}\n```"
        case text.Rule():
            yield "* * *"
        case text.Table(header, rows, _, caption):
            yield _table(header, rows, caption)
        case text.Figure(file, alt, caption, credit):
            yield f"![{_flat(caption) or _escaped(alt)} {_flat(credit)}](<{file}>)"
        case _:
            yield from _lesson_block(block)


def _lesson_block(block: object) -> Iterator[str]:
    match block:
        case printout.Gloss(term, part, definition, translation):
            yield f"> **{_inline(term)}** {_escaped(part)}: {_inline(definition)} {_inline(translation)}"
        case printout.Aside(label, content) | printout.Model(label, content):
            yield _quoted((text.Paragraph((text.Strong((text.Text(label),)),)), *content))
        case printout.Task():
            yield from _task(block)
        case printout.SourceList(entries):
            for entry in entries:
                yield _inline(entry.content)
                yield from _all(entry.annotation)
        case printout.Plan(header, steps, description):
            rows = [((text.Text(step.time),), step.step, step.ready) for step in steps]
            yield _table(_words(*header), rows, (text.Text(description),))
        case printout.FactList(facts):
            for fact in facts:
                yield f"**{_inline(fact.name)}** {_inline(fact.detail)}"
                yield from _all(fact.content)
        case _:
            yield from _dated(block)


def _dated(block: object) -> Iterator[str]:
    match block:
        case chronologies.Chronology(header, moments, description):
            rows = [((text.Text(moment.date),), moment.event) for moment in moments]
            yield _table(_words(*header), rows, (text.Text(description),))
        case chronologies.Timeline(moments, _, _, caption):
            rows = [((text.Text(moment.date),), moment.event) for moment in moments]
            yield _table(((), ()), rows, (text.Text(caption),)) if rows else _escaped(caption)
        case chronologies.CardSheet(cards):
            yield _table(((), ()), [((text.Text(card.label),), card.content) for card in cards], ())
        case _:
            raise TypeError(f"no Markdown for a {type(block).__name__}")


def _task(task: printout.Task) -> Iterator[str]:
    for exhibit in task.exhibits:
        yield f"**{_escaped(exhibit.label)}**"
        yield from _all(exhibit.content)
        yield _inline(exhibit.credit)
    first, *rest = [*_all(task.stem), ""]
    yield f"**{_escaped(task.number)}** {first} {_escaped(task.points)}".strip()
    yield from rest
    if task.response:
        yield from _response(task.response)
    for part in task.parts:
        yield from _task(part)
    for note in (*task.asides, *task.models):
        yield from _block(note)


def _response(room: response.Response) -> Iterator[str]:
    match room:
        case response.Writing(lines):
            yield "\\\n".join([RULE] * lines)
        case response.Area():
            yield _table(((),), [((text.Text(" "),),)], ())
        case response.Entry(_, _, _, key, unit):
            yield f"{_inline(key) if key else RULE[:40]} {_inline(unit)}"
        case response.Choice(options, many, key):
            box = "☐" if many else "○"
            marks = ["●" if key and at in key else box for at in range(len(options))]
            yield "\n".join(
                f"- {mark} {_escaped(option.label)} {_flat(option.content)}"
                for mark, option in zip(marks, options, strict=True)
            )
        case response.Match(items, options, _, key) | response.Order(items, options, key):
            yield from _matched(items, options, key)
        case response.Gaps(content, bank, label):
            yield f"**{_escaped(label)}** {' · '.join(map(_inline, bank))}"
            yield from _all(content)
        case response.Cells(header, rows):
            yield _table(header, [[cell or () for cell in row] for row in rows], ())
        case response.Organizer(_, labels, rows):
            yield _table(labels, [[row, *[()] * (len(labels) - 1)] for row in rows or ((),)], ())


def _matched(items: Iterable[response.Option], options: object, key: tuple[object, ...] | None) -> Iterator[str]:
    answers = [str(one) for one in key or ()]
    for at, item in enumerate(items):
        yield f"{answers[at] if answers else RULE[:8]} {_escaped(item.label)} {_inline(item.content)}"
    if isinstance(options, tuple):
        yield "\n".join(f"- {_escaped(option.label)} {_flat(option.content)}" for option in options)


def _words(*texts: str) -> tuple[text.Inlines, ...]:
    return tuple((text.Text(words),) for words in texts)


def _all(blocks: Iterable[object]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _flat(content: text.Inlines) -> str:
    return _inline(content).replace("\\\n", " ").replace("\n", " ")


def _hung(mark: str, item: Iterable[object]) -> str:
    lines = "\n\n".join(_all(item)).split("\n")
    return mark + f"\n{' ' * len(mark)}".join(lines)


def _quoted(content: Iterable[object]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(_all(content)).split("\n"))


def _table(header: Iterable[text.Inlines], rows: Iterable[Iterable[text.Inlines]], caption: text.Inlines) -> str:
    """Return a pipe table: the plainest that breaks its lines, as the columns have relative widths."""
    head = [_flat(cell) for cell in header]
    lines = [head, ["-" * 30] * len(head), *[[_flat(cell) for cell in row] for row in rows]]
    made = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{made}\n\n: {_flat(caption)}" if caption else made
