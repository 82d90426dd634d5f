"""Links, pictures and citations of a Markdown text, so that they are good in a lesson, wherever their section goes.

Links by reference get their address; addresses that lead nowhere outside the site they stood on go, and leave
their words; what would be read as one of our citations is escaped, for its record is not in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from toolkit.articles.rewriting import Change, within

_DEFINITION = re.compile(
    r"(?m)^ {0,3}\[(?!\^)(?P<label>[^\[\]\n]{1,300})\]:[ \t]*(?P<url><[^<>\n]*>|[^\s<][^\s]*)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"
)
_TEXT = r"(?P<text>(?:[^\[\]\\]|\\.|!\[[^\[\]]{0,1000}\]\([^()\n]{0,1000}\)){0,8000})"
_ADDRESS = r"[ \t]*(?P<url><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?P<title>\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*"
_INLINE = re.compile(rf"(?s)(?P<image>!?)(?<!\\)\[{_TEXT}\]\({_ADDRESS}\)(?P<sizes>\{{[^{{}}\n]*\}})?")
_SPACED = re.compile(r"!\[[^\[\]\n]{0,1000}\]\((?P<file>[^()<>\"\n]*[^()<>\"\n\s][ ][^()<>\"\n]*\.\w{2,5})\)")
_LABELLED = re.compile(r"(?<![\\!])(?P<image>!?)\[(?P<text>[^\[\]]{1,1000})\](?:\[(?P<label>[^\[\]\n]{0,300})\])?(?![(:])")
_GOOD = re.compile(r"(?i)https?://[^/?#\s]|mailto:.")
_FILE = re.compile(r"(?i)(?![a-z][a-z0-9+.-]*:|//).+")
_CITED = re.compile(r"(?<![\w.\\/@])@(?=[\w{])")
_ATTRIBUTES = re.compile(r"(?m)(?<=\S)[ \t]+\{:?[ \t]*[#.][^{}\n]*\}[ \t]*$")


def definitions(text: str, begin: int, code: list[tuple[int, int]]) -> dict[str, re.Match[str]]:
    """Return the definitions of links by their label, folded as CommonMark does (6.3); the first of equals."""
    found: dict[str, re.Match[str]] = {}
    for definition in _DEFINITION.finditer(text, begin):
        if not within(definition.start(), code):
            found.setdefault(_folded(definition["label"]), definition)
    return found


def changes(text: str, begin: int, code: list[tuple[int, int]], base: str) -> Iterator[Change]:
    """Yield how links, pictures and citations of `text` from `begin` on are written.

    `base` is the address that the text was published at, "" for none: relative links are completed from it.
    """
    known = definitions(text, begin, code)
    taken = sorted(definition.span() for definition in known.values())
    aside = sorted(code + taken)
    for definition in known.values():
        yield Change(definition.start(), definition.end(), "", "the address of a link, written where it is used")
    for found in _INLINE.finditer(text, begin):
        if not within(found.start(), aside):
            yield from _inline(found, base)
            taken.append((found.start("url"), found.end("url")))
    for found in _SPACED.finditer(text, begin):
        if not within(found.start(), aside):
            yield Change(found.start("file"), found.start("file"), "<")
            yield Change(found.end("file"), found.end("file"), ">")
    if known:
        yield from _labelled(text, begin, aside, known, base)
    yield from _others(text, begin, sorted({*taken, *code}))


def _inline(found: re.Match[str], base: str) -> Iterator[Change]:
    inner = _INLINE.search(found["text"]) if "![" in found["text"] and not found["image"] else None
    if inner:
        start = found.start("text")
        yield Change(found.start(), start, "", "a link around a picture")
        for change in _inline(inner, base):
            yield Change(change.start + start, change.end + start, change.words, change.why)
        yield Change(found.end("text"), found.end(), "", "a link around a picture")
        return
    if found["sizes"]:
        yield Change(found.start("sizes"), found.end(), "", "how a picture was set")
    end = found.start("sizes") if found["sizes"] else found.end()
    address = found["url"].strip("<>")
    if found["image"]:
        yield from _picture(found, address, end)
    elif not _GOOD.match(address):
        whole = urljoin(base, address) if base and address and not address.startswith("#") else ""
        if _GOOD.match(whole) and not re.search(r"[\s<>]", whole):
            yield Change(found.start("url"), found.end("url"), f"<{whole}>", "an address, completed")
        else:
            why = "a link into the site or the text that the source stood in"
            yield Change(found.start("text") - 1, found.start("text"), "", why)
            yield Change(found.end("text"), end, "", why)


def _picture(found: re.Match[str], address: str, end: int) -> Iterator[Change]:
    if _GOOD.match(address):
        words = "" if found["text"].strip() else "A picture"
        yield Change(found.start(), found.start() + 1, "", "a picture on the network, kept as a link to it")
        yield Change(found.start("text"), found.start("text"), words)
    elif not _FILE.match(address):
        yield Change(found.start(), found.start("text"), "", "a picture that is no file")
        yield Change(found.end("text"), end, "", "a picture that is no file")


def _labelled(
    text: str, begin: int, aside: list[tuple[int, int]], known: Mapping[str, re.Match[str]], base: str
) -> Iterator[Change]:
    for found in _LABELLED.finditer(text, begin):
        definition = known.get(_folded(found["label"] or found["text"]))
        if not definition or within(found.start(), aside):
            continue
        end = found.end("text")
        address = definition["url"].strip("<>")
        whole = urljoin(base, address) if base and not found["image"] else address
        if found["image"] and _FILE.match(address):
            yield Change(end, found.end(), f"](<{address}>)", "the label of a picture, for which its file stands")
        elif _GOOD.match(whole):
            yield Change(end, found.end(), f"](<{whole}>)", "the label of a link, for which its address stands")
            if found["image"]:
                yield Change(found.start(), found.start() + 1, "", "a picture on the network, kept as a link to it")
        else:
            why = "a link into the site or the text that the source stood in"
            yield Change(found.start(), found.start("text"), "", why)
            yield Change(end, found.end(), "", why)


def _others(text: str, begin: int, aside: list[tuple[int, int]]) -> Iterator[Change]:
    for found in _CITED.finditer(text, begin):
        if not within(found.start(), aside):
            yield Change(found.start(), found.start(), "\\")
    for found in _ATTRIBUTES.finditer(text, begin):
        if not within(found.start(), aside):
            yield Change(found.start(), found.end(), "", "how a block was set")


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
