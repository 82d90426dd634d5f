"""Words for dates in German."""

from typing import Final

from toolkit.chronology.words import Cases, Season, Words

_MASCULINE: Final = Cases("dem {}", "des {}", "zum {}")

WORDS: Final = Words(
    circa="ca. {plain}",
    circa_inside="ca. {plain}",
    perhaps="vielleicht {plain}",
    until="bis {to}",
    until_about="bis {plain}",
    since="ab {the}",
    or_before="{plain} oder früher",
    or_after="{plain} oder später",
    and_before="{plain} und früher",
    and_after="{plain} und später",
    between="zwischen {0} und {1}",
    part_of_point=("Anfang {plain}", "Mitte {plain}", "Ende {plain}"),
    part_of_period=("Anfang {of}", "Mitte {of}", "Ende {of}"),
    seasons=(
        Season("Frühling", _MASCULINE, of="des Frühlings"),
        Season("Sommer", _MASCULINE, of="des Sommers"),
        Season("Herbst", _MASCULINE, of="des Herbsts"),
        Season("Winter", _MASCULINE, of="des Winters"),
    ),
    hemispheres=("Nordhalbkugel", "Südhalbkugel"),
    thirds_of_year=("erstes Drittel {}", "zweites Drittel {}", "letztes Drittel {}"),
    halves_of_year=("erstes Halbjahr {}", "zweites Halbjahr {}"),
    decade="{year}er-Jahre",
    century="{} Jahrhundert",
    centuries="{} Jahrhundert",
    ordinals=tuple(f"{number}." for number in range(1, 22)),
    millennia=("1. Jahrtausend", "2. Jahrtausend", "3. Jahrtausend"),
    eras=("v. Chr.", "n. Chr."),
    eras_bce=("v. u. Z.", "u. Z."),
    notes=(("Jahr unsicher", "Jahr ungefähr"), ("Monat unsicher", "Monat ungefähr"), ("Tag unsicher", "Tag ungefähr")),
    day_of_unknown_month="{}. Tag eines unbekannten Monats",
    unknown="Datum unbekannt",
    day=_MASCULINE,
    of_decade=Cases("den {}n", "der {}", "zu den {}n"),
    of_century=Cases("dem {}", "des {}s", "zum {}"),
)
