"""The CSL test-suite through our interface: no case crashes, and as many pass as a peer's reader would expect."""

from __future__ import annotations

import csl_suite
import pytest
from sandbox import REPOSITORY

SUITE = REPOSITORY.parent / "shared" / "inputs" / "csl-test-suite"
RATE = 0.88  # of all cases, by text; the engine's own figure for its output is 0.92


def test_the_suite_passes_as_far_as_it_did() -> None:
    cases = list(csl_suite.cases(SUITE))
    if not cases:
        pytest.skip(f"the CSL test-suite is not at {SUITE.relative_to(REPOSITORY.parent)}")
    outcomes = [csl_suite.run(case) for case in cases]
    assert len(cases) > 800
    assert [outcome.case.name for outcome in outcomes if outcome.result == "error"] == []
    passed = sum(outcome.result == "pass" for outcome in outcomes)
    assert passed / len(cases) >= RATE, csl_suite.rates(outcomes)


def test_the_text_of_a_result_is_compared_without_its_marks() -> None:
    assert (
        csl_suite.bare('<div class="csl-entry">A <i>b</i> &amp; <span>c</span></div>\n<div>d &lt; e</div>')
        == "A b & c d < e"
    )
