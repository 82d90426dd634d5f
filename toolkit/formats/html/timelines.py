"""Timelines on a page: drawn for the width and height that a sheet of paper has for them.

The axis is an SVG element and each line of a label a line of the page, put at its place: WeasyPrint 70 sets the text
of an SVG letter by letter, which tears Arabic and Khmer apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from toolkit.chronology.timeline_drawing import drawings, too_long
from toolkit.chronology.timeline_labels import NoRoomError
from toolkit.chronology.timeline_text import Sheet
from toolkit.drawing import svg
from toolkit.drawing.monochrome import black
from toolkit.drawing.shapes import Drawing
from toolkit.formats.html.theming import recolored
from toolkit.model.diagnostics import LessonError
from toolkit.model.printout import Paper, Printout, Timeline

# Width of the page's text, and the height of it that is left under a heading and above a caption (pt).
ROOM: Final = MappingProxyType[Paper, tuple[float, float]]({"letter": (480.0, 606.0), "a4": (475.0, 644.0)})
# The same in large print, within inch margins.
LARGE: Final = MappingProxyType[Paper, tuple[float, float]]({"letter": (468.0, 560.0), "a4": (451.0, 610.0)})
# The same on half a sheet, in a booklet.
FOLDED: Final = MappingProxyType[Paper, tuple[float, float]]({"letter": (308.0, 440.0), "a4": (308.0, 424.0)})
MODERATE: Final = 1.5  # factor of distances above which a page has inch margins
HEADING: Final = 90.0  # pt; heading, instructions and caption


def pages(timeline: Timeline, printout: Printout, first: float = 0.0) -> tuple[Drawing, ...]:
    """Return the drawings of `timeline`, one for each page that it takes. Raises LessonError for too long a label.

    `first`, if not 0, is the height in pt that is left for the first of them on its page.
    """
    manner = printout.manner
    rooms = FOLDED if manner.folded else LARGE if manner.length > MODERATE else ROOM
    width, height = rooms[printout.paper]
    sheet = Sheet(
        width,
        height - max(0.0, HEADING * manner.length - HEADING),
        printout.language,
        printout.direction == "rtl",
        scale=manner.size,
        least=manner.smallest,
        plain=manner.plain,
        first=first,
    )
    try:
        drawn = drawings(timeline, sheet)
    except NoRoomError as error:
        raise LessonError([too_long(timeline, error)]) from None
    if manner.monochrome:
        return tuple(map(black, drawn))
    return tuple(recolored(each, printout.theme) for each in drawn) if printout.theme.of("color") else drawn


def figure(drawing: Drawing) -> Markup:
    """Return the HTML of `drawing`: its shapes, and its words line by line."""
    words = Markup("").join(_words(drawing))
    size = f"width:{drawing.width:.2f}pt;height:{drawing.height:.2f}pt"
    return Markup('<div class="drawing" style="{}">{}{}</div>').format(size, Markup(svg.figure(drawing)), words)


def _words(drawing: Drawing) -> Iterator[Markup]:
    for place, words in svg.lines(drawing):
        runs = Markup("").join(
            Markup('<span style="{}">{}</span>').format(css, text)
            for run in words.runs
            for css, text in svg.run_css(run, rtl=drawing.rtl)
        )
        yield Markup('<span class="words" style="{}">{}</span>').format(place, runs)
