"""A reference that is being read: what is left of its text, and what was found in it."""

from __future__ import annotations

import re
from typing import Any

from toolkit.citations import reference_names as people
from toolkit.citations import reference_parts as parts

_CONTRIBUTORS = re.compile(
    r"(?:^|(?<=[.,;]\s))(?P<role>[Ee]d(?:ited|s?\.)(?:\sby)?|[Tt]rans(?:lated|\.)(?:\sby)?|"
    r"[Cc]ompiled (?:under the direction of|by))\s"
    r"(?P<names>[^,;:()“”]+?(?:,\s(?:[^,;:()“”.]|\b[A-Z]\.)+?)*?)(?<![\s.][A-Z])(?=\.(?:\s|$)|,?\s*$|,\s\d|,\s[A-Z][^,]+,\s\d{4}|,?\s\()"
)
MARKED = re.compile(r"(?P<mark>[*_]{1,2})(?P<title>[^*_]{2,400})(?P=mark)(?P<after>[.,]?)")
_STOP = re.compile(r"[.?!](?=[\s”\"*_]|$)")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Jr|Sr|Dr|St|Mt|Gen|Lt|Col|Capt|Prof|Mr|Mrs|Ms|vs?|ca?|[Nn]os?|[Vv]ols?|pp?|[Ee]ds?|[A-Z]\.[A-Z])$"
)


class Reading:
    """One reference. `rest` is what has not been read yet, `data` a record in CSL's keys."""

    def __init__(self, text: str) -> None:
        self.rest = text
        self.data: dict[str, Any] = {}
        self.annotation = ""
        self.unparsed: list[str] = []

    def take_imprint(self, imprint: re.Match[str] | None) -> None:
        """Take place, publisher and year of a match of one of the patterns of imprints."""
        if imprint is None:
            return
        groups = imprint.groupdict()
        if groups.get("place"):
            self.data["publisher-place"] = groups["place"].strip(" ,")
        self.data["publisher"] = groups["publisher"].strip()
        if groups.get("year"):
            self.data["issued"] = parts.date(groups["year"])
        if groups.get("reprint"):
            self.data["original-date"], self.data["issued"] = self.data["issued"], groups["reprint"]

    def contributors(self, text: str) -> str:
        """Return `text` without the editors and translators that it names."""
        for found in list(_CONTRIBUTORS.finditer(text)):
            role = {"e": "editor", "t": "translator", "c": "compiler"}[found["role"][0].lower()]
            names = people.names(found["names"].rstrip(" .,"), inverted=False)
            if names:
                self.data[role] = names
                text = text.replace(found[0], "", 1)
        return text

    def pieces(self, text: str) -> str:
        """Return `text` without edition and volume."""
        for read in (parts.edition, parts.volume):
            # A title may speak of its edition; what follows a full stop, a comma or a bracket is the edition.
            at = re.search(r"[.,(*_?!]\s", text + " ") if "title" not in self.data else re.match("", text)
            if at is None:
                continue
            found = read(text[at.start() :], self.data)
            if found:
                behind = text[at.start() + found.end() :]
                text = text[: at.start() + found.start()].rstrip(" ,(")
                if named := re.match(r":\s(?P<title>[^:]+?)[.\s(]*$", behind):
                    self.data["volume-title"], behind = title(named["title"]), ""
                text += behind
        return text

    def behind(self, text: str) -> None:
        """Read what stands behind the reference: pages and volumes of a note, then the annotation."""
        text = text.lstrip(" )")
        found = re.match(
            rf",\s(?:(?P<volume>[IVXLC]+|\d+),\s|(?=pp?\.))?(?:pp?\.\s)?(?P<page>{parts.PAGES})(?=[.,]|$)", text
        )
        if found and "page" not in self.data:
            self.data["page"] = found["page"]
            if found["volume"]:
                self.data["volume"] = found["volume"]
            text = text[found.end() :]
        if text[:1] == ",":
            text = text[1:].lstrip()
            stop = next((at for at in stops(text, 300) if not ABBREVIATED.search(text[:at])), len(text))
            self.note(text[:stop])
            text = text[stop:]
        self.annotation = text.lstrip(" .,;")

    def note(self, text: str) -> None:
        """Read what a note has behind its parentheses: "Vol. 5, Document 127, pp. 169-178"."""
        for piece in re.split(r",\s", text):
            pages = re.fullmatch(rf"pp?\.\s(?P<page>{parts.PAGES})", piece)
            if pages and "page" not in self.data:
                self.data["page"] = pages["page"]
            elif not ("volume" not in self.data and parts.volume(piece, self.data)):
                self.unparsed.append(piece)


def stops(text: str, limit: int) -> list[int]:
    """Return the offsets of the marks in the first `limit` characters that may end a sentence."""
    return [found.start() for found in _STOP.finditer(text[:limit])]


def closed(text: str) -> bool:
    """Return whether every bracket and every mark of italics in `text` has its end."""
    return text.count("(") == text.count(")") and text.count("*") % 2 == 0


def unmarked(text: str) -> str:
    """Return `text` without the marks of italics."""
    return re.sub(r"(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)", "", text)


def title(text: str) -> str:
    """Return a title as it is stored: without stops around it, a range of years with an en dash."""
    text = unmarked(text).strip(" .,;")
    return re.sub(r"(?<=\d)-(?=\d)", "–", re.sub(r"\s+([:;,])", r"\1", text))


def trimmed(text: str) -> str:
    """Return `text` without the comma or full stop at its end; that of an initial or of Jr. belongs to it."""
    text = text.rstrip(" ,")
    return text if re.search(r"\b(?:[A-Z]|[JS]r)\.$", text) else text.rstrip(" ,.")
