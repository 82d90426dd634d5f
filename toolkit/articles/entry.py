"""What stands around the prose of an encyclopedia's entry: the fields, the marks of its index, its people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from toolkit.articles import months, people
from toolkit.articles.manuscript import Doubt, IndexTerm, Name

_ENTRY = re.compile(r"(?P<what>.+?);\s*(?P<date>[^;:]*\d[^;:]*):\s*(?P<title>.+?)\s*(?:\[(?P<number>\w+)\])?\s*")
_KEYWORD = re.compile(r"(?P<words>.+?)\s*(?:\((?P<date>[^()]*\d{3,4}[^()]*)\))?\s*")
_ABOUT = {"kw": "keywords", "g": "places", "c": "categories", "p": "people"}


@dataclass
class Entry:
    """What has been read of an entry so far. `lists` are by the mark of their lines, and "related"."""

    title: str = ""
    date: str = ""
    number: str = ""
    author: str = ""
    names: list[Name] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=lambda: {"kw": [], "g": [], "c": [], "related": []})
    index: list[IndexTerm] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def mark(self, tag: str, words: str, line: int) -> str:
        """Enter the words behind a mark of the index, and return what they are of."""
        if tag == "kw":
            found = _KEYWORD.fullmatch(words)
            self.lists["kw"].append(found["words"] if found else words)
            self.dated(found["date"] if found else "")
        elif tag in ("g", "c"):
            entry = _ENTRY.fullmatch(words)
            self.lists[tag].append(entry["what"] if entry else words.partition(";")[0])
            if entry:
                self.dated(entry["date"])
                self.number = self.number or entry["number"] or ""
        elif tag == "p":
            self.names.append(people.name(words))
        else:
            self.term(words, -1)
            question = "an index mark that is not known: taken for an index term"
            self.doubts.append(Doubt(line, f"[{tag}]{words}", question))
        return _ABOUT.get(tag, "index")

    def told(self, label: str, words: str) -> None:
        """Enter a field: its label in small letters, and its words."""
        if label.startswith("date"):
            self.dated(words)
        elif label.startswith(("locale", "place")):
            self.lists["g"] += [part.strip() for part in words.split(";") if part.strip()]
        elif label.startswith(("categor", "subject")):
            self.lists["c"] += [part.strip() for part in words.split(";") if part.strip()]
        else:
            self.author = self.author or words

    def dated(self, words: str | None) -> None:
        """Enter the date of the event, if none is known."""
        self.date = self.date or months.edtf(words or "")

    def term(self, words: str, block: int) -> None:
        """Enter an index term, "Topic;subtopic", with the block that it stands in, -1 for none."""
        term, _, subtopic = words.partition(";")
        self.index.append(IndexTerm(term.strip(), subtopic.strip(), block))
