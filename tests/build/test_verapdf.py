"""veraPDF as it answers: its command is no part of the tests' machine, so a script prints a report in its shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from sandbox import Sandbox

from toolkit.build import verapdf
from toolkit.model.diagnostics import Severity

RULE = """\
<rule specification="ISO 14289-1:2014" clause="7.2" testNumber="20" status="failed" failedChecks="8">
  <description>LI element should contain only Lbl and LBody elements</description>
  <object>SELI</object>
  <test>kidsStandardTypes.split('&amp;')</test>
  <check status="failed"><context>root/StructTreeRoot[0]/K[0](7 0 obj SEDocument)/K[3]</context></check>
</rule>
"""
REPORT = """\
<?xml version="1.0" encoding="utf-8"?>
<report>
  <buildInformation><releaseDetails id="core" version="1.28.1"/></buildInformation>
  <jobs><job>
    <item size="1"><name>checked.pdf</name></item>
    <validationReport jobEndStatus="normal" profileName="PDF/UA-1 validation profile"
        statement="PDF file is {no}compliant with Validation Profile requirements." isCompliant="{whether}">
      <details passedRules="105" failedRules="1" passedChecks="39420" failedChecks="8">{rules}</details>
    </validationReport>
  </job></jobs>
  <batchSummary totalJobs="1" failedToParse="0" encrypted="0"/>
</report>
"""
GOOD = REPORT.format(no="", whether="true", rules="")
BAD = REPORT.format(no="not ", whether="false", rules=RULE)


def told(report: str) -> list[tuple[str, str]]:
    return [(found.code, found.message) for found in verapdf.read(report.encode())]


def test_a_file_without_fault_has_nothing_to_tell() -> None:
    assert told(GOOD) == []


def test_each_broken_rule_is_told_with_its_place() -> None:
    (found,) = verapdf.read(BAD.encode())
    assert (found.code, found.severity) == ("B721", Severity.ERROR)
    assert found.message == (
        "veraPDF finds ISO 14289-1:2014 7.2-20 broken 8 times: LI element should contain only Lbl and LBody elements"
    )
    assert found.hint == "the first at StructTreeRoot[0]/K[0](7 0 obj SEDocument)/K[3]"


def test_a_verdict_without_rules_is_told_as_it_is_said() -> None:
    said = "veraPDF says: PDF file is not compliant with Validation Profile requirements."
    assert told(REPORT.format(no="not ", whether="false", rules="")) == [("B721", said)]


@pytest.mark.parametrize("report", ["", "Exception in thread main", "<report/>"])
def test_no_report_is_a_warning_and_not_the_files_fault(report: str) -> None:
    (found,) = verapdf.read(report.encode())
    assert (found.code, found.severity) == ("B721", Severity.WARNING)


def stand_in(folder: Path, report: str, code: int) -> Path:
    """Put a script called verapdf in `folder`, which keeps what it is asked and answers with `report`."""
    script = folder / "verapdf"
    (folder / "report.xml").write_text(report, "utf-8")
    script.write_text(
        f'#!/bin/sh\necho "$@" >> "{folder}/asked"\n'
        f'for last; do head -c 5 "$last" > "{folder}/head" 2>/dev/null; done\ncat "{folder}/report.xml"\nexit {code}\n'
    )
    script.chmod(0o755)
    return folder


def test_the_command_is_asked_for_pdf_ua_about_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(stand_in(tmp_path, BAD, 1)), prepend=":")
    assert len(list(verapdf.asked(b"%PDF-1.7 ..."))) == 1
    asked = (tmp_path / "asked").read_text().split()
    assert asked[:4] == ["--format", "xml", "--flavour", "ua1"]
    assert (tmp_path / "head").read_text() == "%PDF-"
    assert not Path(asked[4]).exists()


def test_without_the_command_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(verapdf.asked(b"%PDF-1.7")) == []


def test_a_build_fails_what_verapdf_finds_at_fault(
    sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.lesson()
    folder = stand_in(tmp_path_factory.mktemp("bin"), BAD, 1)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    args = ("build", "--sheet", "handout", "--edition", "student", "--format", "pdf")
    found = sandbox.run(*args, "--verify")
    assert found.code == 1
    assert "error[B721]: veraPDF finds ISO 14289-1:2014 7.2-20 broken 8 times" in found.err
    assert sandbox.files() == []
    (folder / "report.xml").write_text(GOOD)
    assert sandbox.run(*args, "--verify").code == 0
    assert sandbox.files() == ["river/handout.pdf"]
