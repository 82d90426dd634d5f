"""English words that make dates, and those that make numbers something else. Data alone.

Spellings are lower case, without the full stop of an abbreviation.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from toolkit.model.dates import Within


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


_MONTHS: Final = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)

MONTHS: Final = MappingProxyType({name: at + 1 for at, names in enumerate(_MONTHS) for name in names})
"""The number of a month by its name and its abbreviations."""

PLAIN_MONTHS: Final = frozenset({"january", "february", "july", "september", "october", "november", "december"})
"""Names of months that are neither verbs, adjectives nor given names: with a capital or without one, they are dates."""

SEASONS: Final = MappingProxyType({"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24})
"""The EDTF number of a season. A winter belongs to the year in which it begins."""

_ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)

ORDINALS: Final = MappingProxyType({name: at + 1 for at, name in enumerate(_ORDINALS)} | {"thirtieth": 30})
"""The value of an ordinal that is one word."""

TENS: Final = MappingProxyType({"twenty": 20, "thirty": 30})

COUNTS: Final = MappingProxyType(
    {
        **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
        **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50},
    }
)
"""Numbers of years, months and days that stand before "later" and "earlier"."""

DECADE_WORDS: Final = MappingProxyType(
    {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8}
    | {"nineties": 9}
)

WITHIN: Final[Mapping[str, Within]] = MappingProxyType(
    {
        **{"early": "early", "earlier": "early", "beginning": "early", "start": "early"},
        **{"mid": "mid", "middle": "mid", "midpoint": "mid"},
        **{"late": "late", "later": "late", "end": "late", "close": "late"},
    }
)
"""The third of a period that a word names."""

CLASSES: Final = MappingProxyType(
    {
        letter: tuple(words.split())
        for letter, words in {
            "t": "the",
            "o": "of",
            "i": "in on during throughout within",
            "a": "and &",
            "b": "or",
            "B": "between",
            "f": "from",
            "T": "to through thru",
            "u": "until till 'til ’til",
            "q": "before prior",
            "P": "pre post",
            "p": "by",
            "s": "since",
            "z": "after",
            "x": "than",
            "r": "early late mid",
            "e": "beginning start middle midpoint end close",
            "g": "part stages",
            "w": "circa about around approximately approx roughly ca c ~",
            "m": "perhaps probably possibly maybe presumably likely uncertain guess",
            "h": "that",
            "R": "following next ensuing subsequent previous preceding",
            "V": "same",
            "L": "later earlier afterward afterwards thereafter",
            "v": "twenty thirty",
            "j": "half quarter",
            "Z": "present now today",
            "9": "onward onwards forward",
            "X": "up",
            "c": "century centuries",
            "l": "millennium",
            "U": "year",
            "G": "day month decade days months years decades week weeks",
            "E": "bc bce ad ce b.c b.c.e a.d c.e",
            "H": "- ‐ ‑ – — −",
            "C": ",",
            "J": "/",
            "5": ". ; : !",
            "6": "( [",
            "7": ") ]",
            "Q": "?",
        }.items()
    }
)
"""The words of each class, by the letter that `grammar` knows it by. A later class takes a word from an earlier one."""

LABELS: Final = words(
    "page pages p pp pgs resolution resolutions route highway interstate section sections sec chapter chapters ch "
    "article articles art arts volume volumes vol vols number numbers no nos nr num flight room suite box model "
    "bill document documents doc directive case item lot figure fig table note notes isbn issn phone tel telephone "
    "fax line lines verse paragraph para clause title statute form channel building apartment apt psalm opus op "
    "zip code u.s.c c.f.r us$ rs usd unit folio fol lib psi type class serial paper motorway train bus order id "
    "version pin plate hull tail boeing bwv proposition h.r h.res § # $ £ € ¥ ₤ ₹ = + @ _ \\ *"
)
"""What stands before a number that is a name, a place in a book, or money."""

MEASURES: Final = words(
    "foot feet ft inch inches yard yards meter meters metre metres m km kilometer kilometers kilometre kilometres "
    "mile miles ton tons tonne tonnes pound pounds lb lbs kg kilogram kilograms gram grams acre acres hectare "
    "hectares square cubic degree degrees percent per-cent % ° dollar dollars cents euro euros francs marks rubles "
    "yen pesos gallon gallons liter liters litre litres barrel barrels watt watts kw mw volt volts hp horsepower "
    "hours hrs gmt utc zulu a.m p.m am pm rpm mph bushels bales nautical knots megawatts kilowatts times"
)
"""What a number before it measures, wherever it stands."""

COUNTED: Final = words(
    "troops soldiers men women people persons children students sailors marines officers prisoners refugees "
    "settlers inhabitants residents workers members delegates slaves guns tanks ships aircraft planes horses "
    "cattle sheep copies votes seats houses homes villages families casualties dead wounded killed deaths "
    "civilians citizens fighters rebels guerrillas policemen employees volunteers passengers rounds shells bombs "
    "missiles warheads words items pages cases books individuals immigrants migrants participants schools "
    "hospitals islands vehicles victims others"
)
"""What a number before it counts, unless a preposition of time stands before the number."""

COUNTING: Final = words(
    "than some nearly almost over exactly least most only totaling totalling numbered numbering numbers total "
    "another additional roughly fully"
)
"""What stands before a number that counts something."""

QUANTITIES: Final = words(
    "population total height length width weight depth altitude elevation distance force army crew garrison "
    "membership crowd group average maximum minimum sum cost price value speed range"
)
"""Nouns whose "of" takes a number that is no year."""

TEMPORAL: Final = words(
    "in since by until till during after before early late mid middle the this that circa c ca summer spring "
    "autumn fall winter throughout from when again as"
)
"""What stands before a year."""

ATTACHED: Final = words("mid pre post early late circa ca c then non inter ante since until ex")
"""What a hyphen may join to a year."""

NEGATIONS: Final = words("not n't never no nor neither without cannot didn't wasn't weren't hadn't")
"""What makes "until 1989" mean "in 1989"."""

DATING: Final = words("dating dated dates date letter letters differ different apart aside far")
"""What makes "from 1989" a date and not a beginning."""
