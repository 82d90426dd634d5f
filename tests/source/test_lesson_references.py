"""References from one place of a lesson to another, and what is told where files are wrong together."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from sandbox import png

from toolkit.model.diagnostics import Diagnostic, LessonError, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.project import Project
from toolkit.model.text import Cite
from toolkit.source import lesson, references
from toolkit.source.discovery import discover

ARTICLE = "## Upstream\n\nFlat.\n\n### Floods\n\nSpring.\n\n## Downstream\n\nSea.\n\n### Floods\n\nAutumn.\n"


def load(folder: Path, spec: str, article: str | None = ARTICLE, **files: str | bytes) -> lesson.Loaded:
    place = folder / "river"
    place.mkdir(exist_ok=True)
    named = {"lesson.yaml": spec, "article.md": article, **{key.replace("_", "."): data for key, data in files.items()}}
    for name, data in named.items():
        if data is not None:
            (place / name).write_bytes(data.encode() if isinstance(data, str) else data)
    with contextlib.chdir(folder):
        return lesson.load(place / "lesson.yaml", Project())


def good(folder: Path, spec: str, article: str = ARTICLE, **files: str | bytes) -> Lesson:
    return load(folder, spec, article, **files).lesson


def told(folder: Path, spec: str, article: str | None = ARTICLE, **files: str | bytes) -> list[tuple[str, int, str]]:
    """Return file, line and code of each problem."""
    with pytest.raises(LessonError) as caught:
        load(folder, spec, article, **files)
    return [(d.span.file.removeprefix("river/"), d.span.line, d.code) for d in caught.value.diagnostics if d.span]


# -- headings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "article"),
    [
        ("upstream", "## Upstream"),
        ("The river’s  end", "## The river's end."),
        ("A *new* dike", "## A new dike"),
        ("A new dike", "## A *new* dike"),
        ("Mu\u0300a nu\u031bo\u031b\u0301c", "## Mùa nước"),
        ("Why: a question", "## Why: a question:"),
        ("Cost [@x]", "## Cost [@x]"),
    ],
)
def test_a_heading_is_found_as_a_reader_would(heading: str, article: str, tmp_path: Path) -> None:
    spec = f'title: x\nsections:\n  - heading: "{heading}"\nbibliography:\n  x: {{type: book, title: y}}\n'
    assert good(tmp_path, spec, f"{article}\n\nText.\n").paired == (0,)


def test_of_equal_headings_the_one_under_a_heading(tmp_path: Path) -> None:
    spec = (
        "title: x\nsections:\n  - {heading: Floods, under: downstream}\n  - {heading: Floods, under: Upstream}\n"
        "chronology:\n  - {date: 1953, event: x, section: Floods}\n"
    )
    assert good(tmp_path, spec).paired == (3, 1)


def test_a_heading_word_for_word_comes_before_one_that_is_nearly_so(tmp_path: Path) -> None:
    article = "## Summary\n\nOne.\n\n## Summary.\n\nTwo.\n\n## SUMMARY\n\nThree.\n"
    headings = ("Summary.", "SUMMARY", "Summary")
    spec = "title: x\nsections:\n" + "".join(f'  - heading: "{heading}"\n' for heading in headings)
    assert good(tmp_path, spec, article).paired == (1, 2, 0)
    assert told(tmp_path, "title: x\nsections: [{heading: summary}]\n", article) == [("lesson.yaml", 2, "R303")]


def test_what_is_omitted_takes_what_is_under_it(tmp_path: Path) -> None:
    assert good(tmp_path, "title: x\narticle: {omit: [Upstream]}\n").omitted == frozenset({0, 1})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("sections: [{heading: Floods}]", "R303"),
        ("sections: [{heading: Floods, under: Nowhere}]", "R302"),
        ("sections: [{heading: Nowhere}]", "R302"),
        ("sections: [{heading: Upstream}, {heading: upstream}]", "R303"),
        ("article: {omit: [Nowhere]}", "R302"),
        ("chronology: [{date: 1953, event: x, section: Nowhere}]", "R302"),
        ("sections: [{heading: Upstream, excerpt: '2'}]", "R307"),
        ("sections: [{heading: Upstream, excerpt: 3-1}]", "R307"),
        ("questions: [{open: Why?, standards: [X]}]", "R306"),
        ("questions: [{open: Why?, id: a}, {open: Why?, id: a}]", "L208"),
        ("chronology: [{date: 1953, event: x, id: a}, {date: 1954, event: x, id: a}]", "L208"),
    ],
)
def test_a_reference_that_leads_nowhere(fields: str, code: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"title: x\n{fields}\n") == [("lesson.yaml", 2, code)]


# -- citations ----------------------------------------------------------------------------------------

RICH = [
    "title: T @z", "summary: S @z", "essential_question: Q @z", "objectives: [O @z]", "related: [R @z]",
    "related: [{title: R, note: N @z}]", "people: [{name: A, role: R @z}]", "people: [{name: A, note: N @z}]",
    "standards: [{id: S, text: T @z}]", "pacing: [{minutes: 5, step: S @z}]",
    "pacing: [{minutes: 5, step: S, ready: R @z}]",
    "vocabulary: {silt: V @z}", "vocabulary: {silt: {means: V, translation: T @z}}",
    "sections: [{heading: Upstream, vocabulary: {silt: V @z}}]", "sections: [{heading: Upstream, note: N @z}]",
    "sections: [{heading: Upstream, questions: [{open: Q @z}]}]", "questions: [{open: Q, answer: A @z}]",
    "questions: [{open: Q, look_for: A @z}]", "questions: [{open: Q, misconception: A @z}]",
    "questions: [{open: Q, support: A @z}]", "questions: [{open: Q, scoring: A @z}]",
    "questions: [{short: Q, answer: A @z}]",
    "questions: [{choose: Q, options: [a @z, b], correct: b}]",
    "questions: [{choose: Q, options: [a, b], correct: b, explain: E @z}]",
    "chronology: [{date: 1953, event: E @z}]", "images: {map.png: {alt: A, caption: C @z}}",
    "images: {map.png: {alt: A, credit: C @z}}", "article: {source: {adapted: A @z}}",
    "bibliography: {b: {type: book, title: T, annotation: A @z}}",
    "bibliography: {b: {type: book, title: T, abstract: A @z}}",
]  # fmt: skip  # a list reads better in lines than one a line
PLAIN = [
    "number: '@z'", "places: ['@z']", "categories: ['@z']", "index: ['@z']", "people: [{name: '@z'}]", "subject: '@z'",
    "grades: '@z'", "images: {images/map.png: {alt: '@z'}}", "rights: {licence: x, holder: '@z'}",
    "article: {source: {title: '@z', publisher: '@z', licence: '@z'}}", "standards: [{id: '@z', text: T}]",
    "bibliography: {b/c: {type: book, title: '@z', publisher: '@z'}}",
]  # fmt: skip  # a list reads better in lines than one a line


@pytest.mark.parametrize("field", RICH)
def test_every_rich_text_is_looked_through_for_citations(field: str, tmp_path: Path) -> None:
    spec = f"{'' if field.startswith('title') else 'title: x'}\n{field}\n"
    assert told(tmp_path, spec) == [("lesson.yaml", 2, "R301")]


@pytest.mark.parametrize("field", PLAIN)
def test_no_citation_is_sought_in_a_plain_text(field: str, tmp_path: Path) -> None:
    assert good(tmp_path, f"title: x\n{field}\n")


@pytest.mark.parametrize(
    "article",
    [
        "A @z.",
        "## A @z",
        "- a\n  > @z",
        "| a |\n|---|\n| @z |",
        "x[^1]\n\n[^1]: @z",
        "x^[@z]",
        "*a **@z***",
        '![a](a.png "@z")',
    ],
)
def test_every_text_of_the_article_is_looked_through(article: str, tmp_path: Path) -> None:
    codes = [code for _, _, code in told(tmp_path, "title: x\n", f"{article}\n", a_png=png())]
    assert codes == ["R301"]


def test_code_is_not_looked_through(tmp_path: Path) -> None:
    assert good(tmp_path, "title: x\nsummary: 'Say `@z`, \\@z.'\n", "```\n@z\n```\n\n`@z` \\@z\n")


def test_annotations_in_a_file_are_looked_through(tmp_path: Path) -> None:
    bib = "@book{reed,\n title={x},\n annotation = {See @low and @reed.}\n}\n"
    assert told(tmp_path, "title: x\nbibliography: s.bib\n", s_bib=bib) == [("s.bib", 3, "R301")]


@pytest.mark.parametrize(
    ("written", "cites"),
    [
        ("reed", [Cite("reed")]),
        ("@reed", [Cite("reed")]),
        ("reed, 131", [Cite("reed", locator="131")]),
        ("reed, 131; @low", [Cite("reed", locator="131"), Cite("low")]),
        ("[@reed, ch. 2; see low1999]", None),
        ("[@reed; -@low]", [Cite("reed"), Cite("low", suppress_author=True)]),
        ("see @reed, 4", [Cite("reed", "see", "4")]),
        ("@{https://example.org}", [Cite("https://example.org")]),
        (";", []),
        ("reed;", []),
        ("-", []),
        ("@", []),
        ("[", []),
    ],
)
def test_what_an_event_cites(written: str, cites: list[Cite] | None) -> None:
    found = list(references.event_citation(written).cites)
    assert found == ([Cite("reed", locator="ch. 2"), Cite("see", locator="low1999")] if cites is None else cites)


def test_which_sources_are_cited(tmp_path: Path) -> None:
    spec = "title: x @a\nchronology: [{date: 1953, event: y @b, cite: c}]\nbibliography:\n" + "".join(
        f"  {key}: {{type: book, title: t{', annotation: as @e' if key == 'd' else ''}}}\n" for key in "abcdef"
    )
    found = good(tmp_path, spec, "Flat @d.\n")
    assert references.cited_keys(found.spec, found.article) == frozenset("abcde")


# -- several files, one run ---------------------------------------------------------------------------


def test_a_fault_in_one_place_hides_none_in_another(tmp_path: Path) -> None:
    spec = """\
