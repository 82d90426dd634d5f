"""Printed references as records: all of them, or in a comment as they are printed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from toolkit.articles import cited, encyclopedia
from toolkit.articles.manuscript import Block, Manuscript, Reference
from toolkit.articles.sources import Source
from toolkit.source.yaml_text import Commented, dump
from toolkit.model.records import SourceRecord

ENTRY = Path(__file__).parents[3] / "shared/inputs/encyclopedia/vietnamese-troops-withdraw-from-cambodia.txt"


def records(*references: str, prose: str = "") -> cited.Cited:
    blocks = (Block("paragraph", prose, (1, 1)),) if prose else ()
    listed = tuple(Reference(words, line) for line, words in enumerate(references, start=7))
    return cited.records(Manuscript("txt", "The Mill", blocks=blocks, references=listed))


def test_references_are_records_with_keys_and_annotations() -> None:
    found = records(
        "Reed, Ada. Mills of the Delta. London: Water Press, 1960. Tells of the river [and its *mills*].",
        "Reed, Ada. Dikes. London: Water Press, 1960.",
    )
    assert [key for key, _ in found.records] == ["reed1960", "reed1960b"]
    first = dict(found.records)["reed1960"]
    assert isinstance(first, dict)
    assert (first["author"], first["publisher"], first["issued"]) == ("Reed, Ada", "Water Press", "1960")
    assert first["annotation"].startswith("Tells of the river")
    assert found.unread == ()


def test_names_of_the_article_keep_their_capitals() -> None:
    found = records("Reed, Ada. The Mills of Oldtown. London: Water Press, 1960.", prose="They left Oldtown in May.")
    record = dict(found.records)["reed1960"]
    assert isinstance(record, dict)
    assert record["title-sentence"] == "The mills of Oldtown"


def test_what_is_not_understood_stays_as_it_is_printed() -> None:
    strange = "Reed, Ada. Mills of the Delta. Water Press."
    found = records(strange, "***")
    (key, record), = found.records  # fmt: skip  # one record
    assert isinstance(record, Commented)
    assert strange in record.comment
    assert "line 7" in record.comment
    assert [one.line for one in found.unread] == [8]
    assert yaml.safe_load(dump({"bibliography": dict(found.records)}))["bibliography"][key]


def test_the_entry_has_six_sources() -> None:
    if not ENTRY.is_file():
        pytest.skip(f"the encyclopedia entry is not there: {ENTRY}")
    found = cited.records(encyclopedia.read(Source(ENTRY.name, ENTRY.read_bytes())))
    assert [key for key, _ in found.records] == [
        "becker1986", "coates2005", "duiker1989", "evans1990", "hiebert1989", "kiernan2004",
    ]  # fmt: skip  # a list reads better in a line
    for _, record in found.records:
        assert isinstance(record, dict)
        assert SourceRecord.model_validate(record).annotation
    becker = dict(found.records)["becker1986"]
    assert isinstance(becker, dict)
    assert (becker["original-date"], becker["issued"]) == ("1986", "1998")
