"""What the tests of all rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import Sandbox

from toolkit.formats import Report, pdf
from toolkit.formats.pdf import conformance
from toolkit.model.diagnostics import Diagnostic, Severity, worst
from toolkit.model.printout import Printout


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what the program makes into the golden files")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Return whether golden files are to be written anew."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def conforming() -> dict[bytes, tuple[str, ...]]:
    """Return the PDFs that were checked, with what was found."""
    return {}


@pytest.fixture(autouse=True)
def every_pdf_conforms(
    conforming: dict[bytes, tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[bytes, tuple[str, ...]]]:
    """Check every PDF that a test prints in this process, and fail the test for one that is not accessible.

    A test that plants a fault empties what it is given.
    """
    made: dict[bytes, tuple[str, ...]] = {}
    write = pdf.write

    def checked(printout: Printout, report: Report) -> bytes:
        said: list[Diagnostic] = []
        data = write(printout, said.append)
        for diagnostic in said:
            report(diagnostic)
        if data and worst(said) is not Severity.ERROR:
            if data not in conforming:
                conforming[data] = tuple(f"{f.rule}: {f.message}" for f in conformance.failures(data))
            made[data] = conforming[data]
        return data

    monkeypatch.setattr(pdf, "write", checked)
    yield made
    assert [failure for found in made.values() for failure in found] == []


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Return an empty project folder."""
    return Sandbox(tmp_path)