title: x
colour: blue
sections:
  - heading: Nowhere
    questions:
      - open: Why @a?
        lines: many
      - open: How @b?
      - opne: Where @c?
  - heading: Floods
    under: Upstream
    note: See @d.
chronology:
  - {date: 1953-13, event: x}
  - {date: 1953, event: y, section: Nowhere, id: One}
  - {date: 1953, event: y, section: Nowhere}
bibliography: s.bib
"""
    bib = "@book{reed, author = {x}}\n@book{low, title = {x}, year = {soon 3}}\n"
    assert told(tmp_path, spec, "## Upstream\n\n<b>\n\n### Floods\n\n@e\n", s_bib=bib) == [
        ("article.md", 3, "L212"),
        ("article.md", 7, "R301"),
        ("lesson.yaml", 2, "L201"),
        ("lesson.yaml", 4, "R302"),
        ("lesson.yaml", 6, "R301"),
        ("lesson.yaml", 7, "L204"),
        ("lesson.yaml", 8, "R301"),
        ("lesson.yaml", 9, "L206"),
        ("lesson.yaml", 12, "R301"),
        ("lesson.yaml", 14, "L205"),
        ("lesson.yaml", 15, "R302"),
        ("lesson.yaml", 15, "L207"),
        ("lesson.yaml", 16, "R302"),
        ("s.bib", 1, "L202"),
        ("s.bib", 2, "L205"),
    ]


@pytest.mark.parametrize(
    ("spec", "told_of"),
    [
        # A source whose record is wrong is there to be cited.
        ("title: x\nsummary: As @a.\nbibliography:\n  a: {type: book, titel: T}\n", [(4, "L201")]),
        ("title: x\nsummary: As @a.\nbibliography:\n  - {id: a}\n", [(3, "L203")]),
        ("title: x\nsummary: As @a.\nbibliography: s.bib\n", [(3, "R304")]),
        ("title: x\nsummary: As @a.\nbibliography:\n", [(3, "Y113")]),
        # So is a standard, an image, the article.
        ("title: x\nstandards: [{id: S}]\nquestions: [{open: Q, standards: [S]}]\n", [(2, "L202")]),
        ("title: x\narticle: {file: [article.md]}\n", [(2, "L203")]),
        ("title: x\nimages: {map.png: {alt: A, decorative: maybe}}\n", [(2, "L203")]),
        # What lacks something is not told to lack the rest.
        ("sections: [{heading: Upstream}]\n", [(1, "L202")]),
        ("title:\nsummary: x\n", [(1, "Y113")]),
        ("title: x\nquestions: [{choose: Q, options: [], correct: a}]\n", [(2, "L204")]),
        ("title: x\nquestions: [{choose: Q, options: ['', b], correct: b}]\n", [(2, "L210")]),
    ],
)
def test_no_fault_is_told_twice(spec: str, told_of: list[tuple[int, str]], tmp_path: Path) -> None:
    article = "## Upstream\n\nFlat.\n\n![](map.png)\n" if "images" in spec else ARTICLE
    assert [(line, code) for _, line, code in told(tmp_path, spec, article, map_png=png())] == told_of


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"title: [\n", "Y105"), (b"\xff", "Y102"), (b"", "Y110"), (b"a: &x 1\nb: *x\n", "Y106"), (b"- x\n", "Y110")],
)
def test_the_article_is_read_though_the_lesson_cannot_be(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "river").mkdir()
    (tmp_path / "river/lesson.yaml").write_bytes(data)
    (tmp_path / "river/article.md").write_text("Flat <b>.\n")
    with pytest.raises(LessonError) as caught:
        lesson.load(tmp_path / "river/lesson.yaml", Project())
    codes = [diagnostic.code for diagnostic in caught.value.diagnostics]
    assert code in codes
    assert "L212" in codes


def test_an_article_that_nobody_named_is_not_missed(tmp_path: Path) -> None:
    assert [code for _, _, code in told(tmp_path, "title: [\n", None)] == ["Y105"]
    assert [code for _, _, code in told(tmp_path, "title: x\n", None)] == ["R304"]


def test_problems_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    found = told(tmp_path, "title: x\nb: 1\na: 2\nplaces: y\n", "<b>\n\n<i>\n")
    assert found == sorted(found, key=lambda problem: problem[:2])


def test_notes_do_not_stop_a_lesson(tmp_path: Path) -> None:
    bib = "@book{reed, title = {x}, file = {y}}\n"
    loaded = load(tmp_path, "title: x\nbibliography: s.bib\n", s_bib=bib)
    assert [(notice.severity, notice.code) for notice in loaded.notices] == [(Severity.NOTE, "S502")]
    assert loaded.positions.resolve(Diagnostic("R301", "x", address="bibliography/reed")).span


# -- the lesson's folder ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["River", "the river", "con", "-rf", "r\u00edo", "x" * 65, "a.b"])
def test_a_folder_that_cannot_name_a_lesson(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "article.md").write_text(ARTICLE)
    (folder / "lesson.yaml").write_text("title: x\n")
    with pytest.raises(LessonError) as caught:
        lesson.load(folder / "lesson.yaml", Project())
    assert [d.code for d in caught.value.diagnostics] == ["L207"]
    (folder / "lesson.yaml").write_text("title: x\nid: river\n")
    assert lesson.load(folder / "lesson.yaml", Project()).lesson.slug == "river"


def test_lessons_are_found_in_order(tmp_path: Path) -> None:
    for name in ("b", "a", "_draft", ".hidden", "empty"):
        (tmp_path / name).mkdir()
        if name != "empty":
            (tmp_path / name / "lesson.yaml").write_text("title: x\n")
    (tmp_path / "c.yaml").write_text("title: x\n")
    assert [path.parent.name for path in discover(tmp_path)] == ["a", "b"]
    assert discover(tmp_path / "nowhere") == []


def test_the_language_is_the_projects_where_the_lesson_names_none(tmp_path: Path) -> None:
    folder = tmp_path / "river"
    folder.mkdir()
    (folder / "article.md").write_text(ARTICLE)
    for spec, language in (("title: x\n", "vi"), ("title: x\nlanguage: es\n", "es")):
        (folder / "lesson.yaml").write_text(spec)
        assert lesson.load(folder / "lesson.yaml", Project(language="vi")).lesson.spec.language == language
