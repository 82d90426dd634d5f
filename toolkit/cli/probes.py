"""What this machine has of what the program needs. Probes look; they change nothing and import no heavy library.

`system.txt` beside this file names the system libraries and tools and the packages that bring them; `setup.sh` reads
the same table.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Status: TypeAlias = Literal["ok", "missing", "optional"]
Which: TypeAlias = Callable[[str], str | None]

MANAGERS: Final = ("apt", "dnf", "apk", "pacman", "zypper", "brew")  # the columns of system.txt, in order
OLDEST_PYTHON: Final = (3, 11)
TRIAL_SECONDS: Final = 60.0
CHECKOUT: Final = Path(__file__).resolve().parents[2]  # a checkout's root, or site-packages

_INSTALL: Final = MappingProxyType(
    {
        "apt": "apt-get install --no-install-recommends",
        "dnf": "dnf install",
        "apk": "apk add",
        "pacman": "pacman -S",
        "zypper": "zypper install",
        "brew": "brew install",
    }
)
_PURPOSE: Final = MappingProxyType(
    {
        "soffice": "LibreOffice: opens a worksheet, prints it to PDF",
        "pdftoppm": "turns pages into pictures",
        "verapdf": "checks a PDF against PDF/UA-1",
    }
)
_ELSEWHERE: Final = MappingProxyType({"verapdf": "the installer of verapdf.org (it needs Java)"})
_BREW_FOLDERS: Final = ("", "/opt/homebrew/lib/", "/usr/local/lib/")
# One page through the program's own page engine, in a process of its own: a missing font or library may end it.
_TRIAL: Final = """
from toolkit.formats.pdf.engine import engine
page = '<!DOCTYPE html><html lang="en"><title>Trial</title><p>Trial</p></html>'
print(len(engine().print(page, {})))
"""
# Pandoc, which sets citations in the styles of CSL and reads Word files: the program in its package must start.
_PANDOC: Final = """
import subprocess, pypandoc
words = subprocess.run([pypandoc.get_pandoc_path(), '--version'], capture_output=True, text=True, check=True).stdout
print(words.split()[1])
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for. `optional` is a thing that is not there and need not be; `remedy` says how to get it."""

    group: str
    name: str
    status: Status
    detail: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One line of system.txt: a library's file names, and the packages of each package manager that bring it."""

    kind: Literal["python", "library", "tool"]
    name: str
    linux: str
    macos: str
    packages: tuple[tuple[str, ...], ...]  # in the order of MANAGERS


