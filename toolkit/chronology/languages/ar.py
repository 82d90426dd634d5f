"""Words for dates in Arabic."""

from typing import Final

from toolkit.chronology.words import Cases, Season, Words

_ORDINALS: Final = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"),
    *("الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر", "السادس عشر", "السابع عشر"),
    *("الثامن عشر", "التاسع عشر", "العشرون", "الحادي والعشرون"),
)

WORDS: Final = Words(
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
    ordinals=_ORDINALS,
    ordinals_oblique=(*_ORDINALS[:19], "العشرين", "الحادي والعشرين"),
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
