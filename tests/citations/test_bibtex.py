"""BibTeX and BibLaTeX: what becomes of an entry, and what is told of one that cannot be read."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest

from toolkit.citations.bibtex import read
from toolkit.citations.files import Place


def data(entry: str) -> dict[str, Any]:
    found = read(entry)
    assert not found.faults
    (record,) = found.records
    return record.data


def field(written: str, kind: str = "book") -> dict[str, Any]:
    """Return the data of an entry with one field, its type left out."""
    return {key: value for key, value in data(f"@{kind}{{key, {written}}}").items() if key != "type"}


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("book", "book"), ("BOOK", "book"), ("article", "article-journal"), ("incollection", "chapter"),
        ("online", "webpage"), ("phdthesis", "thesis"), ("misc", "document"), ("software", "software"),
    ],
)  # fmt: skip  # pairs read better side by side
def test_the_kind_of_a_source(kind: str, csl: str) -> None:
    assert data(f"@{kind}{{key, title = {{Rivers}}}}")["type"] == csl


def test_a_kind_that_nobody_knows_is_told() -> None:
    (record,) = read("@scroll{key, title = {Rivers}}").records
    assert record.data["type"] == "document"
    assert record.lost == ("the kind @scroll",)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("title = {The {River} Bends}", {"title": "The River Bends"}),
        ('title = "The River"', {"title": "The River"}),
        ("TITLE = {The River}", {"title": "The River"}),
        ("title = {The\n   River}", {"title": "The River"}),
        ("title = {Rivers}, subtitle = {A History}", {"title": "Rivers: A History"}),
        (r"title = {\"Uber {\'E}tudes, na{\"\i}ve \& \o{}re}", {"title": "Über Études, naïve & øre"}),
        (r"title = {Sông Cửu Long --- \emph{Mekong}}", {"title": "Sông Cửu Long — Mekong"}),
        ("pages = {12--34}", {"page": "12–34"}),
        ("pages = {12-34}", {"page": "12-34"}),
        ("journal = {Silt}, publisher = {}", {"container-title": "Silt"}),
        ("address = {Delft}", {"publisher-place": "Delft"}),
        ("url = {https://example.org/~ada/a%20b_c&d#e}", {"URL": "https://example.org/~ada/a%20b_c&d#e"}),
        ("doi = {10.1000/a_b%c}", {"DOI": "10.1000/a_b%c"}),
        ("year = 1960", {"issued": "1960"}),
        ("year = {1960~}", {"issued": "1960~"}),
        ("year = {n.d.}", {}),
        ("year = 1960, month = feb", {"issued": "1960-02"}),
        ("year = 1960, month = {February}", {"issued": "1960-02"}),
        ("year = 1960, month = 2, day = 9", {"issued": "1960-02-09"}),
        ("year = 1960, month = {soon}", {"issued": "1960"}),
        ("date = {1960-02/1961}, year = 1899", {"issued": "1960-02/1961"}),
        ("urldate = {2026-03-01}, origdate = {1889}", {"accessed": "2026-03-01", "original-date": "1889"}),
        ('title = delta # " and " # {Sons}', {"title": "delta and Sons"}),
    ],
)
def test_a_field(written: str, read_as: dict[str, str]) -> None:
    assert field(written) == read_as


def test_a_macro_and_pieces_joined_with_it() -> None:
    macro = "@string{delta = {Delta Press}}\n"
    assert data(f"{macro}@book{{key, publisher = delta}}")["publisher"] == "Delta Press"
    assert data(f"{macro}@book{{key, publisher = delta # {{, Rotterdam}}}}")["publisher"] == "Delta Press, Rotterdam"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Reed, Ada", [{"family": "Reed", "given": "Ada"}]),
        ("Ada Reed", [{"family": "Reed", "given": "Ada"}]),
        ("Reed, Jr., Ada", [{"family": "Reed", "suffix": "Jr.", "given": "Ada"}]),
        ("Ludwig van der Berg", [{"family": "Berg", "given": "Ludwig", "non-dropping-particle": "van der"}]),
        ("{United Nations}", [{"literal": "United Nations"}]),
        ("Plato", [{"literal": "Plato"}]),
        ("{Reed and Sons} and Low, Ben", [{"literal": "Reed and Sons"}, {"family": "Low", "given": "Ben"}]),
        (r"M{\"u}ller, J{\"o}rg and {\'E}mile Zola", [
            {"family": "Müller", "given": "Jörg"}, {"family": "Zola", "given": "Émile"}]),
        ("Reed, Ada, and others", [{"family": "Reed", "given": "Ada"}, {"literal": "others"}]),
        ("Nguyễn Văn An\nand  Trần Thị Bé", [
            {"family": "An", "given": "Nguyễn Văn"}, {"family": "Bé", "given": "Trần Thị"}]),
    ],
)  # fmt: skip  # pairs read better side by side
def test_names(written: str, names: list[dict[str, str]]) -> None:
    assert data(f"@book{{key, author = {{{written}}}}}")["author"] == names
    assert data(f"@book{{key, Editor = {{{written}}}}}")["editor"] == names


def test_a_report_has_a_number_and_a_journal_an_issue() -> None:
    assert field("number = {S/12}", "techreport") == {"number": "S/12"}
    assert field("number = 3", "article") == {"issue": "3"}


def test_nothing_is_left_out_silently() -> None:
    entry = "@book{key, title = {x}, file = {y}, address = {A}, location = {B}, crossref = {z}, empty = {}}"
    found = read(entry)
    (record,) = found.records
    assert sorted(record.lost) == ["file", "location"]
    assert [fault.message for fault in found.left_out] == ["there is no entry 'z', from which 'key' takes over fields"]


def test_where_things_stand() -> None:
    (first, second) = read(
        "% a comment\n@book{reed,\n  Title = {x},\n  year  = 1960\n}\n\n@book{low, title = {y}}\n"
    ).records
    assert first.place == Place(2, 1, len("@book{reed"))
    assert first.places == {"title": Place(3, 3, 5), "issued": Place(4, 3, 4)}
    assert second.place.line == 7
    assert second.places["title"] == Place(7, 12, 5)


@pytest.mark.parametrize(
    ("text", "lines", "word"),
    [
        ("Rivers, by Ada Reed\n", [1], "no entry"),
        ("", [1], "no entry"),
        ("@book{reed, title = {x}\n", [1], "no end"),
        ("\n@book{reed, title = {x\n\n@book{low, title = {y}}\n", [2], "no end"),
        ("@book{reed, title {x}}", [1], "no `=`"),
        ("@book{reed, title}", [1], "no `=`"),
        ("@book{reed,\n title = {x}\n year = {1960}}", [3], "comma"),
        ("@book{reed, title = {x}, title = {y}}", [1], "'title' stands twice"),
        ("@book{reed title = {x}}", [1], "behind the key"),
        ("@book{reed, = {x}}", [1], "name of a field"),
        ("@book{reed, title = }", [1], "a value is expected"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line(text: str, lines: list[int], word: str) -> None:
    faults = read(text).faults
    assert sorted(fault.place.line for fault in faults) == lines
    assert all(word in fault.message for fault in faults)


def test_what_can_be_read_is_read_all_the_same() -> None:
    found = read("@book{bad, title = {x\n\n@book{good, title = {y}}\n")
    assert [record.key for record in found.records] == ["good"]
    assert len(found.faults) == 1


def test_the_parsers_do_not_speak(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.INFO):
        read("@book{reed, title = {\\nosuch{x} \\begin{y}}\n@book{low, title = {}")
    assert caplog.messages == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text", ["@" * 50_000, "@a{" * 10_000, "{" * 50_000, "@book{a," + "b = {c}, " * 5_000 + "}", '"' * 50_000]
)
def test_a_hostile_file_costs_little(text: str) -> None:
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 6  # seconds of this process, whatever else the machine does
