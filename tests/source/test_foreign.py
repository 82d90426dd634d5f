"""Bibliographies of other programs become records of a lesson: all of them, or what is wrong is named at its line."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox import REPOSITORY, Sandbox

from toolkit.citations import csljson, keys, writing
from toolkit.model.diagnostics import Severity
from toolkit.model.records import Name, SourceRecord
from toolkit.source import bibliography, foreign, yaml_text

INPUTS = REPOSITORY.parent / "shared" / "inputs" / "bibliographies"
FILES = sorted([*INPUTS.glob("bib/*"), *INPUTS.glob("ris/*")])
real = pytest.mark.skipif(not FILES, reason="UNTESTED: the real bibliographies are not beside this repository")


def taken(tmp_path: Path, name: str, content: str | bytes) -> foreign.Taken:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return foreign.take([path])


def read_yaml(words: str) -> bibliography.Sources:
    return bibliography.checked(".yaml", "records.yaml", words)


def read_json(words: str) -> dict[str, SourceRecord]:
    found = csljson.read(words)
    assert not found.faults
    return {
        record.key: SourceRecord.model_validate({k: v for k, v in record.data.items() if k in bibliography.KNOWN})
        for record in found.records
    }


# -- real files


@real
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_read_or_what_is_wrong_is_named_at_its_line(path: Path) -> None:
    found = foreign.take([path])
    lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    for problem in found.problems:
        assert problem.span
        assert 1 <= problem.span.line <= max(len(lines), 1)
        assert problem.message
    assert found.records or any(p.severity is not Severity.NOTE for p in found.problems)
    assert all(1 <= loss.line <= len(lines) and loss.count > 0 for loss in found.losses)


@real
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_records_of_a_real_file_keep_every_field_in_yaml_and_in_csl_json(path: Path) -> None:
    found = foreign.take([path])
    again = read_yaml(foreign.as_yaml(found)) if found.records else read_yaml("x: {type: book, title: x}")
    assert again.problems == ()
    if found.records:
        assert dict(again.records) == found.records
    assert read_json(writing.as_csl_json(found.records)) == found.records


@real
def test_real_files_are_read_together_with_one_key_each() -> None:
    found = foreign.take(FILES)
    alone = sum(len(foreign.take([path]).records) for path in FILES)
    # Files that hold one record twice give it once.
    same = sum("stands twice" in problem.message and "kept" in problem.hint for problem in found.problems)
    assert len(found.records) + same >= alone
    assert len(found.records) > 900
    assert all(map(keys.valid, found.records))


# -- the round trip of any record

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
NAMES = st.one_of(
    st.builds(lambda family, given: {"family": family, "given": given}, LINES, LINES),
    st.builds(lambda literal: {"literal": literal}, LINES),
    st.fixed_dictionaries(
        {"family": LINES},
        optional={
            "given": LINES, "suffix": WORDS, "non-dropping-particle": WORDS, "dropping-particle": WORDS, "script": WORDS
        },
    ),
)  # fmt: skip  # reads as a table
DATES = st.sampled_from(
    ["1986", "1989-09", "1989-06-29", "1978~", "1975/1979", "1975~/1979~", "1989-21", "1989?", "198X", "-0043",
     "../1989", "1978-12/1979-01", "[1667,1668]", "1975/1979~"]
)  # fmt: skip  # reads better in lines


def _value(name: str) -> st.SearchStrategy[Any]:
    annotation = str(SourceRecord.model_fields[name].annotation)
    if "Name" in annotation:
        return st.lists(NAMES, min_size=1, max_size=3)
    if "HistoricalDate" in annotation:
        return DATES
    if name == "kind":
        return st.sampled_from(["primary", "secondary", "audiovisual"])
    if name == "url":
        return st.just("https://example.org/a?b=c%20d#e")
    if name in {"abstract", "annotation"}:
        return st.lists(
            st.from_regex(r"[a-zé]{1,9}( [a-z:'0-9]{1,9}){0,4}", fullmatch=True), max_size=3, min_size=1
        ).map("\n\n".join)
    return LINES


_KEYS = {field.alias or name: name for name, field in SourceRecord.model_fields.items() if name != "type"}
RECORDS = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "chapter", "webpage"]), "title": LINES},
    optional={key: _value(name) for key, name in _KEYS.items() if key != "title"},
)


@settings(max_examples=120, deadline=4000)
@given(RECORDS)
def test_any_record_is_the_same_again_from_yaml_and_csl_json(data: dict[str, Any]) -> None:
    record = SourceRecord.model_validate(data)
    words = yaml_text.dump({"reed1960": writing.plain(record)})
    found = read_yaml(words)
    assert found.problems == ()
    assert dict(found.records) == {"reed1960": record}
    data_again = read_json(writing.as_csl_json({"reed1960": record}))["reed1960"]
    if record.annotation is None or not csljson._CHEAT.search(record.annotation):
        assert data_again == record


# -- what is wrong


@pytest.mark.parametrize(
    ("name", "content", "place", "said"),
    [
        ("a.bib", "@book{reed,\n  title = {x}\n  year = 1960}", (3, 3), "a comma is missing"),
        ("a.bib", "  @book{reed,\n     title {x}}", (2, 6), "no `=`"),
        ("a.bib", "   @book{reed, title = {x}\n", (1, 4), "no end"),
        ("a.bib", "@book{reed, title = {x}, title = {y}}", (1, 26), "'title' stands twice"),
        ("a.bib", "@book{reed, title = {x},\n url = {javascript:1}}", (2, 2), "`URL` is not kept"),
        ("a.bib", "@book{reed, title = {x},\n year = {sometime in 60}}", (2, 2), "`issued` is not kept"),
        ("a.bib", "@book{reed,\n year = 1960}", (1, 1), "'reed' has no title"),
        ("a.ris", "TY  - BOOK\nTI  - x\n", (1, 1), "no end"),
        ("a.ris", "\nTI  - x\nER  - \n", (2, 1), "begins with its kind"),
        ("a.ris", "PT J\nAU Reed\n", (1, 1), "Web of Science"),
        ("a.json", '[{"id": "a", "type": "book", "title": "x"\n "b"}]', (2, 2), "a comma is missing"),
        ("a.json", '[{"id": "a",\n "type": "tome", "title": "x"}]', (2, 3), "`type` is not kept"),
        ("a.txt", "nothing of the kind", (1, 1), "no bibliography file"),
        ("a.bib", b"@book{reed,\n title = {\xdcber}}", (2, 11), "not UTF-8"),
        ("a.bib", b"@book{reed,\n title = {x\x07}}", (2, 12), "control character"),
        ("a.bib", b"\xff\xfe@\x00b\x00", (1, 1), "UTF-16"),
        ("missing/a.bib", None, (1, 1), "no such file"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, name: str, content: str | bytes | None, place: tuple[int, int], said: str
) -> None:
    found = foreign.take([tmp_path / name]) if content is None else taken(tmp_path, name, content)
    told = [(p.span.line, p.span.column) for p in found.problems if p.span and said in p.message]
    assert told == [place], [p.message for p in found.problems]


def test_what_is_not_kept_is_named_with_its_line(tmp_path: Path) -> None:
    found = taken(
        tmp_path, "a.bib", "@book{reed,\n title = {x},\n groups = {y},\n file = {z}}\n@book{low, title={x},\nfile={f}}"
    )
    assert [(loss.name, loss.count, loss.line) for loss in found.losses] == [("groups", 1, 3), ("file", 2, 4)]


def test_a_file_of_latin_1_and_one_of_windows_lines(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.bib", "@book{reed,\r\n title = {Études}}\r\n".encode("latin-1"))
    assert found.records["reed"].title == "Études"
    marked = taken(tmp_path, "b.ris", b"\xef\xbb\xbfTY  - BOOK\r\nTI  - Rivers\r\nID  - reed\r\nER  - \r\n")
    assert marked.records["reed"].title == "Rivers"
    assert marked.problems == []


# -- keys


@pytest.mark.parametrize(
    ("data", "taken_keys", "key"),
    [
        (
            {"author": [{"family": "Becker", "given": "E."}], "issued": "1998", "original-date": "1986"},
            (),
            "becker1986",
        ),
        ({"author": [{"family": "Đặng"}], "issued": "1960-02"}, (), "dang1960"),
        ({"author": [{"literal": "United Nations"}]}, (), "unitednations"),
        ({"editor": [{"family": "Low"}], "issued": "1960"}, {"low1960"}, "low1960b"),
        ({"editor": [{"family": "Low"}], "issued": "1960"}, {"low1960", "low1960b"}, "low1960c"),
        ({"title": "The Red River", "issued": "1960"}, (), "river1960"),
        ({"title": "周達觀"}, (), "source"),
        ({}, {"source"}, "sourceb"),
    ],
)
def test_a_key_is_made_of_author_and_year(data: dict[str, Any], taken_keys: set[str], key: str) -> None:
    assert keys.made(data, taken_keys) == key
    assert keys.valid(key)


def test_records_that_stand_twice(tmp_path: Path) -> None:
    one, other = (
        "@book{reed, title = {x}, author = {Ada Reed}, year = 1960}\n",
        "@book{reed, title = {y}, author={A. Low}}",
    )
    assert list(taken(tmp_path, "a.bib", one + one).records) == ["reed"]
    found = taken(tmp_path, "a.bib", one + other)
    assert list(found.records) == ["reed", "low"]
    assert [p.code for p in found.problems] == ["L208"]


def test_a_made_key_leaves_the_keys_of_the_file_alone(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.bib", "@book{, title = {x}, author = {Ada Reed}}\n@book{reed, title = {y}}")
    assert {key: record.title for key, record in found.records.items()} == {"reedb": "x", "reed": "y"}


# -- what it costs


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.bib", "@book{reed, title = {" + "x" * 5_000_000 + "}}"),
        ("a.bib", "@book{reed, title = {" + '{\\"u}' * 1_000_000 + "}}"),
        ("a.bib", "@book{a, title={x}}" * 40_000),
        ("a.bib", "@" * 5_000_000),
        ("a.ris", "TY  - BOOK\nTI  - " + "x" * 5_000_000 + "\nER  - \n"),
        ("a.ris", "TY  - BOOK\nTI  - x\n" + "more\n" * 500_000),
        ("a.json", '[{"id": "a", "type": "book", "title": "' + "x" * 5_000_000 + '"}]'),
    ],
    ids=["line.bib", "accents.bib", "entries.bib", "signs.bib", "line.ris", "lines.ris", "line.json"],
)
def test_five_megabytes_cost_seconds(tmp_path: Path, name: str, content: str) -> None:
    started = time.process_time()
    foreign.as_yaml(taken(tmp_path, name, content))
    assert time.process_time() - started < 20  # seconds of this process


# -- the command


def test_the_command_prints_records_that_a_lesson_can_hold(sandbox: Sandbox) -> None:
    sandbox.put(
        "library.bib", "@book{reed1960, title = {Rivers}, author = {Reed, Ada}, year = 1960, publisher = {Delta}}"
    )
    result = sandbox.run("cite", "import", "library.bib")
    assert (result.code, result.err) == (0, "1 record\n")
    assert result.out == (
        "reed1960:\n  type: book\n  title: Rivers\n  author: Reed, Ada\n  issued: 1960\n  publisher: Delta\n"
    )


def test_the_command_writes_a_file_and_not_over_one(sandbox: Sandbox) -> None:
    sandbox.put("a.ris", "TY  - BOOK\nTI  - Rivers\nAU  - Reed, Ada\nPY  - 1960\nXX  - y\nER  - \n")
    result = sandbox.run("cite", "import", "a.ris", "-o", "sources.json")
    assert result.code == 0
    assert "a.ris: not kept: XX (1 record, on line 5)" in result.err
    assert json.loads((sandbox.root / "sources.json").read_text())[0]["id"] == "reed1960"
    assert sandbox.run("cite", "import", "a.ris", "-o", "sources.json").code == 2
    assert sandbox.run("cite", "import", "a.ris", "-o", "sources.json", "--force").code == 0


def test_the_command_fails_where_something_is_broken_and_keeps_the_rest(sandbox: Sandbox) -> None:
    sandbox.put("a.bib", "@book{low, title = {x\n\n@book{reed, title = {Rivers}}\n")
    result = sandbox.run("cite", "import", "a.bib", "missing.bib")
    assert result.code == 1
    assert result.out == "reed: {type: book, title: Rivers}\n"
    assert "a.bib:1:1: error[S501]" in result.err
    assert "missing.bib:1:1: error[Y101]" in result.err


def test_names_keep_their_parts() -> None:
    record = SourceRecord.model_validate(
        {
            "type": "book",
            "title": "x",
            "author": ["Reed, Ada, Jr.", {"family": "周", "given": "達觀", "script": "周達觀"}],
        }
    )
    assert record.author
    assert record.author[0] == Name(family="Reed", given="Ada", suffix="Jr.")
    assert record.author[1].script == "周達觀"
