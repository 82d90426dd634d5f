"""A school's letterhead: what a sheet takes from a Word file of the school's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Look:
    """How the letterhead sets text of a style; None is nothing said.

    `name` is the style's in Word, in small letters ("normal", "heading 1"); `size` in pt, `color` RRGGBB.
    """

    name: str
    font: str | None = None
    size: float | None = None
    color: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A header or footer, as WordprocessingML, on the first page or on the others ("default").

    `pictures` are (relationship, media type, bytes), `links` (relationship, address). `paged`: it numbers pages.
    """

    kind: Literal["header", "footer"]
    page: Literal["first", "default"]
    xml: bytes
    pictures: tuple[tuple[str, str, bytes], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    paged: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The paper and its margins in dxa (1/1440 in); `header` and `footer` are from the edge of the paper."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int

    @property
    def measure(self) -> int:
        """Return the width of the text."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a Word file of the school gives to every Word sheet; `sides` is None where there is none."""

    sides: Sides | None = None
    looks: tuple[Look, ...] = ()
    running: tuple[Running, ...] = ()


PLAIN_PAPER: Final = Letterhead()
