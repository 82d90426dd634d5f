"""The lock files hold what pyproject.toml asks for, agree with each other, and name no place of their making."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")


def pins(name: str) -> dict[str, str]:
    """Return the canonical name and version of each package in lock file `name`."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(pin[1]): pin[2] for pin in re.finditer(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


def test_the_locks_satisfy_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        LOCKS[0]: project["dependencies"],
        LOCKS[1]: [*project["dependencies"], *project["optional-dependencies"]["test"]],
    }
    for lock, lines in asked.items():
        have = pins(lock)
        unmet = [
            line
            for line in map(Requirement, lines)
            if not line.specifier.contains(have.get(canonicalize_name(line.name), "0"))
        ]
        assert unmet == [], f"{lock}: renew it with `make lock`"


def test_the_tests_lock_holds_the_same_versions() -> None:
    runtime, test = (pins(lock) for lock in LOCKS)
    assert runtime.items() <= test.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_tells_how_to_renew_it_and_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "make lock" in text[:200]
    assert "://" not in text
    assert not re.search(r"(^|\s)/\w", text)
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
