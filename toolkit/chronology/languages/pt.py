"""Words for dates in Portuguese, as it is written in Brazil; CLDR means that, too, by the bare language."""

from typing import Final

from toolkit.chronology.words import ROMAN, Cases, Season, Words

_MASCULINE: Final = Cases("o {}", "do {}", "ao {}")
_FEMININE: Final = Cases("a {}", "da {}", "à {}")
_WITHOUT_ARTICLE: Final = Cases(of="de {}")

WORDS: Final = Words(
    circa="cerca {of}",
    circa_inside="c. {plain}",
    perhaps="talvez {plain}",
    until="até {the}",
    until_about="até {plain}",
    since="desde {the}",
    or_before="{plain} ou antes",
    or_after="{plain} ou depois",
    and_before="{plain} e antes",
    and_after="{plain} e depois",
    between="entre {0} e {1}",
    part_of_point=("início {of}", "meados {of}", "final {of}"),
    part_of_period=("início {of}", "meados {of}", "final {of}"),
    seasons=(
        Season("primavera", _FEMININE),
        Season("verão", _MASCULINE),
        Season("outono", _MASCULINE),
        Season("inverno", _MASCULINE),
    ),
    season_of_year="{season} de {year}",
    hemispheres=("Hemisfério Norte", "Hemisfério Sul"),
    thirds_of_year=("primeiro quadrimestre de {}", "segundo quadrimestre de {}", "terceiro quadrimestre de {}"),
    halves_of_year=("primeiro semestre de {}", "segundo semestre de {}"),
    decade="década de {year}",
    decades="décadas de {}",
    century="século {}",
    centuries="séculos {}",
    ordinals=ROMAN,
    millennia=("I milênio", "II milênio", "III milênio"),
    eras=("a.C.", "d.C."),
    eras_bce=("a.E.C.", "E.C."),
    notes=(("ano incerto", "ano aproximado"), ("mês incerto", "mês aproximado"), ("dia incerto", "dia aproximado")),
    day_of_unknown_month="dia {} de um mês desconhecido",
    unknown="data desconhecida",
    first_of_month="1º",
    day=_WITHOUT_ARTICLE,
    month=_WITHOUT_ARTICLE,
    year=_WITHOUT_ARTICLE,
    of_decade=_FEMININE,
    of_century=_MASCULINE,
)
