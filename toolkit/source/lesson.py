"""Loading a lesson: its folder in, a Lesson with positions out, or every problem at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span
from toolkit.model.fields import FrozenMap, names_a_file
from toolkit.model.lesson import Article, Lesson
from toolkit.model.printout import Picture
from toolkit.model.project import Project
from toolkit.model.quoting import quoted
from toolkit.model.records import SourceRecord
from toolkit.model.specification import ArticleFile, LessonSpec
from toolkit.model.style import CitationStyle
from toolkit.source import article as article_source
from toolkit.source import bibliography, files, pictures, references, specification, styles, tree
from toolkit.source.positions import Positions, addresses
from toolkit.source.project import FILE as PROJECT

FILE = "lesson.yaml"


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
        self.running: set[str] = set()
        self.sources: bibliography.Sources | None = None

    def load(self) -> Loaded:
        """Return the lesson, or raise LessonError with every problem of its files."""
        root, text = self._tree()
        read = specification.read(root, text) if root else None
        if read is None or read.spec is None:
            self.problems += read.problems if read else ()
            self._article(_article_file(root), named=bool(root))
            raise self._error()
        self.problems += read.problems
        self.spans.update(addresses(read.root))
        spec = self._with_project(read.spec)
        article = self._article(spec.article.file)
        sources = self._sources(spec)
        keys = {*_written_keys(root), *(self.sources.keys if self.sources else ())}
        resolved = references.resolve(spec, article, {**dict.fromkeys(keys), **sources})
        self.problems += resolved.problems
        self.problems += self._strangers(spec)
        style = self._style(spec)
        images = tuple(self._pictures(spec, article, resolved.omitted))
        slug = self._slug(spec)
        unsure = self._unsure(read.touched, keys)
        self.problems = [problem for problem in self.problems if not _is_echo(problem, unsure)]
        if any(problem.severity is Severity.ERROR for problem in self.problems):
            raise self._error()
        lesson = Lesson(slug, spec, article, sources, images, resolved.paired, resolved.omitted, style)
        positions = self._positions()
        return Loaded(lesson, positions, tuple(positions.resolve_all(self.problems)))

    def _tree(self) -> tuple[tree.Mapping | None, str]:
        shown = files.shown_path(self.file)
        try:
            text = files.read_text(self.file, shown)
        except LessonError as error:
            self.problems += error.diagnostics
            return None, ""
        self.texts[shown] = text
        composed = tree.compose(text, shown)
        self.problems += composed.problems
        return composed.root, text

    def _positions(self) -> Positions:
        return Positions(self.spans, self.texts, frozenset(self.running))

    def _error(self) -> LessonError:
        return LessonError(self._positions().resolve_all(self.problems))

    def _with_project(self, spec: LessonSpec) -> LessonSpec:
        return spec if spec.language else spec.model_copy(update={"language": self.project.language})

    def _article(self, name: str, *, named: bool = True) -> Article:
        """Return the article in the file `name`; where no one `named` it, it may be missing."""
        try:
            path = files.locate(self.folder, name, "article", "article")
            shown = files.shown_path(path)
            text = files.read_text(path, shown)
        except LessonError as error:
            self.problems += error.diagnostics if named else ()
            return Article((), (), ())
        found = article_source.read(text, shown)
        self.texts[shown] = text
        self.running.add(shown)
        self.spans.update(found.spans)
        self.problems += found.problems
        if not found.article.opening and not found.article.sections:
            self.problems.append(Diagnostic("L210", "the article has no text", Span(shown, 1, 1), hint="write it"))
        return found.article

    def _sources(self, spec: LessonSpec) -> FrozenMap[str, SourceRecord]:
        if isinstance(spec.bibliography, str):
            found = bibliography.read(self.folder, spec.bibliography)
            self.problems += found.problems
            self.spans.update(found.spans)
            self.texts[found.file] = found.text
            self.running.add(found.file)
            self.sources = found
            return found.records
        return FrozenMap(spec.bibliography or {})

    def _style(self, spec: LessonSpec) -> CitationStyle | None:
        project = next((folder for folder in self.folder.resolve().parents if (folder / PROJECT).is_file()), None)
        try:
            return styles.find(spec.style or self.project.style, self.folder, project)
        except LessonError as error:
            self.problems += error.diagnostics
            return None

    def _strangers(self, spec: LessonSpec) -> Iterator[Diagnostic]:
        """Yield a warning for each related lesson that is not beside this one: it may be yet to be written."""
        beside = [file.parent.name for file in discover(self.folder.resolve().parent)]
        for n, related in enumerate(spec.related):
            if related.lesson and related.lesson not in beside:
                message = f"there is no lesson {quoted(related.lesson)} beside this one"
                near = get_close_matches(related.lesson, beside, n=1)
                hint = f"did you mean `{near[0]}`?" if near else ""
                where = f"related/{n + 1}/lesson"
                yield Diagnostic("R308", message, address=where, hint=hint, severity=Severity.WARNING)

    def _pictures(self, spec: LessonSpec, article: Article, omitted: frozenset[int]) -> Iterator[Picture]:
        seen: set[str] = set()
        for figure in (*figures(article, omitted), *documents(spec)):
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
            self._wrong(
                "I402", f"the image {quoted(figure.file)} has no alternative text", figure.address, figure.file, hint
            )

    def _slug(self, spec: LessonSpec) -> str:
        slug = spec.id or self.folder.resolve().name
        if not names_a_file(slug):
            hint = "name it with a-z, 0-9 and -, or write an `id`"
            message = f"the folder {quoted(slug)} cannot name a lesson on every system"
            span = Span(files.shown_path(self.file), 1, 1)
            self.problems.append(Diagnostic("L207", message, span, hint=hint))
        return slug

    def _unsure(self, touched: frozenset[str], keys: set[str]) -> frozenset[str]:
        """Return the keys of the lesson under which something is wrong, so that references to it may be right."""
        if self.sources and not self.sources.whole:
            return touched | {"bibliography"}
        return touched - ({"bibliography"} if keys else set())

    def _wrong(self, code: str, message: str, place: str, needle: str = "", hint: str = "") -> None:
        self.problems.append(Diagnostic(code, message, address=place, needle=needle, hint=hint))


def _article_file(node: tree.Mapping | None) -> str:
    """Return the article's file as far as it can be told from a specification that is wrong."""
    entry = node.entry("article") if node else None
    value = entry.value if entry else None
    if isinstance(value, tree.Mapping) and (inner := value.entry("file")):
        value = inner.value
    return value.text if isinstance(value, tree.Scalar) and value.text else ArticleFile().file


def _written_keys(root: tree.Mapping | None) -> list[str]:
    """Return the citation keys in a specification, those of records that are wrong included."""
    entry = root.entry("bibliography") if root else None
    return [inner.key.text for inner in entry.value.entries] if entry and isinstance(entry.value, tree.Mapping) else []


def _is_echo(problem: Diagnostic, unsure: frozenset[str]) -> bool:
    """Return whether `problem` may be there only because something under an `unsure` key was left out."""
    cause = {"R301": "bibliography", "R306": "standards", "I402": "images"}.get(problem.code, "")
    if problem.code in {"R304", "R305"} and problem.address == "article":
        cause = "article"
    return cause in unsure


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


def discover(folder: Path) -> list[Path]:
    """Return the lesson files in `folder`, in order of name: each in a folder of its own.

    Folders that begin with `_` or `.` are passed over.
    """
    if not folder.is_dir():
        return []
    found = [path / FILE for path in folder.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))]
    return sorted(path for path in found if path.is_file())
