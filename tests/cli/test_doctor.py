"""The doctor looks at this machine; what it would say of a sick one is tried with needs that nothing meets."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli import doctor, probes
from toolkit.cli.probes import Finding, Need
from toolkit.resources import templates

APT_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"  # the smallest set that Debian 12 and 13 need


def absent(name: str) -> Need:
    """Return the need of library `name`, with a file name that no machine has."""
    need = next(need for need in probes.needs() if need.name == name)
    return dataclasses.replace(need, linux=f"lib{name}-absent.so.0", macos=f"lib{name}-absent.0.dylib")


def test_a_machine_that_runs_these_tests_lacks_nothing() -> None:
    result = CliRunner().invoke(doctor.command, ["--json"])
    report = json.loads(result.stdout)
    assert result.exit_code == 0, result.stdout
    assert report["ok"] is True
    names = [finding["name"] for finding in report["findings"]]
    assert names[:7] == ["Python", "glib", "pango", "pangoft2", "harfbuzz", "harfbuzz-subset", "fontconfig"]
    assert {"weasyprint", "python-docx", "bundled fonts", "trial page", "soffice", "verapdf"} <= set(names)
    assert {finding["status"] for finding in report["findings"]} <= {"ok", "optional"}


@pytest.mark.parametrize("name", ["glib", "pango", "harfbuzz", "fontconfig"])
def test_libraries_tell_their_versions(name: str) -> None:
    found = {finding.name: finding for finding in probes.libraries(probes.needs(), "")}
    assert [part.isdigit() for part in found[name].detail.split(".")] == [True, True, True]


def test_a_library_that_does_not_open_is_missing_with_its_remedy() -> None:
    (finding,) = probes.libraries([absent("pango")], "apt")
    assert (finding.status, finding.name) == ("missing", "pango")
    assert finding.remedy == "apt-get install --no-install-recommends libpango-1.0-0"


def test_without_a_package_manager_the_remedy_is_in_words() -> None:
    (finding,) = probes.libraries([absent("pango")], "")
    assert finding.remedy == "install pango with the machine's package manager"


def test_what_is_missing_together_is_one_command() -> None:
    libraries = [need for need in probes.needs() if need.kind == "library"]
    assert probes.install_command("apt", libraries).endswith(APT_PACKAGES)
    assert probes.install_command("dnf", libraries) == "dnf install glib2 pango harfbuzz fontconfig"
    assert all(probes.install_command(manager, libraries) for manager in probes.MANAGERS)


def test_a_package_manager_is_found_on_path() -> None:
    assert probes.package_manager(which=lambda name: f"/bin/{name}" if name == "zypper" else None) == "zypper"
    assert probes.package_manager(which=lambda name: f"/bin/{name}" if name == "apt-get" else None) == "apt"
    assert probes.package_manager(which=lambda _: None) == ""
    assert probes.package_manager(which=lambda name: f"/bin/{name}", system="darwin") == "brew"


def test_an_old_python_is_missing() -> None:
    finding = probes.python(probes.needs(), "apt", (3, 10))
    assert finding.status == "missing"
    assert finding.detail == "3.10, older than 3.11"
    assert finding.remedy.endswith("python3 python3-venv")


def test_every_requirement_of_the_project_is_looked_at() -> None:
    names = {finding.name for finding in probes.distributions(probes.requirements())}
    assert {"babel", "click", "jinja2", "lxml", "markdown-it-py", "pillow", "pydantic", "weasyprint"} <= names


def test_a_distribution_that_is_absent_or_too_old_is_missing() -> None:
    absent, old, fine = probes.distributions(["no-such-distribution>=1", "click>=8.2,<8.2.1", "click"])
    assert (absent.status, absent.detail) == ("missing", "not installed (>=1 needed)")
    assert old.status == "missing"
    assert old.detail.endswith("but >=8.2,<8.2.1 is needed")
    assert fine.status == "ok"


@pytest.mark.parametrize(
    ("version", "wanted", "answer"),
    [
        ("70.0", ">=70,<71", True),
        ("71", ">=70,<71", False),
        ("70.10", ">=70.9", True),
        ("3.1.6", ">=3.1.6", True),
        ("3.1.5", ">=3.1.6", False),
        ("8.2", "==8.2.0", True),
        ("8.2.1", "!=8.2.1", False),
        ("13.0.0rc1", ">=13", True),
        ("2", ">1, <=2", True),
        ("1", "", True),
    ],
)
def test_versions_are_compared_by_number(version: str, wanted: str, answer: bool) -> None:
    assert probes.satisfies(version, wanted) is answer


def test_an_operator_that_is_not_known_is_told() -> None:
    with pytest.raises(ValueError, match="~=1"):
        probes.satisfies("1", "~=1")


def test_bundled_fonts_are_counted_and_missed(tmp_path: Path) -> None:
    assert probes.fonts(templates()).status == "ok"
    (tmp_path / "fonts").mkdir()
    assert probes.fonts(tmp_path).status == "missing"


@pytest.mark.parametrize(
    ("code", "seconds", "detail"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", 30.0, "the page engine was ended by signal 11"),
        ("import time; time.sleep(60)", 0.2, "no page after 0.2 seconds"),
        ("raise OSError('cannot load library pango')", 30.0, "OSError: cannot load library pango"),
        ("raise SystemExit(7)", 30.0, "exit status 7"),
    ],
)
def test_a_page_engine_that_dies_hangs_or_fails_is_missing(code: str, seconds: float, detail: str) -> None:
    finding = probes.trial(code, seconds)
    assert (finding.status, finding.detail) == ("missing", detail)


def test_an_absent_tool_is_optional_with_its_remedy() -> None:
    found = {finding.name: finding for finding in probes.tools(probes.needs(), "apt", which=lambda _: None)}
    assert {finding.status for finding in found.values()} == {"optional"}
    assert found["pdftoppm"].remedy == "apt-get install --no-install-recommends poppler-utils"
    assert "verapdf.org" in found["verapdf"].remedy


def test_text_is_aligned_grouped_and_80_columns_wide() -> None:
    libraries = probes.libraries([absent("pango"), absent("harfbuzz-subset"), absent("fontconfig")], "apt")
    long = Finding("Python packages", "weasyprint", "missing", "not installed " * 9, "python -m pip install x " * 5)
    text = doctor.as_text([probes.python((), "apt"), *libraries, long], "apt")
    assert max(map(len, text.splitlines())) <= doctor.WIDTH
    assert text.count("\nSystem libraries\n") == 1
    assert "Missing: pango, harfbuzz-subset, fontconfig, weasyprint." in text
    together = " ".join(text.partition("at once:")[2].split())
    assert together == ("apt-get install --no-install-recommends libpango-1.0-0 libharfbuzz-subset0 libpangoft2-1.0-0")
    assert not doctor.healthy(libraries)


def test_the_doctor_loads_neither_weasyprint_nor_python_docx() -> None:
    code = "import sys, toolkit.cli.doctor as d; d.examine(); print({'weasyprint', 'docx', 'cffi'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_pandoc_tells_its_version_and_one_that_does_not_start_is_missing() -> None:
    found = probes.pandoc()
    assert (found.status, found.name) == ("ok", "pandoc")
    assert found.detail[0].isdigit()
    broken = probes.pandoc("raise SystemExit('pandoc: no such file')")
    assert (broken.status, broken.detail) == ("missing", "pandoc: no such file")
