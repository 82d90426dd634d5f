"""Entries of encyclopedias with other subjects, written for this: what is read of each is in a file beside it.

`pytest tests/articles --accept` writes these files; read the difference before you commit it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import drafted
import pytest

from toolkit.articles import encyclopedia
from toolkit.articles.manuscript import Manuscript
from toolkit.articles.readers import guess
from toolkit.articles.sources import Source

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.txt"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_entry_is_read_as_it_was_by_eye(path: Path, *, accept: bool) -> None:
    source = Source(path.name, path.read_bytes())
    assert guess(source) == "encyclopedia"
    manuscript = encyclopedia.read(source)
    drafted.check(source, manuscript)
    told = json.dumps(_told(manuscript, source), indent=1, ensure_ascii=False) + "\n"
    golden = path.with_suffix(".json")
    if accept:
        golden.write_text(told, encoding="utf-8")
    assert golden.read_text("utf-8") == told


def test_there_are_five() -> None:
    assert len(EXAMPLES) >= 5


def _told(manuscript: Manuscript, source: Source) -> dict[str, Any]:
    told = {key: value for key, value in asdict(manuscript).items() if value and key not in ("pieces", "blocks")}
    told["provenance"] = {key: value for key, value in asdict(manuscript.provenance).items() if value}
    told["blocks"] = [f"{b.shape} {b.lines[0]}: {b.markdown}" for b in manuscript.blocks]
    told["removed"] = [
        f"line {p.line}: {source.lines[p.line - 1][p.start : p.end]!r}: {p.about}"
        for p in manuscript.pieces
        if p.fate == "removed"
    ]
    return told
