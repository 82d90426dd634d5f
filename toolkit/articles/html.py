"""The reader of web pages: the article of a page, without its menus."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree
from lxml import html as pages

from toolkit.articles import converting, page_facts, page_parts
from toolkit.articles.manuscript import Manuscript
from toolkit.articles.sources import Source, Unreadable

_LARGEST = 30_000_000  # bytes
_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?(?P<name>[\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=["'](?P<xml>[\w.:-]{2,40})""")


def likely(source: Source) -> float:
    """Return how sure it is, from 0 to 1, that the source is a web page."""
    head = source.decoded.text[:4000].lstrip()
    if re.match(r"(?i)(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*(?:<!doctype html|<html\b|<head\b|<body\b|<article\b|<main\b)", head):
        return 0.99
    tags = len(re.findall(r"(?i)<(?:p|div|h[1-6]|ul|ol|li|table|section|article|a|meta|link|script)\b[^<>]*>", head))
    if source.suffix in (".html", ".htm", ".xhtml"):
        return 0.95 if tags else 0.0
    return 0.45 if head.startswith("<") and tags > 5 else 0.0


def read(source: Source) -> Manuscript:
    """Return the article of a web page. Raise Unreadable where there is none."""
    page = _page(source)
    facts = page_facts.facts(page)
    body, left_out = page_parts.article(page)
    words = etree.tostring(body, encoding="unicode", method="html")
    found = converting.converted(f"<html><body>{words}</body></html>".encode(), "html")
    made = converting.manuscript(
        found, "html", title=facts.title, provenance=facts.provenance, left_out=tuple(left_out)
    )
    return replace(made, language=facts.language, summary=made.summary or "")


def _page(source: Source) -> etree._Element:
    if len(source.data) > _LARGEST:
        raise Unreadable(f"the page has {len(source.data):,} bytes; at most {_LARGEST:,} are read")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _decoded(source))
    parser = pages.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        page = pages.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise Unreadable("the page holds no text") from None
    if not " ".join(page.itertext()).strip():
        raise Unreadable("the page holds no text")
    return page


def _decoded(source: Source) -> str:
    """Return the text of a page, in the encoding that it names if it is not UTF-8 (HTML standard, 13.2.3)."""
    told = _CHARSET.search(source.data[:4096])
    if source.decoded.encoding != "utf-8" and told:
        try:
            return source.data.decode((told["name"] or told["xml"]).decode("ascii"), "replace")
        except LookupError:
            pass
    return source.decoded.text
