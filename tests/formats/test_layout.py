"""Where things stand on the pages of the sample lessons, read from the PDF files, in every presentation.

Nothing outside the margins, no two boxes of text over each other, no heading at the end of a page, no question on two
pages, the same lines on Letter and A4, ink that can be read. Each finder is shown files, or runs, with its fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

import pytest
from pdf_runs import Color, Run, runs
from pdf_shapes import Shape, shapes
from sample_sheets import CANAL, READINGS, SEA, SHOWCASE, VIETNAM, File, printed

# Each lesson on each sheet for students; the other editions take turns over lessons and papers.
FILES: Final[tuple[File, ...]] = (
    *((slug, sheet, "student", "standard", "letter") for slug in READINGS for sheet in ("handout", "worksheet")),
    *((slug, "handout", "student", "standard", "a4") for slug in READINGS),
    (VIETNAM, "handout", "teacher", "standard", "letter"),
    (SHOWCASE, "worksheet", "teacher", "standard", "a4"),
    (CANAL, "worksheet", "teacher", "standard", "a4"),
    (SEA, "handout", "student", "large-print", "letter"),
    (VIETNAM, "worksheet", "student", "large-print", "letter"),
    (CANAL, "handout", "teacher", "large-print", "a4"),
    (SHOWCASE, "worksheet", "teacher", "large-print", "letter"),
    (SHOWCASE, "handout", "student", "dyslexia", "letter"),
    (CANAL, "worksheet", "student", "dyslexia", "a4"),
    (SEA, "handout", "teacher", "dyslexia", "letter"),
    (VIETNAM, "handout", "student", "photocopy", "letter"),
    (SHOWCASE, "worksheet", "student", "photocopy", "a4"),
    (CANAL, "handout", "teacher", "photocopy", "letter"),
)
# What templates/handout/page.css leaves free (pt): left, head, right, foot.
MARGINS: Final = {"letter": (78.0, 60.0, 54.0, 58.0), "a4": (72.0, 62.0, 48.0, 66.0), "large": (72.0, 84.0, 72.0, 92.0)}
SIZES: Final = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
PRINTABLE: Final = 18.0  # pt; a quarter of an inch, which office printers leave white
MEASURE: Final = 342.0
TOUCH: Final = 0.8  # pt; what two boxes may share before they are over each other
HEADING: Final = re.compile(r"H[1-6]")
DOCUMENT: Final = re.compile(r"^\s*Document[eo]?( \w+)?$|^\s*Total")

pytestmark = pytest.mark.slow


@cache
def written(file: File) -> tuple[Run, ...]:
    return tuple(runs(printed(file)))


@pytest.fixture(params=FILES, ids="-".join)
def file(request: pytest.FixtureRequest) -> File:
    found: File = request.param
    return found


def box(file: File) -> tuple[float, float, float, float]:
    """Return the block of text of a file's pages: left, head, right, foot in pt from the left and the head."""
    paper = file[4]
    left, head, right, foot = MARGINS["large" if file[3] == "large-print" else paper]
    width, height = SIZES[paper]
    return left, head, width - right, height - foot


def outside(found: Sequence[Run], file: File) -> Iterator[str]:
    """Yield what stands in the margins, but numbers of lines and paragraphs and what runs on every page."""
    left, head, right, foot = box(file)
    width, height = SIZES[file[4]]
    for run in found:
        hung = run.order < 0 or run.text.strip().startswith("¶")
        area = (PRINTABLE, PRINTABLE, width - PRINTABLE, height - PRINTABLE) if hung else (left, head, right, foot)
        x1, y1, x2, y2 = area
        if run.x1 < x1 - TOUCH or run.x2 > x2 + TOUCH or run.y1 < y1 - TOUCH or run.y2 > y2 + TOUCH:
            yield f"page {run.page}: {run.text!r} at {run.x1:.0f}–{run.x2:.0f}, {run.y1:.0f}–{run.y2:.0f}"


