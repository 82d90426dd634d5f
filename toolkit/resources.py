"""The resource loader: the templates, fonts and labels that come with the program."""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path


@cache
def templates() -> Path:
    """Return the folder of packaged data: `toolkit/_templates` in a wheel, `templates/` in a checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "_templates"
    return packaged if packaged.is_dir() else here.parent / "templates"


def compiled(key: str) -> bytes:
    """Return what `keep_compiled` kept of the template `key`; nothing where it kept none."""
    with suppress(OSError):
        return _compiled(key).read_bytes()
    return b""


def keep_compiled(key: str, code: bytes) -> None:
    """Keep the `code` of a compiled template beside the templates, as Python keeps a module's, or not at all.

    As with modules, not where PYTHONDONTWRITEBYTECODE says so, nor where the program may not write.
    """
    if sys.dont_write_bytecode:
        return
    place = _compiled(key)
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix="part-") as part:
            written = Path(part, place.name)
            written.write_bytes(code)
            written.replace(place)


def _compiled(key: str) -> Path:
    return templates() / "handout" / "__pycache__" / f"{key}.{sys.implementation.cache_tag}.jinja"


def label_files(language: str) -> list[Path]:
    """Return the label files for `language`, the best first: the tag itself, shorter tags, then English."""
    return [path for path in label_places(language) if path.is_file()]


def label_places(language: str) -> list[Path]:
    """Return where label files for `language` are looked for, the best first."""
    parts = language.split("-")
    names = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)] + ["en"]
    return [templates() / "labels" / f"{name}.toml" for name in names]
