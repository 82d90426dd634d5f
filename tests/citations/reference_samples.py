"""Records and the shapes that styles print them in: what the grammar of references is tried on.

The shapes are written from the manuals: Chicago 17 (14.23-14.25 notes and bibliography, 15.9 author-date), MLA 9
(5.3 and appendix 2), APA 7 (10.1-10.3). Italics are marked as Markdown marks them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Data = Mapping[str, Any]

BOOK: Data = {
    "type": "book", "author": [{"family": "Reed", "given": "Ada M."}, {"family": "Low", "given": "Ben"}],
    "title": "Rivers of the North: A History of Silt, 1889–1960", "publisher-place": "Rotterdam",
    "publisher": "Delta Press", "issued": "1960", "edition": "2",
}  # fmt: skip  # pairs read better in lines
REPRINT: Data = {
    "type": "book", "author": [{"family": "Berg", "given": "Ludwig", "non-dropping-particle": "van der"}],
    "title": "The Dike", "publisher-place": "Athens, OH", "publisher": "Ohio University Press", "issued": "1998",
    "original-date": "1986",
}  # fmt: skip  # pairs read better in lines
EDITED: Data = {
    "type": "book", "editor": [{"family": "Sand", "given": "Cleo"}, {"family": "Nguyễn", "given": "Văn An"}],
    "title": "The Sea at Night", "publisher-place": "New York", "publisher": "Harbor & Row", "issued": "1991",
}  # fmt: skip  # pairs read better in lines
ARTICLE: Data = {
    "type": "article-journal", "author": [{"family": "Reed", "given": "Ada M."}], "title": "Why Rivers Bend",
    "container-title": "Journal of Water", "volume": "43", "issue": "3", "issued": "1989", "page": "17–40",
}  # fmt: skip  # pairs read better in lines
CHAPTER: Data = {
    "type": "chapter", "author": [{"family": "Low", "given": "Ben"}], "title": "Silt and Sand",
    "container-title": "Studies in Water", "editor": [{"family": "Sand", "given": "Cleo"}], "page": "1–9",
    "publisher-place": "Delft", "publisher": "Delta Press", "issued": "1987",
}  # fmt: skip  # pairs read better in lines
SAMPLES = (BOOK, REPRINT, EDITED, ARTICLE, CHAPTER)


def _inverted(name: Mapping[str, str]) -> str:
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return ", ".join(filter(None, (family, name.get("given"), name.get("suffix")))) or name.get("literal", "")


def _straight(name: Mapping[str, str]) -> str:
    parts = ("given", "non-dropping-particle", "family", "suffix")
    return " ".join(filter(None, (name.get(part) for part in parts))) or name.get("literal", "")


def _initials(name: Mapping[str, str]) -> str:
    given = " ".join(f"{part[0]}." for part in name.get("given", "").split())
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return f"{family}, {given}" if given else family or name.get("literal", "")


def _listed(names: list[str], last: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{last}{names[-1]}"


def _ordinal(number: str) -> str:
    return number + {"1": "st", "2": "nd", "3": "rd"}.get(number, "th")


def _head(data: Data) -> str:
    """Return the names of Chicago and MLA, with their full stop."""
    people = data.get("author") or data.get("editor") or []
    if not people:
        return ""
    names = _listed([_inverted(people[0]), *map(_straight, people[1:])], ", and ")
    role = "" if data.get("author") else ", eds." if len(people) > 1 else ", ed."
    return f"{names}{role}".rstrip(".") + ". "


def chicago(data: Data) -> str:
    """Return a record in Chicago's notes and bibliography style."""
    if data["type"] == "article-journal":
        issue = f", no. {data['issue']}" if "issue" in data else ""
        journal = f"*{data['container-title']}* {data['volume']}{issue} ({data['issued']}): {data['page']}"
        return f"{_head(data)}“{data['title']}.” {journal}."
    imprint = f"{data['publisher-place']}: {data['publisher']}, {data['issued']}."
    if data["type"] == "chapter":
        editors = _listed([_straight(name) for name in data["editor"]], " and ")
        book = f"In *{data['container-title']}*, edited by {editors}, {data['page']}"
        return f"{_head(data)}“{data['title']}.” {book}. {imprint}"
    first = f"{data['original-date']}. Reprint, " if "original-date" in data else ""
    edition = f"{_ordinal(data['edition'])} ed. " if "edition" in data else ""
    return f"{_head(data)}*{data['title']}*. {edition}{first}{imprint}"


