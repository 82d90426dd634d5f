"""Where a reference to a line or paragraph leads: a place in the printed article, or why there is none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.lesson import Article, Lesson
from toolkit.model.lines import Stretch
from toolkit.model.pointing import folded_text, ink
from toolkit.model.quoting import quoted, short
from toolkit.model.records import SourceRecord
from toolkit.model.specification import LessonSpec
from toolkit.source.excerpts import taken
from toolkit.source.richness import rich_texts

_OPENING = "opening"  # the name of what stands before the first heading
_BREAK = "\ufdd0"  # stands for a citation, which is printed in words that the article does not have
_FOLDED = (t.Paragraph, t.BulletList, t.OrderedList, t.Quote)  # blocks whose lines are counted
_CLOSE = 0.6  # how much alike words must be for a hint
_FEW = 2  # of so few words one misspelt leaves little to find the passage by
_NEAREST, _MANY = 12, 4000  # passages that are compared letter by letter, and of few words


class AstrayError(Exception):
    """A reference that leads nowhere. `code` is of the table of codes, `hint` says what may be meant."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


@dataclass(frozen=True)
class Passage:
    """A block of the article that can be pointed at: its folded text, and whether it is printed."""

    address: str
    text: str
    printed: bool
    paragraph: bool


@dataclass(frozen=True)
class Ground:
    """The article as references see it.

    `names` lead to sections: the ids that the lesson gives them and their headings' own anchors; `passages`
    are the blocks by anchor, `elsewhere` the folded text of what has no numbered lines.
    """

    names: Mapping[str, str]
    passages: Mapping[str, tuple[Passage, ...]]
    elsewhere: tuple[str, ...]

    @cached_property
    def every(self) -> tuple[Passage, ...]:
        """Return all passages in the order of the article."""
        return tuple(passage for run in self.passages.values() for passage in run)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Return the number of each printed block by its address.

        Paragraphs are counted from 1 through the whole reading; a list or a quotation has the number of the
        paragraph that it belongs to, the one before it.
        """
        found: dict[str, int] = {}
        count = 0
        for passage in self.every:
            if passage.printed:
                count += passage.paragraph
                found[passage.address] = max(count, 1)
        return found


def ground(spec: LessonSpec, article: Article, paired: Sequence[int | None], omitted: frozenset[int]) -> Ground:
    """Return the ground for the references of `spec`; `paired` are the article's sections by those of `spec`."""
    excerpts = {n: section.excerpt for n, section in zip(paired, spec.sections, strict=True) if n is not None}
    names = {_OPENING: _OPENING, **{section.anchor: section.anchor for section in article.sections}}
    for n, section in zip(paired, spec.sections, strict=True):
        if section.id and n is not None:
            names[section.id] = article.sections[n].anchor
    passages = {_OPENING: tuple(_passages(article.opening, range(len(article.opening))))}
    elsewhere = [folded_text(_flow(run)) for run in _unnumbered(article.opening)]
    for n, found in enumerate(article.sections):
        shown = taken(0 if n in omitted else len(found.blocks), excerpts.get(n))
        passages[found.anchor] = tuple(_passages(found.blocks, shown))
        elsewhere += [folded_text(_flow(run)) for run in (found.heading, *_unnumbered(found.blocks))]
    return Ground(names, passages, tuple(elsewhere))


def ground_of(lesson: Lesson) -> Ground:
    """Return the ground for the references of `lesson`."""
    return ground(lesson.spec, lesson.article, lesson.paired, lesson.omitted)


def located(reference: t.LineReference, on: Ground) -> Stretch:
    """Return the place that `reference` points at. Raise AstrayError where there is none, or more than one."""
    return _phrase(reference.target, on) if reference.phrase else _paragraphs(reference.target, on)


def references(spec: LessonSpec, sources: Mapping[str, SourceRecord | None]) -> Iterator[tuple[str, t.LineReference]]:
    """Yield each reference to a line or paragraph in the texts of a lesson, with the address of the text."""
    texts = rich_texts(spec)
    if isinstance(spec.bibliography, str):
        notes = (rich_texts(record, address.join("bibliography", key)) for key, record in sources.items() if record)
        texts = chain(texts, *notes)
    for place, text in texts:
        if "{" in text.words:
            for node in (node for run in text.runs() for node in t.walk(run)):
                if isinstance(node, t.LineReference):
                    yield place, node


