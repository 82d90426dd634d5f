"""PDF: a printout as tagged pages (PDF/UA-1), printed by WeasyPrint from the page of `formats.html`.

`engine` loads WeasyPrint with our fonts and gives it nothing but the lesson's own pictures; `finisher`
puts right what its tags leave out; `complaints` turns what it logs into diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from toolkit.formats import Report, html
from toolkit.formats.pdf.complaints import reported
from toolkit.formats.pdf.engine import Again, ForbiddenError, engine
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.printout import Printout


def write(printout: Printout, report: Report) -> bytes:
    """Return `printout` as PDF/UA-1 bytes; the same printout gives the same bytes.

    Everything the page engine complains of goes to `report`. A diagnostic of severity error (a character
    that no font has, a picture that cannot be drawn) means that the bytes are not fit to hand out; they
    are empty where nothing could be printed.
    """
    assets = {picture.file: (picture.media_type, picture.data) for picture in printout.pictures}
    with reported(printout, report):
        try:
            page = partial(html.render, printout, paged=True)
            rtl = printout.direction == "rtl"
            return engine().print(page(), assets, rights=printout.metadata.rights, rtl=rtl, again=_again(page))
        except LessonError as error:
            for diagnostic in error.diagnostics:
                report(diagnostic)
        except ForbiddenError as error:
            report(Diagnostic("B705", str(error)))
    return b""


def _again(page: Callable[..., str]) -> Again:
    return lambda more: page(more=more)
