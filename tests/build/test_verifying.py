"""`build --verify`: when a build checks what it makes, and that a file at fault is told and not stored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sandbox import Sandbox

from toolkit.build.verifying import verified, wanted
from toolkit.formats import VERIFIERS, verifier
from toolkit.formats.pdf import finisher

BUILD = ("build", "--sheet", "handout", "--edition", "student")


@pytest.mark.parametrize(
    ("asked", "project", "environment", "answer"),
    [
        (None, None, "", False),
        (None, None, "true", True),
        (None, None, "1", True),
        (None, None, "false", False),
        (None, False, "true", False),
        (None, True, "", True),
        (False, True, "true", False),
        (True, False, "", True),
    ],
)
def test_the_command_line_comes_before_the_project_and_that_before_ci(
    asked: bool | None, project: bool | None, environment: str, answer: bool
) -> None:
    assert wanted(asked, project, {"CI": environment}) is answer


def test_nothing_says_no() -> None:
    assert wanted(None, None, {}) is False


@pytest.fixture
def broken(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, every_pdf_conforms: dict[bytes, tuple[str, ...]]
) -> Iterator[Sandbox]:
    """A project with a lesson whose PDF comes out without a step of the finishing: its lists are not in order."""
    monkeypatch.delenv("CI", raising=False)
    sandbox.lesson()
    monkeypatch.setattr(finisher, "_REPAIRS", {})
    yield sandbox
    assert any(every_pdf_conforms.values())
    every_pdf_conforms.clear()


def test_a_file_at_fault_is_not_stored(broken: Sandbox) -> None:
    found = broken.run(*BUILD, "--format", "pdf", "--format", "docx", "--verify")
    assert found.code == 1
    assert "error[B720]" in found.err
    assert "header-scope of ISO 14289-1, 7.5" in found.err
    assert broken.files() == ["river/handout.docx"]


def test_unasked_it_is_stored(broken: Sandbox) -> None:
    assert broken.run(*BUILD, "--format", "pdf").code == 0
    assert broken.files() == ["river/handout.pdf"]


def test_in_ci_it_is_not(broken: Sandbox) -> None:
    assert broken.run(*BUILD, "--format", "pdf", env={"CI": "true"}).code == 1
    assert broken.run(*BUILD, "--format", "pdf", "--no-verify", env={"CI": "true"}).code == 0


def test_the_project_can_ask_for_it(broken: Sandbox) -> None:
    broken.put("hornbook.toml", "verify = true\n")
    assert broken.run(*BUILD, "--format", "pdf").code == 1


def test_formats_without_rules_pass(sandbox: Sandbox) -> None:
    sandbox.lesson()
    assert "docx" not in VERIFIERS
    assert verifier("docx") is None
    assert verified(b"", sandbox.printout(), "docx") == ()
