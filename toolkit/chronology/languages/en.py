"""Words for dates in English."""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from toolkit.chronology.words import Cases, Season, Words

WORDS: Final = Words(
    circa="c. {plain}",
    circa_inside="c. {plain}",
    perhaps="perhaps {plain}",
    until="until {to}",
    until_about="until {plain}",
    since="from {the}",
    or_before="{plain} or earlier",
    or_after="{plain} or later",
    and_before="{plain} and earlier",
    and_after="{plain} and later",
    between="between {0} and {1}",
    part_of_point=("early {plain}", "mid-{plain}", "late {plain}"),
    part_of_period=("early {plain}", "mid-{plain}", "late {plain}"),
    seasons=(Season("spring"), Season("summer"), Season("autumn"), Season("winter")),
    hemispheres=("Northern Hemisphere", "Southern Hemisphere"),
    thirds_of_year=("first four months of {}", "middle four months of {}", "last four months of {}"),
    halves_of_year=("first half of {}", "second half of {}"),
    decade="{year}s",
    century="{} century",
    centuries="{} centuries",
    ordinals=(
        *("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th", "11th"),
        *("12th", "13th", "14th", "15th", "16th", "17th", "18th", "19th", "20th", "21st"),
    ),
    millennia=("1st millennium", "2nd millennium", "3rd millennium"),
    eras=("BCE", "CE"),
    eras_bc=("BC", "AD"),
    leading_ad=True,  # Chicago Manual of Style, 17th ed., 9.34
    notes=(
        ("year uncertain", "year approximate"),
        ("month uncertain", "month approximate"),
        ("day uncertain", "day approximate"),
    ),
    day_of_unknown_month="day {} of an unknown month",
    unknown="date unknown",
    shortens_years=True,
    of_decade=Cases("the {}", "the {}", "the {}"),
    of_century=Cases("the {}", "the {}", "the {}"),
)

TERRITORIES: Final = MappingProxyType(
    {"US": replace(WORDS, seasons=(Season("spring"), Season("summer"), Season("fall"), Season("winter")))}
)
