"""The layout of a timeline: nothing overlaps, the order is kept, nothing is farther from its place than it must be."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.chronology.timeline import APART, Entry, Page, bars_and_marks, lay_out, line_of
from toolkit.chronology.timeline_labels import NoRoomError, isotonic, place, tracks
from toolkit.chronology.timeline_scale import scale_of
from toolkit.model.dates import DISTANT_FUTURE, DISTANT_PAST, parse_edtf

HEIGHT = 560.0
SMALL = 1e-6


@st.composite
def entries(draw: st.DrawFn, most: int = 60) -> list[Entry]:
    """Return events of one to many days, years and ages, open and closed, with labels of one to many lines."""
    found = []
    around = draw(st.sampled_from([0, 700_000, -3_000_000]))
    for _ in range(draw(st.integers(1, most))):
        first = around + draw(st.one_of(st.integers(0, 400), st.integers(0, 40_000), st.integers(-900_000, 900_000)))
        last = first + draw(st.sampled_from([0, 0, 0, 29, 365, 3652]))
        span = draw(st.booleans())
        open_end = draw(st.sampled_from(["", "", "", "before", "after"])) if span else ""
        if open_end:
            first, last = (DISTANT_PAST, last) if open_end == "before" else (first, DISTANT_FUTURE)
        found.append(Entry(first, last, span, draw(st.sampled_from([13.0, 25.0, 38.0, 120.0]))))
    return found


@settings(max_examples=120, deadline=None)
@given(entries())
def test_nothing_overlaps_and_everything_is_on_the_page(events: list[Entry]) -> None:
    pages = lay_out(events, HEIGHT)
    assert sorted(placed.index for page in pages for placed in page.placed) == list(range(len(events)))
    for page in pages:
        assert page.height <= HEIGHT + SMALL
        check(page, events)
    moments = [events[placed.index].moment for page in pages for placed in page.placed]
    assert moments == sorted(moments)


def check(page: Page, events: list[Entry]) -> None:
    boxes = [(placed.top, placed.top + events[placed.index].height) for placed in page.placed]
    assert all(top >= -SMALL and foot <= page.height + SMALL for top, foot in boxes)
    assert all(foot + APART <= top + SMALL for (_, foot), (top, _) in pairwise(boxes))
    anchors = [placed.anchor for placed in page.placed]
    assert anchors == sorted(anchors), "leaders do not cross"
    for placed in page.placed:
        assert -SMALL <= placed.start <= placed.anchor + SMALL
        assert placed.anchor <= placed.end + SMALL
        assert placed.end <= page.height + SMALL
    for one, other in combinations(page.bars, 2):
        assert one.track != other.track or one.foot <= other.top + SMALL or other.foot <= one.top + SMALL
    assert all(-SMALL <= bar.top < bar.foot <= page.height + SMALL for bar in page.bars)
    ticks = [tick.at for tick in page.ticks]
    assert ticks == sorted(ticks)
    assert all(parse_edtf(tick.edtf) for tick in page.ticks if tick.edtf)
    for stretch in page.scale.stretches:
        assert any(tick.edtf and stretch.top - SMALL <= tick.at <= stretch.foot + SMALL for tick in page.ticks)


@settings(max_examples=50, deadline=None)
@given(entries(most=30))
def test_an_axis_is_to_scale_outside_its_breaks(events: list[Entry]) -> None:
    for page in lay_out(events, HEIGHT):
        assert all(
            (stretch.foot - stretch.top) == pytest.approx((stretch.last - stretch.first) * page.scale.rate, abs=0.01)
            for stretch in page.scale.stretches
        )
        ends = [(stretch.top, stretch.foot) for stretch in page.scale.stretches] + [
            (b.top, b.foot) for b in page.breaks
        ]
        assert sum(foot - top for top, foot in ends) == pytest.approx(page.height, abs=0.01)


# -- the least displacement


def best(wanted: list[int], heights: list[int], room: int) -> int:
    """Return the least sum of squared displacements of labels at whole points, by trying everything there is."""
    slack = room - sum(heights)
    offsets = [sum(heights[:n]) for n in range(len(heights))]
    rising = (c for c in product(range(slack + 1), repeat=len(heights)) if all(a <= b for a, b in pairwise(c)))
    return min(
        sum((c + offset - want) ** 2 for c, offset, want in zip(choice, offsets, wanted, strict=True))
        for choice in rising
    )


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 14), st.integers(1, 4)), min_size=1, max_size=4), st.integers(0, 7))
def test_no_other_places_are_nearer(labels: list[tuple[int, int]], slack: int) -> None:
    wanted, heights = sorted(want for want, _ in labels), [height for _, height in labels]
    found = place([float(want) for want in wanted], [float(h) for h in heights], float(sum(heights) + slack))
    cost = sum((top - want) ** 2 for top, want in zip(found, wanted, strict=True))
    assert cost <= best(wanted, heights, sum(heights) + slack) + SMALL


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=12), st.floats(-1, 1), st.data())
def test_no_step_from_the_regression_makes_it_better(values: list[float], step: float, data: st.DataObject) -> None:
    found = isotonic(values)
    assert all(a <= b + SMALL for a, b in pairwise(found))
    other = sorted(value + step * data.draw(st.floats(-1, 1)) for value in found)

    def cost(tried: list[float]) -> float:
        return sum((a - b) ** 2 for a, b in zip(tried, values, strict=True))

    assert cost(found) <= cost(other) + 1e-5


def test_labels_that_have_room_stand_where_they_belong() -> None:
    assert place([0, 40, 90], [20, 20, 20], 120) == (0, 40, 90)


def test_labels_that_want_one_place_share_the_displacement() -> None:
    assert place([50, 50, 50], [20, 20, 20], 200, apart=4) == (26, 50, 74)


def test_what_is_missing_is_said_to_the_point() -> None:
    with pytest.raises(NoRoomError) as caught:
        place([0, 0, 0], [20, 20, 20], 50, apart=4)
    assert caught.value.missing == pytest.approx(18)
    assert place([0, 0, 0], [20, 20, 20], 50 + 18, apart=4) == (0, 24, 48)


def test_a_page_that_is_given_says_what_it_lacks() -> None:
    events = [Entry(n * 365, n * 365, False, 25.0) for n in range(10)]
    with pytest.raises(NoRoomError) as caught:
        lay_out(events, 200, exact=True)
    (page,) = lay_out(events, 200 + caught.value.missing, exact=True)
    assert page.height == pytest.approx(10 * 25 + 9 * APART)


def test_a_label_that_no_page_holds_is_told() -> None:
    with pytest.raises(NoRoomError, match="60 pt"):
        lay_out([Entry(1, 1, False, 620.0)], 560)


# -- bars


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=14))
def test_bars_need_no_more_tracks_than_stand_side_by_side(spans: list[tuple[int, int]]) -> None:
    bars = [(float(start), float(start + length)) for start, length in spans]
    found = tracks(bars)
    for (a, one), (b, other) in combinations(zip(bars, found, strict=True), 2):
        assert one != other or a[1] <= b[0] or b[1] <= a[0]
    crowd = max((sum(top <= at < foot for top, foot in bars) for at in range(100)), default=0)
    assert max(found, default=-1) + 1 == crowd


# -- breaks, pages, ticks


def years(*numbers: int) -> list[tuple[float, float]]:
    dates = [parse_edtf(str(number)) for number in numbers]
    return [(float(date.earliest), date.latest + 1.0) for date in dates]


@pytest.mark.parametrize(
    ("marks", "breaks"),
    [
        ((1450, 1598, 1746, 1896), []),
        ((1715, 1884, 1977), []),
        ((1100, 1900), []),
        ((1450, 1975, 1976, 1979, 1989, 1999), [524]),
        ((1000, 1001, 1500, 1501, 1999, 2000), []),
        ((-3000, -2999, 1500, 1501, 1999, 2000), [4498, 497]),
    ],
)
def test_long_empty_time_is_left_out(marks: tuple[int, ...], breaks: list[int]) -> None:
    found = scale_of(years(*marks), HEIGHT).breaks
    assert [round(one.days / 365.2425) for one in found] == breaks


def test_pages_are_the_fewest_and_filled_alike() -> None:
    events = [Entry(700_000 + n * 100, 700_000 + n * 100, False, 25.0) for n in range(60)]
    pages = lay_out(events, HEIGHT)
    assert len(pages) == 4  # 60 labels of 29 pt, 19 to a page
    assert {len(page.placed) for page in pages} == {15}
    assert [(page.before, page.after) for page in pages] == [(False, True), (True, True), (True, True), (True, False)]


def test_pages_are_divided_where_time_is_empty() -> None:
    days = [*range(0, 1000, 100), *range(30_000, 31_200, 100)]
    pages = lay_out([Entry(day, day, False, 25.0) for day in days], HEIGHT)
    assert [len(page.placed) for page in pages] == [10, 12]


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        ("1975-04-17", "1999-03-01", [f"{year}" for year in range(1976, 1999, 2)]),
        ("1978-01-01", "1978-12-31", [*(f"1978-{month:02}" for month in range(1, 13)), "1979-01"]),
        ("1978-01-01", "1982-12-31", ["1978", "1979", "1980", "1981", "1982", "1983"]),
        ("-0499-01-01", "0300-01-01", ["-0499", "-0399", "-0299", "-0199", "-0099", "0001", "0100", "0200", "0300"]),
        ("Y-12000", "Y-10001", [*(f"Y-{year}" for year in range(11999, 10000, -200)), "-9999"]),
    ],
)
def test_round_years_are_printed(first: str, last: str, printed: list[str]) -> None:
    page = line_of(parse_edtf(first).earliest, parse_edtf(last).latest, HEIGHT)
    assert [tick.edtf for tick in page.ticks if tick.edtf] == printed


def test_a_crowd_of_marks_without_labels_has_an_axis() -> None:
    page = bars_and_marks([Entry(n, n, False, 0.0) for n in range(500)], 300)
    assert len(page.placed) == 500
    assert all(0 <= placed.anchor <= 300 for placed in page.placed)
