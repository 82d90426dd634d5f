"""What is remembered between the lines of a page, and from one page to the next, changes nothing on it."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TypeAlias

import pytest

from toolkit.compose import compose
from toolkit.formats import html
from toolkit.formats.pdf import cascade, economy, glyphs, lengths
from toolkit.formats.pdf.engine import engine
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.resources import templates
from toolkit.source import lesson as lesson_source

LESSONS = Path(__file__).parents[2] / "lessons"
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title><style>
.wide { letter-spacing: .1em; word-spacing: 2pt } .lined { text-decoration: underline }
.small { font: 600 8pt/11pt var(--label); font-variant: small-caps; color: var(--accent) }
.any { overflow-wrap: anywhere; font-variant-numeric: tabular-nums }
.share { width: 40%; padding: 2% } .share p { margin-left: calc(1em + 5%) } .first::first-line { font-weight: 700 }
.cut { width: 60pt; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
</style></head><body><main><h1>A page &amp; its <i>marks</i></h1>
<p class="wide">Wide letters and words, in a paragraph that is long enough to be broken into several lines of its own.
<p class="wide">Again, in the same style, <b class="lined">underlined <a href="https://example.org">and linked</a></b>.
<p>A text with a note<sup class="call">1</sup><span class="note" role="doc-footnote"><span class="note-number">1</span>
the note</span> that goes on after it, 1914\u20131918, fi ffl, e\u0323\u0301 and x\u0338.
<ul class="items"><li>one<li>two<ol class="items"><li>inner<li>second</ol></ul>
<p class="small">Small 12345</p><p class="any">Anywhere 12345</p><p class="cut">More than there is room for</p>
<p class="first" id="one">The first line of these words, which go on so that there is a second, is bold; no other is.
<div class="share"><p style="width: 70pt; color: red">A place<p style="width: 30pt">Another</div>
<p lang="ar" dir="rtl">\u0643\u062a\u0628 \u0627\u0644\u062f\u0631\u0633 12</p>
<table class="data"><thead><tr><th>a<th>b</thead><tbody><tr><td>1<td>two</tbody></table></main></body></html>"""

Page: TypeAlias = tuple[str, dict[str, tuple[str, str]]]  # HTML, and the pictures in it, in base 64

PLAIN = """
import hashlib, json, sys
from base64 import b64decode
from toolkit.formats.pdf import economy
economy.mend = lambda: None
economy.page = lambda weasyprint: weasyprint.HTML
from toolkit.formats.pdf.engine import engine
for page, pictures in json.load(sys.stdin):
    assets = {name: (media_type, b64decode(data)) for name, (media_type, data) in pictures.items()}
    print(hashlib.sha256(engine().print(page, assets)).hexdigest())
"""


def plainly(pages: list[Page]) -> list[str]:
    """Return digests of `pages`, printed by a process that remembers nothing."""
    program = [sys.executable, "-c", PLAIN]
    return subprocess.run(program, input=json.dumps(pages), capture_output=True, text=True, check=True).stdout.split()


def quickly(pages: list[Page]) -> list[str]:
    """Return digests of `pages`, printed here."""
    digests = []
    for page, pictures in pages:
        assets = {name: (media_type, b64decode(data)) for name, (media_type, data) in pictures.items()}
        digests.append(hashlib.sha256(engine().print(page, assets)).hexdigest())
    return digests


def handout(name: str, edition: Edition) -> Page:
    """Return the page of a handout of the lesson `name`."""
    sheet = compose(lesson_source.load(LESSONS / name / "lesson.yaml", Project()).lesson, "handout", edition)
    pictures = {each.file: (each.media_type, b64encode(each.data).decode()) for each in sheet.pictures}
    return html.render(sheet, paged=True), pictures


def test_pages_have_the_same_bytes_with_and_without_it() -> None:
    first, again = quickly([(PAGE, {})] * 2)
    assert [first] == [again] == plainly([(PAGE, {})])


@pytest.mark.slow
def test_handouts_have_the_same_bytes_in_any_order() -> None:
    pages = [
        handout("vietnam-leaves-cambodia", Edition("teacher", "a4")),
        handout("el-canal-de-panama", Edition("student", "letter")),
    ]
    plain = plainly(pages)
    assert quickly(pages) == plain
    assert quickly(pages[::-1]) == plain[::-1]


def test_the_parts_that_it_replaces_are_there_and_replaced() -> None:
    engine()
    from tinyhtml5 import inputstream  # type: ignore[import-untyped]  # it comes without types, as the next
    from weasyprint import css  # type: ignore[import-untyped]  # it comes without types
    from weasyprint.css import tokens  # type: ignore[import-untyped]  # as above
    from weasyprint.draw import text  # type: ignore[import-untyped]  # as above
    from weasyprint.html import UA  # type: ignore[import-untyped]  # as above
    from weasyprint.layout import block, inline  # type: ignore[import-untyped]  # as above
    from weasyprint.text import line_break  # type: ignore[import-untyped]  # as above

    assert isinstance(inputstream.characters_until_regex, economy.Expressions)
    assert len(inputstream.characters_until_regex) < 30
    assert all(every in UA for every in economy.DEFAULTS)
    assert {f.__module__ for f in (line_break.Layout.setup, tokens.Pending.solve)} == {economy.__name__}
    assert {css.ComputedStyle.__module__, css.AnonymousStyle.__module__} == {cascade.__name__}
    assert {f.resolve_percentages.__module__ for f in (block, inline)} == {lengths.__name__}
    assert text.draw_first_line.__module__ == glyphs.__name__


def test_styles_are_few_and_forgotten_when_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    setter = engine()
    monkeypatch.setattr(cascade, "REMEMBERED", 30)
    digests = quickly([(PAGE, {})] * 2)
    assert len(set(digests)) == 1
    assert 0 < len(vars(setter._fonts)[cascade.MEMORY]) <= 30


def test_no_sheet_measures_by_the_page() -> None:
    """A length in shares of the page (CSS Values 4, section 6.1.2) would be remembered for pages of another size."""
    sheets = "".join(path.read_text("utf-8") for path in (templates() / "handout").glob("*.css"))
    assert "pt" in sheets
    assert not re.findall(r"[\d.](?:vw|vh|vmin|vmax|vi|vb|pvw|pvh)\b", sheets)
