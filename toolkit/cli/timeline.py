"""hornbook timeline: a lesson's events as a drawing, or as data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import click

from toolkit.cli import report
from toolkit.cli.selection import Reading, complete, read
from toolkit.model.diagnostics import Diagnostic

if TYPE_CHECKING:
    from toolkit.chronology import interchange
    from toolkit.drawing.shapes import Drawing
    from toolkit.model.event import Event
    from toolkit.model.lesson import Lesson

WIDTH: Final = 480.0  # pt; that of a page's text
NARROWEST: Final = 220.0  # pt; years, axis, leaders and labels of three words
STRIP: Final = 110.0  # pt; the height of a strip
PAGE: Final = 620.0  # pt; what a page of a PDF has for a timeline
UNBROKEN: Final = 14_000.0  # pt; the longest drawing in one piece, a PNG of 58,000 pixels at 300 an inch
_UNITS: Final = MappingProxyType({"pt": 1.0, "": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0})


@dataclass(frozen=True)
class Wish:
    """What was asked for: the size in pt, None where it was not said, and whether the line is level."""

    width: float
    height: float | None
    horizontal: bool


Writer: TypeAlias = "Callable[[Lesson, Wish], bytes]"
Teller: TypeAlias = "Callable[[tuple[Event, ...], interchange.Heading], interchange.Written]"


def _svg(lesson: Lesson, wish: Wish) -> bytes:
    from toolkit.drawing.svg import document

    (drawing,) = _drawings(lesson, wish, UNBROKEN)
    return document(drawing, lesson.spec.title).encode()


def _png(lesson: Lesson, wish: Wish) -> bytes:
    from toolkit.drawing.raster import png

    (drawing,) = _drawings(lesson, wish, UNBROKEN)
    return png(drawing)


def _pdf(lesson: Lesson, wish: Wish) -> bytes:
    from toolkit.formats.pdf.drawings import write

    return write(_drawings(lesson, wish, PAGE), lesson.spec.title)


# The ending of a file, and what writes it.
WRITERS: Final[MappingProxyType[str, Writer]] = MappingProxyType({"pdf": _pdf, "png": _png, "svg": _svg})


class Length(click.ParamType[float]):
    """A length: 480, 480pt, 160mm, 16cm, 6.5in; in pt."""

    name = "length"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the length in pt."""
        found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) *(pt|mm|cm|in|)", str(value).strip())
        length = float(found[1]) * _UNITS[found[2]] if found else 0.0
        if not 100 <= length <= UNBROKEN:
            self.fail(
                f"{value!r} is not a length from 100pt to {UNBROKEN:.0f}pt. Write 480pt, 160mm or 6.5in.", param, ctx
            )
        return length


@click.command(
    epilog="""\b
Examples:
  hornbook timeline why-the-sea-is-salty -o sea.svg
  hornbook timeline why-the-sea-is-salty -o sea.png --width 160mm
  hornbook timeline why-the-sea-is-salty -o cover.svg --horizontal
  hornbook timeline why-the-sea-is-salty -o events.csv

\b
The ending of the file says what is written:
  .svg .png .pdf     a drawing to scale
  .csv               a table, for a spreadsheet; a lesson can read it again
  .json              the same, for programs
  .timelinejs.json   for TimelineJS, on the web
"""
)
@click.argument("lesson", type=click.Path(path_type=Path), shell_complete=complete)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file; its ending says what it is.",
)
@click.option("--width", type=Length(), default=WIDTH, help="How wide a drawing is (480pt if not said).")
@click.option("--height", type=Length(), help="How high it is; as high as the events need if not said.")
@click.option("--horizontal", is_flag=True, help="A level strip with marks alone, for a cover.")
def command(lesson: Path, output: Path, width: float, height: float | None, *, horizontal: bool) -> None:
    """Draw the timeline of a lesson, or write its events as data."""
    from toolkit.chronology import interchange

    draw = WRITERS.get(output.suffix.removeprefix(".").lower())
    tell = interchange.writer(output.name)
    if draw is None and tell is None:
        endings = ", ".join((*(f".{name}" for name in WRITERS), *interchange.WRITERS))
        raise click.BadParameter(f"'{output}' ends in none of {endings}.", param_hint="'-o'")
    reading = _one(read((lesson,)))
    if draw:
        _save(output, _made(reading, draw, Wish(width, height, horizontal)))
    elif tell:
        _write_events(reading, tell, output)


def _one(readings: list[Reading]) -> Reading:
    """Return the one lesson that was read; end the command where it is at fault, or not one."""
    if len(readings) > 1:
        raise click.UsageError("Name one lesson: a file holds one chronology.")
    if readings[0].problems:
        click.echo(report.text(readings[0].problems), err=True)
    if readings[0].lesson is None:
        raise SystemExit(1)
    return readings[0]


def _write_events(reading: Reading, tell: Teller, output: Path) -> None:
    """Write the events as data, and tell what the format cannot hold."""
    from toolkit.chronology import interchange
    from toolkit.compose.events import ordered
    from toolkit.model import markup
    from toolkit.model.text import plain

    assert reading.lesson
    spec = reading.lesson.lesson.spec
    events = tuple(event for event, _ in ordered(spec.chronology))
    if not events:
        raise click.UsageError(f"The lesson '{reading.slug}' has no chronology.")
    made = tell(events, interchange.Heading(plain(markup.inlines(spec.title)), spec.language or "en", spec.era))
    _save(output, made.text.encode("utf-8"), f": {len(events)} event{'s' * (len(events) != 1)}")
    for line in made.lost:
        click.echo(f"  not kept: {line}", err=True)


def _made(reading: Reading, write: Writer, wish: Wish) -> bytes:
    from toolkit.chronology.timeline_labels import NoRoomError

    assert reading.lesson
    try:
        return write(reading.lesson.lesson, wish)
    except NoRoomError as error:
        message = f"the timeline has no room: {error.missing:.0f} pt more are needed"
        problem = Diagnostic("B706", message, address="chronology", hint="give it more with --height, or leave it out")
    click.echo(report.text([reading.lesson.positions.resolve(problem)]), err=True)
    raise SystemExit(1)


def _save(output: Path, data: bytes, more: str = "") -> None:
    from toolkit.build.store import write_whole
    from toolkit.source.files import shown_path

    output.parent.mkdir(parents=True, exist_ok=True)
    write_whole(output, data)
    click.echo(f"made {shown_path(output)}{more}", err=True)


def _drawings(lesson: Lesson, wish: Wish, room: float) -> tuple[Drawing, ...]:
    """Return the drawings of the lesson's timeline, in one piece where `room` is not that of a page."""
    from toolkit.chronology.timeline_drawing import drawings
    from toolkit.chronology.timeline_strip import strip
    from toolkit.chronology.timeline_text import Sheet
    from toolkit.compose.events import line
    from toolkit.compose.labels import labels_for
    from toolkit.model.printout import Edition

    timeline = line(lesson, Edition())
    if timeline is None:
        raise click.UsageError(f"the lesson {lesson.slug!r} has no events that a line could show.")
    language = lesson.spec.language or "en"
    rtl = labels_for(language).direction == "rtl"
    if wish.horizontal:
        return (strip(timeline, Sheet(wish.width, wish.height or STRIP, language, rtl)),)
    if wish.width < NARROWEST:
        raise click.UsageError(f"a timeline with its labels is at least {NARROWEST:.0f}pt wide.")
    sheet = Sheet(wish.width, wish.height or room, language, rtl, exact=wish.height is not None)
    return drawings(timeline, sheet)
