"""Each rule speaks of the lesson it is about, at the right place, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from sandbox import ARTICLE, LESSON, Sandbox, png

from toolkit import checks
from toolkit.checks import RULES
from toolkit.model.diagnostics import CODES, Diagnostic, Severity
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

GOOD = """\
title: The River Bends
duration: 45
pacing: [{minutes: 20, step: Read.}, {minutes: 25, step: Write.}]
standards: [{id: A.1, text: Read maps.}, {id: B.2, text: Write.}]
article: {source: {author: "Reed, Ada", licence: CC0}}
sections:
  - heading: Upstream
    vocabulary: {silt: Fine earth.}
    questions:
      - {open: Why?, answer: It is flat., depth: remember, standards: [A.1, B.2]}
      - {short: Who?, answer: Ada, depth: analyze}
      - {choose: Which?, options: [a, b], correct: a}
people: [{name: Ada, dates: 1928/..}]
date: 1953
chronology: [{date: 1939/1941, event: The dike breaks.}]
images: {map.png: {alt: A map.}}
bibliography:
  reed1950: {type: book, title: Water}
  poe1951: {type: book, title: Air, annotation: For those who want more.}
"""
WITH_MAP = ARTICLE + "\n![A map](map.png)\n\nSo it is said [@reed1950].\n"


def advice(sandbox: Sandbox, spec: str, article: str = WITH_MAP) -> list[Diagnostic]:
    file = sandbox.lesson(spec, article)
    sandbox.put("lessons/river/map.png", png())
    loaded = lesson_source.load(file, Project())
    return [loaded.positions.resolve(diagnostic) for diagnostic in checks.run(loaded.lesson)]


def told(diagnostics: list[Diagnostic]) -> list[tuple[str, str, str]]:
    """Return code, severity, and the line of the file from where each diagnostic points at."""
    return [(d.code, str(d.severity), _pointed_at(d)) for d in diagnostics]


def _pointed_at(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    assert span, f"{diagnostic.code} has no place: {diagnostic.address}"
    return Path(span.file).read_text("utf-8").split("\n")[span.line - 1][span.column - 1 :]


def test_a_good_lesson_is_told_nothing(sandbox: Sandbox) -> None:
    assert told(advice(sandbox, GOOD)) == []
    assert told(advice(sandbox, LESSON, ARTICLE)) == [], "the lesson that the other tests start from"


CASES = {
    "answers": (
        ("      - {short: Who?, answer: Ada, depth: analyze}", "      - {short: Who?, depth: analyze}"),
        [("C801", "warning", "{short: Who?, depth: analyze}")],
    ),
    "answers to open questions": (
        ("answer: It is flat., ", ""),
        [("C801", "warning", "{open: Why?, depth: remember, standards: [A.1, B.2]}")],
    ),
    "vocabulary": (
        ("{silt: Fine earth.}", "{silt: Fine earth., delta: A mouth.}"),
        [("C802", "warning", "A mouth.}")],
    ),
    "uncited": (
        ("  reed1950: {", "  lee1952: {type: book, title: Fire}\n  reed1950: {"),
        [("C803", "note", "{type: book, title: Fire}")],
    ),
    "standards": (
        ("standards: [A.1, B.2]", "standards: [A.1]"),
        [("C804", "warning", "B.2, text: Write.}]")],
    ),
    "attribution": (
        ('article: {source: {author: "Reed, Ada", licence: CC0}}', "article: article.md"),
        [("C805", "warning", "article.md")],
    ),
    "attribution without terms": (
        (", licence: CC0", ""),
        [("C805", "warning", '{source: {author: "Reed, Ada"}}')],
    ),
    "depth": (
        (", depth: analyze", ", depth: remember"),
        [("C806", "warning", "The River Bends")],
    ),
    "images": (
        ("{map.png: {alt: A map.}}", "{map.png: {alt: A map.}, old.png: {alt: Old.}}"),
        [("C807", "warning", "{alt: Old.}}")],
    ),
    "dates": (
        ("{date: 1939/1941,", "{date: 1939-41,"),
        [("C809", "warning", "1939-41, event: The dike breaks.}]")],
    ),
    "dates of people": (
        ("dates: 1928/..", "dates: 1928-41"),
        [("C809", "warning", "1928-41}]")],
    ),
    "dates of the lesson": (
        ("date: 1953\n", "date: 1939-41\n"),
        [("C809", "warning", "1939-41")],
    ),
    "adaptation": (
        ("licence: CC0}", "licence: CC BY-ND 4.0, adapted: Cut.}"),
        [("C830", "warning", "Cut.}}")],
    ),
    "adaptation by leaving out": (
        ("licence: CC0}}", "licence: Creative Commons NoDerivs}, omit: [Downstream]}"),
        # The map stands in that section.
        [("C807", "warning", "{alt: A map.}}"), ("C830", "warning", "[Downstream]}")],
    ),
    "adaptation by excerpts": (
        (
            "licence: CC0}}\nsections:\n  - heading: Upstream\n",
            'licence: CC BY-NC-ND}}\nsections:\n  - heading: Upstream\n    excerpt: "1"\n',
        ),
        [("C830", "warning", '{source: {author: "Reed, Ada", licence: CC BY-NC-ND}}')],
    ),
    "capitals": (
        (
            "bibliography:\n  reed1950: {type: book, title: Water}",
            "style: apa\nbibliography:\n  reed1950: {type: book, title: The Water and the Land}",
        ),
        [("C831", "note", "The Water and the Land}")],
    ),
    "pacing": (
        ("minutes: 20", "minutes: 15"),
        [("C808", "warning", "[{minutes: 15, step: Read.}, {minutes: 25, step: Write.}]")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_speaks_where_it_must(sandbox: Sandbox, name: str) -> None:
    (old, new), expected = CASES[name]
    assert old in GOOD
    assert told(advice(sandbox, GOOD.replace(old, new))) == expected


def test_every_rule_has_a_case_and_speaks_with_its_own_code() -> None:
    assert {name.split()[0] for name in CASES} == {rule.rpartition(".")[2] for rule in RULES}
    assert {code for _, expected in CASES.values() for code, _, _ in expected} <= {c for c in CODES if c[0] == "C"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("duration: 45\n", ""),  # nothing to add up to
        ("pacing: [{minutes: 20, step: Read.}, {minutes: 25, step: Write.}]\n", ""),
        (", standards: [A.1, B.2]", ""),  # an author who ties no question to a standard does not use them so
        (", depth: remember, standards", ", standards"),
        ("  reed1950: {type: book, title: Water}\n", "  reed1950: {type: book, title: Water, annotation: More.}\n"),
        ("silt: Fine earth.", "SILT: Fine earth."),
    ],
)
def test_a_rule_is_silent_where_it_has_nothing_to_say(sandbox: Sandbox, old: str, new: str) -> None:
    assert old in GOOD
    assert told(advice(sandbox, GOOD.replace(old, new))) == []


def test_a_source_cited_by_an_event_or_a_field_is_cited(sandbox: Sandbox) -> None:
    spec = "title: T\narticle: {source: {author: A, licence: L}}\n"
    spec += "bibliography: {one: {type: book, title: A}, two: {type: book, title: B}}\n"
    spec += 'chronology: [{date: 1950, event: It broke., cite: "one, 3"}]\npeople: [{name: Ada, note: "See [@two]."}]\n'
    assert told(advice(sandbox, spec, ARTICLE)) == []


def test_advice_never_stops_a_build(sandbox: Sandbox) -> None:
    for (old, new), _ in CASES.values():
        assert Severity.ERROR not in {d.severity for d in advice(sandbox, GOOD.replace(old, new))}
