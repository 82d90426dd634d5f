"""The fonts of a project: files in its folder `fonts/`, and families of the machine that `hornbook.toml` names.

Nothing else of the machine is looked at, so that a page does not change with what is installed on it.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from toolkit.model.diagnostics import Diagnostic, LessonError, Span
from toolkit.model.quoting import quoted, short
from toolkit.model.typeface import Typeface
from toolkit.source import files, observing

FOLDER: Final = "fonts"
LARGEST: Final = 64_000_000  # bytes; a collection for Chinese, Japanese and Korean has 27 MB
KINDS: Final = (".ttf", ".otf", ".ttc", ".otc")
_RESTRICTED: Final = 2  # OS/2 fsType: the font must not be embedded
_REGULAR: Final = 400
_BOLD: Final = 600


@dataclass(frozen=True, slots=True)
class _Face:
    family: str
    weight: int
    italic: bool
    path: Path
    index: int


def load(folder: Path, families: tuple[str, ...]) -> tuple[Typeface, ...]:
    """Return the typefaces in `folder` (which may be missing), by name, then those of the machine named `families`.

    Raises LessonError for files that are no fonts or may not be embedded, and for families that are not installed.
    """
    own = _state(folder)
    if not own and not families:
        return ()
    found = _loaded(own, families)
    _note(own, found)
    return found


def _note(own: tuple[tuple[Path, int, int], ...], found: tuple[Typeface, ...]) -> None:
    """Note what the typefaces `found` depend on: their files, and where else there might have been some."""
    named = [Path(name) for face in found for name in (face.regular, face.italic, face.bold, face.bold_italic)]
    for path in dict.fromkeys((*(path for path, _, _ in own), *named)):
        observing.file(path)
    if not set(named) <= {path for path, _, _ in own}:
        for place in _folders():
            observing.tree(place)


def _state(folder: Path) -> tuple[tuple[Path, int, int], ...]:
    """Return the font files of `folder`, with what changes when they do."""
    found = [path for name in observing.names(folder) if (path := folder / name).suffix.lower() in KINDS]
    stats = [path.stat() for path in found]
    return tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in zip(found, stats, strict=True))


@lru_cache(maxsize=8)  # the projects of one run
def _loaded(own: tuple[tuple[Path, int, int], ...], families: tuple[str, ...]) -> tuple[Typeface, ...]:
    faces = [face for path, _, _ in own for face in _faces(path)]
    made = _grouped(faces)
    lacking = [family for family in families if family not in {typeface.name for typeface in made}]
    machine = _grouped(_installed(lacking))
    absent = [family for family in lacking if family not in {typeface.name for typeface in machine}]
    if absent:
        hint = f"install it, or copy its files to the folder {FOLDER}/ of the project"
        raise LessonError(
            [
                Diagnostic(
                    "P604", f"no font {quoted(name)} is installed, and hornbook.toml wants it", needle=name, hint=hint
                )
                for name in absent
            ]
        )
    return (*made, *machine)


def _faces(path: Path) -> Iterator[_Face]:
    """Yield the faces in the file `path`. Raises LessonError where it is no font, or may not be embedded."""
    shown = files.shown_path(path)
    if path.stat().st_size > LARGEST:
        raise _refused(shown, f"the font is larger than {LARGEST / 1e6:.0f} MB")
    try:
        yield from _read(path)
    except PermissionError as error:
        raise _refused(shown, str(error)) from None
    except Exception as error:  # fontTools has no one exception for a file that is broken
        raise _refused(shown, f"this is not a font: {short(str(error))}") from None


def _refused(shown: str, message: str) -> LessonError:
    return LessonError([Diagnostic("P604", message, Span(shown, 1, 1), hint="take the file out of the folder")])


def _read(path: Path) -> Iterator[_Face]:
    # Here, because most projects have no fonts, and every command would wait for it.
    from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]  # it has no types

    with path.open("rb") as file:  # opened here: fontTools leaves a broken file open
        if path.suffix.lower() in (".ttc", ".otc"):
            for index, font in enumerate(TTCollection(file, lazy=True).fonts):
                yield _face(font, path, index)
        else:
            yield _face(TTFont(file, lazy=True), path, 0)


def _face(font: Any, path: Path, index: int) -> _Face:  # noqa: ANN401  # fontTools has no types
    metrics = font["OS/2"]
    if metrics.fsType & 0xF == _RESTRICTED:
        raise PermissionError("its maker does not allow it to be embedded in a file (OS/2 fsType 2)")
    family = font["name"].getBestFamilyName()
    if not family:
        raise ValueError("it has no name")
    return _Face(family, metrics.usWeightClass, bool(metrics.fsSelection & 1), path, index)


def _grouped(faces: Iterable[_Face]) -> tuple[Typeface, ...]:
    """Return the families of `faces`, by name."""
    families: dict[str, list[_Face]] = defaultdict(list)
    for face in faces:
        families[face.family].append(face)
    return tuple(_typeface(name, families[name]) for name in sorted(families))


def _typeface(name: str, faces: list[_Face]) -> Typeface:
    def nearest(weight: int, italic: bool) -> _Face:
        return min(faces, key=lambda face: (abs(face.weight - weight), face.italic != italic, face.path.name))

    def slanted(weight: int, italic: bool) -> _Face:
        upright = nearest(weight, False)
        same = [face for face in faces if face.weight == upright.weight and face.italic == italic]
        return min(same, key=lambda face: face.path.name) if same else upright

    chosen = [slanted(weight, italic) for weight in (_REGULAR, _BOLD) for italic in (False, True)]
    # One place in a collection is kept: faces at another are left to the regular one.
    index = chosen[0].index
    paths = [str((face if face.index == index else chosen[0]).path) for face in chosen]
    digest = hashlib.sha256()
    for path in dict.fromkeys(paths):
        digest.update(Path(path).read_bytes())
    regular, italic, bold, bold_italic = paths
    return Typeface(name, regular, italic, bold, bold_italic, index, digest.hexdigest())


def _installed(families: Iterable[str]) -> Iterator[_Face]:
    """Yield the faces of `families` in the folders where systems keep fonts; files that are broken are passed over."""
    wanted = set(families)
    if not wanted:
        return
    for folder in _folders():
        for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS):
            try:
                yield from (face for face in _faces(path) if face.family in wanted)
            except LessonError:
                continue


def _folders() -> list[Path]:
    """Return where fonts are installed (freedesktop.org's base directories, and fontconfig's own)."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    roots = [*os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")]
    folders = [data / "fonts", home / ".fonts", *(Path(root) / "fonts" for root in roots if root)]
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]
