"""What a drawing is made of. Lengths are points from its top left corner; colours are #rrggbb, "" for none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Family: TypeAlias = Literal["serif", "sans"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face. `weight` is 400 or 600."""

    text: str
    family: Family = "serif"
    weight: int = 400
    italic: bool = False
    color: str = "#1c1b1a"

    def saying(self, text: str) -> Run:
        """Return `text` in the same face."""
        return Run(text, self.family, self.weight, self.italic, self.color)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text that never breaks. Its line box is `leading` high from `top`; `width` is as measured.

    It begins at `x`, or ends there where `end`.
    """

    x: float
    top: float
    runs: tuple[Run, ...]
    size: float
    leading: float
    width: float
    end: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines from point to point, `closed` back to the first where it is so."""

    points: tuple[tuple[float, float], ...]
    stroke: str = "#1c1b1a"
    width: float = 0.8
    fill: str = ""
    closed: bool = False
    dashes: tuple[float, ...] = ()
    round: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its corners rounded by `radius`."""

    x: float
    y: float
    width: float
    height: float
    stroke: str = ""
    line: float = 0.8
    fill: str = ""
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle around `x`, `y`."""

    x: float
    y: float
    radius: float
    stroke: str = "#1c1b1a"
    line: float = 0.8
    fill: str = ""


Shape: TypeAlias = Words | Path | Box | Disc


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its size in pt, its shapes in the order of painting, and what it shows, for who cannot see it.

    `rtl` says in which direction its words run; the shapes are where they are to be seen.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str
    language: str = "en"
    rtl: bool = False

    @property
    def words(self) -> tuple[Words, ...]:
        """Return the lines of text."""
        return tuple(shape for shape in self.shapes if isinstance(shape, Words))

    @property
    def figures(self) -> tuple[Path | Box | Disc, ...]:
        """Return the shapes that are no text."""
        return tuple(shape for shape in self.shapes if not isinstance(shape, Words))


def mirrored(shapes: tuple[Shape, ...], width: float) -> tuple[Shape, ...]:
    """Return `shapes` as they stand on a page, `width` pt wide, that is read from the right."""
    return tuple(_mirrored(shape, width) for shape in shapes)


def _mirrored(shape: Shape, width: float) -> Shape:
    match shape:
        case Words(x=x) | Disc(x=x):
            return replace(shape, x=width - x)
        case Box(x=x, width=wide):
            return replace(shape, x=width - x - wide)
        case Path(points=points):
            return replace(shape, points=tuple((width - x, y) for x, y in points))


def moved(shapes: tuple[Shape, ...], dx: float, dy: float) -> tuple[Shape, ...]:
    """Return `shapes` farther from the left and the top by `dx` and `dy` pt."""
    return tuple(_moved(shape, dx, dy) for shape in shapes)


def _moved(shape: Shape, dx: float, dy: float) -> Shape:
    match shape:
        case Words(x=x, top=top):
            return replace(shape, x=x + dx, top=top + dy)
        case Path(points=points):
            return replace(shape, points=tuple((x + dx, y + dy) for x, y in points))
        case Box(x=x, y=y) | Disc(x=x, y=y):
            return replace(shape, x=x + dx, y=y + dy)
