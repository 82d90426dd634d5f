"""What an author may have meant by a text that is not EDTF: guesses for an error message, never used in place of it."""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

Guess: TypeAlias = tuple[str, str]
"""A reason, in the imperative, and the EDTF text that may be meant; an empty text where nothing can be guessed."""

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SEASONS: Final = ("spring", "summer", "autumn", "winter")

_LONGEST_PROSE: Final = 80
_MONTH: Final = rf"({'|'.join(f'{name[:3]}(?:{name[3:]}|{name[3:4]})?' for name in MONTHS)})\.?"
_ERA: Final = r" ?(b\.?c\.?(?:e\.?)?)"
_DAY_REASON: Final = "write the date as YYYY-MM-DD"
_MONTH_REASON: Final = "write the date as YYYY-MM"
_OPEN_REASON: Final = "write an open end as two dots"


def repairs(text: str) -> Iterator[Guess]:
    """Yield guesses at a refused date, the likeliest first. They are not checked: a guess may be no date either."""
    yield "write the date without spaces", re.sub(r"\s+", "", text)
    yield "write X, Y, T and Z as capitals", text.upper()
    if len(text) <= _LONGEST_PROSE:
        prose = re.sub(r"[‐-―−]", "-", " ".join(text.lower().replace("’", "'").replace("\\", "/").split()))
        guess = _meaning(prose)
        if guess:
            yield guess


def _meaning(prose: str) -> Guess | None:
    if re.fullmatch(r"-?\d{4}(-\d\d){0,2}", prose):
        years = re.fullmatch(r"(\d\d)(\d\d)-(\d\d)", prose)  # 1975-79 is no month
        if not years or int(years[3]) <= 12:
            return "", prose
    for pattern, rule in _RULES:
        match = re.fullmatch(pattern, prose)
        guess = rule(*match.groups(default="")) if match else None
        if guess:
            return guess
    return None


def _inside(prose: str) -> str:
    guess = _meaning(prose.strip())
    return guess[1] if guess else ""


# Single dates


def _day(year: str, month: str, day: str) -> Guess:
    return _DAY_REASON, f"{year}-{_month_number(month)}-{int(day):02}"


def _month(month: str, year: str) -> Guess:
    return _MONTH_REASON, f"{year}-{_month_number(month)}"


def _month_number(month: str) -> str:
    names = [name[:3] for name in MONTHS]
    return f"{int(month) if month.isdigit() else names.index(month[:3]) + 1:02}"


def _numbers(first: str, second: str, year: str) -> Guess:
    if int(first) > 12:
        return _day(year, second, first)
    return _day(year, first, second) if int(second) > 12 else (_DAY_REASON, "")


def _season(season: str, year: str) -> Guess:
    code = 21 + _SEASONS.index("autumn" if season == "fall" else season)
    return "write a season as 21 (spring) to 24 (winter) after the year", f"{year}-{code}"


def _decade(digits: str) -> Guess:
    if digits.endswith("0"):
        return f"write {digits}X for the decade, {digits[:2]}XX for the century", ""
    return "write a decade with X for its last digit", f"{digits}X"


def _century(number: str, era: str) -> Guess:
    return "write a century with XX for its last digits", f"{'-' if era else ''}{int(number) - 1:02}XX"


def _before_our_era(year: str, _era: str) -> Guess:
    reason = "count the years before our era from 0000 (1 BCE), with a minus sign"
    return reason, f"{'-' if int(year) > 1 else ''}{int(year) - 1:04}"


def _year(before: str, digits: str, after: str) -> Guess:
    known = before or after or len(digits) > 2
    return "write the year with four digits", digits.zfill(4) if known else ""


def _long_year(year: str) -> Guess:
    return "write Y before a year of five digits or more", f"Y{year}"


# Dates with a word beside them


def _about(rest: str) -> Guess | None:
    inner = _inside(rest)
    return ("write an approximate date with ~ after it", f"{inner}~") if inner else None


def _perhaps(before: str, after: str) -> Guess | None:
    inner = _inside(before or after)
    return ("write an uncertain date with ? after it", f"{inner}?") if inner else None


def _part(part: str, rest: str) -> Guess | None:
    word = {"beginning of": "early", "middle of": "mid", "end of": "late"}.get(part, part)
    inner = _inside(rest)
    return (f"write the date, and `within: {word}` beside it", inner) if inner else None


def _range(first: str, last: str) -> Guess | None:
    start = _inside(first)
    if re.fullmatch(r"\d\d", last) and re.fullmatch(r"\d{4}", start):
        last = start[:2] + last
    end = _inside(last)
    return ("write a range with a slash", f"{start}/{end}") if start and end else None


def _between(first: str, last: str) -> Guess | None:
    start, end = _inside(first), _inside(last)
    return ("write a date between two others as a set", f"[{start}..{end}]") if start and end else None


def _either(first: str, last: str) -> Guess | None:
    start, end = _inside(first), _inside(last)
    return ("write one date of several as a set", f"[{start},{end}]") if start and end else None


def _until(rest: str) -> Guess | None:
    inner = _inside(rest)
    return (_OPEN_REASON, f"../{inner}") if inner else None


def _since(after: str, before: str) -> Guess | None:
    inner = _inside(after or before)
    return (_OPEN_REASON, f"{inner}/..") if inner else None


_RULES: Final[tuple[tuple[str, Callable[..., Guess | None]], ...]] = (
    (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", lambda year, _, month, day: _day(year, month, day)),
    (r"(\d{4})(\d\d)(\d\d)", _day),
    (r"(\d{4})[-/.](\d)", lambda year, month: _month(month, year)),
    (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", _numbers),
    (
        rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -](\d{{4}})",
        lambda day, month, year: _day(year, month, day),
    ),
    (rf"{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", lambda month, day, year: _day(year, month, day)),
    (rf"{_MONTH},?[ -](?:of )?(\d{{4}})", _month),
    (r"(spring|summer|autumn|fall|winter),? (?:of )?(\d{4})", _season),
    (r"(?:the )?(\d{3})0'?s", _decade),
    (rf"(?:the )?(\d{{1,2}})(?:st|nd|rd|th)[ -]c(?:entury|ent\.?|\.)?(?:{_ERA})?", _century),
    (rf"(\d{{1,4}}){_ERA}", _before_our_era),
    (r"(a\.?d\.? |)\+?(\d{1,4})( ?(?:a\.?d\.?|c\.?e\.?)|)", _year),
    (r"(-?\d{5,})", _long_year),
    (r"(early|mid|late|beginning of|middle of|end of)[ -](?:the )?(.+)", _part),
    (r"between (?:the )?(.+) and (?:the )?(.+)", _between),
    (r"(.+) or (.+)", _either),
    (r"(?:before|until|till|up to|by|to|-) ?(.+)", _until),
    (r"(?:after|since|from) ((?!.* (?:to|until|till) ).+)|(.+?)(?: onwards?| ?- ?(?:present|now|today)?)", _since),
    (r"(?:from )?(\d{4})[-/](\d\d|\d{4})", _range),
    (r"(?:from )?(.+?) ?(?: - | to | until | till |/|-) ?(.+)", _range),
    (r"(?:circa|approximately|approx|about|around|ca|c|~)\.? ?(.+)", _about),
    (r"(?:perhaps|maybe|possibly|probably) (.+)|(.+?) ?\?", _perhaps),
)
