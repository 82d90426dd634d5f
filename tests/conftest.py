"""What the tests of all rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from sandbox import Sandbox

from toolkit.formats import Report, pdf
from toolkit.formats.pdf import conformance
from toolkit.model.diagnostics import Diagnostic, Severity, worst
from toolkit.model.printout import Printout

# The files that take longest, the longest first. Tests that are spread over workers are over when the last file is:
# what takes long must not begin late.
LONGEST: Final = (
    "test_faults.py", "test_readme.py", "test_concurrent_builds.py", "test_cache.py", "test_real_input.py",
    "test_setup_script.py", "test_docx_office_edits.py", "test_appearance.py", "test_never_split.py", "test_layout.py",
    "test_docx_render.py", "test_staleness.py", "test_docx_edit_fuzz.py", "test_workers.py", "test_readers.py",
    "test_booklet.py", "test_presentations.py", "test_import_command.py", "test_version_files.py", "test_terminal.py",
    "test_csl_benchmark.py", "test_packaging.py", "test_cluster.py",
)  # fmt: skip  # a list of names reads better in lines


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the files that take longest first."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


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