def drawn_outside(found: Sequence[Shape], file: File) -> Iterator[str]:
    """Yield rules and pictures that leave the block of text sideways, by more than half a thick rule."""
    left, _, right, _ = box(file)
    for shape in found:
        if shape.x1 < left - 1.5 or shape.x2 > right + 1.5:
            yield f"page {shape.page}: a shape at {shape.x1:.0f}–{shape.x2:.0f}, {shape.y1:.0f}–{shape.y2:.0f}"


def overlapping(found: Sequence[Run]) -> Iterator[str]:
    """Yield each two runs of text that stand over each other."""
    by_height = sorted(found, key=lambda run: (run.page, run.y1))
    for n, run in enumerate(by_height):
        for other in by_height[n + 1 :]:
            if other.page != run.page or other.y1 > run.y2:
                break
            if run.overlaps(other, TOUCH):
                yield f"page {run.page}: {run.text!r} and {other.text!r}"


def stranded(found: Sequence[Run]) -> Iterator[str]:
    """Yield the headings that are the last thing of their page: what follows in reading order is on another."""
    spoken = [run for run in found if run.order >= 0]
    for run, following in pairwise(spoken):
        if HEADING.fullmatch(run.tag) and following.page != run.page:
            yield f"page {run.page}: {run.text!r}"


def split(found: Sequence[Run], file: File) -> Iterator[str]:
    """Yield the numbers of questions, and of parts of them, whose words are on more than one page."""
    left = box(file)[0]
    number, pages = "", set[int]()
    for run in [*(run for run in found if run.order >= 0), None]:
        word = run.text.strip() if run else ""
        begins = run and run.tag == "Div" and run.size > 9.9 and re.fullmatch(r"\d\d?|[a-h]", word)
        if run is None or HEADING.fullmatch(run.tag) or DOCUMENT.match(word) or (begins and run.x1 < left + 60):
            if number and len(pages) > 1:
                yield f"question {number} is on pages {sorted(pages)}"
            number, pages = (word if begins else ""), set()
        if run:
            pages.add(run.page)


def left_over(drawn: Sequence[Shape], found: Sequence[Run], file: File) -> Iterator[str]:
    """Yield pages that begin with rules to write on, far above the first words: those of a question before.

    A question with more rules than a page holds may be broken with three or more of them on either side.
    """
    left, head, _, foot = box(file)
    rules = [shape for shape in drawn if shape.x1 > left + 20 and shape.x2 - shape.x1 > 100]
    for page in sorted({run.page for run in found}):
        heights = {n: [run.y2 for run in found if run.page == n and run.order >= 0] for n in (page, page - 1)}
        above = [
            r for r in rules if r.page == page and head - 1 < r.y1 and r.y2 < min(heights[page], default=foot) - 40
        ]
        before = [r for r in rules if r.page == page - 1 and r.y1 > max(heights[page - 1], default=head)]
        if above and min(len(above), len(before)) < 3:
            yield f"page {page}: {len(above)} rules above its first words, {len(before)} on the page before"


def faint(found: Sequence[Run], least: float) -> Iterator[str]:
    """Yield text whose contrast with what it stands on is below `least`."""
    for run in found:
        if run.contrast < least:
            yield f"page {run.page}: {run.text!r} {run.contrast:.2f}:1"


def reading_lines(found: Sequence[Run], file: File) -> list[tuple[float, str]]:
    """Return each line of the reading: where it ends from the left of the block, and its words.

    Lines of the reading begin at the left of the block, or 14 pt further in; those of questions, 24 pt.
    """
    left = box(file)[0]
    lines: dict[tuple[int, int], list[Run]] = {}
    for run in found:
        if run.order >= 0 and run.tag == "P" and left - 1 < run.x1 < left + MEASURE and abs(run.size - 10.75) < 0.01:
            lines.setdefault((run.page, round(run.y2)), []).append(run)
    rows = [sorted(row, key=lambda run: run.x1) for _, row in sorted(lines.items())]
    reading = [row for row in rows if row[0].x1 < left + 15]
    return [(round(row[-1].x2 - left, 1), "".join(run.text for run in row).strip()) for row in reading]


def test_nothing_is_outside_the_margins(file: File) -> None:
    assert list(outside(written(file), file)) == []
    assert list(drawn_outside(shapes(printed(file)), file)) == []


