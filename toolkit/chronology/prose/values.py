"""What a phrase means before its neighbours are asked: a Reading, which names its dates, or a Relative."""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from toolkit.chronology.prose.meaning import Point
from toolkit.model.dates import DateError, parse_edtf

Shape: TypeAlias = Literal["one", "range", "until", "since", "or before", "or after", "either", "both"]
"""How the dates of a phrase stand to each other, or to what the sentence tells."""

_TEMPLATES: Final = MappingProxyType(
    {
        "one": "{0}",
        "range": "{0}/{1}",
        "until": "../{0}",
        "since": "{0}/..",
        "or before": "[..{0}]",
        "or after": "[{0}..]",
        "either": "[{0},{1}]",
        "both": "{{{0},{1}}}",
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The dates of a phrase, and which tokens it is made of."""

    shape: Shape
    first: Point
    last: Point | None
    start: int
    end: int

    @property
    def edtf(self) -> str:
        """Return the phrase in EDTF."""
        first, last = self.first.edtf, self.last.edtf if self.last else ""
        if self.shape == "range" and self.last:  # ends that are runs of years themselves: the outermost years
            first, last = first.partition("/")[0], last.rpartition("/")[2]
        elif "/" in first and self.shape != "one":
            first = first.rpartition("/")[2] if "before" in self.shape or self.shape == "until" else first[:4]
        return _TEMPLATES[self.shape].format(first, last)

    @property
    def is_valid(self) -> bool:
        """Return whether the dates make EDTF together: a day that there is, ends in order."""
        return parses(self.edtf)


@lru_cache(maxsize=4096)  # a text names few dates many times
def parses(edtf: str) -> bool:
    """Return whether a text is EDTF: its days exist, its ends are in order."""
    try:
        parse_edtf(edtf)
    except DateError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Relative:
    """A date that is told by its distance from the one before: "the following year", "that August", "on the 26th"."""

    unit: str  # day, month, year, decade; or empty where a month, season or day is named
    steps: int
    named: Point
    start: int
    end: int
