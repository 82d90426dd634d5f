"""Finding the citation style that a lesson or a project names: one of ours, or a CSL sheet of the author's."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from toolkit import resources
from toolkit.citations import csl
from toolkit.citations.csl import Dependent, StyleError
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.quoting import quoted
from toolkit.model.style import CitationStyle
from toolkit.source import files, observing

PLAIN: Final = "plain"
"""The style of the program's own, which needs no engine: author and year, short entries."""

# The names that schools know styles by, and the sheets in templates/styles.
NAMES: Final = MappingProxyType(
    {
        "apa": "apa",
        "chicago": "chicago-notes-bibliography",
        "chicago-author-date": "chicago-author-date",
        "chicago-notes": "chicago-notes-bibliography",
        "mla": "modern-language-association",
        "turabian": "turabian-notes-bibliography",
        "turabian-author-date": "turabian-author-date",
        "turabian-notes": "turabian-notes-bibliography",
    }
)
FOLDER: Final = "styles"  # of a project: its own sheets, named without .csl
_LARGEST: Final = 2_000_000  # bytes; the largest of real sheets has 250,000
_DEEPEST: Final = 3  # parents of a dependent style; CSL has one


def find(name: str, folder: Path, project: Path | None) -> CitationStyle | None:
    """Return the style that a lesson in `folder` names, None for the plain one.

    A name that ends in .csl is a file in the lesson's folder, or in the `project` folder. Any other is a sheet in
    the project's folder `styles`, or one of ours. Raise LessonError at the address `style`.
    """
    path = _file(name, folder, project)
    if path is None:
        return None
    return _followed(path, name, _DEEPEST)


def _file(name: str, folder: Path, project: Path | None) -> Path | None:
    if name.lower().endswith(".csl") or "/" in name:
        within = [(place, files.within(place, name)) for place in (folder, project) if place]
        places = [place for place, path in within if path and observing.is_file(path)]
        return files.locate(places[0] if places else folder, name, "citation style", "style")
    own = files.within(project / FOLDER, f"{name}.csl") if project else None
    if own and observing.is_file(own):
        return own
    ours = resources.templates() / "styles" / f"{NAMES.get(name.lower(), name)}.csl"
    if name.lower() == PLAIN:
        return None
    if ours.is_file() and ours.parent == resources.templates() / "styles":
        return ours
    known = [PLAIN, *NAMES]
    near = get_close_matches(name.lower(), known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"write one of {', '.join(known)}, or the name of a .csl file"
    raise _wrong(f"there is no citation style {quoted(name)}", name, hint)


def _followed(path: Path, name: str, deep: int) -> CitationStyle:
    """Return the style in the file `path`, or the parent that it says it is."""
    try:
        style = _read(files.read_bytes(path, files.shown_path(path), largest=_LARGEST, code="S510"), name)
    except StyleError as error:
        raise _wrong(f"the citation style {quoted(name)} cannot be used: {error}", name) from None
    if isinstance(style, CitationStyle):
        return style
    parent = f"{style.parent}.csl"
    for folder in (path.parent, resources.templates() / "styles"):
        found = files.within(folder, parent)
        if found and observing.is_file(found) and found != path.resolve() and deep:
            return _followed(found, name, deep - 1)
    message = f"the citation style {quoted(name)} is another one under its own title: {quoted(style.parent)}"
    raise _wrong(message, name, f"put {quoted(parent)} beside it; nothing is fetched from the network")


@lru_cache(maxsize=32)
def _read(data: bytes, name: str) -> CitationStyle | Dependent:
    return csl.read(data, name)


def _wrong(message: str, needle: str, hint: str = "") -> LessonError:
    return LessonError([Diagnostic("S510", message, address="style", needle=needle, hint=hint)])
