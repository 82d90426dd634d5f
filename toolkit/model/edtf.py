"""The grammar of EDTF: a date's text becomes a Moment, an Interval or a DateSet.

Source: Extended Date/Time Format Specification, Library of Congress, 4 February 2019 (ISO 8601-2:2019, clause 4),
levels 0, 1 and 2. Where it is silent this reader is generous: long years take `~` and stand in intervals (prehistory
needs both), members of a set may be seasons or carry `~`, and spaces may stand beside a set's commas and brackets.
"""

import re
from dataclasses import replace
from typing import Final, Literal, NoReturn, TypeAlias

from toolkit.model.date_repairs import MONTHS, repairs
from toolkit.model.gregorian import SEASON_MONTHS, Day, days_in_month, matching_days, matching_numbers, season_days
from toolkit.model.moments import DateError, DateSet, Edge, Interval, Moment, Part, Structure

Level: TypeAlias = Literal[0, 1, 2]

LONGEST_TEXT: Final = 500
LONGEST_YEAR: Final = 20  # digits; the universe has needed eleven

_SHORT: Final = re.compile(
    r"(?P<ya>[?~%]?)(?P<year>-?[0-9X]{4})(?P<yz>[?~%]?)"
    r"(?:-(?P<ma>[?~%]?)(?P<month>[0-9X]{2})(?P<mz>[?~%]?)"
    r"(?:-(?P<da>[?~%]?)(?P<day>[0-9X]{2})(?P<dz>[?~%]?))?)?"
)
_LONG: Final = re.compile(r"Y(-?[1-9][0-9]*)(?:E([1-9][0-9]*))?(?:S([1-9][0-9]*))?([?~%]?)")
_ESTIMATED: Final = re.compile(r"(-?[0-9]{4})()S([1-9][0-9]*)([?~%]?)")
_CLOCK: Final = re.compile(
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
    r"(?:Z|[+-](?:(?:0[0-9]|1[0-3])(?::[0-5][0-9])?|14(?::00)?))?"
)
_DECADE_OR_CENTURY: Final = re.compile(r"-?[0-9]{2}(?:[0-9]X|XX)")
_SPACE_IN_SET: Final = re.compile(r"(?<=[,\[{]) +| +(?=[,\]}])")


def read(text: str) -> tuple[str, Structure, Level]:
    """Return the normal form of an EDTF text (no spaces), its structure and the lowest level that allows it.

    Raises DateError, with a suggestion where what was meant can be guessed.
    """
    try:
        return _read(text)
    except DateError as error:
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise
        problem = error
    for reason, candidate in repairs(text):
        if not candidate:
            raise DateError(text, reason)
        if candidate != text and _is_valid(candidate):
            raise DateError(text, reason, candidate)
    raise problem


def _is_valid(text: str) -> bool:
    try:
        _read(text)
    except DateError:
        return False
    return True


def _read(text: str) -> tuple[str, Structure, Level]:
    if not text.strip():
        raise DateError(text.strip(), "the date is empty")
    if len(text) > LONGEST_TEXT:
        raise DateError(text, f"a date has at most {LONGEST_TEXT} characters")
    if text[0] in "[{":
        normal = _SPACE_IN_SET.sub("", text)
        return normal, _read_set(normal), 2
    if "/" in text:
        return text, *_read_interval(text)
    return text, *_read_moment(text)


# Sets


def _read_set(text: str) -> DateSet:
    if len(text) < 3 or text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise DateError(text, "a set of dates is written [1667,1668] (one of them) or {1667,1668} (all of them)")
    written = text[1:-1].split(",")
    members = tuple(_read_member(text, member) for member in written)
    for index, member in enumerate(members):
        if isinstance(member, Interval):
            if member.start is Edge.OPEN and index > 0:
                raise DateError(text, f"a set begins with its open date: {written[index]} stands first")
            if member.end is Edge.OPEN and index < len(members) - 1:
                raise DateError(text, f"a set ends with its open date: {written[index]} stands last")
    return DateSet(members, every=text[0] == "{")


def _read_member(whole: str, text: str) -> Moment | Interval:
    first, dots, last = text.partition("..")
    if not dots:
        return _read_member_date(whole, text)
    if not first and not last:
        raise DateError(whole, "a set needs a date beside the two dots")
    start = _read_member_date(whole, first) if first else Edge.OPEN
    end = _read_member_date(whole, last) if last else Edge.OPEN
    _check_order(text, start, end)
    return Interval(start, end)


def _read_member_date(whole: str, text: str) -> Moment:
    if not text:
        raise DateError(whole, "a set has a date on each side of a comma")
    moment, _ = _read_moment(text)
    if moment.clock:
        raise DateError(text, "a time of day cannot stand in a set")
    return moment


# Intervals


def _read_interval(text: str) -> tuple[Interval, Level]:
    if text.count("/") > 1:
        raise DateError(text, "a range has one slash, between its first and its last date")
    if text == "/":
        raise DateError(text, "a range needs a date beside the slash")
    (start, start_level), (end, end_level) = (_read_end(end) for end in text.split("/"))
    _check_order(text, start, end)
    return Interval(start, end), max(start_level, end_level)


def _read_end(text: str) -> tuple[Moment | Edge, Level]:
    if text in ("", ".."):
        return Edge(text), 1
    moment, level = _read_moment(text)
    if moment.clock:
        raise DateError(text, "a time of day cannot stand in a range")
    # The specification lets X into intervals at level 2 only ("Level 2: Interval").
    return moment, 2 if moment.partly_unknown else level


