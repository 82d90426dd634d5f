"""Events from and to other programs' files: nothing is lost that is not named."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.chronology.html_words import letters
from toolkit.chronology.interchange import Heading, RawChronology, Written, reader, writer
from toolkit.model import markup
from toolkit.model.specification import Event

INPUTS = Path(__file__).parents[2] / "../shared/inputs"


def written(name: str, *events: Event) -> Written:
    write = writer(name)
    assert write
    return write(events, Heading("The River", "en"))


def read_again(raw: RawChronology) -> list[Event]:
    assert raw.faults == ()
    return [Event.model_validate({value.key: value.text for value in event.values}) for event in raw.events]


def event(date: str, words: str = "The dike breaks.", **more: str) -> Event:
    return Event.model_validate({"date": date, "event": words, **more})


def pairs(raw: RawChronology) -> list[tuple[str, str]]:
    """Return date and words of each event."""
    return [(str(one.date), one.event) for one in read_again(raw)]


PIECES = [*"abcdeXYZ 019,;:.'“”*_[]<>&@#|-é中ען", '"', "\\\\", "*is*", "**is**", " ", "<i>"]
WORDS = st.lists(st.sampled_from(PIECES), max_size=15).map(lambda pieces: f"a {''.join(pieces).strip()} z")
DATES = st.sampled_from(
    [
        *("1978", "1978-12", "1978-12-25", "1978~", "1978-12?", "197X", "19XX", "1989-21", "1975/1979", "1975-05/1979"),
        *("../1989", "1989/..", "1989/", "-0043-03-15", "0000", "-0326/-0320", "Y-17000", "[1667,1668]", "1985-1X"),
        *("1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T24:00:00", "1985-04-12T00:00:00", "1985-04-XX"),
        *("{1960..1962}", "1985-04-2X", "1950S2", "1984-06~/1985-01-02?", "1989-24", "0044/0045-02", "XXXX"),
    ]
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    words = draw(WORDS.filter(lambda text: _is_line(text)))
    data = {"date": draw(DATES), "event": words}
    if data["date"] in ("1978", "1978-12", "197X", "1989-21"):
        data |= {"within": "late"} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        data |= {"id": "one", "section": "Upstream", "cite": "reed1950, 3"}
    return Event.model_validate(data)


def _is_line(text: str) -> bool:
    try:
        Event.model_validate({"date": "1978", "event": text})
    except ValueError:
        return False
    return True


@settings(deadline=None)
@given(st.lists(events(), min_size=1, max_size=4))
@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_our_own_files_hold_all_of_an_event(ending: str, chronology: list[Event]) -> None:
    made = written(f"x{ending}", *chronology)
    assert made.lost == ()
    assert read_again(reader(ending)(made.text)) == chronology


@settings(deadline=None)
@given(events())
def test_timelinejs_gives_an_event_back_but_for_what_is_named(one: Event) -> None:
    made = written("x.timelinejs.json", one)
    raw = reader(".json")(made.text)
    again = read_again(raw)[0]
    lost = {line.rpartition(": ")[0] for line in made.lost}
    dates = {
        name for name in lost if name not in ("`section`", "`cite`", "a citation", "a footnote", "typewriter type")
    }
    if not dates:
        assert (again.date, again.within) == (one.date, one.within)
    else:
        assert again.date != one.date or one.within, f"{dates} are named, and nothing is lost"
        assert again.within is None
    if not dates & {"an end that is open or unknown", "a sign of doubt"}:
        assert (again.date.earliest, again.date.latest) == (one.date.earliest, one.date.latest)
    if not lost & {"a citation", "a footnote", "typewriter type"}:
        unmarked = "italics and bold" in {loss.what for loss in raw.lost}
        assert _letters(again, unmarked=unmarked) == _letters(one, unmarked=unmarked)
    assert again.id == one.id
    assert (again.section, again.cite) == (None, None)
    assert {"`section`", "`cite`"} <= lost or (one.section, one.cite) == (None, None)


def _letters(one: Event, *, unmarked: bool) -> list[tuple[str, str]]:
    """Return the letters of an event with their marks, white space left out."""
    found = letters(markup.inlines(one.event))
    return [(letter, "" if unmarked else mark) for letter, mark in found if not letter.isspace()]


@pytest.mark.parametrize(
    ("date", "start", "end", "lost"),
    [
        ("1978-12~", {"year": "1978", "month": "12"}, None, ["a sign of doubt: 1978-12~"]),
        ("197X", {"year": "1970"}, {"year": "1979"}, ["digits that are not known: 197X"]),
        ("1989/..", {"year": "1989"}, None, ["an end that is open or unknown: 1989/.."]),
        ("../1989", {"year": "1989"}, None, ["an end that is open or unknown: ../1989"]),
        ("-0043", {"year": "-44"}, None, []),
        ("-0326/-0320", {"year": "-327"}, {"year": "-321"}, []),
        ("1989-24", {"year": "1989", "month": "12"}, {"year": "1990", "month": "2"},
         ["a season or other part of the year: 1989-24"]),
        ("[1667,1670..1672]", {"year": "1667"}, {"year": "1672"},
         ["which days of its set are meant: [1667,1670..1672]"]),
        ("1985-04-12T23:20:30", {"year": "1985", "month": "4", "day": "12", "hour": "23", "minute": "20",
                                 "second": "30"}, None, []),
    ],
)  # fmt: skip  # one date a line
def test_dates_of_timelinejs(date: str, start: dict[str, str], end: dict[str, str] | None, lost: list[str]) -> None:
    made = written("x.timelinejs.json", event(date))
    slide = json.loads(made.text)["events"][0]
    assert (slide["start_date"], slide.get("end_date")) == (start, end)
    assert list(made.lost) == lost


def test_timelinejs_shows_the_date_in_words_and_names_what_it_lost_once() -> None:
    chronology = [event(f"19{n}", within="late", section="Upstream") for n in range(70, 78)]
    made = written("x.timelinejs.json", *chronology)
    data = json.loads(made.text)
    assert data["title"] == {"text": {"headline": "The River"}}
    assert data["events"][0]["display_date"] == "late 1970"
    assert made.lost == (
        "`within: late`: 1970, 1971, 1972, 1973 and 4 more",
        "`section`: 1970, 1971, 1972, 1973 and 4 more",
    )


def test_an_event_of_italics_keeps_them() -> None:
    made = written("x.timelinejs.json", event("1914", "El vapor *Ancón* inaugura el canal."))
    assert json.loads(made.text)["events"][0]["text"]["headline"] == "El vapor <i>Ancón</i> inaugura el canal."
    assert pairs(reader(".json")(made.text)) == [("1914", "El vapor *Ancón* inaugura el canal.")]


class TestPeerFiles:
    """The examples of TimelineJS, and the largest chronology at hand."""

    @pytest.fixture(autouse=True)
    def needs_the_files(self) -> None:
        if not (INPUTS / "timelines").exists():
            pytest.skip("the timelines are not here: ../shared/inputs/timelines")

    @pytest.mark.parametrize(
        ("file", "count", "first", "lost"),
        [
            (
                "timelines/women_in_computing.csv",
                10,
                "1815-12-10/1852-11-27",
                {"the title slide": 1, "links": 1, "what follows in long texts": 7, "the column 'media'": 10},
            ),
            ("timelines/timeline3.json", 13, "2012-01-03", {"the title slide": 1, "`media`": 12, "links": 11}),
            (
                "timelines/marktwain.json",
                14,
                "1908-05-13",
                {"a slide without words": 3, "`location`": 11, "the time of day": 1},
            ),
            ("chronologies/state_administrative_timeline.json", 1488, "1789-07-27", {"`display`": 1488}),
        ],
    )
    def test_are_read(self, file: str, count: int, first: str, lost: dict[str, int]) -> None:
        path = INPUTS / file
        raw = reader(path.suffix)(path.read_text("utf-8-sig"))
        short = [one for one in raw.events if all(len(value.text) <= 2_000 for value in one.values)]
        found = read_again(RawChronology(tuple(short)))
        assert (len(raw.events), str(found[0].date)) == (count, first)
        assert len(found) > 0.99 * count, "a text of more than 2,000 characters is refused with its place"
        assert lost.items() <= Counter(one.what for one in raw.lost).items()

    def test_say_what_happened_in_a_sentence_or_two(self) -> None:
        raw = reader(".json")((INPUTS / "timelines/timeline3.json").read_text("utf-8"))
        words = [one.event for one in read_again(raw)]
        assert words[-1] == ("Super Tuesday: Today, 10 states hold their caucuses and primaries. Tune in for results.")
        assert all(len(line) < 500 for line in words)


class TestReading:
    def test_a_table_with_semicolons_other_names_and_a_column_too_many(self) -> None:
        raw = reader(".csv")('Date;Mood;Description\n1978-12;sad;"It ""broke""; all of it"\n\n;;\n1979;;Peace\n')
        assert pairs(raw) == [("1978-12", 'It "broke"; all of it'), ("1979", "Peace")]
        assert [(one.what, one.place.line, one.place.column) for one in raw.lost] == [("the column 'Mood'", 1, 6)]
        assert [value.place.line for value in raw.events[1].values] == [5, 5]

    def test_a_cell_of_two_lines_moves_what_follows(self) -> None:
        raw = reader(".csv")('date,event\n1978,"It\nbroke."\n1979,Peace\n')
        assert [(v.key, v.place.line, v.place.column) for e in raw.events for v in e.values] == [
            ("date", 2, 1), ("event", 2, 6), ("date", 4, 1), ("event", 4, 6),
        ]  # fmt: skip  # two cells a line

    def test_the_older_shape_of_timelinejs(self) -> None:
        text = """{"timeline": {"headline": "Old", "type": "default", "date": [
          {"startDate": "2011,12,10", "endDate": "2011,12,11", "headline": "Rain", "text": "<p>All day.</p>",
           "asset": {"media": "x.png"}, "tag": "weather"},
          {"startDate": "-44", "headline": "Ides"}], "era": [{"a": 1}]}}"""
        raw = reader(".json")(text)
        assert pairs(raw)[0] == ("2011-12-10/2011-12-11", "Rain: All day.")
        assert pairs(raw)[1] == ("-0043", "Ides")
        assert {"the title slide", "eras", "`asset`"} <= {one.what for one in raw.lost}

    def test_the_older_table_of_timelinejs(self) -> None:
        text = "Start Date,End Date,Headline,Text,Type\n3/14/1948,,Clarke,,\n7/1943,1946,ENIAC,,\n,,Women,,title\n"
        raw = reader(".csv")(text)
        assert pairs(raw) == [("1948-03-14", "Clarke"), ("1943-07/1946", "ENIAC")]
        assert [one.what for one in raw.lost] == ["the title slide"]

    def test_times_of_day(self) -> None:
        text = "Year,Month,Day,Time,Headline\n1969,7,20,8:17 PM,Landing\n1969,7,21,02:56:15,Step\n"
        assert [date for date, _ in pairs(reader(".csv")(text))] == ["1969-07-20T20:17:00", "1969-07-21T02:56:15"]

    @pytest.mark.parametrize(
        ("suffix", "text", "message", "line"),
        [
            (".csv", "", "the table is empty", 1),
            (".csv", "name,colour\na,b\n", "the first row names the columns", 1),
            (".csv", 'date,event\n1978,"open\n1979,x\n', "this quotation mark is not closed", 2),
            (".csv", "date,event\n1978,It broke, and fell\n", "this cell is in no column", 2),
            (".json", "[1,]", "the JSON is broken here", 1),
            (".json", '{"a": 1}', "a list of events is expected", 1),
            (".json", '[\n"x"]', "event 1 is no event", 2),
            (".json", "[" * 100_000, "cannot be read", 1),
        ],
    )
    def test_a_fault_is_told_with_its_place(self, suffix: str, text: str, message: str, line: int) -> None:
        faults = reader(suffix)(text).faults
        assert [(message in fault.message, fault.place.line) for fault in faults] == [(True, line)]

    @pytest.mark.parametrize(
        ("suffix", "text"),
        [
            (".csv", "date,event\n" + "," * 300_000),
            (".csv", "date,event\n" + "\n" * 300_000),
            (".csv", "date,event\n" + '"' * 300_001),
            (".csv", "date,event\n" + '"a,' * 100_000),
            (".csv", "date,event\n" + '"a\n' * 100_000),
            (".csv", "Year,Headline\n1978," + "<i>" * 100_000),
            (".json", '[{"a": ' * 900 + "1" + "}]" * 900),
            (".json", "[" + ",".join(['{"date": "1978", "event": "x"}'] * 5_000) + "]"),
            (".json", '{"events": [' + ",".join(['{"start_date": {"year": 1}, "text": "a. B"}'] * 5_000) + "]}"),
        ],
        ids=lambda value: value[:20],
    )
    def test_hostile_files_take_no_longer_than_long_ones(self, suffix: str, text: str) -> None:
        start = time.process_time()
        assert isinstance(reader(suffix)(text), RawChronology)
        assert time.process_time() - start < 2

    def test_more_events_than_a_chronology_has(self) -> None:
        assert len(reader(".csv")("date,event\n" + "1978,x\n" * 5_001).faults) == 1
        assert len(reader(".json")(json.dumps([{"date": "1978", "event": "x"}] * 5_001)).faults) == 1

    @settings(deadline=None)
    @given(st.text("0123 ,;\t\n\"'{}[]:abdenrtyvTY-", max_size=60), st.sampled_from([".csv", ".json"]))
    def test_any_text_is_read_or_refused(self, text: str, suffix: str) -> None:
        raw = reader(suffix)(text)
        assert isinstance(raw, RawChronology)
        assert all(value.place.line <= text.count("\n") + 1 for one in raw.events for value in one.values)

    @settings(deadline=None)
    @given(st.text('date,year"\n;x1', max_size=40))
    def test_any_table_under_our_columns_is_read(self, text: str) -> None:
        for head in ("date,event\n", "Year,Headline,Text\n"):
            assert isinstance(reader(".csv")(head + text), RawChronology)
