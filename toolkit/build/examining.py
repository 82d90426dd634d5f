"""Files that say what became of them: sealed when they are built, examined before they are written over."""

from __future__ import annotations

from pathlib import Path

from toolkit.build.targets import Target
from toolkit.formats import examiner, sealer
from toolkit.model.stamp import Stamp, State


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
