"""Styles of the Citation Style Language, read: what a sheet is, and whether it can be worked with.

Rules: CSL 1.0.2 specification. The engine that formats by a sheet would fetch the parent of a dependent one from
the network, and loop for ever in a macro that calls itself; so both are found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from toolkit.model.quoting import quoted
from toolkit.model.style import CitationStyle

_NAMESPACE: Final = "{http://purl.org/net/xbiblio/csl}"
_OTHERS_SUBSTITUTE: Final = "subsequent-author-substitute"


class StyleError(ValueError):
    """A sheet that cannot be worked with; the text says why, in an author's words."""


@dataclass(frozen=True, slots=True)
class Dependent:
    """A sheet that is another one under its own title. `parent` is the last step of the other's address."""

    parent: str


def read(data: bytes, name: str) -> CitationStyle | Dependent:
    """Return the style that a sheet describes, under the `name` an author gave it. Raise StyleError."""
    root = _root(data)
    parent = _parent(root)
    if parent:
        return Dependent(parent)
    if root.find(f"{_NAMESPACE}citation/{_NAMESPACE}layout") is None:
        raise StyleError("it has no <citation> with a <layout>, which says how a source is cited")
    _check_macros(root)
    bibliography = root.find(f"{_NAMESPACE}bibliography")
    return CitationStyle(
        name=name,
        identifier=_last_step(root.findtext(f"{_NAMESPACE}info/{_NAMESPACE}id") or "") or name,
        csl=etree.tostring(_stripped(root), encoding="unicode"),
        notes=root.get("class") == "note",
        lists=bibliography is not None,
        sentence_case=bibliography is not None and not _capitalizes(root, bibliography),
    )


def without_substitute(csl: str) -> str:
    """Return a sheet that prints every author's name: a list that is divided may begin with any entry."""
    return re.sub(rf'\s{_OTHERS_SUBSTITUTE}="[^"]*"', "", csl)


def _root(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise StyleError(f"its XML is broken on line {line}") from None
    except ValueError:
        raise StyleError("it is no XML") from None
    if root.tag != f"{_NAMESPACE}style":
        raise StyleError("it is no CSL style: it does not begin with <style xmlns=...purl.org/net/xbiblio/csl>")
    if not (root.get("version") or "").startswith("1."):
        raise StyleError("it is not of CSL 1.0")
    return root


def _parent(root: etree._Element) -> str:
    for link in root.iterfind(f"{_NAMESPACE}info/{_NAMESPACE}link"):
        if link.get("rel") == "independent-parent":
            return _last_step(link.get("href") or "")
    return ""


def _last_step(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].removesuffix(".csl")


def _stripped(root: etree._Element) -> etree._Element:
    """Return `root` without what is for people: comments, and all that is said of the sheet but its title and id."""
    for comment in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        parent = comment.getparent()
        if parent is not None:
            _removed(parent, comment)
    info = root.find(f"{_NAMESPACE}info")
    for child in list(info) if info is not None else ():
        if child.tag not in {f"{_NAMESPACE}title", f"{_NAMESPACE}id", f"{_NAMESPACE}updated"}:
            _removed(child.getparent(), child)
    return root


def _removed(parent: etree._Element | None, child: etree._Element) -> None:
    if parent is not None:
        child.tail = None
        parent.remove(child)


# -- macros


def _calls(node: etree._Element) -> Iterator[str]:
    for child in node.iter():
        macro = child.get("macro")
        if macro:
            yield macro


def _check_macros(root: etree._Element) -> None:
    """Raise StyleError for a macro that is missing, or that leads back to itself."""
    macros = {macro.get("name") or "": macro for macro in root.iterfind(f"{_NAMESPACE}macro")}
    missing = [name for name in _calls(root) if name not in macros]
    if missing:
        raise StyleError(f"it calls the macro {quoted(missing[0])}, which it does not have")
    calls = {name: frozenset(_calls(macro)) for name, macro in macros.items()}
    settled: set[str] = set()
    while len(settled) < len(calls):
        ready = {name for name, called in calls.items() if name not in settled and called <= settled}
        if not ready:
            looping = next(name for name in calls if name not in settled)
            raise StyleError(f"its macro {quoted(looping)} leads back to a macro that calls it")
        settled |= ready


def _capitalizes(root: etree._Element, bibliography: etree._Element) -> bool:
    """Return whether the list of sources gives titles the capitals of headlines itself.

    A record's title is in sentence case by the convention of CSL; a sheet for headline capitals asks for
    `text-case="title"` where it prints it. Most decide: the sheets ask for it in a corner or two, too.
    """
    macros = {macro.get("name") or "": macro for macro in root.iterfind(f"{_NAMESPACE}macro")}
    reached: set[str] = set()
    waiting = [bibliography]
    told = [0, 0]
    while waiting:
        node = waiting.pop()
        for child in node.iter(f"{_NAMESPACE}text"):
            if child.get("variable") == "title":
                told[child.get("text-case") == "title"] += 1
        for name in _calls(node):
            if name not in reached:
                reached.add(name)
                waiting.append(macros[name])
    return told[1] > told[0]