def needs() -> tuple[Need, ...]:
    """Return the lines of system.txt. Raises ValueError if a line has not ten columns."""
    rows = Path(__file__).with_name("system.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_need(row.split()) for row in rows if row and not row.startswith("#"))


def _need(columns: Sequence[str]) -> Need:
    kind, name, linux, macos, *packages = columns
    if kind not in {"python", "library", "tool"} or len(packages) != len(MANAGERS):
        raise ValueError(f"system.txt: not a line of the table: {' '.join(columns)}")
    split = tuple(tuple(cell.split(",")) if cell != "-" else () for cell in packages)
    return Need(kind, name, linux, macos, split)  # type: ignore[arg-type]  # checked two lines up


def package_manager(which: Which = shutil.which, system: str = sys.platform) -> str:
    """Return which of MANAGERS this machine has, or '' if none; Homebrew counts on macOS only."""
    known = MANAGERS[-1:] if system == "darwin" else MANAGERS[:-1]
    return next((name for name in known if which("apt-get" if name == "apt" else name)), "")


def install_command(manager: str, wanted: Sequence[Need]) -> str:
    """Return the shell command with which `manager` installs `wanted`, or '' if it has no package for them."""
    if not manager:
        return ""
    column = MANAGERS.index(manager)
    packages = dict.fromkeys(package for need in wanted for package in need.packages[column])
    return f"{_INSTALL[manager]} {' '.join(packages)}" if packages else ""


def python(wanted: Sequence[Need], manager: str, version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """Return whether the Python that runs this is new enough (pyproject.toml: requires-python)."""
    enough = version >= OLDEST_PYTHON
    remedy = "" if enough else install_command(manager, [need for need in wanted if need.kind == "python"])
    oldest = ".".join(map(str, OLDEST_PYTHON))
    detail = platform.python_version() if enough else f"{version[0]}.{version[1]}, older than {oldest}"
    return Finding("Python", "Python", "ok" if enough else "missing", detail, remedy)


def libraries(wanted: Sequence[Need], manager: str) -> tuple[Finding, ...]:
    """Return a finding for each library of `wanted`, with its version where it tells; other kinds are passed over."""
    return tuple(_library(need, manager) for need in wanted if need.kind == "library")


def _library(need: Need, manager: str) -> Finding:
    macos = sys.platform == "darwin"
    names = [folder + need.macos for folder in _BREW_FOLDERS] if macos else [need.linux]
    for name in names:
        try:
            opened = ctypes.CDLL(name)
        except OSError:
            continue
        return Finding("System libraries", need.name, "ok", _version(need.name, opened))
    remedy = install_command(manager, [need]) or f"install {need.name} with the machine's package manager"
    return Finding("System libraries", need.name, "missing", f"{names[0]} does not open", remedy)


def _version(name: str, library: ctypes.CDLL) -> str:
    """Return the version that library `name` tells of itself, or 'opens' where it tells none."""
    try:
        if name == "glib":
            parts = (ctypes.c_uint.in_dll(library, f"glib_{part}_version") for part in ("major", "minor", "micro"))
            return ".".join(str(part.value) for part in parts)
        if name == "fontconfig":  # fontconfig.h, FC_VERSION: major * 10000 + minor * 100 + revision
            number = int(library.FcGetVersion())
            return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
        tell = library.pango_version_string if name.startswith("pango") else library.hb_version_string
        tell.restype = ctypes.c_char_p
        return bytes(tell()).decode("ascii", "replace")
    except (AttributeError, ValueError):
        return "opens"


def requirements() -> tuple[str, ...]:
    """Return the requirements of the program itself, as PEP 508 lines, those of extras left out.

    A checkout's pyproject.toml is asked before the metadata of an installed program: it cannot be out of date.
    """
    project = CHECKOUT / "pyproject.toml"
    if project.is_file():
        return tuple(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"])
    lines = importlib.metadata.requires("hornbook") or []
    return tuple(line for line in lines if "extra ==" not in line)


def distributions(lines: Sequence[str]) -> tuple[Finding, ...]:
    """Return a finding for each requirement of `lines` (PEP 508, with no extras and no markers)."""
    return tuple(_distribution(line) for line in lines)


def _distribution(line: str) -> Finding:
    name, wanted = (part.strip() for part in re.split(r"(?=[<>=!~;\s])", f"{line} ", maxsplit=1))
    wanted = wanted.partition(";")[0].strip(" ()")
    remedy = "sh setup.sh" if (CHECKOUT / "setup.sh").is_file() else f"python -m pip install '{name}{wanted}'"
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Finding("Python packages", name, "missing", f"not installed ({wanted or 'any version'} needed)", remedy)
    if not satisfies(version, wanted):
        return Finding("Python packages", name, "missing", f"{version}, but {wanted} is needed", remedy)
    return Finding("Python packages", name, "ok", version)


def satisfies(version: str, wanted: str) -> bool:
    """Return whether `version` lies within `wanted`, a list such as `>=70,<71`; pre-release tags are not compared.

    Knows the operators that pyproject.toml uses (PEP 440): >=, >, <=, <, ==, !=; any other raises ValueError.
    """
    return all(_within(version, clause.strip()) for clause in wanted.split(",") if clause.strip())


def _within(version: str, clause: str) -> bool:
    match = re.fullmatch(r"(>=|<=|==|!=|>|<)\s*([0-9.]+)", clause)
    if not match:
        raise ValueError(f"not a version clause that is known here: {clause}")
    have, limit = _release(version), _release(match[2])
    width = max(len(have), len(limit))
    have, limit = (numbers + (0,) * (width - len(numbers)) for numbers in (have, limit))
    return {
        ">=": have >= limit,
        "<=": have <= limit,
        "==": have == limit,
        "!=": have != limit,
        ">": have > limit,
        "<": have < limit,
    }[match[1]]


def _release(version: str) -> tuple[int, ...]:
    match = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else (0,)


def fonts(templates: Path) -> Finding:
    """Return whether the fonts that come with the program are in `templates`, with their number and size."""
    folder = templates / "fonts"
    faces = [file for file in folder.rglob("*") if file.suffix in {".ttf", ".otf"}]
    if not faces or not (folder / "fonts.conf").is_file():
        remedy = "install the program again: its fonts and fonts.conf are part of it"
        return Finding("Fonts", "bundled fonts", "missing", f"{len(faces)} faces in {folder}", remedy)
    families = len({file.parent for file in faces})
    size = sum(file.stat().st_size for file in faces) / 1e6
    return Finding("Fonts", "bundled fonts", "ok", f"{len(faces)} faces of {families} families, {size:.1f} MB")


def tools(wanted: Sequence[Need], manager: str, which: Which = shutil.which) -> tuple[Finding, ...]:
    """Return a finding for each optional tool of `wanted`, looked for on PATH; other kinds are passed over."""
    return tuple(_tool(need, manager, which) for need in wanted if need.kind == "tool")


def _tool(need: Need, manager: str, which: Which) -> Finding:
    place = which(need.name)
    purpose = _PURPOSE[need.name]
    if place:
        return Finding("Optional tools", need.name, "ok", place)
    remedy = install_command(manager, [need]) or _ELSEWHERE.get(need.name, f"install {need.name}")
    return Finding("Optional tools", need.name, "optional", f"not here; {purpose}", remedy)


def trial(code: str = _TRIAL, seconds: float = TRIAL_SECONDS) -> Finding:
    """Return whether the page engine prints a page, tried in a process of its own for at most `seconds` seconds."""
    start = time.monotonic()
    _, wrong = _run(code, seconds, "no page", "the page engine")
    if wrong:
        return _failed_trial("Page engine", "trial page", wrong)
    return Finding("Page engine", "trial page", "ok", f"printed in {time.monotonic() - start:.1f} s")


def pandoc(code: str = _PANDOC, seconds: float = TRIAL_SECONDS) -> Finding:
    """Return whether pandoc starts, with its version, tried for at most `seconds` seconds."""
    version, wrong = _run(code, seconds, "no answer", "pandoc")
    if wrong:
        return _failed_trial("Citation styles", "pandoc", wrong)
    return Finding("Citation styles", "pandoc", "ok", version)


def _run(code: str, seconds: float, nothing: str, what: str) -> tuple[str, str]:
    """Return what a process with `code` printed, and what went wrong with it, "" for nothing."""
    path = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-P", "-c", code]
    environment = {**os.environ, "PYTHONPATH": path}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=seconds, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        return "", f"{nothing} after {seconds:g} seconds"
    if done.returncode < 0:
        return "", f"{what} was ended by signal {-done.returncode}"
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        return "", lines[-1].strip() if lines else f"exit status {done.returncode}"
    return done.stdout.strip(), ""


def _failed_trial(group: str, name: str, detail: str) -> Finding:
    checkout = (CHECKOUT / "setup.sh").is_file()
    remedy = "sh setup.sh" if checkout else "python -m pip install --force-reinstall hornbook"
    return Finding(group, name, "missing", detail, remedy)
