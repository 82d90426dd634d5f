"""Each rule speaks of the lesson it is about, at the right place, and of no other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
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
  reed1950: {type: book, title: Water, author: "Reed, Ada", publisher: Delta, issued: 1950, ISBN: 978-0-89680-159-2}
  poe1951: {type: book, title: Air, publisher: Delta, issued: 1951, annotation: For those who want more.}
"""
WITH_MAP = ARTICLE + "\n![A map](map.png)\n\nSo it is said [@reed1950].\n"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be 20 November 2026, whatever the day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795150000")


def advice(sandbox: Sandbox, spec: str, article: str = WITH_MAP) -> list[Diagnostic]:
    file = sandbox.lesson(spec, article)
    sandbox.put("lessons/river/map.png", png())
    sandbox.put("lessons/river/flags.png", flags())
    loaded = lesson_source.load(file, Project())
    return [loaded.positions.resolve(diagnostic) for diagnostic in checks.run(loaded.lesson)]


def flags() -> bytes:
    """Return a picture in a red and a green that are one grey."""
    image, data = Image.new("RGB", (30, 20), "#c85048"), io.BytesIO()
    image.paste("#4a8a3c", (0, 0, 15, 20))
    image.save(data, "PNG")
    return data.getvalue()


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


POE = "{type: book, title: Air, publisher: Delta, issued: 1951, annotation: For those who want more.}"
CASES = {
    "answers": (
        ("      - {short: Who?, answer: Ada, depth: analyze}", "      - {short: Who?, depth: analyze}"),
        [("C801", "warning", "{short: Who?, depth: analyze}")],
    ),
    "answers to open questions": (
        ("answer: It is flat., ", ""),
        [("C801", "warning", "{open: Why?, depth: remember, standards: [A.1, B.2]}")],
    ),
    "answers to parts": (
        ("answer: It is flat., ", "parts: [{open: When?, answer: Then.}, {open: How?, lines: 2}], "),
        [("C801", "warning", "{open: How?, lines: 2}], depth: remember, standards: [A.1, B.2]}")],
    ),
    "vocabulary": (
        ("{silt: Fine earth.}", "{silt: Fine earth., delta: A mouth.}"),
        [("C802", "warning", "A mouth.}")],
    ),
    "uncited": (
        ("  reed1950: {", "  lee1952: {type: map, title: Fire}\n  reed1950: {"),
        [("C803", "note", "{type: map, title: Fire}")],
    ),
    "standards": (
        ("standards: [A.1, B.2]", "standards: [A.1]"),
        [("C804", "warning", "B.2, text: Write.}]")],
    ),
    "standards that nothing serves": (
        (", standards: [A.1, B.2]", ""),
        [("C804", "warning", "[{id: A.1, text: Read maps.}, {id: B.2, text: Write.}]")],
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
    "depth of Webb's": (
        (", depth: analyze", ", depth: dok1"),
        [("C806", "warning", "The River Bends")],
    ),
    "images": (
        ("{map.png: {alt: A map.}}", "{map.png: {alt: A map.}, old.png: {alt: Old.}}"),
        [("C807", "warning", "{alt: Old.}}")],
    ),
    "images of paragraphs that are left out": (
        ("people: [{name", '  - {heading: Downstream, excerpt: "1"}\npeople: [{name'),
        [("C807", "warning", "{alt: A map.}}")],
    ),
    "copying": (
        ("      - {short: Who?, answer", "      - {source: Look., document: {image: flags.png, alt: Flags.}, answer"),
        [("C850", "warning", "flags.png, alt: Flags.}, answer: Ada, depth: analyze}")],
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
    "distant": (
        ("{date: 1939/1941, event: The dike breaks.}", "{date: 1593, event: The dike breaks.}"),
        [("C820", "warning", "1593, event: The dike breaks.}]")],
    ),
    "distant in the other direction": (
        ("{date: 1939/1941, event: The dike breaks.}", "{date: 2593-XX, event: The dike breaks.}"),
        [("C820", "warning", "2593-XX, event: The dike breaks.}]")],
    ),
    "lifetimes": (
        ("dates: 1928/..", "dates: 1298/1982~"),
        [("C821", "warning", "1298/1982~}]")],
    ),
    "repetition": (
        ("event: The dike breaks.}", "event: The dike breaks.}, {date: 1953, event: The *dike* breaks}"),
        [("C822", "warning", "The *dike* breaks}]")],
    ),
    "support": (
        ("event: The dike breaks.}", "event: Peasants revolt against heavy taxes.}"),
        [("C823", "note", "Peasants revolt against heavy taxes.}]")],
    ),
    "incomplete": (
        ("publisher: Delta, issued: 1951, ", ""),
        [("C840", "warning", "{type: book, title: Air, annotation: For those who want more.}")],
    ),
    "incomplete articles": (
        ("poe1951: {type: book,", "poe1951: {type: article-journal,"),
        [("C840", "warning", POE.replace("book", "article-journal"))],
    ),
    "future": (
        ("issued: 1951", "issued: 2051"),
        [("C841", "warning", "2051, annotation: For those who want more.}")],
    ),
    "future originals": (
        ("issued: 1951", "issued: 1951, original-date: 1952"),
        [("C841", "warning", "1952, annotation: For those who want more.}")],
    ),
    "future readings": (
        ("issued: 1951", "issued: 1951, accessed: 2051-01-01"),
        [("C841", "warning", "2051-01-01, annotation: For those who want more.}")],
    ),
    "identifiers": (
        ("978-0-89680-159-2", "978-0-89680-159-3"),
        [("C842", "warning", "978-0-89680-159-3}")],
    ),
    "identifiers of articles": (
        ("issued: 1951", "issued: 1951, ISSN: 0004-4688, DOI: doi:10.1000/182, URL: https://example.org/a."),
        [
            ("C842", "warning", f"{start} annotation: For those who want more.}}")
            for start in (
                "0004-4688, DOI: doi:10.1000/182, URL: https://example.org/a.,",
                "doi:10.1000/182, URL: https://example.org/a.,",
                "https://example.org/a.,",
            )
        ],
    ),
    "same_source": (
        ("poe1951: {type: book, title: Air,", 'poe1951: {type: book, title: "The Water: A Life", author: "Reed, Ada",'),
        [],
    ),
    "same_source in other words": (
        (
            "poe1951: {type: book, title: Air, publisher: Delta, issued: 1951",
            'poe1951: {type: book, title: "The water: a life", author: "Reed, A.", publisher: Delta, issued: 1950',
        ),
        [
            (
                "C843",
                "warning",
                '{type: book, title: "The water: a life", author: "Reed, A.", publisher: Delta, issued: 1950,'
                " annotation: For those who want more.}",
            )
        ],
    ),
    "same_source by number": (
        ("issued: 1951", "issued: 1951, ISBN: 0896801594"),
        [("C843", "warning", POE.replace("issued: 1951", "issued: 1951, ISBN: 0896801594"))],
    ),
    "annotations": (
        ("For those who want more.", '"For those.\\n\\nFor others."'),
        [("C844", "warning", '"For those.\\n\\nFor others."}')],
    ),
    "dated_prose": (
        ("event: The dike breaks.", "event: In 1951 the dike breaks."),
        [("C825", "warning", "1939/1941, event: In 1951 the dike breaks.}]")],
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
            "bibliography:\n  reed1950: {type: book, title: Water,",
            "style: apa\nbibliography:\n  reed1950: {type: book, title: The Water and the Land,",
        ),
        [
            (
                "C831",
                "note",
                'The Water and the Land, author: "Reed, Ada", publisher: Delta, issued: 1950, ISBN: 978-0-89680-159-2}',
            )
        ],
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
        # A standard that a part serves is served; a question with parts is answered by them.
        (
            "answer: It is flat., depth: remember, standards: [A.1, B.2]}",
            "parts: [{short: Who?, answer: Ada, standards: [A.1, B.2]}, {open: Why?, worked: First the land.}]}",
        ),
        (", depth: analyze", ", parts: [{short: What?, answer: silt, depth: dok3}]"),
        (", depth: remember, standards", ", standards"),
        ("publisher: Delta, issued: 1950", "issued: 1850"),  # books of that time name a printer
        ("issued: 1950", "issued: 2400, status: forthcoming"),
        ("issued: 1950", "original-date: 1950, issued: 1990"),
        ("ISBN: 978-0-89680-159-2", "ISBN: '0896801594 (pbk.), 978-0-89680-159-2'"),
        ("issued: 1950", "issued: 1950, DOI: 10.1000/182, ISSN: 0004-4687, URL: 'https://example.org/a_(b)'"),
        ("poe1951: {type: book, title: Air", 'poe1951: {type: book, title: Water, author: "Poe, Ed"'),
        ("poe1951: {type: book, title: Air", 'poe1951: {type: book, title: Water, volume: 2, author: "Reed, Ada"'),
        ("silt: Fine earth.", "SILT: Fine earth."),
        ("{date: 1939/1941,", "{date: 1593, event: The river bends.}, {date: 1600,"),  # a prologue of two events
        ("{date: 1939/1941,", "{date: 1903,"),  # fifty years before
        ("{date: 1939/1941,", "{date: 1939/..,"),
        ("date: 1953\n", "date: ../1953\n"),
        ("dates: 1928/..", "dates: 1875-02-21/1997-08-04"),  # the longest life there was
        ("dates: 1928/..", "dates: 1928"),
        ("event: The dike breaks.}", "event: Peasants revolt against heavy taxes., section: Upstream}"),
        ("event: The dike breaks.}", "event: Peasants revolt against heavy taxes., cite: poe1951}"),
        ("event: The dike breaks.}", "event: Dikes were built by towns.}"),  # words with other endings
        ("event: The dike breaks.}", "event: Война.}"),  # one word is no ground for doubt
    ],
)
def test_a_rule_is_silent_where_it_has_nothing_to_say(sandbox: Sandbox, old: str, new: str) -> None:
    assert old in GOOD
    assert told(advice(sandbox, GOOD.replace(old, new))) == []


def test_a_year_with_its_digits_turned_is_guessed(sandbox: Sandbox) -> None:
    (found,) = advice(sandbox, GOOD.replace("date: 1953", "date: 1989").replace("1939/1941", "1899-07"))
    assert found.message == "1899-07 is long before the time of the lesson, 1989"
    assert found.hint == "did you mean `1989-07`?"


def test_years_in_the_article_are_the_time_of_the_lesson_too(sandbox: Sandbox) -> None:
    spec = GOOD.replace("1939/1941", "1593")
    assert told(advice(sandbox, spec, WITH_MAP + "\nIt was so in 1602 already.\n")) == []
    assert told(advice(sandbox, spec, WITH_MAP + "\nIt cost $1602, or 1,602 guilders.\n")) != []


def test_many_events_that_the_article_does_not_tell_of_are_one_matter(sandbox: Sandbox) -> None:
    events = ", ".join(f"{{date: 195{n}, event: Peasants number {n} revolt against taxes.}}" for n in range(6))
    spec = GOOD.replace("{date: 1939/1941, event: The dike breaks.}", events)
    (found,) = advice(sandbox, spec)
    assert found.message == "the article has neither the year nor the words of this event, nor of 5 others"


def test_an_article_in_words_without_spaces_supports_any_event(sandbox: Sandbox) -> None:
    spec = "language: ja\n" + GOOD.replace("event: The dike breaks.}", "event: 大洪水により 堤防が壊れる。}")
    assert told(advice(sandbox, spec)) == []
    assert told(advice(sandbox, spec.replace("language: ja", "language: fr"))) != []


def test_a_source_cited_by_an_event_or_a_field_is_cited(sandbox: Sandbox) -> None:
    spec = "title: T\narticle: {source: {author: A, licence: L}}\n"
    spec += "bibliography: {one: {type: map, title: A}, two: {type: map, title: B}}\n"
    spec += 'chronology: [{date: 1950, event: It broke., cite: "one, 3"}]\npeople: [{name: Ada, note: "See [@two]."}]\n'
    assert told(advice(sandbox, spec, ARTICLE)) == []


def test_advice_never_stops_a_build(sandbox: Sandbox) -> None:
    for (old, new), _ in CASES.values():
        assert Severity.ERROR not in {d.severity for d in advice(sandbox, GOOD.replace(old, new))}
