"""The grammar beside another: PyPI edtf-validate, on dates that are made up and on dates that are spoilt.

The two may differ only for a reason that stands here, in one of the two tables.
"""

from __future__ import annotations

import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.dates import DateError, parse_edtf

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of pyparsing, at the oracle's names for its functions
    from edtf_validate.valid_edtf import is_valid as oracle  # type: ignore[import-untyped]  # it has no types

DIVISION = r"(?:2[1-9]|3\d|4[01])"  # of the year
OPEN_END = r"(?:^(?:\.\.)?/|/(?:\.\.)?$)"
ACCEPTED_HERE = {
    "a sign beside an unspecified digit: both are qualities of one part (ISO 8601-2)": (
        r"[^/,\[\]{}.]*(?:X[^/,.]*[?~%]|[?~%][^/,.]*X)"
    ),
    "an open or unknown end beside a date of level 2, or of a year before 0000": OPEN_END,
    "an interval of two dates before 0000: the oracle compares their months and days backwards": r"^\W?-.*/\W?-",
    "a set of one date": r"^[\[{][^,]*[\]}]$",
    "a division of the year in a set": r"^[\[{].*[0-9X]{4}[?~%]?-[?~%]?(?:2[1-9]|3\d|4[01])\b",
    "`..` in a set beside a date of level 2": r"^[\[{].*(?:[X?~%][^,]*\.\.|\.\.[^,]*[X?~%])",
    "`..` in a set between dates of two precisions": r"^[\[{].*\d\.\.[?~%\d-]",
    "an open date in a set with others": r"^[\[{](?:\.\.[^,]+,|.*\.\.[\]}])",
    "a sign on a division of the year, or on its year": rf"[?~%].*-{DIVISION}|-[?~%]{DIVISION}|-{DIVISION}[?~%]",
    "an interval with a division of the year of level 2": r"(?:.*/|^).*-(?:2[5-9]|3\d|4[01])(?:[?~%]|/|$)",
    "a season of a year that is not known, or in an interval with a year before 0000": r"(?:X.*|/.*|^-.*)-2[1-4]",
    "a time zone of +00 hours": r"[+-]00$",
    "a sign on a long year: prehistory is never exact": r"^Y.*[?~%]$",
    "a long year in an interval: prehistory has periods": r"(?:^|/)Y.*/|/Y",
    "a space in a set, as the examples of the draft of 2012 and python-edtf have it": r"^[\[{].* ",
    "a sign on an estimated year": r"S[0-9]+[?~%]$",
}
REFUSED_HERE = {
    "a day that does not exist: the oracle gives every February 29 days": r"-\W?02\W?-\W?(?:29|3X|2X|X9)",
    "a day that does not exist, with a sign on a part": r"-[?~%]?\d\d[?~%]?-[?~%]?3[01]",
    "a range in a set that ends before it begins": r"^[\[{].*\.\.",
    "an interval of two dates before 0000: the oracle compares their months and days backwards": r"^\W?-.*/\W?-",
    "a time of day after a month or year: both parts are complete (EDTF, level 0, date and time)": r"^-?\d{4}(-\d\d)?T",
    "a year of more than 20 digits": r"^Y.*E",
    "a year 0000 with a sign before it": r"-0000|-[0X]{4}",
}


def accepted(text: str) -> bool:
    try:
        parse_edtf(text)
    except DateError:
        return False
    return True


def reason(text: str) -> str | None:
    """Return why the two judge `text` differently, "" where they agree, None where nobody has said why."""
    here, there = accepted(text), bool(oracle(text))
    if here == there:
        return ""
    table = ACCEPTED_HERE if here else REFUSED_HERE
    return next((why for why, pattern in table.items() if re.search(pattern, text)), None)


YEARS = st.one_of(
    st.integers(1500, 2020).map(str),
    st.integers(0, 9999).map("{:04}".format),
    st.integers(1, 9999).map("-{:04}".format),
    st.sampled_from(["197X", "19XX", "-01XX", "15XX", "1X8X", "XXXX"]),
)
MONTHS = st.one_of(
    st.integers(1, 12).map("{:02}".format),
    st.integers(0, 42).map("{:02}".format),
    st.sampled_from(["XX", "1X", "0X", "X2"]),
)
DAYS = st.one_of(st.integers(1, 31).map("{:02}".format), st.sampled_from(["XX", "2X", "X9", "3X", "00", "32"]))


@st.composite
def single(draw: st.DrawFn) -> str:
    parts = [draw(YEARS), draw(MONTHS), draw(DAYS)][: draw(st.integers(1, 3))]
    if draw(st.integers(0, 3)) == 0:
        at, sign = draw(st.integers(0, len(parts) - 1)), draw(st.sampled_from("?~%"))
        parts[at] = sign + parts[at] if draw(st.booleans()) else parts[at] + sign
    return "-".join(parts)


ENDS = st.one_of(single(), single(), single(), st.sampled_from(["..", ""]))
MEMBERS = st.one_of(single(), single(), st.tuples(single(), single()).map("..".join), single().map("..{}".format))
CLOCKS = st.tuples(
    st.integers(0, 25).map("{:02}".format),
    st.integers(0, 61).map("{:02}".format),
    st.sampled_from(["00", "30", "60"]),
).map(":".join)
LONG = st.tuples(st.sampled_from(["", "-"]), st.integers(1, 10**9), st.sampled_from(["", "E3", "S3", "E9S2", "~"]))
TEXTS = st.one_of(
    single(),
    st.tuples(ENDS, ENDS).map("/".join),
    st.lists(MEMBERS, min_size=2, max_size=3).map(lambda members: f"[{','.join(members)}]"),
    st.lists(MEMBERS, min_size=2, max_size=3).map(lambda members: f"{{{','.join(members)}}}"),
    st.tuples(single(), CLOCKS, st.sampled_from(["", "Z", "+01", "-14:00", "+14:30", "+00"])).map(
        lambda parts: f"{parts[0]}T{parts[1]}{parts[2]}"
    ),
    LONG.map(lambda parts: f"Y{parts[0]}{parts[1]}{parts[2]}"),
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    text: str = draw(TEXTS)
    at = draw(st.integers(0, len(text) - 1))
    sign: str = draw(st.sampled_from([*"0123456789X?~%-/.,[]{}YEST: Zz", ""]))
    skipped: int = draw(st.integers(0, 1))
    return text[:at] + sign + text[at + skipped :]


@settings(deadline=None, max_examples=120, derandomize=True)
@given(st.one_of(TEXTS, spoilt()))
def test_the_two_differ_for_a_known_reason(text: str) -> None:
    assert reason(text) is not None, f"{text}: accepted here {accepted(text)}, there {oracle(text)}"


@pytest.mark.parametrize("text", ["1989-13", "1989-9", "2012/2013/2014", "Y2006", "1978-12~", "197X", "../1989"])
def test_where_both_must_agree_they_do(text: str) -> None:
    assert reason(text) == ""
