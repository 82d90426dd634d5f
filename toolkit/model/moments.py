"""What an EDTF text says, as values: a Moment, an Interval between two, or a DateSet of several."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from toolkit.model.gregorian import Day


class DateError(ValueError):
    """A text that is not an EDTF date. `reason` is for the author; `suggestion`, if any, is EDTF that may be meant."""

    def __init__(self, text: str, reason: str, suggestion: str = "") -> None:
        super().__init__(text, reason, suggestion)
        self.text, self.reason, self.suggestion = text, reason, suggestion

    def __str__(self) -> str:
        text = self.text if len(self.text) <= 60 else f"{self.text[:57]}..."
        return ": ".join(part for part in (text, self.reason, self.suggestion) if part)


@dataclass(frozen=True, slots=True)
class Part:
    """A year, month, day or season as written: `digits` may hold X, a year before 0000 begins with a minus sign."""

    digits: str
    approximate: bool = False
    uncertain: bool = False

    @property
    def value(self) -> int | None:
        """Return the number, or None when a digit is unspecified."""
        return None if "X" in self.digits else int(self.digits)


@dataclass(frozen=True, slots=True)
class Moment:
    """One date. A season stands in place of month and day; `significant` counts a year's trustworthy digits (0: all).

    `first` and `last` are the earliest and the latest day that the date may mean. `clock` is the time of day as
    written after the T, with its zone, or empty.
    """

    year: Part
    month: Part | None
    day: Part | None
    season: Part | None
    significant: int
    clock: str
    first: Day
    last: Day

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts that are written, the coarsest first."""
        return tuple(part for part in (self.year, self.month, self.season, self.day) if part)

    @property
    def partly_unknown(self) -> bool:
        """Return whether a digit is unspecified or the year is an estimate."""
        return self.significant > 0 or any("X" in part.digits for part in self.parts)


class Edge(Enum):
    """What an interval has in place of a date: `..`, an end that is open, or nothing, an end that is not known."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first day of `start` to the last of `end`."""

    start: Moment | Edge
    end: Moment | Edge


@dataclass(frozen=True, slots=True)
class DateSet:
    """Several dates: all of them when `every`, else one of them. Members that are intervals came from `a..b`."""

    members: tuple[Moment | Interval, ...]
    every: bool


Structure: TypeAlias = Moment | Interval | DateSet
