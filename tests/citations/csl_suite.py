"""The CSL test-suite, run through our own interface: `python tests/citations/csl_suite.py FOLDER` prints the rates.

The suite (github.com/citation-style-language/test-suite) is what other engines are measured with. Its results are
HTML of another engine's making, so that what is compared is the text: our nodes have no small capitals, no raised
letters and no class names.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.citations import csl
from toolkit.citations.asking import Answer, EngineError, Place, Question
from toolkit.citations.csl import StyleError
from toolkit.model import text as t
from toolkit.model.style import CitationStyle
from toolkit.model.text import Citation, Cite
from toolkit.source import citeproc

_SECTION = re.compile(r"^\ufeff?\s*>>=+ ([A-Z0-9-]+) =+>>[ \t]*\n(.*?)\n?<<=+ \1 =+<<", re.S | re.M)
_LINE = re.compile(r"^(?:>>|\.\.)\[\d+\] ?", re.M)
_NUMBERED = re.compile(r"position=|note-number")  # a style that asks which note it is in
_LABELS = {"page": "p.", "sub-verbo": "s.v.", "chapter": "chap.", "section": "sec.", "paragraph": "para."}


@dataclass(frozen=True)
class Case:
    """One file of the suite: what goes in, and the text that is to come out."""

    name: str
    sections: dict[str, str]

    @property
    def category(self) -> str:
        return self.name.partition("_")[0]

    @property
    def expected(self) -> str:
        return bare(_LINE.sub("", self.sections["RESULT"]))


@dataclass(frozen=True)
class Outcome:
    """What became of a case: "pass", "fail", or "error" where the engine refused it and said so."""

    case: Case
    result: str
    printed: str


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases of the suite in `folder`, in order of name."""
    for path in sorted(folder.glob("*.txt")):
        sections = dict(_SECTION.findall(path.read_text("utf-8")))
        if {"MODE", "CSL", "INPUT", "RESULT"} <= sections.keys():
            yield Case(path.stem, sections)


def bare(words: str) -> str:
    """Return the text of HTML, white space made even."""
    words = re.sub(r"</?div[^<>]*>|<br ?/?>", "\n", words)
    words = html.unescape(re.sub(r"<(/?[a-z]|!)[^<>]*>", "", words))
    return re.sub(r"\s+", " ", words).strip()


def run(case: Case) -> Outcome:
    """Return what comes of a case. Nothing but the engine's own refusals is caught."""
    try:
        answer = citeproc.worker().ask(_question(case))
    except (EngineError, StyleError) as error:
        return Outcome(case, "error", str(error))
    printed = bare(html.escape(_printed(case, answer), quote=False))
    return Outcome(case, "pass" if printed == case.expected else "fail", printed)


def _question(case: Case) -> Question:
    items = json.loads(case.sections["INPUT"])
    for n, item in enumerate(items):
        item["id"] = str(item.get("id", f"item-{n}"))
    sheet = case.sections["CSL"].strip()
    if case.sections["MODE"].strip() == "citation" and not _NUMBERED.search(sheet):
        # The suite's results are what stands inside a note, before it becomes one with a capital and a stop.
        sheet = re.sub(r"class\s*=\s*[\"']note[\"']", 'class="in-text"', sheet, count=1)
    style = csl.read(sheet.encode(), case.name)
    assert isinstance(style, CitationStyle)
    found = re.search(r'default-locale="([^"]+)"', style.csl)
    places = tuple(_places(case, items))
    return Question(style, found[1] if found else "en-US", tuple(items), places)


def _places(case: Case, items: list[dict[str, Any]]) -> Iterator[Place]:
    if "CITATIONS" in case.sections:
        history = json.loads(case.sections["CITATIONS"])
        known = {citation["citationID"]: citation for citation, _, _ in history}
        last, before, after = history[-1]
        order = [*(c for c, _ in before), last["citationID"], *(c for c, _ in after)]
        cited = [known[key]["citationItems"] for key in order]
    elif "CITATION-ITEMS" in case.sections:
        cited = json.loads(case.sections["CITATION-ITEMS"])
    else:
        cited = [[{"id": item["id"]} for item in items]] if case.sections["MODE"].strip() == "citation" else []
    for group in cited:
        yield Place((Citation(tuple(_cite(cite) for cite in group), in_text=_names(group)),))


def _names(group: list[dict[str, Any]]) -> bool:
    return any(cite.get("author-only") for cite in group)


def _cite(cite: dict[str, Any]) -> Cite:
    locator = str(cite.get("locator") or "")
    if locator:
        locator = f"{{{_LABELS.get(cite.get('label', 'page'), cite.get('label'))} {locator}}}"
    suffix = str(cite.get("suffix") or "")
    return Cite(str(cite["id"]), str(cite.get("prefix") or ""), f"{locator}{suffix}", bool(cite.get("suppress-author")))


def _printed(case: Case, answer: Answer) -> str:
    if case.sections["MODE"].strip().startswith("bibliography"):
        return "\n".join(_text(entry) for _, entry in answer.entries)
    return "\n".join(_text(citation) for citation in answer.citations)


def _text(content: t.Inlines) -> str:
    words = []
    for node in content:
        if isinstance(node, t.Note):
            words += [_text(block.content) for block in node.content if isinstance(block, t.Paragraph)]
        else:
            words.append("\n" if isinstance(node, t.LineBreak) else t.plain((node,)))
    return "".join(words)


def rates(outcomes: list[Outcome]) -> str:
    """Return the pass rate of each category and of all, as a table."""
    totals, passed, refused = Counter[str](), Counter[str](), Counter[str]()
    for outcome in outcomes:
        for name in (outcome.case.category, "all"):
            totals[name] += 1
            passed[name] += outcome.result == "pass"
            refused[name] += outcome.result == "error"
    rows = [f"{'category':<16} {'cases':>5} {'pass':>5} {'refused':>7}  rate"]
    for name in [*sorted(totals.keys() - {"all"}), "all"]:
        rate = 100 * passed[name] / totals[name]
        rows.append(f"{name:<16} {totals[name]:>5} {passed[name]:>5} {refused[name]:>7}  {rate:.1f} %")
    return "\n".join(rows)


if __name__ == "__main__":
    told = [run(case) for case in cases(Path(sys.argv[1]))]
    if "-v" in sys.argv:
        for outcome in told:
            if outcome.result != "pass":
                print(f"{outcome.case.name}\n  - {outcome.case.expected!r}\n  + {outcome.printed!r}")  # noqa: T201
    print(rates(told))  # noqa: T201  # a command: this is what it is for
