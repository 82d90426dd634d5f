"""Dated statements of prose as events: what is kept, how it is shortened, and what a person is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.articles import encyclopedia, markdown
from toolkit.articles.happenings import Happening, happenings
from toolkit.articles.manuscript import Manuscript
from toolkit.articles.sources import Source
from toolkit.chronology.find import find
from toolkit.model.dates import parse_edtf, sort_key
from toolkit.model.markup import inlines
from toolkit.model.text import plain

ENTRY = Path(__file__).parents[3] / "shared/inputs/encyclopedia/vietnamese-troops-withdraw-from-cambodia.txt"
EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.txt"))


def drafted(text: str) -> tuple[Happening, ...]:
    return happenings(markdown.read(Source("text.md", f"# The town\n\n{text}\n".encode())))


def told(text: str) -> list[tuple[str, str]]:
    return [(one.date, one.words) for one in drafted(text)]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("The mill burned down in 1871.", [("1871", "The mill burned down.")]),
        ("On May 4, 1871, the mill burned down.", [("1871-05-04", "The mill burned down.")]),
        ("The town built a dike in the 1930s.", [("193X", "The town built a dike.")]),
        ("Beginning in May 1871, as the river rose, they left.", [
            ("1871-05", "Beginning in May 1871, as the river rose, they left."),
        ]),
        ("The ship left home in 1878, and came back in 1879.", [
            ("1878", "The ship left home."),
            ("1879", "The ship left home in 1878, and came back in 1879."),
        ]),
        ("The town asked in 1870 for a mill; the county refused in 1871.", [
            ("1870", "The town asked in 1870 for a mill."),
            ("1871", "The county refused in 1871."),
        ]),
    ],
)  # fmt: skip  # events read better in lines
def test_a_dated_statement_is_an_event(text: str, events: list[tuple[str, str]]) -> None:
    assert told(text) == events


@pytest.mark.parametrize(
    "text",
    [
        "The miller, Ada Reed (1820–1891), was rich.",
        "Her book (1871) is lost.",
        "In the nineteenth century the mill was the heart of the town.",
        "Before 1871 there was no mill in the town.",
        "Route 1812 led to the mill on page 1871.",
        "The town is old.",
    ],
)
def test_what_tells_of_no_event_is_none(text: str) -> None:
    assert told(text) == []


def test_a_heading_that_ends_in_a_date_is_an_event() -> None:
    text = "## Establishment of Relations, 1935.\n\nOn May 4, 1935, the envoy arrived in the town."
    assert [(one.date, one.words, one.section, one.line) for one in drafted(text)] == [
        ("1935", "Establishment of Relations.", "Establishment of Relations, 1935.", 3),
        ("1935-05-04", "The envoy arrived in the town.", "Establishment of Relations, 1935.", 5),
    ]


def test_a_date_that_is_completed_says_from_where() -> None:
    first, second = drafted("The mill burned down in May 1871. In August the town built another mill.")
    assert (first.doubt, second.date) == ("", "1871-08")
    assert second.doubt == "the source says only “August”; the year is from “May 1871”"


def test_years_of_one_event_that_disagree_are_marked_at_both() -> None:
    events = drafted("Troops began the invasion in late December, 1978. The 1979 invasion surprised nobody at all.")
    assert [one.date for one in events] == ["1978-12", "1979"]
    assert events[0].within == "late"
    assert all("which is right?" in one.doubt for one in events)
    assert "1979 invasion" in events[0].doubt
    assert "late December, 1978" in events[1].doubt


@pytest.mark.parametrize(
    "text",
    [
        "The town voted in the election in 1960. The 1964 election changed little in the town.",
        "The 1960 election changed little. The 1961 election changed more in the town.",
    ],
)
def test_events_that_come_again_do_not_disagree(text: str) -> None:
    assert [one.doubt for one in drafted(text)] == ["", ""]


def test_other_languages_have_no_events() -> None:
    assert (
        told("La ville construisit un moulin en mai 1871. Le moulin brûla le 4 août 1880 et la ville le pleura.") == []
    )


def test_marks_of_markdown_are_not_words_of_an_event() -> None:
    text = "In 1871, the *Gazette* wrote of a [mill](https://example.org) with 2 * 3 * 4 wheels.[^1]\n\n[^1]: A note."
    assert told(text) == [("1871", "The Gazette wrote of a mill with 2 \\* 3 \\* 4 wheels.")]


def test_a_line_without_end_is_read_in_time() -> None:
    assert len(drafted("the mill burned in 1871 and " * 3_000)) == 0
    assert len(drafted("The mill of the town burned in 1871. " * 300)) == 1  # each date and clause once


def _entries() -> list[Path]:
    return [ENTRY, *EXAMPLES]


@pytest.mark.parametrize("path", _entries(), ids=lambda path: path.stem)
def test_events_of_an_entry_say_what_it_says_in_the_order_of_time(path: Path) -> None:
    if not path.is_file():
        pytest.skip(f"the encyclopedia entry is not there: {path}")
    entry = encyclopedia.read(Source(path.name, path.read_bytes()))
    events = happenings(entry)
    assert events
    keys = [sort_key(parse_edtf(one.date), one.within or None) for one in events]
    assert keys == sorted(keys)
    prose = {block.lines[0]: block.markdown for block in entry.blocks}
    for one in events:
        left = iter(_words(prose[one.line]))
        assert all(word in left for word in _words(plain(inlines(one.words)))), one.words


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@pytest.fixture(scope="module")
def entry() -> Manuscript:
    if not ENTRY.is_file():
        pytest.skip(f"the encyclopedia entry is not there: {ENTRY}")
    return encyclopedia.read(Source(ENTRY.name, ENTRY.read_bytes()))


def test_every_date_of_the_encyclopedia_entry_is_an_event(entry: Manuscript) -> None:
    prose = "\n\n".join(block.markdown for block in entry.blocks if block.shape == "paragraph")
    found = sorted((one.edtf, one.within or "") for one in find(prose, context=parse_edtf(entry.date)))
    assert len(found) == 30  # one more, 1989, is in the summary
    assert sorted((one.date, one.within) for one in happenings(entry)) == found


def test_the_entry_disagrees_with_itself_on_the_invasion(entry: Manuscript) -> None:
    marked = [one for one in happenings(entry) if "which is right?" in one.doubt]
    assert [one.date for one in marked] == ["1978-12", "1979", "1979"]
