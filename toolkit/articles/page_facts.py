"""What a web page says of itself: its title, its author, its date, its licence, its address, its language.

The names are those of HTML (`meta`, `link`), Open Graph (ogp.me), Dublin Core, the tags that Google Scholar reads
(`citation_*`) and schema.org's JSON-LD; of several, the first that is there, in the order of the table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from toolkit.articles.manuscript import Provenance

_META = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"),
    "author": ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name", "application-name"),
    "date": (
        "citation_publication_date", "citation_date", "article:published_time", "dc.date", "dcterms.issued",
        "dcterms.created", "date", "datepublished", "parsely-pub-date",
    ),
    "url": ("og:url", "citation_public_url", "dc.identifier"),
    "licence": ("dc.rights", "dcterms.license", "dcterms.rights", "copyright", "rights"),
    "language": ("citation_language", "dc.language", "og:locale", "content-language"),
}  # fmt: skip  # the names read by what they mean
_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "ScholarlyArticle", "WebPage", "TechArticle", "Report")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; "" for what it does not say."""

    title: str
    provenance: Provenance
    language: str


def facts(page: etree._Element) -> Facts:
    """Return what the page says of itself."""
    meta: dict[str, list[str]] = {}
    for element in page.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("http-equiv") or element.get("itemprop")
        words = " ".join((element.get("content") or "").split())
        if name and words:
            meta.setdefault(name.lower(), []).append(words)
    told = {field: next((meta[name] for name in names if name in meta), []) for field, names in _META.items()}
    linked = next(_linked(page), {})

    def one(field: str) -> str:
        return next(iter(told[field]), "") or linked.get(field, "")

    authors = [name for name in told["author"] if not name.startswith("http")]
    provenance = Provenance(
        author="; ".join(dict.fromkeys(authors)) or linked.get("author", "") or _byline(page),
        publisher=one("publisher"),
        date=_date(one("date") or _time(page)),
        url=_href(page, "canonical") or one("url"),
        licence=_licence(page) or one("licence"),
    )
    language = page.get("lang") or next((e.get("lang") or "" for e in page.iter("html", "body") if e.get("lang")), "")
    return Facts(_title(page, one("title"), one("publisher")), provenance, (language or one("language")).replace("_", "-"))


def _title(page: etree._Element, told: str, site: str) -> str:
    headings = [" ".join("".join(e.itertext()).split()) for e in page.iter("h1")]
    headings = [words for words in headings if words]
    named = next((" ".join("".join(e.itertext()).split()) for e in page.iter("title")), "")
    if len(set(headings)) > 1:  # the one that the page is named by; a site's own name may be another
        headings = [words for words in headings if words in told or words in named] or [w for w in headings if w != site]
    if headings:
        return headings[0]
    if told:
        return told
    parts = re.split(r"\s+[|–—·»-]\s+", named)
    return max(parts, key=len) if len(parts) > 1 else named


def _linked(page: etree._Element) -> Iterator[dict[str, str]]:
    """Yield what JSON-LD says of each article of the page."""
    for script in page.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or len(script.text or "") > 500_000:
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        top = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        for entry in top if isinstance(top, list) else []:
            kinds = entry.get("@type", "") if isinstance(entry, dict) else ""
            if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield {
                    "title": _named(entry.get("headline")), "author": _named(entry.get("author")),
                    "publisher": _named(entry.get("publisher")), "date": _named(entry.get("datePublished")),
                    "licence": _named(entry.get("license")), "url": _named(entry.get("url")),
                    "language": _named(entry.get("inLanguage")),
                }  # fmt: skip  # pairs


def _named(value: Any) -> str:
    """Return a value of JSON-LD as words: a string, something with a name, or a list of these."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_named, value[:20])))
    if isinstance(value, dict):
        return _named(value.get("name") or value.get("@id") or "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _href(page: etree._Element, relation: str) -> str:
    for element in page.iter("link", "a"):
        address = (element.get("href") or "").strip()
        if relation in (element.get("rel") or "").lower().split() and re.match(r"https?://", address):
            return address
    return ""


def _licence(page: etree._Element) -> str:
    for element in page.iter("a", "link"):
        if "license" in (element.get("rel") or "").lower().split():
            words = " ".join("".join(element.itertext()).split())
            address = (element.get("href") or "").strip()
            return f"{words} ({address})" if words and address.startswith("http") else words or address
    return ""


def _byline(page: etree._Element) -> str:
    for element in page.iter("a", "span", "p", "address", "div"):
        marks = f"{element.get('rel') or ''} {element.get('class') or ''} {element.get('itemprop') or ''}".lower().split()
        if {"author", "byline", "p-author"} & set(marks):
            words = re.sub(r"(?i)^by\s+", "", " ".join("".join(element.itertext()).split()))
            if 2 < len(words) < 80:
                return words
    return ""


def _time(page: etree._Element) -> str:
    times = (element.get("datetime") or "" for element in page.iter("time"))
    return next((words for words in times if re.match(r"\d{4}", words)), "")


def _date(words: str) -> str:
    """Return a date of a page without its time of day: "2019-04-05"."""
    found = re.match(r"(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)", words)
    return "-".join(found.groups()) if found else words[:40]
