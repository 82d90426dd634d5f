"""PDF: a printout as tagged pages (PDF/UA-1), printed by WeasyPrint from the page of `formats.html`.

`engine` loads WeasyPrint with our fonts and gives it nothing but the lesson's own pictures; `finisher`
puts right what its tags leave out; `complaints` turns what it logs into diagnostics.
"""

from __future__ import annotations

from toolkit.formats import html
from toolkit.formats.pdf.complaints import gathered
from toolkit.formats.pdf.engine import ForbiddenError, engine
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.printout import Printout


def write(printout: Printout) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return `printout` as PDF/UA-1 bytes, and what the page engine had to say of it.

    A diagnostic of severity error (a character that no font has, a picture that cannot be drawn) means
    that the bytes are not fit to hand out. The same printout gives the same bytes (pdf.md, B4). Raises
    LessonError where the printout holds something that no page can show.
    """
    page = html.render(printout, paged=True)
    assets = {picture.file: (picture.media_type, picture.data) for picture in printout.pictures}
    with gathered(printout) as diagnostics:
        try:
            data = engine().print(page, assets, rights=printout.metadata.rights)
        except ForbiddenError as error:
            data = b""
            diagnostics.append(Diagnostic("B705", str(error)))
    return data, tuple(diagnostics)
