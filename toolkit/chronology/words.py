"""The words that stand beside a date, one table a language; CLDR has months, quarters and eras, but none of these.

A template names the form of the phrase that it takes: {plain}, or {the}, {of}, {to} for the article and preposition
that a language puts there ("les années 1970", "des années 1970", "aux années 1970").
"""

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Cases:
    """How a kind of phrase looks after a preposition; `{}` is the phrase."""

    the: str = "{}"
    of: str = "{}"
    to: str = "{}"


UNCHANGED: Final = Cases()
"""The cases of a phrase that no preposition changes."""


@dataclass(frozen=True, slots=True)
class Season:
    """A season's name, and its cases with the year."""

    name: str
    cases: Cases = UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. An empty value means that the language goes without, and signs or month names take its place."""

    circa: str
    circa_inside: str  # where a preposition or a dash stands beside it
    perhaps: str
    doubt: str = "{plain}?"  # in place of `perhaps` where room is short
    until: str
    until_about: str = ""  # before `circa`, where `until` does not fit
    since: str
    or_before: str
    or_after: str
    and_before: str
    and_after: str
    between: str = ""  # {0} and {1} are in the form {the}
    part_of_point: tuple[str, ...] = ()  # early, mid, late: of a month or year
    part_of_period: tuple[str, ...] = ()  # of a season, decade, century or range
    seasons: tuple[Season, ...] = ()  # spring, summer, autumn, winter
    season_of_year: str = "{season} {year}"
    hemispheres: tuple[str, ...] = ()  # northern, southern
    thirds_of_year: tuple[str, ...] = ()
    halves_of_year: tuple[str, ...] = ()
    decade: str = ""  # {year}, or {tens} and {century}
    tens: tuple[str, ...] = ()
    decades: str = ""  # {} is a range of years
    century: str = ""
    centuries: str = ""  # {} is a range of ordinals
    ordinals: tuple[str, ...] = ()
    ordinals_oblique: tuple[str, ...] = ()  # where a preposition changes them
    millennia: tuple[str, ...] = ()
    eras: tuple[str, ...] = ()  # before and of our era, where CLDR's abbreviation is not the one in use
    notes: tuple[tuple[str, str], ...] = ()  # uncertain and approximate: of the year, the month or season, the day
    day_of_unknown_month: str = ""
    unknown: str = "?"
    comma: str = ", "
    first_of_month: str = "1"
    shortens_years: bool = False  # 1975–79
    day: Cases = UNCHANGED
    month: Cases = UNCHANGED
    year: Cases = UNCHANGED
    of_decade: Cases = UNCHANGED
    of_century: Cases = UNCHANGED
    day_pattern: str = ""  # a CLDR date pattern, where usage has left CLDR's


_ROMAN: Final = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"),
    *("XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
)

NEUTRAL: Final = Words(
    circa="~{plain}",
    circa_inside="~{plain}",
    perhaps="{plain}?",
    until="–{plain}",
    since="{plain}–",
    or_before="≤ {plain}",
    or_after="≥ {plain}",
    and_before="–{plain}",
    and_after="{plain}–",
)
"""For a language without a table: signs alone, so that no page mixes in words of another language."""

_ENGLISH: Final = Words(
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

_FRENCH_ELIDED: Final = Cases("l’{}", "de l’{}", "à l’{}")
_FRENCH_MASCULINE: Final = Cases("le {}", "du {}", "au {}")

_FRENCH: Final = Words(
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
        Season("printemps", _FRENCH_MASCULINE),
        Season("été", _FRENCH_ELIDED),
        Season("automne", _FRENCH_ELIDED),
        Season("hiver", _FRENCH_ELIDED),
    ),
    hemispheres=("hémisphère Nord", "hémisphère Sud"),
    thirds_of_year=("premier quadrimestre {}", "deuxième quadrimestre {}", "troisième quadrimestre {}"),
    halves_of_year=("premier semestre {}", "second semestre {}"),
    decade="années {year}",
    decades="années {}",
    century="{} siècle",
    centuries="{} siècles",
    ordinals=("Ier", *(f"{number}e" for number in _ROMAN[1:])),
    millennia=("Ier millénaire", "IIe millénaire", "IIIe millénaire"),
    notes=(
        ("année incertaine", "année approximative"),
        ("mois incertain", "mois approximatif"),
        ("jour incertain", "jour approximatif"),
    ),
    eras=("av. J.-C.", "apr. J.-C."),
    day_of_unknown_month="le {} d’un mois inconnu",
    unknown="date inconnue",
    first_of_month="1er",
    day=_FRENCH_MASCULINE,
    month=Cases(of="de {}", to="en {}"),
    year=Cases(of="de {}", to="en {}"),
    of_decade=Cases("les {}", "des {}", "aux {}"),
    of_century=_FRENCH_MASCULINE,
)

_SPANISH_MASCULINE: Final = Cases("el {}", "del {}", "al {}")
_SPANISH_FEMININE: Final = Cases("la {}", "de la {}", "a la {}")

_SPANISH: Final = Words(
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
        Season("primavera", _SPANISH_FEMININE),
        Season("verano", _SPANISH_MASCULINE),
        Season("otoño", _SPANISH_MASCULINE),
        Season("invierno", _SPANISH_MASCULINE),
    ),
    season_of_year="{season} de {year}",
    hemispheres=("hemisferio norte", "hemisferio sur"),
    thirds_of_year=("primer cuatrimestre de {}", "segundo cuatrimestre de {}", "tercer cuatrimestre de {}"),
    halves_of_year=("primer semestre de {}", "segundo semestre de {}"),
    decade="década de {year}",
    decades="décadas de {}",
    century="siglo {}",
    centuries="siglos {}",
    ordinals=_ROMAN,
    millennia=("I milenio", "II milenio", "III milenio"),
    notes=(("año incierto", "año aproximado"), ("mes incierto", "mes aproximado"), ("día incierto", "día aproximado")),
    day_of_unknown_month="día {} de un mes desconocido",
    unknown="fecha desconocida",
    day=_SPANISH_MASCULINE,
    month=Cases(of="de {}"),
    year=Cases(of="de {}"),
    of_decade=_SPANISH_FEMININE,
    of_century=_SPANISH_MASCULINE,
)

_VIETNAMESE_YEAR: Final = Cases("năm {}", "năm {}", "năm {}")

_VIETNAMESE: Final = Words(
    circa="khoảng {the}",
    circa_inside="khoảng {plain}",
    perhaps="có lẽ {the}",
    until="đến {the}",
    until_about="đến {plain}",
    since="từ {the}",
    or_before="{plain} hoặc trước đó",
    or_after="{plain} hoặc sau đó",
    and_before="{plain} và trước đó",
    and_after="{plain} và sau đó",
    between="trong khoảng từ {0} đến {1}",  # "giữa năm 1860" would be the middle of 1860
    part_of_point=("đầu {of}", "giữa {of}", "cuối {of}"),
    part_of_period=("đầu {of}", "giữa {of}", "cuối {of}"),
    seasons=(Season("mùa xuân"), Season("mùa hè"), Season("mùa thu"), Season("mùa đông")),
    season_of_year="{season} năm {year}",
    hemispheres=("Bắc bán cầu", "Nam bán cầu"),
    thirds_of_year=("bốn tháng đầu năm {}", "bốn tháng giữa năm {}", "bốn tháng cuối năm {}"),
    halves_of_year=("nửa đầu năm {}", "nửa cuối năm {}"),
    decade="thập niên {year}",
    decades="thập niên {}",
    century="thế kỷ {}",
    centuries="thế kỷ {}",
    ordinals=_ROMAN,
    millennia=("thiên niên kỷ I", "thiên niên kỷ II", "thiên niên kỷ III"),
    eras=("TCN", "SCN"),
    notes=(
        ("không chắc về năm", "năm ước chừng"),
        ("không chắc về tháng", "tháng ước chừng"),
        ("không chắc về ngày", "ngày ước chừng"),
    ),
    day_of_unknown_month="ngày {}, không rõ tháng",
    unknown="không rõ ngày tháng",
    day=Cases("ngày {}", "ngày {}", "ngày {}"),
    year=_VIETNAMESE_YEAR,
    day_pattern="d MMMM 'năm' y",  # CLDR has a comma before the year, but "tháng 2 năm 1979" without the day
)

_ARABIC_ORDINALS: Final = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"),
    *("الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر", "السادس عشر", "السابع عشر"),
    *("الثامن عشر", "التاسع عشر", "العشرون", "الحادي والعشرون"),
)

_ARABIC: Final = Words(
    circa="نحو {the}",
    circa_inside="نحو {plain}",
    perhaps="ربما {the}",
    doubt="{plain}؟",
    until="حتى {the}",
    until_about="حتى {plain}",
    since="منذ {the}",
    or_before="{plain} أو قبل ذلك",
    or_after="{plain} أو بعد ذلك",
    and_before="{plain} وما قبل ذلك",
    and_after="{plain} وما بعد ذلك",
    between="بين {0} و{1}",
    part_of_point=("أوائل {of}", "منتصف {of}", "أواخر {of}"),
    part_of_period=("أوائل {of}", "منتصف {of}", "أواخر {of}"),
    seasons=(Season("ربيع"), Season("صيف"), Season("خريف"), Season("شتاء")),
    season_of_year="{season} عام {year}",
    hemispheres=("نصف الكرة الشمالي", "نصف الكرة الجنوبي"),
    thirds_of_year=("الثلث الأول من عام {}", "الثلث الثاني من عام {}", "الثلث الأخير من عام {}"),
    halves_of_year=("النصف الأول من عام {}", "النصف الثاني من عام {}"),
    decade="{tens} القرن {century}",
    tens=(
        *("العقد الأول من", "العقد الثاني من", "عشرينيات", "ثلاثينيات", "أربعينيات"),
        *("خمسينيات", "ستينيات", "سبعينيات", "ثمانينيات", "تسعينيات"),
    ),
    century="القرن {}",
    ordinals=_ARABIC_ORDINALS,
    ordinals_oblique=(*_ARABIC_ORDINALS[:19], "العشرين", "الحادي والعشرين"),
    millennia=("الألفية الأولى", "الألفية الثانية", "الألفية الثالثة"),
    notes=(
        ("السنة غير مؤكدة", "السنة تقريبية"),
        ("الشهر غير مؤكد", "الشهر تقريبي"),
        ("اليوم غير مؤكد", "اليوم تقريبي"),
    ),
    day_of_unknown_month="اليوم {} من شهر غير معروف",
    unknown="تاريخ غير معروف",
    comma="، ",
    year=Cases("عام {}", "عام {}", "عام {}"),
)

WORDS: Final = MappingProxyType(
    {
        "ar": _ARABIC,
        "en": _ENGLISH,
        "en-US": replace(_ENGLISH, seasons=(Season("spring"), Season("summer"), Season("fall"), Season("winter"))),
        "es": _SPANISH,
        "fr": _FRENCH,
        "vi": _VIETNAMESE,
    }
)
"""By language, or by language and territory where a territory has its own word."""
