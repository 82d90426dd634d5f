"""Compiled templates are kept, and never believed where they are not of the template as it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from toolkit import resources
from toolkit.formats.html.bytecode import Kept


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that compiled templates are kept in, as Python keeps modules."""
    monkeypatch.setattr(resources, "_compiled", lambda key: tmp_path / "kept" / f"{key}.jinja")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def environment(template: str) -> Environment:
    return Environment(loader=DictLoader({"page": template}), bytecode_cache=Kept(), autoescape=True)


def page(template: str) -> str:
    return environment(template).get_template("page").render(name="Mekong")


def test_what_was_compiled_is_not_compiled_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page("The {{ name }}") == "The Mekong"
    (kept,) = folder.iterdir()
    assert kept.suffix == ".jinja"
    again = environment("The {{ name }}")
    monkeypatch.setattr(again, "_compile", lambda *_: pytest.fail("it was compiled again"))
    assert again.get_template("page").render(name="Red River") == "The Red River"


def test_a_template_that_was_changed_is_compiled_again(folder: Path) -> None:
    assert page("The {{ name }}") == "The Mekong"
    assert page("{{ name }} delta") == "Mekong delta"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("damage", ["", "not compiled", "cut", "turned", "pickle"])
def test_a_damaged_file_is_replaced(folder: Path, damage: str) -> None:
    page("The {{ name }}")
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    bad = {"cut": whole[: len(whole) // 2], "turned": whole[:40] + whole[:39:-1], "pickle": whole[:20] + b"\xff" * 30}
    kept.write_bytes(bad.get(damage, damage.encode()))
    assert page("The {{ name }}") == "The Mekong"
    assert kept.read_bytes() == whole


def test_nothing_is_kept_where_python_may_keep_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert page("The {{ name }}") == "The Mekong"
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_costs_nothing(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    assert page("The {{ name }}") == "The Mekong"
