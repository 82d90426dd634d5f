"""A manuscript as a draft of a lesson: `article.md` and `lesson.yaml`, for a designer to finish.

Nothing is invented. What is a guess has a comment beside it that begins with REVIEW; what the source does not
say is left out, or named in such a comment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.articles import lawful, roles
from toolkit.articles.happenings import Happening
from toolkit.articles.manuscript import Asked, Block, Manuscript, Name, Reference
from toolkit.articles.markdown_text import escaped
from toolkit.model.lesson import folded
from toolkit.source import article as article_source
from toolkit.source.yaml_text import Commented, Value, comment, dump

REVIEW = "REVIEW: "
MOST_DRAWN = 12  # events; a line to scale of more has no room for their words
# What a lesson takes for a language: the usual tags of BCP 47.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")


@dataclass(frozen=True, slots=True)
class Draft:
    """The two files of a draft."""

    article: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was read out of the prose and of the references of a manuscript.

    `records` are CSL records by citation key; a `Commented` one was not understood in full. `unread` are references
    that are no record. `undated` says why no dates were looked for, "" where they were.
    """

    happenings: tuple[Happening, ...] = ()
    records: tuple[tuple[str, Value], ...] = ()
    unread: tuple[Reference, ...] = ()
    undated: str = ""


def draft(manuscript: Manuscript, drawn: Drawn, source: str, schema: str) -> Draft:
    """Return the lesson that `manuscript` makes. `source` is the name of its file, `schema` the way to the schema."""
    head = f"# yaml-language-server: $schema={schema}\n#\n"
    head += f"# Drafted from {source}. A comment that begins with REVIEW is a guess: decide, then delete it.\n\n"
    lesson = dump(dict(_lesson(manuscript, drawn)))
    return Draft(article(manuscript), "\n".join((head + lesson, *_remarks(manuscript, drawn))))


def _remarks(manuscript: Manuscript, drawn: Drawn) -> Iterator[str]:
    """Yield the comments at the end: what has no key of its own to stand over."""
    for reference in drawn.unread:
        yield comment(f"{REVIEW}this reference, in line {reference.line}, is no record yet:\n{reference.words}")
    if drawn.undated:
        yield comment(f"{REVIEW}{drawn.undated}.")
    for doubt in manuscript.doubts:
        yield comment(f"{REVIEW}line {doubt.line} of the source, “{doubt.words}”: {doubt.question}")


def article(manuscript: Manuscript) -> str:
    """Return the text of `article.md`."""
    title = (f"# {escaped(manuscript.title)}",) if manuscript.title else ()
    return "\n\n".join((*title, *(_block(block) for block in manuscript.blocks))) + "\n"


def _block(block: Block) -> str:
    return f"{'#' * block.level} {block.markdown}" if block.shape == "heading" else block.markdown


def _lesson(manuscript: Manuscript, drawn: Drawn) -> Iterator[tuple[str, Value]]:
    """Yield the keys of the lesson, in the order of the specification; none that would be empty."""
    paragraphs = tuple(block.markdown for block in manuscript.blocks if block.shape in ("paragraph", "quote"))
    yield "title", escaped(manuscript.title) or Commented("Untitled", f"{REVIEW}the source has no title.")
    everything: tuple[tuple[str, Value], ...] = (
        ("summary", lawful.words(" ".join(manuscript.summary.split())) if manuscript.summary else ""),
        ("language", manuscript.language if _LANGUAGE.fullmatch(manuscript.language) else ""),
        ("date", manuscript.date),
        ("places", manuscript.places),
        ("categories", manuscript.categories),
        ("index", tuple(_index(manuscript))),
        ("keywords", tuple(dict.fromkeys(manuscript.keywords))),
        ("objectives", manuscript.objectives),
        ("article", _article(manuscript)),
        ("people", tuple(_person(name, paragraphs) for name in manuscript.people)),
        ("vocabulary", _vocabulary(manuscript, paragraphs)),
        ("sections", tuple(_sections(manuscript))),
        ("questions", tuple(_questions(manuscript, ""))),
        ("images", _images(manuscript)),
        ("chronology", tuple(_event(happening) for happening in drawn.happenings)),
        ("timeline", _timeline(drawn)),
        ("bibliography", dict(drawn.records)),
        ("related", manuscript.related),
    )
    yield from ((key, value) for key, value in everything if value)


def _article(manuscript: Manuscript) -> Value:
    told = manuscript.provenance
    fields = {
        "author": told.author,
        "publisher": told.publisher,
        "date": told.date,
        "url": told.url,
        "licence": told.licence,
    }
    origin: dict[str, Value] = {"title": manuscript.title} if manuscript.title else {}
    origin |= {key: words for key, words in fields.items() if words}
    missing = [key for key in ("author", "date", "licence") if not fields[key]]
    if not missing:
        return {"file": "article.md", "source": origin}
    comment = (
        f"{REVIEW}the source does not say its {_listed(missing)}. Who wrote it, and on what terms may it be copied?"
    )
    return {"file": "article.md", "source": Commented(origin, comment)}