def test_no_two_boxes_of_text_overlap(file: File) -> None:
    assert list(overlapping(written(file))) == []


def test_no_heading_is_last_on_its_page(file: File) -> None:
    assert list(stranded(written(file))) == []


def test_no_question_is_split(file: File) -> None:
    if file[2] == "teacher" and file[3] in {"large-print", "dyslexia"}:
        return  # a question with its key and notes may be higher than a page, and breaks between them
    assert list(split(written(file), file)) == []
    assert list(left_over(shapes(printed(file)), written(file), file)) == []


def test_ink_can_be_read(file: File) -> None:
    assert list(faint(written(file), 7.0 if file[3] == "large-print" else 4.5)) == []


def test_large_print_is_large_everywhere(file: File) -> None:
    least = {"large-print": 18.0, "dyslexia": 12.0}.get(file[3], 7.0)
    assert [run for run in written(file) if run.size < least - 0.01] == []


def test_a_photocopy_has_black_ink_and_white_paper(file: File) -> None:
    inks: set[Color] = {run.ink for run in written(file)}
    grounds = {run.ground for run in written(file)}
    both = {(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)}
    assert (inks | grounds <= both) == (file[3] == "photocopy")


@pytest.mark.parametrize("slug", READINGS)
def test_lines_break_alike_on_letter_and_a4(slug: str) -> None:
    """The measure is one on both: the reading's lines, and so their numbers, are the same."""
    here, there = (
        reading_lines(written(file), file)
        for file in ((slug, "handout", "student", "standard", paper) for paper in ("letter", "a4"))
    )
    assert len(here) > 20
    assert max(end for end, _ in here) <= MEASURE + TOUCH
    assert here == there


# -- what is wrong is found ---------------------------------------------------------------------------------

USUAL: Final[File] = (SEA, "handout", "student", "standard", "letter")


def run_at(x: float, y: float, text: str = "words", **other: object) -> Run:
    usual = Run(1, x, y, x + 5 * len(text), y + 5, text, 10.75, "Source-Serif-4", (0, 0, 0), (1, 1, 1), 1, "P")
    return replace(usual, **other)  # type: ignore[arg-type]  # fields by their names


def test_faults_are_found() -> None:
    assert list(outside([run_at(76, 100)], USUAL))
    assert list(outside([run_at(540, 100)], USUAL))
    assert list(outside([run_at(100, 731)], USUAL))
    assert list(drawn_outside([Shape(1, 70, 100, 300, 101)], USUAL))
    assert list(overlapping([run_at(100, 100), run_at(120, 103)]))
    assert not list(overlapping([run_at(100, 100), run_at(125, 100), run_at(100, 112)]))
    heading = run_at(78, 700, "Upstream", tag="H2")
    assert list(stranded([heading, run_at(78, 66, page=2)]))
    number = run_at(78, 600, "7", tag="Div")
    assert list(split([number, run_at(102, 600), run_at(102, 66, page=2)], USUAL))
    assert not list(split([number, run_at(102, 600), replace(heading, page=2)], USUAL))
    rules = [Shape(2, 102, 60 + 23 * n, 500, 83 + 23 * n) for n in range(2)]
    assert list(left_over(rules, [run_at(78, 700), run_at(78, 160, page=2)], USUAL))
    assert not list(left_over(rules, [run_at(78, 700), run_at(78, 70, page=2)], USUAL))
    assert list(faint([run_at(78, 80, ink=(0.5, 0.5, 0.5))], 4.5))
    assert list(faint([run_at(78, 80, ink=(0.04, 0.33, 0.39), ground=(0.86, 0.91, 0.92))], 7.0))


def test_the_runs_of_a_page_are_where_they_are_drawn() -> None:
    """The title begins at the margin, and its box is as wide as the words."""
    title = next(run for run in written(USUAL) if run.tag == "H1")
    assert (round(title.x1), title.page, round(title.size, 2)) == (78, 1, 31)
    assert 5 < (title.x2 - title.x1) / len(title.text) < 20
    assert title.contrast == pytest.approx(17.2, abs=0.1)
