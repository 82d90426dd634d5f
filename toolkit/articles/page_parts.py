"""The part of a web page that is its article, and what stands around it.

By the page's own word first (`article`, `main`), else where most of its paragraphs are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_NEVER = ("script", "style", "noscript", "template", "iframe", "form", "button", "svg", "object", "input", "select")
_AROUND = ("nav", "footer", "dialog", "menu")
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu"))
_JUNK = re.compile(
    r"(?i)(?:^|[\s_-])(?:ads?|advert\w*|banner|breadcrumbs?|comments?|consent|cookies?|disqus|editsection|gdpr|masthead"
    r"|menu|modal|nav|navbar|navbox|navigation|newsletter|noprint|pagination|pager|popup|promo|recommended"
    r"|related-(?:posts?|links|stories)|share|sharing|sidebar|site-(?:header|footer)|skip-?link|social|sponsor\w*"
    r"|subscribe|toc|toolbar|widget)(?:$|[\s_-])"
)
_CONTENT = ("content", "main", "main-content", "article", "mw-content-text", "bodycontent", "post", "story", "entry")
_KEPT = {"href", "src", "alt", "title", "start", "colspan", "rowspan", "lang", "id"}


def article(page: etree._Element) -> tuple[etree._Element, list[tuple[str, str]]]:
    """Return the element that holds the article, cleaned, and (words, why) of what was left out of the page."""
    body = next(page.iter("body"), page)
    left_out: list[tuple[str, str]] = []
    for element in list(body.iter()):
        why = _why_not(element)
        if why and element.getparent() is not None and element is not body:
            _take_out(element, why, left_out)
    root = _root(body)
    left_out += [(words, "around the article") for words in _around(body, root)]
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in set(element.attrib) - _KEPT:
            del element.attrib[name]
        if element.tag not in ("a", "li", "sup", "section", "div", "p"):
            element.attrib.pop("id", None)
    return root, left_out


def _why_not(element: etree._Element) -> str:
    """Return why an element is no part of an article, "" for one that may be."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag in _NEVER:
        return f"<{tag}>: not printed"
    if tag in _AROUND or (element.get("role") or "").lower() in _ROLES:
        return "a menu or footer of the page"
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return "hidden on the page"
    if re.search(r"display\s*:\s*none", element.get("style") or ""):
        return "hidden on the page"
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    boxed = tag in ("div", "ul", "ol", "section", "aside", "header", "span", "table", "p", "a")
    if boxed and _JUNK.search(names) and not _is_prose(element):
        return "a menu, a notice or an advertisement of the page"
    if tag == "aside" and _share_of_links(element) > 0.5:
        return "links beside the article"
    return "" if tag != "header" or _share_of_links(element) < 0.5 else "the head of the page"


def _is_prose(element: etree._Element) -> bool:
    """Return whether an element holds much of the article, whatever it is called."""
    return sum(len(_words(p)) for p in element.iter("p")) > 1500 and _share_of_links(element) < 0.3


def _take_out(element: etree._Element, why: str, left_out: list[tuple[str, str]]) -> None:
    words = _words(element) if element.tag not in ("script", "style", "template", "svg") else ""
    if words:
        left_out.append((words, why))
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _root(body: etree._Element) -> etree._Element:
    whole = len(_words(body))
    articles = [e for e in body.iter("article") if not any(a.tag == "article" for a in e.iterancestors())]
    mains = [e for e in body.iter("main")] + [e for e in body.iter() if isinstance(e.tag, str) and e.get("role") == "main"]
    for found in (articles, mains):
        best = max(found, key=lambda e: len(_words(e)), default=None)
        if best is not None and len(_words(best)) > max(200, whole * 0.25):
            return best
    for element in body.iter("div", "section", "td"):
        names = f"{element.get('id') or ''} {element.get('class') or ''}".lower().split()
        if set(names) & set(_CONTENT) and _prose(element) > 0.7 * _prose(body):
            return element
    return _densest(body)


def _densest(body: etree._Element) -> etree._Element:
    """Return the lowest element that holds nearly all of the page's paragraphs."""
    best, most = body, _prose(body)
    while most:
        inner = max((e for e in best if isinstance(e.tag, str)), key=_prose, default=None)
        if inner is None or inner.tag in ("p", "blockquote", "ul", "ol") or _prose(inner) < 0.85 * most:
            break
        best = inner
    return best


def _prose(element: etree._Element) -> int:
    """Return how many characters stand in paragraphs that are no lists of links."""
    return sum(len(words) for p in element.iter("p") if (words := _words(p)) and _share_of_links(p) < 0.6)


def _around(body: etree._Element, root: etree._Element) -> Iterator[str]:
    """Yield the words of the body that stand outside of `root`."""
    if root is body:
        return
    inside = set(root.iter()) | set(root.iterancestors())
    for element in body.iter():
        parent = element.getparent()
        if element not in inside and parent is not None and parent in inside and isinstance(element.tag, str):
            words = _words(element)
            if words and element.tag != "h1":
                yield words
    for element in (root, *root.iterancestors()):
        if element is not body and (element.tail or "").strip():
            yield " ".join((element.tail or "").split())


def _share_of_links(element: etree._Element) -> float:
    whole = len(_words(element))
    return sum(len(_words(a)) for a in element.iter("a")) / whole if whole else 0.0


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())
