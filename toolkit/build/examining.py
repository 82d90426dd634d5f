"""Files that say what became of them: sealed when they are built, examined before they are written over."""

from __future__ import annotations

from pathlib import Path

from toolkit.build.targets import Target
from toolkit.formats import examiner, sealer
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.stamp import Stamp, State
from toolkit.source.files import shown_path


def sealed(data: bytes, target: Target, key: str = "") -> bytes:
    """Return what the writer of `target` wrote with a stamp in it; as it is where files of its format have none.

    `key` is what the build knows the target's inputs by, "" for nothing.
    """
    seal, kind = sealer(target.kind.format), target.kind
    if seal is None or not data:
        return data
    stamp = Stamp(target.slug, kind.sheet, kind.audience, kind.version, kind.level, kind.presentation, key)
    return seal(data, stamp)


def ours(path: Path, *, recorded: bool) -> bool:
    """Return whether the file at `path` is as a build left it, so that no work is lost with it.

    Its stamp decides: it is in the file wherever the file goes. `recorded` is what the record says, and decides
    where there is no stamp.
    """
    examine = examiner(path.suffix.removeprefix("."))
    found = examine(path.read_bytes()) if examine else State.FOREIGN
    return recorded if found is State.FOREIGN else found is State.PRISTINE


def lock(path: Path) -> Path | None:
    """Return the file by which a word processor says that it has `path` open; None where none says so.

    Word writes ~$ in place of the first two characters of a name, in front of a name of at most six characters
    before its ending; some versions of it, and other programs, always in front. LibreOffice writes .~lock.NAME#.
    """
    name = path.name
    beside = (f"~${name[2:]}", f"~${name[1:]}", f"~${name}", f".~lock.{name}#")
    return next((one for one in map(path.with_name, beside) if path.exists() and one.exists()), None)


def told_open(path: Path) -> Diagnostic:
    """Return the warning that the file at `path` was left alone because somebody has it open."""
    found = lock(path)
    message = f"{shown_path(path)} is open in a word processor and was left as it is"
    hint = "close it and build again"
    if found:
        hint += f"; if nobody has it open, delete {shown_path(found)}"
    return Diagnostic("B710", message, hint=hint, severity=Severity.WARNING)
