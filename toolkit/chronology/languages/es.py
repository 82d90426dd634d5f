"""Words for dates in Spanish."""

from typing import Final

from toolkit.chronology.words import ROMAN, Cases, Season, Words

_MASCULINE: Final = Cases("el {}", "del {}", "al {}")
_FEMININE: Final = Cases("la {}", "de la {}", "a la {}")

WORDS: Final = Words(
    circa="hacia {the}",
    circa_inside="c. {plain}",
    perhaps="quizá {plain}",
    until="hasta {the}",
    until_about="hasta {plain}",
    since="desde {the}",
    or_before="{plain} o antes",
    or_after="{plain} o después",
    and_before="{plain} y antes",
    and_after="{plain} y después",
    between="entre {0} y {1}",
    part_of_point=("principios {of}", "mediados {of}", "finales {of}"),
    part_of_period=("principios {of}", "mediados {of}", "finales {of}"),
    seasons=(
        Season("primavera", _FEMININE),
        Season("verano", _MASCULINE),
        Season("otoño", _MASCULINE),
        Season("invierno", _MASCULINE),
    ),
    season_of_year="{season} de {year}",
    hemispheres=("hemisferio norte", "hemisferio sur"),
    thirds_of_year=("primer cuatrimestre de {}", "segundo cuatrimestre de {}", "tercer cuatrimestre de {}"),
    halves_of_year=("primer semestre de {}", "segundo semestre de {}"),
    decade="década de {year}",
    decades="décadas de {}",
    century="siglo {}",
    centuries="siglos {}",
    ordinals=ROMAN,
    millennia=("I milenio", "II milenio", "III milenio"),
    eras=("a. C.", "d. C."),
    eras_bce=("a. e. c.", "e. c."),
    notes=(("año incierto", "año aproximado"), ("mes incierto", "mes aproximado"), ("día incierto", "día aproximado")),
    day_of_unknown_month="día {} de un mes desconocido",
    unknown="fecha desconocida",
    day=_MASCULINE,
    month=Cases(of="de {}"),
    year=Cases(of="de {}"),
    of_decade=_FEMININE,
    of_century=_MASCULINE,
)
