"""Random worksheets, the same for the same seed: every kind of question, stems of one to eight lines, every space.

Every question begins with a tag of its own ("Q07", a part "Q07p2"), every document with "E071" and every heading
with "H3", so that tests find them on printed pages.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any, Final

from sandbox import png

Written = dict[str, Any]

_WORDS: Final = (  # noqa: SIM905  # words read better in lines
    "river silt dike town flood water bank bridge ferry delta harvest season rain council ledger toll grain boat "
    "lock canal engineer keeper spring summer mud mill weir levee marsh channel market road stone timber tax map survey"
).split()
LONGER_THAN_A_PAGE: Final = 34  # lines to write on
_WHOLE_LINE: Final = 13  # words; about one line of a stem


def lesson(seed: int) -> tuple[str, str, dict[str, bytes]]:
    """Return the specification, the article and the pictures of a lesson."""
    return _Maker(Random(seed)).lesson(seed)


class _Maker:
    """Draws one lesson. Mutable on purpose: it counts its questions."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0
        self.pictures: dict[str, bytes] = {}

    def lesson(self, seed: int) -> tuple[str, str, dict[str, bytes]]:
        """Return what `lesson` returns."""
        names = [f"H{n} {self.words(3)}" for n in range(1, self.random.randint(2, 3))]
        article = f"{self.words(30)}\n\n" + "".join(f"## {name}\n\n{self.words(40)}\n\n" for name in names)
        spec: Written = {"title": f"Lesson {seed}", "article": "article.md"}
        spec["sections"] = [
            {"heading": name, "questions": [self.question() for _ in range(self.random.randint(1, 3))]}
            for name in names
        ]
        spec["questions"] = [self.question() for _ in range(self.random.randint(0, 2))]
        asked = [*(one for part in spec["sections"] for one in part["questions"]), *spec["questions"]]
        spec["marks"] = any("points" in one for one in asked) and seed % 2 == 0
        if self.random.random() < 0.3:
            spec["questions"].append({"exit": self.prompt(), "lines": 3})
        if self.random.random() < 0.4:
            spec["chronology"] = [{"date": str(1900 + n), "event": f"{self.words(5)}."} for n in range(6)]
        return json.dumps(spec, indent=1), article, self.pictures

    def words(self, count: int) -> str:
        return " ".join(self.random.choice(_WORDS) for _ in range(count))

    def prompt(self, lines: int = 0) -> str:
        """Return the words of the next question: as many lines of it, or one to eight."""
        self.count += 1
        return f"Q{self.count:02} {self.stem(lines)}?"

    def stem(self, lines: int = 0) -> str:
        lines = lines or self.random.choice((1, 1, 1, 2, 2, 3, 4, 6, 8))
        text = self.words(_WHOLE_LINE * lines - 5)
        cut = len(text) // 2
        # Some stems are two paragraphs.
        return f"{text[:cut]}\n\n{text[cut:]}" if lines > 3 and self.random.random() < 0.4 else text

    def question(self) -> Written:
        """Return a question of any kind; some with what teachers get."""
        kinds = (
            self.open, self.open, self.short, self.number, self.choose, self.true_false, self.match, self.order,
            self.cloze, self.table, self.organize, self.source, self.documents, self.composed,
        )  # fmt: skip  # reads as a list
        made: Written = self.random.choice(kinds)()
        if self.random.random() < 0.5:
            made["points"] = self.random.randint(1, 9)
        if self.random.random() < 0.3:
            made["look_for"] = self.words(12)
        return made

    def open(self, lines: int = 0) -> Written:
        space: Written = self.random.choice(
            (
                {"lines": self.random.randint(1, 14)},
                {"lines": self.random.randint(2, 8)},
                {"lines": LONGER_THAN_A_PAGE} if not lines and self.random.random() < 0.3 else {"lines": 3},
                {"lines": "fill"},
                {"lines": "none"},
                {"box": f"{self.random.randint(15, 120)} mm"},
                {"grid": "5 mm", "box": f"{self.random.randint(20, 90)} mm"},
                {},
            )
        )
        answer = {"answer": self.words(self.random.randint(10, 90))} if self.random.random() < 0.7 else {}
        return {"open": self.prompt(lines), **space, **answer}

    def short(self) -> Written:
        return {"short": self.prompt(), "answer": self.words(2)}

    def number(self) -> Written:
        return {"number": self.prompt(), "answer": self.random.randint(1, 99), "unit": "km"}

    def choose(self) -> Written:
        options = [f"{n} {self.words(self.random.randint(1, 24))}" for n in range(self.random.randint(2, 7))]
        return {"choose": self.prompt(), "options": options, "correct": options[0]}

    def true_false(self) -> Written:
        return {"true_false": self.prompt(), "answer": False, "corrected": self.words(8)}

    def match(self) -> Written:
        pairs = {f"{n} {self.words(3)}": f"{n} {self.words(5)}" for n in range(self.random.randint(2, 8))}
        return {"match": self.prompt(), "pairs": pairs, "spare": ["none of them"]}

    def order(self) -> Written:
        items = [f"{n} {self.words(self.random.randint(2, 20))}" for n in range(self.random.randint(3, 8))]
        return {"order": self.prompt(), "items": items}

    def cloze(self) -> Written:
        self.count += 1
        gaps = [f"{self.words(9)} {{{self.words(1)}{n}}} {self.words(6)}" for n in range(self.random.randint(1, 6))]
        return {"cloze": f"Q{self.count:02} " + ". ".join(gaps), "bank": self.random.random() < 0.5}

    def table(self) -> Written:
        columns = [self.words(1) for _ in range(self.random.randint(2, 4))]
        rows = [
            [f"{n} {self.words(2)}", *("{" + self.words(2) + "}" for _ in columns[1:])]
            for n in range(self.random.randint(1, 7))
        ]
        return {"table": self.prompt(), "columns": columns, "rows": rows}

    def organize(self) -> Written:
        layout = self.random.choice(("cause-effect", "compare", "venn", "cornell"))
        made: Written = {"organize": self.prompt(), "layout": layout}
        if layout == "cause-effect":
            made["labels"] = [self.words(1) for _ in range(self.random.randint(2, 4))]
        elif layout == "compare":
            made["labels"] = ["Trait", self.words(1), self.words(1)]
            made["rows"] = [self.words(2) for _ in range(self.random.randint(1, 4))]
        elif layout == "venn":
            made["labels"] = [self.words(1), "both", self.words(1)]
        else:
            made["labels"] = ["Cues", "Notes", "Summary"]
        return made

    def source(self) -> Written:
        tag = f"E{self.count + 1:02}1"
        return {"source": self.prompt(self.random.randint(1, 3)), "document": self.document(tag), "parts": self.parts()}

    def documents(self) -> Written:
        number = self.count + 1
        documents = [self.document(f"E{number:02}{n}") for n in range(1, self.random.randint(3, 5))]
        return {"documents": self.prompt(), "sources": documents, "answer": self.words(60), "lines": 9}

    def document(self, tag: str) -> Written:
        made: Written = {"note": f"{tag} {self.words(6)}"}
        if self.random.random() < 0.4:
            name = f"{tag.lower()}.png"
            self.pictures[name] = png(self.random.randint(200, 900), self.random.randint(150, 1200))
            made |= {"image": name, "alt": "A picture."}
        else:
            made["text"] = self.words(self.random.choice((20, 60, 120, 200)))
        return {**made, "credit": self.words(8)}

    def composed(self) -> Written:
        return {"open": self.prompt(), "lines": "none", "parts": self.parts()}

    def parts(self) -> list[Written]:
        """Return parts of the question that was drawn last, with its tag and their own number."""
        number = self.count
        made = []
        for n in range(1, self.random.randint(3, 5)):
            part: Written = self.random.choice((self.open, self.short, self.choose, self.table))()
            self.count = number
            name = next(key for key in ("open", "short", "choose", "table") if key in part)
            if part.get("lines") == "fill":
                part["lines"] = 4
            part[name] = f"Q{number:02}p{n} {self.stem(self.random.randint(1, 3))}?"
            made.append(part)
        return made
