"""What is remembered between the lines of a page changes nothing on it."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from toolkit.formats.pdf import economy
from toolkit.formats.pdf.engine import engine

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title><style>
.wide { letter-spacing: .1em; word-spacing: 2pt } .lined { text-decoration: underline }
.small { font: 600 8pt/11pt var(--label); font-variant: small-caps; color: var(--accent) }
.any { overflow-wrap: anywhere; font-variant-numeric: tabular-nums }
</style></head><body><main><h1>A page &amp; its <i>marks</i></h1>
<p class="wide">Wide letters and words, in a paragraph that is long enough to be broken into several lines of its own.
<p class="wide">Again, in the same style, <b class="lined">underlined <a href="https://example.org">and linked</a></b>.
<p>A text with a note<sup class="call">1</sup><span class="note" role="doc-footnote"><span class="note-number">1</span>
the note</span> that goes on after it, 1914\u20131918, fi ffl.
<ul class="items"><li>one<li>two<ol class="items"><li>inner<li>second</ol></ul>
<p class="small">Small 12345</p><p class="any">Anywhere 12345</p>
<p lang="ar" dir="rtl">\u0643\u062a\u0628 \u0627\u0644\u062f\u0631\u0633 12</p>
<table class="data"><thead><tr><th>a<th>b</thead><tbody><tr><td>1<td>two</tbody></table></main></body></html>"""

PLAIN = f"""
import hashlib, sys
from toolkit.formats.pdf import economy
economy.mend = lambda: None
economy.page = lambda weasyprint: weasyprint.HTML
from toolkit.formats.pdf.engine import engine
sys.stdout.write(hashlib.sha256(engine().print({PAGE!r}, {{}})).hexdigest())
"""


def test_pages_have_the_same_bytes_with_and_without_it() -> None:
    first, again = (hashlib.sha256(engine().print(PAGE, {})).hexdigest() for _ in range(2))
    plain = subprocess.run([sys.executable, "-c", PLAIN], capture_output=True, text=True, check=True).stdout
    assert first == again == plain


def test_the_parts_that_it_replaces_are_there_and_replaced() -> None:
    engine()
    from tinyhtml5 import inputstream  # type: ignore[import-untyped]  # it comes without types, as the next
    from weasyprint.css import tokens  # type: ignore[import-untyped]  # it comes without types
    from weasyprint.html import UA  # type: ignore[import-untyped]  # as above
    from weasyprint.text import line_break  # type: ignore[import-untyped]  # as above

    assert isinstance(inputstream.characters_until_regex, economy.Expressions)
    assert len(inputstream.characters_until_regex) < 30
    assert all(every in UA for every in economy.DEFAULTS)
    assert {f.__module__ for f in (line_break.Layout.setup, tokens.Pending.solve)} == {economy.__name__}
