"""Reading the bank: its files, and each of their questions with its place and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from toolkit.model import address
from toolkit.model.bank import FOLDER, Bank
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span, worst
from toolkit.model.fields import FrozenMap
from toolkit.model.question import Question
from toolkit.model.quoting import quoted, short
from toolkit.model.records import SourceRecord
from toolkit.source import bibliography, files, observing, pictures, references, specification, tree
from toolkit.source.positions import Positions, addresses, id_of

_SUFFIXES = frozenset({".yaml", ".yml"})
_FIRST_KEY = "a file of the bank is keys with values: `questions:` and a list of them"


@dataclass(frozen=True)
class BankQuestion:
    """One question of the bank.

    `node` is as a lesson draws it, with the tags of its file. Where there are `faults` no lesson can draw it,
    and `question` may be None.
    """

    id: str
    node: tree.Mapping
    question: Question | None
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class BankFile:
    """One file of the bank as far as it could be read. `root` is its tree, None where that could not be told."""

    path: Path
    text: str
    spec: Bank
    root: tree.Mapping | None
    questions: tuple[BankQuestion, ...]
    sources: FrozenMap[str, SourceRecord]
    positions: Positions
    problems: tuple[Diagnostic, ...]

    @property
    def shown(self) -> str:
        """Return the path of the file as an author knows it."""
        return files.shown_path(self.path)


def beside(folder: Path) -> Path:
    """Return the folder of the bank that the lesson in `folder` draws from."""
    return folder.resolve().parent / FOLDER


def discover(folder: Path) -> list[Path]:
    """Return the files of the bank in `folder`, in order of name."""
    paths = (folder / name for name in observing.names(folder))
    return [path for path in paths if path.suffix in _SUFFIXES and not path.name.startswith(".")]


def read(folder: Path) -> tuple[BankFile, ...]:
    """Return every file of the bank in `folder`, each with what is wrong with it."""
    return tuple(_unique([_Reader(path).read() for path in discover(folder)]))


class _Reader:
    """Gathers what reading one file of the bank finds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shown = files.shown_path(path)
        self.problems: list[Diagnostic] = []
        self.spans: dict[str, Span] = {}
        self.texts: dict[str, str] = {}

    def read(self) -> BankFile:
        """Return the file, whatever is wrong with it."""
        text = self._text()
        self.texts[self.shown] = text
        root, read, problems = (None, None, ()) if self.problems else _parsed(text, self.shown)
        self.problems += problems
        spec = read.spec if read and read.spec else specification.empty_bank()
        if read:
            self.problems += [*read.problems, *_nameless(root)]
            self.spans.update(addresses(read.root))
        sources = self._sources(spec)
        positions = Positions(self.spans, self.texts)
        problems = tuple(positions.resolve_all(self.problems))
        questions = tuple(_questions(root, read, problems)) if root and read else ()
        return BankFile(self.path, text, spec, root, questions, sources, positions, problems)

    def _text(self) -> str:
        if files.within(self.path.parent, self.path.name) is None:
            hint = "copy the file into the folder"
            message = f"{quoted(self.path.name)} is a link that leads out of the bank's folder"
            self.problems.append(Diagnostic("R305", message, Span(self.shown, 1, 1), hint=hint))
            return ""
        try:
            return files.read_text(self.path, self.shown)
        except LessonError as error:
            self.problems += error.diagnostics
            return ""

    def _sources(self, spec: Bank) -> FrozenMap[str, SourceRecord]:
        if not isinstance(spec.bibliography, str):
            # Keys alone name records of the bibliography that lessons share: the lesson that draws takes them from it.
            return FrozenMap(spec.bibliography if isinstance(spec.bibliography, Mapping) else {})
        found = bibliography.read(self.path.parent, spec.bibliography)
        self.problems += [of_the_bank(problem) for problem in found.problems]
        self.spans.update(found.spans)
        self.texts[found.file] = found.text
        return found.records


@lru_cache(maxsize=32)  # every lesson of a run that draws reads the same few files
def _parsed(
    text: str, shown: str
) -> tuple[tree.Mapping | None, specification.Read[Bank] | None, tuple[Diagnostic, ...]]:
    """Return the tree of a file of the bank, what could be read from it, and what is wrong with it as YAML."""
    composed = tree.compose(text, shown)
    problems = (replace(p, hint=_FIRST_KEY) if p.code == "Y110" else p for p in composed.problems)
    return composed.root, specification.read_bank(composed.root, text) if composed.root else None, tuple(problems)


def of_the_bank(problem: Diagnostic) -> Diagnostic:
    """Return `problem`, found with a file that a question names, in words for the bank."""
    old, new = "the lesson's folder", "the bank's folder"
    return replace(problem, message=problem.message.replace(old, new), hint=problem.hint.replace(old, new))


def _items(root: tree.Mapping | None) -> Iterator[tree.Mapping]:
    """Yield the questions of a file as they are written."""
    entry = root.entry("questions") if root else None
    items = entry.value.items if entry and isinstance(entry.value, tree.Sequence) else ()
    yield from (item for item in items if isinstance(item, tree.Mapping))


