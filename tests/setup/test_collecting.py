"""A run of all tests runs all tests: pytest passes over folders by their names, and says nothing of it."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from sandbox import REPOSITORY

TESTS = REPOSITORY / "tests"


def test_no_folder_with_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    passed = pytestconfig.getini("norecursedirs")
    files = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]
    assert len({file.parent for file in files}) > 10
    hidden = [file for file in files for part in file.parent.parts if any(fnmatchcase(part, one) for one in passed)]
    assert hidden == []
    assert pytestconfig.getini("testpaths") == ["tests"]


def test_the_files_that_take_longest_are_there_and_come_first(pytestconfig: pytest.Config) -> None:
    shared = pytestconfig.pluginmanager.get_plugin(str(TESTS / "conftest.py"))
    assert shared
    names = [path.name for path in TESTS.rglob("test_*.py")]
    assert sorted(shared.LONGEST) == sorted(set(shared.LONGEST) & set(names))

    class Item:
        def __init__(self, name: str) -> None:
            self.path = TESTS / name

    first, second, *_ = shared.LONGEST
    items = [Item(name) for name in ("test_a.py", second, "test_b.py", first, "test_a.py")]
    shared.pytest_collection_modifyitems(items)
    assert [item.path.name for item in items] == [first, second, "test_a.py", "test_b.py", "test_a.py"]
