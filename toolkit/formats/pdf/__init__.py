"""PDF: a printout as tagged pages (PDF/UA-1), printed by WeasyPrint from the page of `formats.html`.

`engine` loads WeasyPrint with our fonts and gives it nothing but the lesson's own pictures; `finisher`
puts right what its tags leave out; `complaints` turns what it logs into diagnostics.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from toolkit.drawing.typefaces import using
from toolkit.formats import Report, html
from toolkit.formats.pdf.complaints import reported
from toolkit.formats.pdf.economy import uncollected
from toolkit.formats.pdf.engine import Assets, ForbiddenError, engine
from toolkit.formats.pdf.packet import Said
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity
from toolkit.model.lines import Lines
from toolkit.model.printout import Printout


def write(printout: Printout, report: Report) -> bytes:
    """Return `printout` as PDF/UA-1 bytes, PDF/A too where it asks for that; the same printout gives the same bytes.

    Everything the page engine complains of goes to `report`. A diagnostic of severity error (a character
    that no font has, a picture that cannot be drawn) means that the bytes are not fit to hand out; they
    are empty where nothing could be printed.
    """
    assets = _assets(printout)
    with uncollected(), reported(printout, report), using(printout.typefaces, printout.language):
        try:
            page = partial(html.render, printout, paged=True)
            rtl = printout.direction == "rtl"
            said = Said(printout.metadata.rights, printout.metadata.keywords, printout.pdf_variant)
            data = engine(printout.presentation, printout.typefaces).print(
                page(), assets, said=said, rtl=rtl, again=page, told=partial(_told, report)
            )
            return _folded(data, rtl=rtl) if printout.manner.folded else data
        except LessonError as error:
            for diagnostic in error.diagnostics:
                report(diagnostic)
        except ForbiddenError as error:
            report(Diagnostic("B705", str(error)))
    return b""


def _folded(data: bytes, *, rtl: bool) -> bytes:
    from toolkit.formats.pdf.imposing import imposed  # it loads pypdf, which nothing else here needs

    return imposed(data, rtl=rtl)


def _told(report: Report, adjusted: str) -> None:
    report(Diagnostic("B715", adjusted, severity=Severity.NOTE))


@lru_cache(maxsize=4)  # the sheets of one lesson, for which it is asked one after the other
def lines(printout: Printout) -> Lines:
    """Return the lines of the reading of `printout`, numbered as its PDF prints them; none without a reading.

    Lines are broken by the measure, which is fixed, and not by pages: what stands behind the reading moves
    none of them, and is left out. Raises LessonError where the page cannot be set; what the engine
    complains of is left to `write`.
    """
    reading = next((n for n, part in enumerate(printout.parts, 1) if part.kind == "reading"), 0)
    alone = replace(printout, parts=printout.parts[:reading])
    with reported(alone, lambda _: None), using(printout.typefaces, printout.language):
        setter = engine(printout.presentation, printout.typefaces)
        return setter.lines(html.render(alone, paged=True), _assets(alone)) if reading else ()


def _assets(printout: Printout) -> Assets:
    logo = printout.theme.logo
    school = {html.LOGO: (logo.media_type, logo.data)} if logo else {}
    return school | {picture.file: (picture.media_type, picture.data) for picture in printout.pictures}
