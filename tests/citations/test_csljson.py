"""CSL-JSON: lists and objects of records, with the place of every key."""

from __future__ import annotations

import json
import time

import pytest

from toolkit.citations.csljson import read
from toolkit.citations.files import READERS, Place, reader


def test_a_list_of_records() -> None:
    found = read('[{"id": "reed", "type": "book", "title": "Rivers"}, {"id": 17, "type": "book", "volume": 2}]')
    assert [(record.key, record.data) for record in found.records] == [
        ("reed", {"type": "book", "title": "Rivers"}),
        ("17", {"type": "book", "volume": "2"}),
    ]
    assert found.faults == ()


def test_an_object_of_records() -> None:
    found = read('{"reed": {"id": "x", "type": "book"}, "low": {"type": "book"}}')
    assert [record.key for record in found.records] == ["reed", "low"]


@pytest.mark.parametrize("text", ["[]", " [ ] ", "{}", "\n{\n}\n"])
def test_no_records(text: str) -> None:
    assert read(text).records == ()
    assert read(text).faults == ()


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ({"date-parts": [[1960]]}, "1960"),
        ({"date-parts": [[1960, 4]]}, "1960-04"),
        ({"date-parts": [[1960, 4, 2]]}, "1960-04-02"),
        ({"date-parts": [["1960", "04", "2"]]}, "1960-04-02"),
        ({"date-parts": [[1960], [1962, 3]]}, "1960/1962-03"),
        ({"date-parts": [[79]]}, "0079"),
        ({"date-parts": [[-44, 3, 15]]}, "-0044-03-15"),
        ({"date-parts": [[1960]], "circa": True}, "1960~"),
        ({"date-parts": [[1960]], "circa": 1}, "1960~"),
        ({"date-parts": [[1960]], "circa": False}, "1960"),
        ({"date-parts": [[1960]], "season": 1}, "1960-21"),
        ({"date-parts": [[1960]], "season": "4"}, "1960-24"),
        ({"raw": "1960-04"}, "1960-04"),
        ({"literal": "spring 1960"}, "spring 1960"),
        ("1960-04", "1960-04"),
        (1960, "1960"),
    ],
)
def test_a_date(date: object, edtf: str) -> None:
    (record,) = read(json.dumps([{"id": "a", "issued": date}])).records
    assert record.data["issued"] == edtf


@pytest.mark.parametrize(
    "date",
    [{}, {"date-parts": [[]]}, {"date-parts": [[None]]}, {"date-parts": [["x"]]}, {"date-parts": [[True]]},
     {"date-parts": 1960}, {"date-parts": [[1, 2, 3, 4]]}, {"date-parts": [[123456]]}, {"date-parts": [[{}]]}],
)  # fmt: skip  # a list of mappings
def test_a_date_that_is_none_is_left_for_the_record_to_refuse(date: object) -> None:
    (record,) = read(json.dumps([{"id": "a", "issued": date}])).records
    assert not isinstance(record.data["issued"], str)


def test_other_names_and_line_ends() -> None:
    text = json.dumps(
        [{"id": "a", "note": "One.\r\nTwo.\rThree.", "shortTitle": "R", "citation-key": "a", "archive": None}]
    )
    (record,) = read(text).records
    assert record.data == {"annotation": "One.\nTwo.\nThree.", "title-short": "R", "archive": None}


def test_where_things_stand() -> None:
    text = '[\n  {"title": "\\"id\\": 1, Đê", "id": "a",\n   "note" : "x"},\n{"id": "b", "title": "a"}]'
    first, second = read(text).records
    assert first.place == Place(2, 3)
    assert first.places == {"title": Place(2, 5, 5), "annotation": Place(3, 5, 4)}
    assert second.place == Place(4, 1)
    assert second.places == {"title": Place(4, 14, 5)}


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("", Place(1), "a value is expected"),
        ("[", Place(1, 2), "a value is expected"),
        ('[{"id": "a" "b"}]', Place(1, 13), "a comma is missing"),
        ('[{"id" "a"}]', Place(1, 8), "a colon is missing"),
        ("[{id: 1}]", Place(1, 3), "a key in double quotation marks"),
        ('[{"id": "a]', Place(1, 9), "not closed"),
        ('[{"id": "a\n"}]', Place(1, 11), "a line ends"),
        ('[{"id": "\\x"}]', Place(1, 10), "no meaning"),
        ("[] []", Place(1, 4), "behind its end"),
        ("[" * 100_000, Place(1), "too deeply"),
        ("[" + "9" * 5_000 + "]", Place(1), "a number without end"),
        ('"reed"', Place(1), "a list of records"),
        ("null", Place(1), "a list of records"),
        ('{"type": "book", "title": "x"}', Place(1), "a list of records"),
        ('[{"type": "book"}]', Place(1, 2), "record 1 has no id"),
        ('[{"id": ""}]', Place(1, 2), "record 1 has no id"),
        ('[{"id": []}]', Place(1, 2), "record 1 has no id"),
        ('[{"id": true}]', Place(1, 2), "record 1 has no id"),
        ('[{"id": "a"},\n 5]', Place(2, 2), "record 2 is no record"),
        ('{"reed": 5}', Place(1, 10), "record 1 is no record"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(text: str, place: Place, word: str) -> None:
    (fault,) = read(text).faults
    assert word in fault.message
    assert fault.place == place


def test_a_large_file_costs_little() -> None:
    records = [
        {"id": f"source{n}", "type": "book", "title": "Rivers", "issued": {"date-parts": [[1960]]}}
        for n in range(2_000)
    ]
    text = json.dumps(records, indent=1)
    started = time.process_time()
    assert len(read(text).records) == 2_000
    assert time.process_time() - started < 4  # seconds of this process, whatever else the machine does


@pytest.mark.parametrize("suffix", READERS)
def test_the_table_names_what_is_there(suffix: str) -> None:
    assert callable(reader(suffix))


def test_an_ending_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        reader(".enl")
