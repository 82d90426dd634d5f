"""A run of all tests runs all tests: pytest passes over folders by their names, and says nothing of it."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from sandbox import REPOSITORY


def test_no_folder_with_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    passed = pytestconfig.getini("norecursedirs")
    tests = REPOSITORY / "tests"
    files = [path.relative_to(tests) for path in tests.rglob("test_*.py")]
    assert len({file.parent for file in files}) > 10
    hidden = [file for file in files for part in file.parent.parts if any(fnmatchcase(part, one) for one in passed)]
    assert hidden == []
    assert pytestconfig.getini("testpaths") == ["tests"]
