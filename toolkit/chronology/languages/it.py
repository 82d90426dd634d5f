"""Words for dates in Italian."""

from typing import Final

from toolkit.chronology.words import ROMAN, Cases, Season, Words

_MASCULINE: Final = Cases("il {}", "del {}", "al {}")
_ELIDED: Final = Cases("l’{}", "dell’{}", "all’{}")

WORDS: Final = Words(
    circa="circa {plain}",
    circa_inside="ca. {plain}",
    perhaps="forse {plain}",
    until="fino {to}",
    until_about="fino a {plain}",
    since="d{to}",  # the preposition da joins with an article as a does: dal, dall’, dalla, dagli, da
    or_before="{plain} o prima",
    or_after="{plain} o dopo",
    and_before="{plain} e prima",
    and_after="{plain} e dopo",
    between="tra {0} e {1}",
    part_of_point=("inizio {plain}", "metà {plain}", "fine {plain}"),
    part_of_period=("inizio {of}", "metà {of}", "fine {of}"),
    seasons=(
        Season("primavera", Cases("la {}", "della {}", "alla {}")),
        Season("estate", _ELIDED),
        Season("autunno", _ELIDED),
        Season("inverno", _ELIDED),
    ),
    hemispheres=("emisfero boreale", "emisfero australe"),
    thirds_of_year=("primo quadrimestre del {}", "secondo quadrimestre del {}", "terzo quadrimestre del {}"),
    halves_of_year=("primo semestre del {}", "secondo semestre del {}"),
    decade="anni {year}",
    decades="anni {}",
    century="secolo {}",  # not "XI secolo": its article would change with the number
    centuries="secoli {}",
    ordinals=ROMAN,
    millennia=("I millennio", "II millennio", "III millennio"),
    eras=("a.C.", "d.C."),
    eras_bce=("a.E.V.", "E.V."),
    notes=(
        ("anno incerto", "anno approssimativo"),
        ("mese incerto", "mese approssimativo"),
        ("giorno incerto", "giorno approssimativo"),
    ),
    day_of_unknown_month="giorno {} di un mese sconosciuto",
    unknown="data sconosciuta",
    first_of_month="1º",
    day=_MASCULINE,
    elided_days=(8, 11),
    elided_day=_ELIDED,
    month=Cases(of="di {}", to="a {}"),
    year=_MASCULINE,
    of_decade=Cases("gli {}", "degli {}", "agli {}"),
    of_century=_MASCULINE,
)