def chicago_author_date(data: Data) -> str:
    """Return a record in Chicago's author-date style."""
    first = f"({data['original-date']}) " if "original-date" in data else ""
    head = f"{_head(data)}{first}{data['issued']}. "
    if data["type"] == "article-journal":
        return (
            f"{head}“{data['title']}.” *{data['container-title']}* {data['volume']} ({data['issue']}): {data['page']}."
        )
    imprint = f"{data['publisher-place']}: {data['publisher']}."
    if data["type"] == "chapter":
        editors = _listed([_straight(name) for name in data["editor"]], " and ")
        return (
            f"{head}“{data['title']}.” In *{data['container-title']}*, edited by {editors}, {data['page']}. {imprint}"
        )
    edition = f"{_ordinal(data['edition'])} ed. " if "edition" in data else ""
    return f"{head}*{data['title']}*. {edition}{imprint}"


def mla(data: Data) -> str:
    """Return a record in the style of the MLA, which has no places."""
    head = _head(data).replace(", eds. ", ", editors. ").replace(", ed. ", ", editor. ")
    if data["type"] == "article-journal":
        numbers = f"vol. {data['volume']}, no. {data['issue']}, {data['issued']}, pp. {data['page']}"
        return f"{head}“{data['title']}.” *{data['container-title']}*, {numbers}."
    if data["type"] == "chapter":
        editors = _listed([_straight(name) for name in data["editor"]], " and ")
        imprint = f"{data['publisher']}, {data['issued']}, pp. {data['page']}."
        return f"{head}“{data['title']}.” *{data['container-title']}*, edited by {editors}, {imprint}"
    first = f"{data['original-date']}. " if "original-date" in data else ""
    edition = f"{_ordinal(data['edition'])} ed., " if "edition" in data else ""
    return f"{head}*{data['title']}*. {first}{edition}{data['publisher']}, {data['issued']}."


def apa(data: Data) -> str:
    """Return a record in the style of the APA, but with the title as it is: case is another matter."""
    people = data.get("author") or data.get("editor") or []
    role = "" if data.get("author") else " (Eds.)" if len(people) > 1 else " (Ed.)"
    names = _listed([_initials(name) for name in people], ", & ") + role
    head = f"{names if names.endswith('.') else names + '.'} ({data['issued']}). "
    if data["type"] == "article-journal":
        return (
            f"{head}{data['title']}. *{data['container-title']}*, *{data['volume']}*({data['issue']}), {data['page']}."
        )
    if data["type"] == "chapter":
        editors = _listed([_initials_first(name) for name in data["editor"]], " & ")
        role = "Eds." if len(data["editor"]) > 1 else "Ed."
        book = f"In {editors} ({role}), *{data['container-title']}* (pp. {data['page']})"
        return f"{head}{data['title']}. {book}. {data['publisher']}."
    edition = f" ({_ordinal(data['edition'])} ed.)" if "edition" in data else ""
    first = f" (Original work published {data['original-date']})" if "original-date" in data else ""
    return f"{head}*{data['title']}*{edition}. {data['publisher']}.{first}"


def _initials_first(name: Mapping[str, str]) -> str:
    family, _, given = _initials(name).partition(", ")
    return f"{given} {family}".strip()


STYLES: Mapping[str, Callable[[Data], str]] = {
    "Chicago notes": chicago,
    "Chicago author-date": chicago_author_date,
    "MLA": mla,
    "APA": apa,
}
# What a style leaves out cannot be read from it.
LEFT_OUT: Mapping[str, frozenset[str]] = {
    "Chicago notes": frozenset(),
    "Chicago author-date": frozenset(),
    "MLA": frozenset({"publisher-place"}),
    "APA": frozenset({"publisher-place"}),
}


def expected(style: str, data: Data) -> dict[str, Any]:
    """Return the fields of a record that a style prints, as it prints them."""
    kept = {key: value for key, value in data.items() if key not in LEFT_OUT[style]}
    if data["type"] == "book" and "author" in data:
        kept.pop("editor", None)  # none of the shapes above prints both
    if style == "APA":
        for role in {"author", "editor"} & kept.keys():
            kept[role] = [_with_initials(name) for name in kept[role]]
    return kept


def _with_initials(name: Mapping[str, str]) -> Mapping[str, str]:
    if "given" not in name:
        return name
    return {**name, "given": " ".join(f"{part[0]}." for part in name["given"].split())}
