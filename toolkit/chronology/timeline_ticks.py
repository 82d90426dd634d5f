"""The ticks of a timeline: years at steps of 1, 2 and 5, months and days where the time shown is short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from math import ceil, floor
from typing import Final

from toolkit.chronology.timeline_scale import DAYS, Scale, Stretch
from toolkit.model.dates import Day
from toolkit.model.gregorian import ordinal

APART: Final = 34.0  # pt between two printed years, at least
FINE: Final = 4.5  # pt between two ticks without a year, at least
_YEARS: Final = tuple(digit * 10**power for power in range(11) for digit in (1, 2, 5))
_MONTHS: Final = (1, 3, 6)
_MONTH: Final = DAYS / 12


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick at `at` pt. `edtf` is the year, month or day that begins there, "" for a tick without words."""

    at: float
    edtf: str


def ticks(scale: Scale) -> tuple[Tick, ...]:
    """Return the ticks of an axis in order; every stretch of it has a printed year, month or day."""
    return tuple(tick for stretch in scale.stretches for tick in _ticks(scale, stretch))


def _ticks(scale: Scale, stretch: Stretch) -> list[Tick]:
    months = next((step for step in _MONTHS if step * _MONTH * scale.rate >= APART), 0)
    steps = [step for step in _YEARS if step * DAYS * scale.rate >= APART]
    step = steps[0] if steps else _YEARS[-1]
    # Where years alone would say too little; EDTF has no months in years of five digits.
    few = (stretch.last - stretch.first) / DAYS < 3 and all(
        abs(_year(at)) < 9999 for at in (stretch.first, stretch.last)
    )
    large = list(_months(scale, stretch, months)) if months and few else list(_years(scale, stretch, step))
    small = list(_small(scale, stretch, months if few else 0, step))
    if not large:
        large = [_middle(scale, stretch)]
    places = {round(tick.at, 3) for tick in large}
    return sorted([*large, *(tick for tick in small if round(tick.at, 3) not in places)], key=lambda tick: tick.at)


def _small(scale: Scale, stretch: Stretch, months: int, step: int) -> Iterator[Tick]:
    """Yield ticks without words: of months between months and years, else of years between years."""
    if months or (step == 1 and _MONTH * scale.rate >= FINE):
        part = next((part for part in _MONTHS if part * _MONTH * scale.rate >= FINE), 0)
        found = _months(scale, stretch, part) if part else iter(())
    else:
        parts = (part for part in _YEARS if part * DAYS * scale.rate >= FINE and step % part == 0 and part < step)
        part = next(parts, 0)
        found = _years(scale, stretch, part) if part else iter(())
    return (Tick(tick.at, "") for tick in found)


def _years(scale: Scale, stretch: Stretch, step: int) -> Iterator[Tick]:
    """Yield a tick where each `step`-th year begins. Years before the common era count from 1 BCE: 500 is a step."""
    first, last = _year(stretch.first), _year(stretch.last) + 1
    counted = range(ceil(first / step), floor(last / step) + 1)
    numbers = [count * step if count > 0 else count * step + 1 for count in counted]
    for year in numbers:
        day = ordinal(Day(year, 1, 1))
        if stretch.first <= day <= stretch.last:
            yield Tick(scale.at(day), _edtf(year))


def _months(scale: Scale, stretch: Stretch, step: int) -> Iterator[Tick]:
    first = _year(stretch.first)
    months = ((first + n // 12, n % 12 + 1) for n in range(0, 12 * 10_000, step))
    for year, month in takewhile(lambda at: ordinal(Day(*at, 1)) <= stretch.last, months):
        if stretch.first <= ordinal(Day(year, month, 1)):
            yield Tick(scale.at(ordinal(Day(year, month, 1))), f"{_edtf(year)}-{month:02}")


def _middle(scale: Scale, stretch: Stretch) -> Tick:
    """Return a tick for a stretch in which no round year begins: its middle, with the year that it is in."""
    middle = (stretch.first + stretch.last) / 2
    return Tick(scale.at(middle), _edtf(_year(middle)))


def _year(day: float) -> int:
    year = floor((day - 1) / DAYS) + 1
    while ordinal(Day(year, 1, 1)) > day:
        year -= 1
    while ordinal(Day(year + 1, 1, 1)) <= day:
        year += 1
    return year


def _edtf(year: int) -> str:
    if abs(year) > 9999:
        return f"Y{year}"
    return f"{'-' if year < 0 else ''}{abs(year):04}"