def problems(
    spec: LessonSpec, sources: Mapping[str, SourceRecord | None], on: Ground, unsure: frozenset[str]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reference of `spec` that leads nowhere.

    Those into sections of `unsure` names, because their heading is wrong, are passed over.
    """
    for place, reference in references(spec, sources):
        if not reference.phrase and reference.target.rpartition("/")[0] in unsure:
            continue
        try:
            located(reference, on)
        except AstrayError as error:
            yield Diagnostic(error.code, str(error), address=place, needle=reference.target, hint=error.hint)


def _passages(blocks: t.Blocks, shown: range) -> Iterator[Passage]:
    for n, block in enumerate(blocks):
        if isinstance(block, _FOLDED):
            text = folded_text(" ".join(_flow(run) for run in t.inlines_of(block)))
            yield Passage(block.address, text, n in shown, isinstance(block, t.Paragraph))


def _unnumbered(blocks: t.Blocks) -> Iterator[t.Inlines]:
    for block in blocks:
        if not isinstance(block, _FOLDED):
            yield from t.inlines_of(block)


def _flow(content: t.Inlines) -> str:
    """Return the words of `content` with a sign in the place of each citation, notes left out."""
    return "".join(_words(node) for node in content)


def _words(node: t.Inline) -> str:
    match node:
        case t.Citation():
            return _BREAK
        case t.Emphasis(content) | t.Strong(content) | t.Link(content, _) | t.Term(content, _):
            return _flow(content)
        case _:
            return t.plain((node,))


# -- a section and its paragraphs ----------------------------------------------------------------------


def _paragraphs(target: str, on: Ground) -> Stretch:
    name, _, numbers = target.rpartition("/")
    if name not in on.names:
        near = difflib.get_close_matches(name, on.names, n=1)
        hint = f"did you mean `{near[0]}/{numbers}`?" if near else _names(on)
        raise AstrayError("R320", f"no section has the id or heading {quoted(name)}", hint)
    there = [passage for passage in on.passages[on.names[name]] if passage.paragraph]
    first, _, last = numbers.partition("-")
    wanted = range(int(first), int(last or first) + 1)
    if not wanted:
        raise AstrayError("R320", f"the paragraphs {numbers} run backwards", f"did you mean `{name}/{last}-{first}`?")
    if wanted[-1] > len(there):
        count = f"{len(there)} paragraph{'' if len(there) == 1 else 's'}"
        hint = f"did you mean `{name}/{len(there)}`?" if there else ""
        raise AstrayError("R320", f"there is no paragraph {numbers} in {quoted(name)}: it has {count}", hint)
    for number in wanted:
        if not there[number - 1].printed:
            message = f"paragraph {number} of {quoted(name)} is not printed"
            raise AstrayError("R320", message, "the section is omitted, or its `excerpt` leaves it out")
    return Stretch(there[wanted[0] - 1].address, there[wanted[-1] - 1].address)


def _names(on: Ground) -> str:
    """Return the names of the sections with paragraphs, the author's own where there are such."""
    own = {anchor: name for name, anchor in on.names.items()}
    names = [own[anchor] for anchor, run in on.passages.items() if run]
    return f"the sections are {', '.join(f'`{short(name)}`' for name in names[:6])}{', ...' if len(names) > 6 else ''}"


# -- words of the article ------------------------------------------------------------------------------


def _phrase(words: str, on: Ground) -> Stretch:
    sought = _whole(folded_text(words))
    hits = [(passage, found) for passage in on.every for found in sought.finditer(passage.text)]
    shown = [(passage, found) for passage, found in hits if passage.printed]
    if len(shown) > 1:
        around = [quoted(_around(passage.text, found)) for passage, found in shown[:2]]
        message = f"the words {quoted(words)} stand {len(shown)} times in the article"
        raise AstrayError("R321", message, f"quote more of them: {' or '.join(around)}")
    if shown:
        return _within(*shown[0])
    if hits:
        hint = "their section is omitted, or its `excerpt` leaves them out"
        raise AstrayError("R320", f"the words {quoted(words)} are not printed", hint)
    if any(sought.search(text) for text in on.elsewhere):
        message = f"the words {quoted(words)} stand in a heading, a table or a caption, whose lines have no numbers"
        raise AstrayError("R320", message, "quote words of a paragraph")
    near = _nearest(folded_text(words), on)
    hint = f"did you mean {quoted(near)}?" if near else "quote them as they stand there"
    raise AstrayError("R320", f"the article does not have the words {quoted(words)}", hint)


def _whole(words: str) -> re.Pattern[str]:
    """Return what finds `words`, and no part of a longer word."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    behind = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + re.escape(words) + behind)


def _within(passage: Passage, found: re.Match[str]) -> Stretch:
    text = passage.text
    start = text.rfind(_BREAK, 0, found.start()) + 1
    end = text.find(_BREAK, found.end())
    around = ink(text[start : end if end >= 0 else len(text)])
    before = len(ink(text[start : found.start()]))
    return Stretch(passage.address, passage.address, around, before, before + len(ink(found[0])))


def _around(text: str, found: re.Match[str]) -> str:
    """Return what was `found` with the few words before it and the one after."""
    before = re.search(rf"(?:[^\s{_BREAK}]+ ){{0,3}}[^\s{_BREAK}]*$", text[: found.start()])
    behind = re.match(rf"[^\s{_BREAK}]*(?: [^\s{_BREAK}]+)?", text[found.end() :])
    return f"{before[0] if before else ''}{found[0]}{behind[0] if behind else ''}"


def _nearest(words: str, on: Ground) -> str:
    """Return the printed words that are most like `words`, "" where none are."""
    wanted, size = set(words.split()), len(words.split())
    scored: list[tuple[int, str]] = []
    for passage in on.every:
        there = passage.text.replace(_BREAK, " ").split() if passage.printed else []
        for n in range(max(len(there) - size + 1, 0)):
            shared = len(wanted.intersection(there[n : n + size]))
            if shared or size <= _FEW:
                scored.append((shared, " ".join(there[n : n + size])))
    scored.sort(key=lambda one: -one[0])
    alike = list(dict.fromkeys(passage for _, passage in scored))[: _NEAREST if size > _FEW else _MANY]
    return next(iter(difflib.get_close_matches(words, alike, n=1, cutoff=_CLOSE)), "")
