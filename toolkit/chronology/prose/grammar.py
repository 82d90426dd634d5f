"""The phrases that English has for dates, as regular expressions over the letters of `classes`.

============ ========================================================================================
Y k K        a number that may be a year; one of another length; one that is no date
N n          a number from 1 to 31; another of two digits
O            an ordinal from first to thirty-first, in words or figures; v is the "twenty-" before it
M A S        a month; a month that may be a name; a season
D d y        a decade; one without its century; a short year ("’89")
I F          1989-09-26; 26/9/1989
t o i a b    the, of, in, and, or
B f T u      between, from, to, until
q p s z P    before, by, since, after, the "pre" of "pre-1914"
r e g        early; the end; the part, years or days (of)
w m          circa; perhaps
h V R L      that; same; following; later
c l U G E    century; millennium; year; another unit; era; 8 is "19c", a century in two letters
H C J Q      dash, comma, slash, question mark; 5 other stops, 6 and 7 brackets
j Z 9 X x    half or quarter; present; onward; up; than
============ ========================================================================================

No pattern repeats without a bound, so that reading takes time in proportion to the text.
"""

import re
from types import MappingProxyType
from typing import Final

YEAR: Final = r"(?:EY|E[Nnk]|[YNnk]E|Y)"
"""A year: 1989, AD 79, 44 BC."""

_DAY: Final = r"(?:N|O|vH?O)"
_CENTURY: Final = r"(?:vH?)?O"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.X)


POINT: Final = _compiled(rf"""
    (?P<perhaps> 6? m 5? (?:i t? | t)? )? (?P<circa> (?:i b i? t?)? w i? )?
    (?P<within> t? r (?:H T H r | T r)? H? t? | r i t? | t? r [gG] o t? | t? e o t? )?
    (?:
      (?P<iso> I ) | (?P<figures> F )
    | (?P<mdy> t? [MA] t? {_DAY} (?: C? {YEAR} | C y )? | [MA] C {_DAY} C {YEAR} )
    | (?P<dmy> t? {_DAY} (?: o t? | H )? [MA] (?: [CH]? o? {YEAR} | C? y )? )
    | (?P<my> t? [MA] C? o? (?: {YEAR} | y ) )
    | (?P<sy> t? S (?: C | o t? )? (?: {YEAR} (?: [HJ] [Nn] (?![HJ]) | [HJ] Y )? | y ) )
    | (?P<part> t? O j C? o? t? (?: {YEAR} | D | {_CENTURY} c E? ) )
    | (?P<century> t? (?: {_CENTURY} H? c | 8 ) E? ) | (?P<millennium> t? O H? l E? )
    | (?P<decade> t? [Dd] )
    | (?P<year> t? U o? t? (?: {YEAR} | [Nnk] ) | t? {YEAR} )
    | (?P<month> t? [MA] ) | (?P<season> t? S )
    )
    (?P<doubt> Q? 6 [wm] 7 | Q | [wm] (?= [567C] | $ ) )?
""")
"""One date, with what is said of its certainty; the group between the two tells its kind."""

BETWEEN: Final = _compiled(r"C? a")
"""What joins the ends of "between 1979 and 1989"."""

TO: Final = _compiled(r"C? (?: H | T | u | X T | J ) t?")
"""What joins the ends of a range."""

PRESENT: Final = _compiled(r"C? (?: H | T | u | X T ) t? Z | H (?= 7 )")
"""What follows the beginning of a range that has not ended: "–present", "–)"."""

ONWARD: Final = _compiled(r"i? 9 | b L")
"""What follows the beginning, or the end, of an open range: "onward", "or earlier"."""

OPENER: Final = _compiled(r"X? u | X T | q T? | p | s | z | P H | L x")
"""What stands before the end, or the beginning, of an open range: "until", "by", "since", "earlier than"."""

_SPECIAL: Final = (
    ("shortrange", "fwYt", r"f? t? (?P<w>w)? (?P<y1>Y) [HJ] (?P<y2>[Nn]) (?P<q> Q )? (?! [HJ] [YNnkK] | [MA] )"),
    (
        "eras",
        "fBtwEYNnk",
        r"[fB]? t? w? (?: E [YNnk] (?: H | T | a | J ) [YNnk] | [YNnk] (?: H | T | a | J ) [YNnk] E )",
    ),
    (
        "days",
        "fBtMA",
        rf"""(?: f | B )? t? [MA] t? (?P<d1> {_DAY} ) (?P<joined> H | T | u | a | b | J ) t? (?P<d2> {_DAY} )
        (?! t? o? t? [MAc] ) (?P<y> C? o? {YEAR} )?""",
    ),
    (
        "days",
        "fBtNOv",
        rf"""(?: f | B )? t? (?P<d1> {_DAY} ) (?P<joined> H | T | u | a | b | J ) t? (?P<d2> {_DAY} ) (?: o t? )? [MA]
        (?P<y> C? o? {YEAR} )?""",
    ),
    (
        "centuries",
        "fBtrONv",
        r"""(?: f | B )? t? (?P<r1> r )? H? t? (?P<c1> (?:vH?)? [ON] ) H? c? (?: H | T | a t? | b ) t?
        (?P<r2> r )? H? (?P<c2> (?:vH?)? O ) H? c (?P<e> E )?""",
    ),
    ("either", "EYNnk", rf"(?P<y1> {YEAR} ) b (?P<y2> {YEAR} ) (?! _ )"),
    (
        "relative",
        "Ltrepuhi",
        r"""(?P<within> L | t? r H? i? | r i | t? e o | p t? e o | t? r g o t? )?
        (?: (?P<next> t R (?: U | G | [MA] (?! [NOY] ) | S (?! o ) ) )
          | (?P<that> (?: h V? | t V ) (?: U | G | [MA] (?! C? [NOY] ) | S (?! o | C? Y ) ) ) )""",
    ),
    ("relative", "N_v", r"(?P<later> (?: N | _ | v ) (?: U | G ) L (?! x ) )"),
    ("relative", "rLpute", r"(?P<part> (?: r | L ) i t V? U | (?: p | u )? t? e o t U )"),
    ("relative", "i", r"(?P<day> i t O (?= [C57] | $ ) )"),
)

SPECIAL: Final = MappingProxyType(
    {
        letter: tuple((kind, _compiled(pattern)) for kind, first, pattern in _SPECIAL if letter in first)
        for letter in sorted({letter for _, first, _ in _SPECIAL for letter in first})
    }
)
"""Phrases that are no joined points, by the letter that they begin with, in the order in which they are tried."""

_BEGINS: Final = frozenset("YNnkOMASDdIFtiBfuqpszPrewmhLEUXv68")


def begins(letters: str, at: int) -> bool:
    """Return whether a phrase may begin at `at`, so that most words cost one look."""
    return letters[at] in _BEGINS or (letters[at] == "_" and letters[at + 1 : at + 2] in ("U", "G"))
