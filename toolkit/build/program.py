"""What the program consists of, as facts: its code, its data, the libraries that it prints with.

What each format does not use is told by name; whatever is not named here counts for every format, so that a new part
or a new format is never stale. Labels and citation styles are not here: a lesson has those that it is printed with.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from toolkit import __version__
from toolkit.resources import templates
from toolkit.source import observing

PACKAGE: Final = Path(__file__).resolve().parent.parent
CODE: Final = "toolkit/"
DATA: Final = "templates/"
ENGINE: Final = ("fontconfig", "fribidi", "harfbuzz", "pango")
ENGINELESS: Final = frozenset({"docx", "html"})  # formats that need none of ENGINE

# Rooms that no target goes through: imports go down only, and these are above `build`, or beside the way of the data.
_BESIDE: Final = frozenset({"articles", "checks", "cli", "preview", "__pycache__", "_templates"})
# Data of other commands, and data that a lesson knows it is printed with.
_OTHER_DATA: Final = frozenset({"starter", "preview", "labels", "styles"})

# The libraries that print, by their name on the package index.
LIBRARIES: Final = frozenset(
    (
        *("babel", "brotli", "brotlicffi", "cffi", "cssselect2", "fonttools", "jinja2", "lxml", "markdown-it-py"),
        *("markupsafe", "mdit-py-plugins", "mdurl", "pillow", "pydantic", "pydantic-core", "pydyf", "pypdf", "pyphen"),
        *("python-docx", "pyyaml", "tinycss2", "tinyhtml5", "weasyprint", "webencodings", "zopfli"),
    )
)
_PRINTING: Final = frozenset(
    (
        *("brotli", "brotlicffi", "cffi", "cssselect2", "pydyf", "pyphen", "tinycss2", "tinyhtml5", "weasyprint"),
        *("webencodings", "zopfli"),
    )
)
_PAGES: Final = frozenset({"jinja2", "markupsafe"})
_WORD: Final = frozenset({"python-docx", "SOURCE_DATE_EPOCH"})
_PART = re.compile(r"(?P<name>[\w.]+)-(?P<version>[^-]+)\.dist-info")

# What a format is not made of: names, and the beginnings of names.
_UNUSED: Final = MappingProxyType(
    {
        "pdf": (_WORD, (f"{CODE}formats/docx/", f"{DATA}worksheet/")),
        "html": (_WORD | _PRINTING, (f"{CODE}formats/docx/", f"{CODE}formats/pdf/", f"{DATA}worksheet/")),
        "docx": (_PRINTING | _PAGES, (f"{CODE}formats/html/", f"{CODE}formats/pdf/", f"{DATA}handout/")),
    }
)


@dataclass(frozen=True, slots=True)
class Program:
    """The facts of the program. `signature` changes whenever a file of it may have changed; "" says nothing."""

    facts: Mapping[str, str]
    signature: str


def relevant(name: str, form: str) -> bool:
    """Return whether files in the format `form` are made with the part `name` of the program."""
    names, beginnings = _UNUSED.get(form, (frozenset(), ()))
    return name not in names and not name.startswith(beginnings or ("\0",))


def written_with(name: str) -> bool:
    """Return whether a change of the part `name` may change what is written of an equal printout."""
    return not name.startswith(f"{DATA}labels/")


def inspected(signature: str, known: Mapping[str, str] | None) -> Program:
    """Return the program as it is. Files with the `signature` of those that `known` tells are not read."""
    files = dict(_files())
    statuses = {name: observing.status(os.stat(path)) for name, path in files.items()}
    words = "".join(f"{name}\0{found}\0" for name, found in statuses.items())
    now = observing.digest(words.encode(errors="surrogateescape"))
    if known is not None and now == signature:
        read = {name: known[name] for name in files if name in known}
    else:
        read = {name: observing.looked("=", path).value for name, path in files.items()}
    sure = all(observing.settled(found) for found in statuses.values())
    return Program({**read, **_versions(), **_environment()}, now if sure else "")


def engine() -> dict[str, str]:
    """Return the versions of the libraries of the machine that set pages; "" of one that is not there."""
    return {name: _told(library, tell) for name, (library, tell) in _LIBRARIES.items()}


def _files() -> Iterator[tuple[str, str]]:
    """Yield the files of the program that have a part in what is printed: name, and path."""
    yield from _below(str(PACKAGE), CODE, _BESIDE)
    yield from _below(str(templates()), DATA, _OTHER_DATA)


def _below(folder: str, name: str, without: frozenset[str]) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name in without:
            continue
        if entry.is_dir():
            yield from _below(entry.path, f"{name}{entry.name}/", frozenset({"__pycache__"}))
        elif not entry.name.endswith((".pyc", ".md")) and entry.is_file():
            yield f"{name}{entry.name}", entry.path


def _environment() -> dict[str, str]:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return {
        "hornbook": __version__,
        "python": ".".join(map(str, sys.version_info[:3])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **({"SOURCE_DATE_EPOCH": epoch} if epoch else {}),
    }


def _versions() -> dict[str, str]:
    """Return the versions of LIBRARIES: from names of folders, as `importlib.metadata` alone takes 25 ms to load."""
    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        for name, version in _installed(folder):
            if name in LIBRARIES:
                found.setdefault(name, version)
    return found


def _installed(folder: str) -> Iterable[tuple[str, str]]:
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return []
    parts = [part for name in names if name.endswith(".dist-info") and (part := _PART.fullmatch(name))]
    return [(re.sub(r"[._]+", "-", part["name"]).lower(), part["version"]) for part in parts]


def pandoc() -> str:
    """Return what tells one pandoc from another: the version of the wheel that carries it, or the machine's by size."""
    for folder in dict.fromkeys(sys.path):
        for name, version in _installed(folder):
            if name == "pypandoc-binary":
                return f"{version} (pypandoc-binary)"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        try:
            found = os.stat(os.path.join(folder, "pandoc"))
        except OSError:
            continue
        return f"of {found.st_size} bytes, {found.st_mtime_ns}"
    return ""


# As WeasyPrint opens them, on Linux and on macOS, and the function or variable that tells the version.
_LIBRARIES: Final = MappingProxyType(
    {
        "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib"), "pango_version_string"),
        "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "hb_version_string"),
        "fontconfig": (("libfontconfig.so.1", "libfontconfig.1.dylib"), "FcGetVersion"),
        "fribidi": (("libfribidi.so.0", "libfribidi.0.dylib"), ""),
    }
)


def _told(names: tuple[str, ...], tell: str) -> str:
    for name in names:
        try:
            library = ctypes.CDLL(name)
            if not tell:
                told = ctypes.c_char_p.in_dll(library, "fribidi_version_info").value or b""
                return told.decode("ascii", "replace").split("\n")[0]
            function = getattr(library, tell)
            if tell.startswith("Fc"):
                return str(int(function()))
            function.restype = ctypes.c_char_p
            return bytes(function()).decode("ascii", "replace")
        except (OSError, AttributeError, ValueError):
            continue
    return ""
