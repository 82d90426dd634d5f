"""What the tests of all rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest
from sandbox import Sandbox


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what the program makes into the golden files")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Return whether golden files are to be written anew."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Return an empty project folder."""
    return Sandbox(tmp_path)
