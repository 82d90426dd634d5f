"""Every bad example is answered with the words in its text file, at the right place, in every format."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import bad_lessons
import pytest
from sandbox import Sandbox

from toolkit.cli import report
from toolkit.model.diagnostics import Severity

NAMES = bad_lessons.names()
SLOWEST = 4.0  # seconds; two are promised, the rest is for a machine that is at work
PLACE = re.compile(r"^(?P<file>[^\n:]+):(?P<line>\d+):(?P<column>\d+): (?P<severity>\w+)\[(?P<code>\w+)\]: \S", re.M)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told(name: str, tmp_path: Path, accept: bool) -> None:  # noqa: FBT001  # a fixture
    file = bad_lessons.lay_out(name, tmp_path)
    started = time.monotonic()
    diagnostics = bad_lessons.found(file, tmp_path)
    seconds = time.monotonic() - started

    told = bad_lessons.shown(diagnostics, tmp_path)
    expected = bad_lessons.expected(name)
    if accept:
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    assert seconds < SLOWEST