def _listed(words: list[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _index(manuscript: Manuscript) -> Iterator[Value]:
    """Yield the terms of the index, each once, with the paragraphs that they stood in."""
    found: dict[str, dict[str, None]] = {}
    addresses = _addresses(manuscript) if manuscript.index else {}
    for term in manuscript.index:
        places = found.setdefault("; ".join(filter(None, (term.term, term.subtopic))), {})
        if term.block in addresses:
            places[addresses[term.block]] = None
    for words, at in found.items():
        yield {"term": words, "at": next(iter(at)) if len(at) == 1 else tuple(at)} if at else words


def _addresses(manuscript: Manuscript) -> dict[int, str]:
    """Return, by their position, where the blocks of the article stand in it as a lesson names places."""
    text = article(manuscript)
    read = article_source.read(text, "article.md")
    lines = {span.line: place.removeprefix("article/") for place, span in read.spans.items()}
    found, at = {}, 3 if manuscript.title else 1
    for number, block in enumerate(manuscript.blocks):
        if at in lines and "/" in lines[at]:
            found[number] = lines[at]
        at += _block(block).count("\n") + 2
    return found


def _person(name: Name, paragraphs: tuple[str, ...]) -> Value:
    found = roles.role(name, paragraphs)
    person: dict[str, Value] = {"name": name.display}
    if name.note or found:
        role = name.note or found
        role = role[:1].upper() + role[1:]
        person["role"] = role if name.note else Commented(role, f"{REVIEW}taken from the words beside the name.")
    if name.dates:
        person["dates"] = name.dates
    first = roles.introduction(name, paragraphs)
    if first:
        person["note"] = Commented(first, f"{REVIEW}the sentence that names {name.display} first; say who this was.")
    return person


def _vocabulary(manuscript: Manuscript, paragraphs: tuple[str, ...]) -> Value:
    words: dict[str, Value] = {term.term: term.means for term in manuscript.terms}
    for short, long in roles.acronyms(paragraphs):
        words.setdefault(short, long)
    return words


def _sections(manuscript: Manuscript) -> Iterator[Value]:
    """Yield the sections that a lesson can pair: each heading, with the one above it where it stands twice."""
    headings = [block for block in manuscript.blocks if block.shape == "heading"]
    twice = Counter(folded(block.markdown) for block in headings)
    above: dict[int, str] = {}
    seen: set[tuple[str, str]] = set()
    for block in headings:
        above = {level: words for level, words in above.items() if level < block.level}
        under = above[max(above)] if above and twice[folded(block.markdown)] > 1 else ""
        above[block.level] = block.markdown
        here = (folded(block.markdown), folded(under))
        if here in seen or (twice[here[0]] > 1 and not under):
            continue
        seen.add(here)
        section: dict[str, Value] = {"heading": block.markdown}
        section |= {"under": under} if under else {}
        asked = tuple(_questions(manuscript, block.markdown))
        yield section | ({"questions": asked} if asked else {})


def _questions(manuscript: Manuscript, heading: str) -> Iterator[Value]:
    for asked in manuscript.questions:
        if asked.section == heading:
            yield _question(asked)


def _question(asked: Asked) -> Value:
    if asked.options:
        question: dict[str, Value] = {"choose": asked.prompt, "options": asked.options}
        right = tuple(asked.options[n] for n in asked.correct)
        if right:
            return question | {"correct": right[0] if len(right) == 1 else right}
        return Commented(question, f"{REVIEW}the source does not say which is right; add `correct`.")
    question = {"open": asked.prompt}
    return question | ({"answer": asked.answer} if asked.answer else {})


def _timeline(drawn: Drawn) -> Value:
    """Return how the handout shows the chronology, "" for the usual way."""
    if len(drawn.happenings) <= MOST_DRAWN:
        return ""
    return Commented("table", f"{REVIEW}when the chronology is shorter, delete this line: a figure is drawn too.")


def _images(manuscript: Manuscript) -> Mapping[str, Value]:
    told: dict[str, Value] = {}
    for image in manuscript.images:
        words = {"alt": image.alt, "caption": image.caption, "credit": image.credit}
        said: dict[str, Value] = {key: value for key, value in words.items() if value}
        missing = Commented(said or {"alt": ""}, f"{REVIEW}say what the image shows, for who cannot see it.")
        told[image.file] = said if image.alt else missing
    return told


def _event(happening: Happening) -> Value:
    event: dict[str, Value] = {"date": happening.date}
    if happening.within:
        event["within"] = happening.within
    event["event"] = happening.words
    if happening.section:
        event["section"] = happening.section
    return Commented(event, f"{REVIEW}{happening.doubt}") if happening.doubt else event
