"""The phrases that English has for dates, as regular expressions over the letters of `classes`.

============ ========================================================================================
Y k K        a number that may be a year; one of another length; one that is no date
N n          a number from 1 to 31; another of two digits
O            an ordinal from first to thirty-first, in words or figures; v is the "twenty-" before it
M A S        a month; a month that may be a name; a season
D d y        a decade; one without its century; a short year ("’89")
I F          2026-11-22; 22/11/2026
t o i a b    the, of, in, and, or
B f T u      between, from, to, until
q p s z      before, by, since, after
r e g        early; the end; the part, years or days (of)
w m          circa; perhaps
h V R L      that; same; following; later
c l U G E    century; millennium; year; another unit; era
H C J Q      dash, comma, slash, question mark; 5 other stops, 6 and 7 brackets
j Z 9 X x    half or quarter; present; onward; up; than
============ ========================================================================================

No pattern repeats without a bound, so that reading takes time in proportion to the text.
"""

import re
from typing import Final

YEAR: Final = r"(?:EY|E[Nnk]|[YNnk]E|Y)"
"""A year: 1989, AD 79, 44 BC."""

_DAY: Final = r"(?:N|O|vH?O)"
_LIGHT: Final = r"(?=[^_NnkKY]|$)"  # what a sign of doubt after its date is followed by


def _point(n: int) -> str:
    """Return the pattern of one date; its groups end in `n`."""
    return rf"""
    (?P<pm{n}> 6? m [5]? (?:i t? | t)? )? (?P<pw{n}> (?:i b i? t?)? w i? )?
    (?P<pr{n}> t? r (?:H T H r | T r)? H? t? | r i t? | t? r [gG] o t? | t? e o t? )?
    (?:
      (?P<iso{n}> I ) | (?P<figures{n}> F )
    | (?P<mdy{n}> t? [MA] t? {_DAY} (?: C? {YEAR} | C y )? )
    | (?P<dmy{n}> t? {_DAY} (?: o t? | H )? [MA] (?: [CH]? o? {YEAR} | C? y )? )
    | (?P<my{n}> t? [MA] C? o? (?: {YEAR} | y ) )
    | (?P<sy{n}> t? S (?: C | o t? )? (?: {YEAR} (?: [HJ] [Nn] (?![HJ]) | [HJ] Y )? | y ) )
    | (?P<part{n}> t? O j C? o? t? (?: {YEAR} | D | v?H?OcE? ) )
    | (?P<century{n}> t? (?:vH?)? O H? c E? ) | (?P<millennium{n}> t? O H? l E? )
    | (?P<decade{n}> t? [Dd] )
    | (?P<year{n}> t? U o? t? (?: {YEAR} | [Nnk] ) | t? {YEAR} )
    | (?P<month{n}> t? [MA] ) | (?P<season{n}> t? S )
    )
    (?P<sm{n}> Q? 6 [wm] 7 | Q | (?: [wm] ) (?= [567C] | $ ) )?
    """


_TO: Final = r"C? (?: H | T | u | X T | J ) t?"

PHRASE: Final = re.compile(
    rf"""
    (?P<shortrange> (?: f )? (?P<srw>w)? (?P<sr1>Y) [HJ] (?P<sr2>[Nn]) (?P<srq> Q )? (?![HJ][NnkKY]) (?![MA]) )
  | (?P<eras> [fB]? t? w? (?: E [YNnk] (?: H | T | a ) [YNnk] | [YNnk] (?: H | T | a ) [YNnk] E ) )
  | (?P<daysmd> (?: f | B )? t? [MA] t? (?P<d1>{_DAY}) (?P<dj> H | T | u | a | b | J ) t? (?P<d2>{_DAY})
        (?! t? o? t? [MAc] ) (?P<dy> C? o? {YEAR} )? )
  | (?P<daysdm> (?: f | B )? t? (?P<e1>{_DAY}) (?P<ej> H | T | u | a | b | J ) t? (?P<e2>{_DAY}) (?: o t? )? [MA]
        (?P<ey> C? o? {YEAR} )? )
  | (?P<centuries> (?: f | B )? t? (?P<cr1>r)? H? t? (?P<c1> (?:vH?)? [ON] ) H? c? (?: H | T | a t? | b ) t?
        (?P<cr2>r)? H? (?P<c2> (?:vH?)? O ) H? c (?P<ce>E)? )
  | (?P<present> f? {_point(0)} C? (?: H t? | T t? | u t? | X T t? ) Z )
  | (?P<between> B {_point(1)} C? a {_point(2)} )
  | (?P<range> f? {_point(3)} {_TO} {_point(4)} )
  | (?P<either> {YEAR} b {YEAR} (?! _ ) )
  | (?P<relative>
        (?P<rw> L | t? r H? i? | r i | t? e o | p t? e o | t? r g o )?
        (?: (?P<rnext> t R (?: U | G | [MA] (?! [NOY] ) | S (?! o ) | d ) )
          | (?P<rthat> (?: h V? | t V ) (?: U | G | [MA] (?! C? [NOY] ) | S (?! o | C?Y ) ) ) )
      | (?P<rlater> (?: [N] | _ | v ) (?: U | G ) L (?! x ) )
      | (?P<rin> (?: r | L ) i t (?: V )? U | (?: p | u )? t? e o t U )
      | (?P<rday> i t O (?= [C57] | $ ) )
    )
  | (?P<open> X? u | X T | q T? | p | s | z | L x )
        {_point(5)}
  | (?P<from> f {_point(6)} (?P<on> i?9 )? )
  | (?P<onward> {_point(7)} (?: i? 9 | b (?P<eitherway>L) ) )
  | (?P<single> {_point(8)} )
    """,
    re.X,
)
"""One phrase, at a place where one may begin; the group that matched says which kind it is."""

SINGLE: Final = re.compile(_point(8), re.X)
"""One date alone, for where a longer phrase turned out to make no sense."""

_BEGINS: Final = frozenset("YNnkOMASDdIFtiBfuqpszrewmhLEXv6")
_BEGINS_BEFORE_UNIT: Final = frozenset("UG")


def begins(letters: str, at: int) -> bool:
    """Return whether a phrase may begin at `at`, so that most words cost one look."""
    return letters[at] in _BEGINS or letters[at + 1 : at + 2] in _BEGINS_BEFORE_UNIT
