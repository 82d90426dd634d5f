"""What `hornbook import` does with one source: read it, draft a lesson, find the lesson's folder, write or compare."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.articles import archives, drafting, proposing, report
from toolkit.articles.draft import Draft, draft
from toolkit.articles.readers import guess, read_named
from toolkit.articles.sources import Source, Unreadable
from toolkit.build.store import write_whole
from toolkit.cli.naming import slug
from toolkit.model.diagnostics import Diagnostic, LessonError, Span
from toolkit.source import files, pictures
from toolkit.source.discovery import FILE

LARGEST = 200_000_000  # bytes; a book in Word with its photographs
_LONGEST = 56  # characters of a folder's name, which a number may stand behind
ARTICLE = "article.md"
ENDINGS = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".odt", ".epub", ".pdf"})
_FROM = re.compile(r"^# Drafted from (?P<name>.*?)\. A comment that begins", re.M)


@dataclass(frozen=True, slots=True)
class Order:
    """A source to import, the reader that was named for it, "" for the likeliest, and the way to the schema."""

    path: Path
    reader: str
    schema: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a source gave: a draft with its images, (bytes, file in the lesson), or what is wrong with it.

    `told` is the report as data, `words` the same for a person; `review` counts what a person should decide.
    """

    path: Path
    name: str
    draft: Draft | None = None
    images: tuple[tuple[bytes, str], ...] = ()
    told: dict[str, Any] | None = None
    words: str = ""
    review: int = 0
    problem: Diagnostic | None = None


def sources(paths: Sequence[Path]) -> tuple[list[Path], int]:
    """Return the files to import, each once, in order, and how many of the folders' files no reader is for.

    Of a folder, all that have the ending of a text, in its folders too; hidden ones and lessons are passed over.
    """
    found: dict[Path, Path] = {}
    skipped = 0
    for path in paths:
        if not path.is_dir():
            found.setdefault(path.absolute(), path)
            continue
        for file in _walk(path):
            if file.suffix.lower() in ENDINGS:
                found.setdefault(file.absolute(), file)
            else:
                skipped += 1
    return list(found.values()), skipped


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        if FILE in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where) / name for name in sorted(names) if not name.startswith("."))


