"""The proleptic Gregorian calendar without limits: EDTF counts years before 0001 and beyond 9999, `datetime` does not.

A date's year, month and day come here as text, in which X stands for any digit and an empty text for any value.
"""

from collections.abc import Iterator
from itertools import product
from types import MappingProxyType
from typing import Final, NamedTuple

_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

SEASON_MONTHS: Final = MappingProxyType(
    {
        **{21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)},
        **{25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14)},
        **{29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8)},
        **{33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)},
        **{37: (1, 4), 38: (5, 8), 39: (9, 12)},
        **{40: (1, 6), 41: (7, 12)},
    }
)
"""First and last month of each division of the year; month 14 is February of the next year.

21 to 24 are spring to winter, 25 to 28 the same in the north, 29 to 32 in the south, then quarters, thirds and halves
(ISO 8601-2:2019, 4.8). The standard gives no months. These are the meteorological seasons; the winter that a year owns
is the one that begins in it, because the standard lists winter after autumn.
"""


class Day(NamedTuple):
    """One day; `year` is astronomical (0 is 1 BCE, -1 is 2 BCE). Days compare in calendar order."""

    year: int
    month: int
    day: int


def is_leap(year: int) -> bool:
    """Return whether the astronomical `year` has a 29 February (ISO 8601-1:2019, 3.1.1.21)."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of `month` (1 to 12) in the astronomical `year`."""
    return 29 if month == 2 and is_leap(year) else _DAYS[month - 1]


def ordinal(day: Day) -> int:
    """Return the day's number: 0001-01-01 is 1, the day before it 0, the count of `datetime.date.toordinal`.

    The year is taken to begin in March, so that the leap day is its last (Howard Hinnant, "chrono-Compatible Low-Level
    Date Algorithms", days_from_civil).
    """
    year = day.year - 1 if day.month <= 2 else day.year
    months_since_march = (day.month - 3) % 12
    day_of_year = (153 * months_since_march + 2) // 5 + day.day
    return 365 * year + year // 4 - year // 100 + year // 400 + day_of_year - 306


def season_days(year: str, season: int) -> tuple[Day, Day]:
    """Return the first and last day of a division of the year; `season` is a key of SEASON_MONTHS."""
    first, last = SEASON_MONTHS[season]
    low, high = next(_years(year)), next(_years(year, latest=True)) + (last > 12)
    last_month = (last - 1) % 12 + 1
    return Day(low, first, 1), Day(high, last_month, days_in_month(high, last_month))


def matching_days(year: str, month: str, day: str) -> tuple[Day, Day] | None:
    """Return the first and the last day that exist and match the digits, or None when there is none.

    1985-X2-30 can mean 30 December alone; 190X-02-29 runs from 1904 to 1908.
    """
    months, numbers = matching_numbers(month, 12), matching_numbers(day, 31)
    if not months or not numbers or numbers[0] > max(days_in_month(2000, some_month) for some_month in months):
        return None
    first = next(_days(_years(year), months, numbers), None)
    last = next(_days(_years(year, latest=True), months[::-1], numbers[::-1]), None)
    return (first, last) if first and last else None


def matching_numbers(pattern: str, top: int) -> tuple[int, ...]:
    """Return the numbers from 1 to `top` that two characters, each a digit or X, can stand for; an empty text, all."""
    if not pattern:
        return tuple(range(1, top + 1))
    if pattern.isdigit():
        return (int(pattern),) if 1 <= int(pattern) <= top else ()
    tens, units = pattern[0], pattern[1]
    return tuple(n for n in range(1, top + 1) if tens in ("X", str(n // 10)) and units in ("X", str(n % 10)))


def _days(years: Iterator[int], months: tuple[int, ...], numbers: tuple[int, ...]) -> Iterator[Day]:
    for year in years:
        for month in months:
            length = days_in_month(year, month)
            yield from (Day(year, month, number) for number in numbers if number <= length)


def _years(digits: str, *, latest: bool = False) -> Iterator[int]:
    sign, body = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    order = "9876543210" if latest != bool(sign) else "0123456789"
    return (int(sign + "".join(choice)) for choice in product(*(order if digit == "X" else digit for digit in body)))
