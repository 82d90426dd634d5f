"""Remarks that somebody made on a sheet, written as comments into the lesson's YAML."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from toolkit.source import tree
from toolkit.source.lesson import Loaded
from toolkit.source.revise_places import Places
from toolkit.source.revise_scalars import composed, holds

_WIDTH = 110  # characters of a line


@dataclass(frozen=True, slots=True)
class Remark:
    """What `author` said of the words `about` at `address`."""

    address: str
    author: str
    words: str
    about: str = ""


def remarked(loaded: Loaded, remarks: tuple[Remark, ...], main: str) -> tuple[dict[str, str], list[Remark]]:
    """Return the texts with `remarks` in them, by file, and those that found no place.

    A remark on the article stands where the lesson names the section, or over the lesson: `main` is its file. One
    that a file has already is not written again.
    """
    places = Places(loaded)
    found = [(remark, *_place(places, remark.address, main)) for remark in remarks]
    texts: dict[str, str] = {}
    lost: list[Remark] = []
    # From the end of a file to its beginning, so that no line is moved before it is used.
    for remark, file, line in sorted(found, key=lambda one: -one[2]):
        text = texts.get(file, places.texts[file])
        made = _with_comment(text, file, line, remark)
        if made is None:
            lost.append(remark)
        else:
            texts[file] = made
    return {file: text for file, text in texts.items() if text != places.texts[file]}, lost


def _place(places: Places, address: str, main: str) -> tuple[str, int]:
    """Return the file and the line, counted from 1, over which a remark on `address` stands."""
    if address.startswith("article/"):
        address = places.section_of(address.split("/")[1])
    while address:
        found = places.location(address)
        if found:
            return found[0], places.line_of(*found)
        address = address.rpartition("/")[0]
    return main, 1


def _with_comment(text: str, file: str, line: int, remark: Remark) -> str | None:
    root = composed(text, file).root
    if root is None:
        return None
    lines = text.split("\n")
    at = lines[line - 1] if line <= len(lines) else ""
    pad = " " * (len(at) - len(at.lstrip(" ")))
    said = f"{remark.author}: " if remark.author else ""
    about = f"on “{textwrap.shorten(remark.about, 40, placeholder='…')}”: " if remark.about else ""
    whole = f"{said}{about}{' '.join(remark.words.split())}"
    comment = textwrap.wrap(whole, _WIDTH - len(pad), initial_indent=f"{pad}# ", subsequent_indent=f"{pad}#   ")
    above = lines[: line - 1]
    if "\n".join(comment) in text:
        return text
    made = "\n".join([*above, *comment, *lines[line - 1 :]])
    return made if holds(made, file, tree.plain_data(root)) else None
