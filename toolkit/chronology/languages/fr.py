"""Words for dates in French."""

from typing import Final

from toolkit.chronology.words import ROMAN, Cases, Season, Words

_ELIDED: Final = Cases("l’{}", "de l’{}", "à l’{}")
_MASCULINE: Final = Cases("le {}", "du {}", "au {}")

WORDS: Final = Words(
    circa="vers {the}",
    circa_inside="v. {plain}",
    perhaps="peut-être {plain}",
    doubt="{plain}\u00a0?",
    until="jusqu’{to}",
    until_about="jusque {plain}",
    since="depuis {the}",
    or_before="{plain} ou avant",
    or_after="{plain} ou après",
    and_before="{plain} et avant",
    and_after="{plain} et après",
    between="entre {0} et {1}",
    part_of_point=("début {plain}", "mi-{plain}", "fin {plain}"),
    part_of_period=("début {of}", "milieu {of}", "fin {of}"),
    seasons=(
        Season("printemps", _MASCULINE),
        Season("été", _ELIDED),
        Season("automne", _ELIDED),
        Season("hiver", _ELIDED),
    ),
    hemispheres=("hémisphère Nord", "hémisphère Sud"),
    thirds_of_year=("premier quadrimestre {}", "deuxième quadrimestre {}", "troisième quadrimestre {}"),
    halves_of_year=("premier semestre {}", "second semestre {}"),
    decade="années {year}",
    decades="années {}",
    century="{} siècle",
    centuries="{} siècles",
    ordinals=("Ier", *(f"{number}e" for number in ROMAN[1:])),
    millennia=("Ier millénaire", "IIe millénaire", "IIIe millénaire"),
    notes=(
        ("année incertaine", "année approximative"),
        ("mois incertain", "mois approximatif"),
        ("jour incertain", "jour approximatif"),
    ),
    eras=("av. J.-C.", "apr. J.-C."),
    eras_bce=("AEC", "EC"),
    day_of_unknown_month="le {} d’un mois inconnu",
    unknown="date inconnue",
    first_of_month="1er",
    day=_MASCULINE,
    month=Cases(of="de {}", to="en {}"),
    year=Cases(of="de {}", to="en {}"),
    of_decade=Cases("les {}", "des {}", "aux {}"),
    of_century=_MASCULINE,
)
