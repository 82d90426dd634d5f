"""Loading a lesson: its folder in, a Lesson with positions out, or every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.model import text as t
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span
from toolkit.model.fields import FrozenMap
from toolkit.model.lesson import Article, Lesson
from toolkit.model.printout import Picture
from toolkit.model.project import Project
from toolkit.model.records import SourceRecord
from toolkit.model.specification import ArticleFile, LessonSpec
from toolkit.source import article as article_source
from toolkit.source import bibliography, files, pictures, references, specification, tree
from toolkit.source.positions import Positions, addresses

FILE = "lesson.yaml"
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")


@dataclass(frozen=True)
class Loaded:
    """A lesson with the places of its parts, and what was noticed that does not stop it."""

    lesson: Lesson
    positions: Positions
    notices: tuple[Diagnostic, ...]


def load(file: Path, project: Project) -> Loaded:
    """Return the lesson that `file` (a `lesson.yaml`) describes.

    Raise LessonError with every problem of its files, each with its place.
    """
    return _Loader(file, project).load()


class _Loader:
    """Gathers what loading finds, so that one run tells all of it."""

    def __init__(self, file: Path, project: Project) -> None:
        self.file = file
        self.folder = file.parent
        self.project = project
        self.problems: list[Diagnostic] = []
        self.spans: dict[str, Span] = {}
        self.texts: dict[str, str] = {}

    def load(self) -> Loaded:
        shown = files.shown_path(self.file)
        text = files.read_text(self.file, shown)
        self.texts[shown] = text
        node = tree.compose(text, shown)
        self.spans.update(addresses(node))
        spec = self._with_project(self._specification(node, text))
        article = self._article(spec.article.file)
        sources = self._sources(spec)
        resolved = references.resolve(spec, article, sources)
        self.problems += resolved.problems
        images = tuple(self._pictures(spec, article, resolved.omitted))
        slug = self._slug(spec)
        self._stop_on_errors()
        lesson = Lesson(slug, spec, article, sources, images, resolved.paired, resolved.omitted)
        positions = self._positions()
        return Loaded(lesson, positions, tuple(positions.resolve(problem) for problem in self.problems))

    def _positions(self) -> Positions:
        return Positions(self.spans, self.texts)

    def _stop_on_errors(self) -> None:
        if any(problem.severity is Severity.ERROR for problem in self.problems):
            positions = self._positions()
            raise LessonError(positions.resolve(problem) for problem in self.problems)

    def _specification(self, node: tree.Mapping, text: str) -> LessonSpec:
        """Return the specification. Where it is wrong, look at the article too before stopping."""
        try:
            return specification.read(node, text)
        except LessonError as error:
            self.problems += error.diagnostics
            self._article(_article_file(node))
            self._stop_on_errors()
            raise

    def _with_project(self, spec: LessonSpec) -> LessonSpec:
        return spec if spec.language else spec.model_copy(update={"language": self.project.language})

    def _article(self, name: str) -> Article:
        empty = Article((), (), ())
        path = files.within(self.folder, name)
        if path is None:
            self._wrong("R305", f"the article {name!r} is not in the lesson's folder", "article", name)
            return empty
        if not path.is_file():
            self._wrong("R304", f"there is no article {name!r} beside the lesson", "article", name)
            return empty
        shown = files.shown_path(path)
        try:
            text = files.read_text(path, shown)
        except LessonError as error:
            self.problems += error.diagnostics
            return empty
        found = article_source.read(text, shown)
        self.texts[shown] = text
        self.spans.update(found.spans)
        self.problems += found.problems
        if not found.article.opening and not found.article.sections:
            self.problems.append(Diagnostic("L210", "the article has no text", Span(shown, 1, 1)))
        return found.article

    def _sources(self, spec: LessonSpec) -> FrozenMap[str, SourceRecord]:
        if isinstance(spec.bibliography, str):
            found = bibliography.read(self.folder, spec.bibliography)
            self.problems += found.problems
            self.spans.update(found.spans)
            return found.records
        return FrozenMap(spec.bibliography or {})

    def _pictures(self, spec: LessonSpec, article: Article, omitted: frozenset[int]) -> Iterator[Picture]:
        seen: set[str] = set()
        for figure in figures(article, omitted):
            self._described(figure, spec)
            if figure.file in seen:
                continue
            seen.add(figure.file)
            try:
                yield pictures.read(self.folder, figure.file, figure.address)
            except LessonError as error:
                self.problems += error.diagnostics

    def _described(self, figure: t.Figure, spec: LessonSpec) -> None:
        image = spec.images.get(figure.file)
        if not figure.alt and not (image and (image.alt or image.decorative)):
            hint = f"write ![what it shows]({figure.file}), or `decorative: true` for it under `images`"
            self._wrong("I402", f"the image {figure.file!r} has no alternative text", figure.address, figure.file, hint)

    def _slug(self, spec: LessonSpec) -> str:
        slug = spec.id or self.folder.resolve().name
        if not _SLUG.fullmatch(slug) or _RESERVED.fullmatch(slug):
            hint = "name it with a-z, 0-9 and -, or write an `id`"
            span = Span(files.shown_path(self.file), 1, 1)
            message = f"the folder {slug!r} cannot name a lesson on every system"
            self.problems.append(Diagnostic("L207", message, span, hint=hint))
        return slug

    def _wrong(self, code: str, message: str, place: str, needle: str = "", hint: str = "") -> None:
        self.problems.append(Diagnostic(code, message, address=place, needle=needle, hint=hint))


def _article_file(node: tree.Mapping) -> str:
    """Return the article's file as far as it can be told from a specification that is wrong."""
    entry = node.entry("article")
    value = entry.value if entry else None
    if isinstance(value, tree.Mapping) and (inner := value.entry("file")):
        value = inner.value
    return value.text if isinstance(value, tree.Scalar) and value.text else ArticleFile().file


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


def discover(folder: Path) -> list[Path]:
    """Return the lesson files in `folder`, in order of name: each in a folder of its own.

    Folders that begin with `_` or `.` are passed over.
    """
    if not folder.is_dir():
        return []
    found = [path / FILE for path in folder.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))]
    return sorted(path for path in found if path.is_file())
