"""How well `chronology.find` reads dates in prose, on dates that publishers marked. Prints a table.

From the project's folder, with the inputs beside it::

    python tests/benchmarks/date_finding.py            # the table
    python tests/benchmarks/date_finding.py --misses   # and each date that was read otherwise

Exact means the same first and last day, and so counts 1910 and 1910-01-01/1910-12-31 as one date. A reading that is
wrong and not marked (as inferred, with a reason, or with a sign of doubt) is silent. "+ odds" adds the dates whose mark
is at odds with the printed words: the first year of a printed range or decade, another year, month or day than is
printed, a day where a month is printed. No reading of the words can give those.
"""

from __future__ import annotations

import calendar
import csv
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from toolkit.chronology.find import Finding, find  # noqa: E402  # the line above lets this file run by itself
from toolkit.model.dates import DateError, parse_edtf  # noqa: E402  # as above

INPUTS = Path(__file__).resolve().parents[3] / "shared" / "inputs"


@dataclass
class Score:
    """One row of the table."""

    name: str
    total: int = 0
    exact: int = 0
    silent: int = 0
    missing: int = 0
    at_odds: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, gold: str, findings: Sequence[Finding], words: str) -> None:
        """Count one marked date, which `findings` are the readings of."""
        self.total += 1
        if any(same(finding.edtf, gold) for finding in findings):
            self.exact += 1
            return
        if contradicts_itself(words, gold):
            self.at_odds += 1
        self.missing += not findings
        self.silent += any(not is_marked(finding) for finding in findings)
        self.misses.append(f"{words!r}: marked {gold}, read {[finding.edtf for finding in findings]}")

    def row(self) -> str:
        """Return the row, in percent of the marked dates."""
        own = self.exact + self.at_odds
        share = [100 * count / max(1, self.total) for count in (self.exact, own, self.silent, self.missing)]
        return f"{self.name:<44}{self.total:>6}" + "".join(f"{percent:>9.2f}" for percent in share)


def contradicts_itself(words: str, gold: str) -> bool:
    """Return whether the mark is another date than the words: only the start of a range, or another year or month.

    This looks at figures and names of months, not at what was found.
    """
    years = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", words)]
    marked = [int(year) for year in re.findall(r"\d{4}", gold)]
    if any(year not in marked for year in years) or re.search(r"\d{4}s", words):
        return True
    if re.search(r"\d[–-]\d", words) and "/" not in gold:
        return True
    named = next((at + 1 for at, name in enumerate(calendar.month_name[1:]) if name in words), 0)
    first = re.match(r"\d{4}(?:-(\d\d)(?:-(\d\d))?)?", gold)
    month, day = (int(first[n] or 0) for n in (1, 2)) if first else (0, 0)
    if named and month and month != named:
        return True
    return bool(day) and not re.search(rf"(?<!\d){day}(?!\d)", words) and day != 1


def is_marked(finding: Finding) -> bool:
    """Return whether a finding says that it may be wrong."""
    return finding.inferred or bool(finding.reason) or any(sign in finding.edtf for sign in "?~%")


def same(edtf: str, gold: str) -> bool:
    """Return whether two dates begin and end on the same day, and are as doubtful; "/1928" is "../1928"."""
    try:
        ours, theirs = parse_edtf(edtf), parse_edtf(_modern(gold))
    except DateError:
        return False
    doubt = (ours.approximate, ours.uncertain) == (theirs.approximate, theirs.uncertain)
    return (ours.earliest, ours.latest) == (theirs.earliest, theirs.latest) and doubt


def _modern(gold: str) -> str:
    """Return EDTF of 2019 for the draft that one of the lists is written in."""
    if gold.startswith("/"):
        return f"..{gold}"
    return f"{gold}.." if gold.endswith("/") else gold


def state_rows() -> list[dict[str, str]]:
    """Return the dates of a publisher's pages: as printed, as marked for machines, and the sentence."""
    with (INPUTS / "dates/state_dates_dev.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def is_range(row: dict[str, str]) -> bool:
    """Return whether the publisher marked two ends."""
    return row["attr"] == "range"


def readings_of(row: dict[str, str], *, alone: bool) -> list[Finding]:
    """Return the findings that overlap the marked words, in their sentence or by themselves."""
    text, words = row["context"], row["display"]
    place = -1 if alone else text.find(words)
    if place < 0:
        return list(find(words))
    return [finding for finding in find(text) if finding.offset < place + len(words) and finding.end > place]


def state_scores() -> Iterator[Score]:
    """Yield the scores on the publisher's dates: single and ranges, each half, in the sentence and alone."""
    rows = state_rows()
    for kind, chosen in (("single dates", False), ("ranges", True)):
        for half, rest in (("first half", 0), ("second half", 1)):
            for where, alone in (("in context", False), ("alone", True)):
                score = Score(f"{kind}, {half}, {where}")
                for number, row in enumerate(rows):
                    if is_range(row) == chosen and number % 2 == rest:
                        score.count(row["edtf_from_attributes"], readings_of(row, alone=alone), row["display"])
                yield score


def wording_score() -> Score:
    """Return the score on a list of wordings from museum records (EDTF's draft syntax; some are no English prose)."""
    score = Score("wordings of museum records")
    with (INPUTS / "dates/natlang_pairs.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["text"].strip() and row["edtf"]:
                score.count(row["edtf"], find(row["text"]), row["text"])
    return score


def article_scores() -> Iterator[Score]:
    """Yield the scores on the dates that the publishers of whole articles marked in them, by the words they marked."""
    for folder in ("country-guides", "milestones", "short-history"):
        score, titles = Score(f"articles: {folder}"), Score(f"their chronologies: {folder}")
        for file in sorted((INPUTS / "articles" / folder / "gold").glob("*.json")):
            gold = json.loads(file.read_text("utf-8"))
            article = INPUTS / "articles" / folder / "txt" / f"{file.stem}.txt"
            found = find(article.read_text("utf-8"))
            for date in gold["dates"]:
                own = [finding for finding in found if date["text"].strip(" .,;:()") in finding.text]
                score.count(date["edtf"], own, f"{file.stem} {date['text']}")
            for event in gold.get("chronology", ()):
                if event["edtf"]:
                    titles.count(event["edtf"], find(event["title"]), event["title"])
        yield from (row for row in (score, titles) if row.total)


def chronology_score() -> Score:
    """Return the score on a long chronology's dates, read alone."""
    score = Score("chronology of 1,488 events")
    events = json.loads((INPUTS / "chronologies/state_administrative_timeline.json").read_text("utf-8"))["events"]
    for event in events:
        score.count(event["edtf"], find(event["display"]), event["display"])
    return score


def main() -> None:
    """Print the table."""
    began = time.process_time()
    scores = [*state_scores(), wording_score(), *article_scores(), chronology_score()]
    lines = [
        f"{'':<44}{'dates':>6}{'exact %':>9}{'+ odds %':>9}{'silent %':>9}{'missed %':>9}",
        *(score.row() for score in scores),
    ]
    lines.append(f"{time.process_time() - began:.1f} s")
    if "--misses" in sys.argv:
        lines += ["\n  ".join((f"\n{score.name}", *score.misses)) for score in scores]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