def _check_order(text: str, start: Moment | Edge, end: Moment | Edge) -> None:
    """Refuse a range that ends before it begins; an end of unspecified digits is given its latest meaning."""
    if isinstance(start, Edge) or isinstance(end, Edge) or start.first <= end.first:
        return
    if start.first > end.last:
        raise DateError(text, "the range ends before it begins")
    if not end.partly_unknown:
        raise DateError(text, "write the end of the range as exactly as its start: they overlap")


# Single dates


def _read_moment(text: str) -> tuple[Moment, Level]:
    body, t, clock = text.partition("T")
    if match := _SHORT.fullmatch(body):
        moment, level = _read_short(body, match)
        return (_with_clock(text, moment, clock), level) if t else (moment, level)
    if match := _LONG.fullmatch(text) or _ESTIMATED.fullmatch(text):
        return _read_long(text, match)
    raise DateError(text, "this is not an EDTF date; write 1989, 1989-09, 1989-09-26, 1978~ or 1975/1979")


def _read_long(text: str, match: re.Match[str]) -> tuple[Moment, Level]:
    digits, exponent, significant, mark = match.groups(default="")
    long = text.startswith("Y")
    if long and not exponent and len(digits.lstrip("-")) < 5:
        raise DateError(text, "Y stands before years of five digits or more")
    if not long and digits == "-0000":
        raise DateError(text, "the year 0000 has no sign; it is 1 BCE")
    if len(digits.lstrip("-")) + int(exponent or 0) > LONGEST_YEAR:
        raise DateError(text, f"a year has at most {LONGEST_YEAR} digits")
    value = int(digits) * 10 ** int(exponent or 0)
    years = _significant_range(value, int(significant or 0))
    part = Part(str(value) if long else digits, "~" in mark or "%" in mark, "?" in mark or "%" in mark)
    days = Day(years[0], 1, 1), Day(years[1], 12, 31)
    return Moment(part, None, None, None, int(significant or 0), "", *days), 2 if exponent or significant else 1


def _significant_range(year: int, significant: int) -> tuple[int, int]:
    """Return the years that share the first `significant` digits of `year`: 1950 with 2 is 1900 to 1999."""
    loose = len(str(abs(year))) - significant
    if not significant or loose <= 0:
        return year, year
    step: int = 10**loose
    low = abs(year) // step * step
    return (low, low + step - 1) if year >= 0 else (-(low + step - 1), -low)


def _read_short(text: str, match: re.Match[str]) -> tuple[Moment, Level]:
    ya, year, yz, ma, month, mz, da, day, dz = match.groups(default="")
    if year == "-0000":
        raise DateError(text, "the year 0000 has no sign; it is 1 BCE")
    if (ya and yz) or (ma and mz) or (da and dz):
        raise DateError(text, "a part of a date takes one sign: ? uncertain, ~ approximate, % both")
    parts = (_part(year, ya + yz + mz + dz), _part(month, ma + mz + dz), _part(day, da + dz))
    if month.isdigit() and int(month) in SEASON_MONTHS:
        if day:
            raise DateError(text, f"{month} is a part of the year, which has no days; months run from 01 to 12")
        moment = Moment(parts[0], None, None, parts[1], 0, "", *season_days(year, int(month)))
    else:
        days = matching_days(year, month, day)
        if days is None:
            _explain_no_day(text, year, month, day)
        moment = Moment(parts[0], parts[1] if month else None, parts[2] if day else None, None, 0, "", *days)
    trailing = dz if day else mz if month else yz
    marks = ya + yz + ma + mz + da + dz
    return moment, _level(year, month, day, 0 if not marks else 1 if marks == trailing else 2)


def _part(digits: str, marks: str) -> Part:
    return Part(digits, "~" in marks or "%" in marks, "?" in marks or "%" in marks)


def _level(year: str, month: str, day: str, marks: Level) -> Level:
    """Return the lowest level that allows the parts, given the level `marks` that their signs need."""
    season = int(month) if month.isdigit() else 0
    if season > 24:
        return 2
    level: Level = max(marks, 1) if year.startswith("-") or season > 20 else marks
    if "X" not in year + month + day:
        return level
    rightmost = (
        (not month and _DECADE_OR_CENTURY.fullmatch(year))
        or ("X" not in year and month == "XX" and day in ("", "XX"))
        or ("X" not in year + month and day == "XX")
    )
    return max(level, 1) if rightmost else 2


def _with_clock(text: str, moment: Moment, clock: str) -> Moment:
    if moment.day is None or moment.partly_unknown or any(part.approximate or part.uncertain for part in moment.parts):
        raise DateError(text, "a time of day follows a whole, certain date: 1989-09-26T07:30:00")
    if not _CLOCK.fullmatch(clock):
        raise DateError(text, "write a time of day as hh:mm:ss, then nothing, Z or an offset such as +07:00")
    return replace(moment, clock=clock)


def _explain_no_day(text: str, year: str, month: str, day: str) -> NoReturn:
    if not matching_numbers(month, 12):
        raise DateError(text, "months run from 01 to 12 (seasons 21 to 24)")
    if day == "00":
        raise DateError(text, "days begin at 01")
    if "X" in month or "X" in year:
        raise DateError(text, "no such day exists, whatever stands for X")
    name = f"{MONTHS[int(month) - 1].capitalize()} {year}"
    raise DateError(text, f"{name} has {days_in_month(int(year), int(month))} days")