def take_all(orders: Sequence[Order], jobs: int) -> Iterator[Taken]:
    """Yield what each source gave, in their order, read by `jobs` processes at once."""
    if jobs <= 1 or len(orders) <= 1:
        yield from map(take, orders)
        return
    with ProcessPoolExecutor(min(jobs, len(orders))) as pool:
        futures = [pool.submit(take, order) for order in orders]
        for order, future in zip(orders, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                reason = "the process that read this file was ended, perhaps for want of memory"
                yield _failed(order.path, reason, "import it by itself, with -j 1")


def take(order: Order) -> Taken:
    """Return what a source gave. Whatever is wrong with it costs this source, and no other."""
    try:
        return _taken(order)
    except LessonError as error:
        first = error.diagnostics[0]
        return _failed(order.path, first.message, first.hint)
    except Unreadable as error:
        return _failed(order.path, error.reason, error.hint)
    except MemoryError:
        return _failed(order.path, "it needs more memory than there is", "divide it")
    except RecursionError:
        return _failed(order.path, "it is nested too deeply", "")
    except Exception as error:  # a fault of the program's own: told in a line, and the next source goes on
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _failed(order.path, f"it could not be read: {said}", "this is a fault of hornbook; please report it")


def _failed(path: Path, reason: str, hint: str) -> Taken:
    problem = Diagnostic("A101", f"not imported: {reason}", Span(files.shown_path(path), 1, 1), hint=hint)
    return Taken(path, "", problem=problem)


def _taken(order: Order) -> Taken:
    shown = files.shown_path(order.path)
    source = Source(order.path.name, files.read_bytes(order.path, shown, largest=LARGEST))
    found = read_named(order.reader or guess(source), source)
    images = _images((image.file for image in found.images), order.path.parent, source)
    placed = {file: target for file, (_, target) in images.items()}
    manuscript = proposing.with_headings(drafting.dated(drafting.with_images(found, placed)))
    drawn = drafting.drawn(manuscript)
    made = draft(manuscript, drawn, source.name, order.schema)
    for name, text in (("article", made.article), ("lesson", made.lesson)):
        if len(text.encode()) > files.LARGEST_TEXT:
            size = f"its {name} would have {len(text.encode()) / 1e6:.1f} MB, and {files.LARGEST_TEXT / 1e6:.0f} MB"
            raise Unreadable(f"{size} are the most", "divide it, by chapters")
    return Taken(
        order.path,
        _name(manuscript.title, order.path.stem),
        made,
        tuple(images.values()),
        report.data(manuscript, source, drawn),
        report.text(manuscript, source, drawn),
        f"\n{made.lesson}".count("# REVIEW: "),
    )


def _name(title: str, stem: str) -> str:
    """Return the name of a lesson's folder: the title; of a long one what follows its last colon."""
    long = len(title) > _LONGEST
    name = (slug(title.rpartition(": ")[2]) if long else "") or slug(title) or slug(stem) or "untitled"
    return name if len(name) <= _LONGEST else name[:_LONGEST].rpartition("-")[0] or name[:_LONGEST]


def _images(named: Iterator[str], folder: Path, source: Source) -> dict[str, tuple[bytes, str]]:
    """Return the images that can be printed, by their names in the source: their bytes, and their files in a lesson.

    Those of an archive are parts of it; those of any other source lie in its folder.
    """
    packed = bool(archives.kind(source))
    found: dict[str, tuple[bytes, str]] = {}
    taken: set[str] = set()
    for file in dict.fromkeys(named):
        try:
            picture = (
                pictures.checked(archives.member(source, file), file, "") if packed else pictures.read(folder, file, "")
            )
        except (LessonError, Unreadable, OSError, ValueError):
            continue
        target = _target(file, picture.media_type, taken)
        taken.add(target)
        found[file] = (picture.data, target)
    return found


def _target(file: str, media_type: str, taken: set[str]) -> str:
    """Return the file of a lesson that an image becomes: its own ending, or the one of what it is."""
    ending = Path(file).suffix.lower() or f".{media_type.removeprefix('image/')}"
    stem, number = slug(Path(file).stem) or "image", 2
    target = f"images/{stem}{ending}"
    while target in taken:
        target, number = f"images/{stem}-{number}{ending}", number + 1
    return target


# -- the folder of a lesson


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft and its folder. `there` are the files of it that are there and are not what an import would write."""

    taken: Taken
    folder: Path
    new: bool
    there: tuple[tuple[Path, str, str], ...] = ()


def place(taken: Taken, home: Path, used: set[Path]) -> Placed:
    """Return where the lesson of a source belongs in `home`, and add it to those `used` in this run.

    A lesson that was drafted from another source keeps its folder: this one's gets a number behind its name.
    """
    assert taken.draft
    folder, number = home / taken.name, 2
    while folder in used or (folder.exists() and _is_of_another(folder, taken.path.name)):
        folder, number = home / f"{taken.name}-{number}", number + 1
    used.add(folder)
    if not folder.exists():
        return Placed(taken, folder, new=True)
    wanted = ((folder / ARTICLE, taken.draft.article), (folder / FILE, taken.draft.lesson))
    found = ((path, _text(path), text) for path, text in wanted)
    return Placed(taken, folder, False, tuple(one for one in found if one[1] != one[2]))


def _is_of_another(folder: Path, name: str) -> bool:
    said = _FROM.search(_text(folder / FILE)[:2_000])
    return bool(said) and said["name"] != name if said else False


def _text(path: Path) -> str:
    """Return the text of a file, "" where there is none."""
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""


def write(placed: Placed) -> None:
    """Write the files of a new lesson: the specification last, so that a folder with one is whole."""
    made = placed.taken.draft
    assert made
    for data, target in placed.taken.images:
        write_whole(placed.folder / target, data)
    write_whole(placed.folder / ARTICLE, made.article.encode())
    write_whole(placed.folder / FILE, made.lesson.encode())
