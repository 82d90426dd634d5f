"""What a sheet gives up to save a page, and what a designer is told of it."""

from __future__ import annotations

import io

import pypdf
import pytest
from sandbox import Sandbox

from toolkit.chronology.timeline import LOWEST, Entry, lay_out
from toolkit.formats import pdf
from toolkit.formats.pdf import copyfit
from toolkit.model.diagnostics import Diagnostic, Severity

EVENTS = "\n".join(f"  - {{date: {1940 + n}, event: The dike breaks and is mended.}}" for n in range(11))
CHRONOLOGY = f"title: The River\nchronology:\n{EVENTS}\n"
PROSE = " ".join(["The water rises over the fields and falls again, and the town goes on as it did."] * 4)


def printed(sandbox: Sandbox, sheet: str) -> tuple[list[str], list[Diagnostic]]:
    """Return the words of each page of a sheet, and what was said of it."""
    said: list[Diagnostic] = []
    data = pdf.write(sandbox.printout(sheet), said.append)
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages], said


def test_a_timeline_begins_below_the_title(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.lesson(CHRONOLOGY, "# The River\n\nA line.\n")
    pages, said = printed(sandbox, "worksheet")
    assert len(pages) == 1
    assert said == []
    monkeypatch.setattr(copyfit, "LEAST", 1e6)
    assert len(printed(sandbox, "worksheet")[0]) == 2


def article(paragraphs: int, lines: int) -> str:
    """Return an article of so many paragraphs, and so many short ones, of a line each, behind them."""
    return "# The River\n\n" + "\n\n".join([PROSE] * paragraphs + ["Rain."] * lines)


def test_two_pages_do_not_become_three(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first article that spills over on, some lines more are saved, and that is told; then a page is added."""
    monkeypatch.setattr(copyfit, "SPARSE", 0.0)
    sandbox.lesson("title: The River\n")
    for lines in range(24, 30):
        sandbox.lesson("title: The River\n", article(11, lines))
        if len(printed(sandbox, "handout")[0]) == 3:
            break
    monkeypatch.undo()
    pages, said = printed(sandbox, "handout")
    assert len(pages) == 2
    (note,) = said
    assert (note.code, note.severity) == ("B715", Severity.NOTE)
    assert "to save page 3" in note.message
    sandbox.lesson("title: The River\n", article(11, lines + 20))
    pages, said = printed(sandbox, "handout")
    assert (len(pages), said) == (3, [])


def test_the_first_page_of_a_timeline_may_be_less_high() -> None:
    entries = [Entry(day, day, False, 26.0) for day in range(0, 30000, 1000)]
    usual, low = lay_out(entries, 600), lay_out(entries, 600, first=300)
    assert low[0].height <= 300
    assert len(low[0].placed) < len(usual[0].placed)
    assert [placed.index for page in low for placed in page.placed] == list(range(30))
    assert max(page.height for page in low[1:]) <= 600
    # Less than an axis needs is no room.
    assert lay_out(entries, 600, first=LOWEST - 1) == usual
