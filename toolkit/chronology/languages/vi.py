"""Words for dates in Vietnamese."""

from typing import Final

from toolkit.chronology.words import ROMAN, Cases, Season, Words

_YEAR: Final = Cases("năm {}", "năm {}", "năm {}")

WORDS: Final = Words(
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
    ordinals=ROMAN,
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
    year=_YEAR,
    day_pattern="d MMMM 'năm' y",  # CLDR has a comma before the year, but "tháng 2 năm 1979" without the day
)
