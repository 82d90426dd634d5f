"""The resource loader: the templates, fonts and labels that come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def templates() -> Path:
    """Return the folder of packaged data: `toolkit/_templates` in a wheel, `templates/` in a checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "_templates"
    return packaged if packaged.is_dir() else here.parent / "templates"


def label_files(language: str) -> list[Path]:
    """Return the label files for `language`, the best first: the tag itself, shorter tags, then English."""
    return [path for path in label_places(language) if path.is_file()]


def label_places(language: str) -> list[Path]:
    """Return where label files for `language` are looked for, the best first."""
    parts = language.split("-")
    names = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)] + ["en"]
    return [templates() / "labels" / f"{name}.toml" for name in names]