def _nameless(root: tree.Mapping | None) -> Iterator[Diagnostic]:
    for item in _items(root):
        if item.entry("id") is None and item.entries:
            span = item.entries[0].key.span
            hint = "add `id: ...`: lessons draw it by that name"
            yield Diagnostic("L202", "a question of the bank has an `id`", span, hint=hint)


def _questions(
    root: tree.Mapping, read: specification.Read[Bank], problems: tuple[Diagnostic, ...]
) -> Iterator[BankQuestion]:
    """Yield the questions that have an id. What is wrong with the rest of the file is a fault of each."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    spans = [item.span for item in _items(root)]
    around = [error for error in errors if not any(_inside(error.span, span) for span in spans)]
    sound = {item.span: q for item, q in zip(_items(read.root), read.spec.questions, strict=True)} if read.spec else {}
    for item in _items(root):
        name = id_of(item)
        if name:
            own = [error for error in errors if _inside(error.span, item.span)]
            question = sound.get(item.span)
            tags = _tags(root, item)
            if question and read.spec:
                question = question.model_copy(update={"tags": tuple(dict.fromkeys((*read.spec.tags, *question.tags)))})
            yield BankQuestion(name, with_entry(item, "tags", tags) if tags else item, question, (*around, *own))


def _tags(root: tree.Mapping, item: tree.Mapping) -> tree.Sequence | None:
    """Return the tags of a question with those of its file, each once."""
    lists = [entry.value for node in (root, item) if (entry := node.entry("tags"))]
    tags = [tag for value in lists if isinstance(value, tree.Sequence) for tag in value.items]
    once = {tag.text: tag for tag in reversed(tags) if isinstance(tag, tree.Scalar)}
    return tree.Sequence(tuple(reversed(once.values())), lists[0].span) if lists else None


def with_entry(node: tree.Mapping, key: str, value: tree.Node) -> tree.Mapping:
    """Return `node` with `value` under `key`, in the place of what stands there."""
    entry = node.entry(key)
    new = tree.Entry(entry.key if entry else tree.Scalar(key, value.span, plain=True), value)
    kept = tuple(new if old is entry else old for old in node.entries)
    return tree.Mapping(kept if entry else (*kept, new), node.span)


def _inside(span: Span | None, around: Span) -> bool:
    if span is None or span.file != around.file:
        return False
    start, end = (around.line, around.column), (around.end_line, around.end_column)
    return start <= (span.line, span.column) <= end


def _unique(found: list[BankFile]) -> Iterator[BankFile]:
    """Yield the files, with an error for each id that an earlier question has; lessons could not tell them apart."""
    first: dict[str, Span] = {}
    for file in found:
        twice: list[Diagnostic] = []
        questions: list[BankQuestion] = []
        for question in file.questions:
            at = _place_of_id(question.node)
            earlier = first.setdefault(question.id, at)
            if earlier != at:
                where = f"{earlier.file}:{earlier.line}:{earlier.column}"
                message = f"the id `{short(question.id)}` stands twice in the bank; first at {where}"
                problem = Diagnostic("L208", message, at, hint="give one of them another", related=(earlier,))
                twice.append(problem)
                questions.append(replace(question, faults=(*question.faults, problem)))
            else:
                questions.append(question)
        yield replace(file, questions=tuple(questions), problems=(*file.problems, *twice)) if twice else file


def _place_of_id(node: tree.Mapping) -> Span:
    entry = node.entry("id")
    return entry.value.span if entry else node.span


def errors(bank: Iterable[BankFile]) -> list[Diagnostic]:
    """Return every error of the files of `bank`."""
    return [problem for file in bank for problem in file.problems if problem.severity is Severity.ERROR]


def broken(bank: Iterable[BankFile]) -> list[Diagnostic]:
    """Return the errors of those files of `bank` that could not be read whole, so that more may stand in them."""
    return errors(file for file in bank if file.root is None and worst(file.problems) is Severity.ERROR)


def looked_over(file: BankFile) -> Iterator[Diagnostic]:
    """Yield what is wrong with the pictures of a file, and a note on each source that it does not bring."""
    spec = file.spec
    known = dict(file.sources)
    for question, place in references.listed(spec.questions, "questions"):
        for n, document in enumerate(question.documents()):
            if document.image:
                yield from _picture(file, document.image, address.join(place, question.document_place(n), "image"))
    for place, cite in references.keys_in(spec):
        if cite not in known:
            message = f"no source of this file has the key `{short(cite)}`"
            hint = "a lesson that draws the question must have it"
            yield file.positions.resolve(
                Diagnostic("R301", message, address=place, needle=f"@{cite}", hint=hint, severity=Severity.NOTE)
            )


def _picture(file: BankFile, image: str, place: str) -> Iterator[Diagnostic]:
    try:
        pictures.read(file.path.parent, image, place)
    except LessonError as error:
        yield from (file.positions.resolve(of_the_bank(problem)) for problem in error.diagnostics)


def by_id(bank: Iterable[BankFile]) -> Mapping[str, tuple[BankQuestion, BankFile]]:
    """Return the questions of `bank` by id, with their file; the last where two have one id: it has the fault."""
    return {question.id: (question, file) for file in bank for question in file.questions}
