"""Loading a lesson: its folder in, a Lesson with positions out, or every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
from toolkit.model.typeface import Typeface
from toolkit.source import article as article_source
from toolkit.source import (
    bank,
    belongings,
    bibliography,
    chronology,
    draws,
    files,
    fonts,
    illustrations,
    observing,
    pictures,
    references,
    related,
    specification,
    styles,
    tree,
)
from toolkit.source.discovery import PROJECT
from toolkit.source.positions import Positions, addresses


@dataclass(frozen=True)
class Loaded:
    """A lesson with the places of its parts, and what was noticed that does not stop it."""

    lesson: Lesson
    positions: Positions
    notices: tuple[Diagnostic, ...]


def load(file: Path, project: Project, drafts: Mapping[str, str] | None = None) -> Loaded:
    """Return the lesson that `file` (a `lesson.yaml`) describes.

    `drafts` are texts to read in the place of what `file` and its article hold, by the names that spans have.
    Raise LessonError with every problem of its files, each with its place.
    """
    return _Loader(file, project, drafts or {}).load()


class _Loader:
    """Gathers what loading finds, so that one run tells all of it."""

    def __init__(self, file: Path, project: Project, drafts: Mapping[str, str]) -> None:
        self.file = file
        self.drafts = drafts
        self.folder = file.parent
        self.project = project
        self.problems: list[Diagnostic] = []
        self.spans: dict[str, Span] = {}
        self.texts: dict[str, str] = {}
        self.running: set[str] = set()
        self.sources: bibliography.Sources | None = None
        self.drawn = draws.Drawn(tree.Mapping((), Span("", 1, 1)))
        self.events_whole = True

    def load(self) -> Loaded:
        """Return the lesson, or raise LessonError with every problem of its files."""
        root, text = self._tree()
        root = self._with_draws(self._with_events(root), text)
        read = specification.read(root, text) if root else None
        if read is None or read.spec is None:
            self.problems += read.problems if read else ()
            self._article(_article_file(root), named=bool(root))
            raise self._error()
        self.problems += read.problems
        self.spans.update(addresses(read.root))
        spec = self._with_project(read.spec)
        article = self._article(spec.article.file)
        own = self._with_brought(self._sources(spec))
        keys = {*_written_keys(root), *(self.sources.keys if self.sources else ())}
        sources, more = self._with_shared(spec, article, own, keys)
        keys |= more
        resolved = references.resolve(spec, article, {**dict.fromkeys(keys), **sources})
        self.problems += resolved.problems
        self.problems += related.strangers(spec, self.folder.resolve().parent)
        style = self._style(spec)
        typefaces = self._typefaces()
        images = tuple(self._pictures(spec, article, resolved.omitted))
        slug = self._slug(spec)
        unsure = self._unsure(read.touched, keys)
        self.problems = [problem for problem in self.problems if not _is_echo(problem, unsure)]
        if any(problem.severity is Severity.ERROR for problem in self.problems):
            raise self._error()
        lesson = Lesson(slug, spec, article, sources, images, resolved.paired, resolved.omitted, style, typefaces)
        positions = self._positions()
        return Loaded(lesson, positions, tuple(positions.resolve_all(self.problems)))

    def _tree(self) -> tuple[tree.Mapping | None, str]:
        shown = files.shown_path(self.file)
        try:
            text = self.drafts.get(shown) or files.read_text(self.file, shown)
        except LessonError as error:
            self.problems += error.diagnostics
            return None, ""
        self.texts[shown] = text
        composed = tree.compose(text, shown)
        self.problems += composed.problems
        return composed.root, text

    def _with_draws(self, root: tree.Mapping | None, text: str) -> tree.Mapping | None:
        """Return the tree with questions of the bank in the place of the lesson's draws."""
        if root is None:
            return None
        self.drawn = draws.drawn(root, text, self.folder)
        self.problems += self.drawn.problems
        self.texts.update(self.drawn.texts)
        return self.drawn.root

    def _with_brought(self, own: FrozenMap[str, SourceRecord]) -> FrozenMap[str, SourceRecord]:
        """Return the lesson's sources with those that drawn questions bring; the lesson's come before."""
        brought = self.drawn.sources
        for key in (key for key in brought if key in own):
            place = belongings.place_of(key)
            before = self.spans.get(place)
            self.problems += belongings.unlike(key, (own[key], before), (brought[key], self.drawn.spans.get(place)))
        self.spans = {**self.drawn.spans, **self.spans}
        return FrozenMap({**brought, **own}) if brought else own

    def _with_events(self, root: tree.Mapping | None) -> tree.Mapping | None:
        if root is None:
            return None
        found = chronology.include(root, self.folder)
        self.problems += found.problems
        self.texts.update(found.texts)
        self.events_whole = found.whole
        return found.root

    def _positions(self) -> Positions:
        return Positions(self.spans, self.texts, frozenset(self.running), self.drawn.draws)

    def _error(self) -> LessonError:
        return LessonError(self._positions().resolve_all(self.problems))

    def _with_project(self, spec: LessonSpec) -> LessonSpec:
        marks = self.project.marks if spec.marks is None else spec.marks
        given = {"language": spec.language or self.project.language, "era": spec.era or self.project.era}
        return spec.model_copy(update={**given, "marks": marks or None})

    def _article(self, name: str, *, named: bool = True) -> Article:
        """Return the article in the file `name`; where no one `named` it, it may be missing."""
        try:
            path = files.locate(self.folder, name, "article", "article")
            shown = files.shown_path(path)
            text = self.drafts.get(shown) or files.read_text(path, shown)
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
        return FrozenMap(spec.bibliography if isinstance(spec.bibliography, Mapping) else {})

    def _with_shared(
        self, spec: LessonSpec, article: Article, own: FrozenMap[str, SourceRecord], keys: set[str]
    ) -> tuple[FrozenMap[str, SourceRecord], frozenset[str]]:
        """Return the lesson's `own` sources and those that it takes from the shared bibliography, with all its keys.

        Taken are the records that the lesson lists or cites. Of the other records nothing is said.
        """
        listed = spec.bibliography if isinstance(spec.bibliography, tuple) else ()
        shared = bibliography.read_shared(self.folder.parent)
        if shared is None:
            self.problems += references.unknown_keys(listed, {})
            return own, frozenset()
        self.problems += references.unknown_keys(listed, dict.fromkeys(shared.keys))
        wanted = bibliography.taken(shared, listed, lambda found: references.cited_keys(spec, article, found), keys)
        for key in wanted:
            self.problems += shared.told[key]
            self.spans[address.join("bibliography", key)] = shared.spans[address.join("bibliography", key)]
        # One broken entry of a file that a whole course cites stops no lesson that does not cite it.
        mild = (replace(p, severity=Severity.WARNING) if p.severity is Severity.ERROR else p for p in shared.faults)
        self.problems += mild
        self.texts[shared.file] = shared.text
        self.running.add(shared.file)
        taken = {key: shared.records[key] for key in wanted if key in shared.records}
        return FrozenMap({**own, **taken}), shared.keys

    def _style(self, spec: LessonSpec) -> CitationStyle | None:
        try:
            return styles.find(spec.style or self.project.style, self.folder, self._home())
        except LessonError as error:
            self.problems += error.diagnostics
            return None

    def _typefaces(self) -> tuple[Typeface, ...]:
        home = self._home()
        try:
            return fonts.load(home / fonts.FOLDER, self.project.fonts) if home else ()
        except LessonError as error:
            self.problems += error.diagnostics
            return ()

    def _home(self) -> Path | None:
        """Return the folder of the project, None for a lesson outside of any."""
        return next((folder for folder in self.folder.resolve().parents if observing.is_file(folder / PROJECT)), None)

    def _pictures(self, spec: LessonSpec, article: Article, omitted: frozenset[int]) -> Iterator[Picture]:
        seen: dict[str, Path] = {}
        for figure in (*illustrations.figures(article, omitted), *illustrations.documents(spec)):
            self._described(figure, spec)
            drawn = self._positions().drawn(figure.address)
            folder = bank.beside(self.folder) if drawn else self.folder
            if seen.get(figure.file, folder) != folder:
                message = f"the picture {quoted(figure.file)} is one in the lesson's folder and another in the bank's"
                self._wrong("Q904", message, figure.address, figure.file, "rename one of them")
            elif figure.file not in seen:
                seen[figure.file] = folder
                try:
                    yield pictures.read(folder, figure.file, figure.address)
                except LessonError as error:
                    self.problems += map(bank.of_the_bank, error.diagnostics) if drawn else error.diagnostics

    def _described(self, figure: t.Figure, spec: LessonSpec) -> None:
        image = spec.images.get(figure.file)
        if not figure.alt and not (image and (image.alt or image.decorative)):
            hint = f"write ![what it shows]({figure.file}), or `decorative: true` for it under `images`"
            self._wrong(
                "I402", f"the image {quoted(figure.file)} has no alternative text", figure.address, figure.file, hint
            )

    def _slug(self, spec: LessonSpec) -> str:
        observing.leads(self.folder)
        slug = spec.id or self.folder.resolve().name
        if not names_a_file(slug):
            hint = "name it with a-z, 0-9 and -, or write an `id`"
            message = f"the folder {quoted(slug)} cannot name a lesson on every system"
            span = Span(files.shown_path(self.file), 1, 1)
            self.problems.append(Diagnostic("L207", message, span, hint=hint))
        return slug

    def _unsure(self, touched: frozenset[str], keys: set[str]) -> frozenset[str]:
        """Return the keys of the lesson under which something is wrong, so that references to it may be right."""
        if not self.events_whole:
            touched |= {"chronology"}
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
    cause = {"R301": "bibliography", "R306": "standards", "R309": "chronology", "I402": "images"}.get(problem.code, "")
    if problem.code in {"R304", "R305"} and problem.address == "article":
        cause = "article"
    return cause in unsure
