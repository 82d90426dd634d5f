"""References to lines and paragraphs, as they are read from running text."""

from __future__ import annotations

import pytest

from toolkit.model import markup
from toolkit.model import text as t
from toolkit.model.lines import Line, Stretch, lines_of
from toolkit.model.pointing import begun, ink, split_references, without_references
from toolkit.model.question import Setting
from toolkit.model.response import Cells, Gaps
from toolkit.questions import kind
from toolkit.source.specification import complete

SETTING = Setting(8.7, 158.0, ("A", "B"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{line: causes/2}", t.LineReference("line", "causes/2")),
        ("{line:causes/2}", t.LineReference("line", "causes/2")),
        ("{Line: causes/2-4}", t.LineReference("line", "causes/2-4", capital=True)),
        ("{lines: causes/2}", t.LineReference("line", "causes/2")),
        ("{paragraph: öffnung/12}", t.LineReference("paragraph", "öffnung/12")),
        ('{line: "a few words"}', t.LineReference("line", "a few words", phrase=True)),
        ("{line: “one’s own, it’s”}", t.LineReference("line", "one’s own, it’s", phrase=True)),
        ("{Paragraph: 'causes/2'}", t.LineReference("paragraph", "causes/2", phrase=True, capital=True)),
    ],
)
def test_a_reference_is_read(written: str, read: t.LineReference) -> None:
    assert split_references(f"In {written}, say") == (t.Text("In "), read, t.Text(", say"))
    assert markup.inlines(f"In *{written}*") == (t.Text("In "), t.Emphasis((read,)))
    assert without_references(f"In {written}, say") == "In , say"


@pytest.mark.parametrize(
    "written", ["{line: causes}", "{line: 2}", "{line: causes/0}", "{line: }", '{line: ""}', "{paragraph: a b/2}"]
)
def test_what_is_not_understood_is_a_problem(written: str) -> None:
    assert split_references(written) == (t.Text(written),)
    (problem,) = markup.problems(f"See {written} there.", one_line=True)
    assert (problem.code, problem.needle) == ("R320", written)


def test_marks_inside_are_a_problem() -> None:
    assert [found.code for found in markup.problems('{line: "so *few* words"}', one_line=True)] == ["R320"]


def test_braces_of_other_sorts_are_text() -> None:
    for words in ("{land}", "{a line: of words}", "set {x: 1}", "{line}", "line: a/2"):
        assert begun(words) == []
        assert markup.inlines(words) == (t.Text(words),)


def test_an_escaped_brace_is_no_reference() -> None:
    assert markup.inlines("\\{line: causes/2}") == (t.Text("{line: causes/2}"),)


def test_words_go_over_the_ends_of_written_lines() -> None:
    assert markup.blocks('See {line: "two\nwords"}.') == (
        t.Paragraph((t.Text("See "), t.LineReference("line", "two words", phrase=True), t.Text("."))),
    )


def test_a_cloze_has_references_and_gaps() -> None:
    complete()
    cloze = kind("cloze").model_validate({"cloze": "See {line: up/1}: the {land} is \\{line: 5}."})
    response = cloze.response(SETTING)
    assert isinstance(response, Gaps)
    assert response.key == ((t.Text("land"),), (t.Text("line: 5"),))
    found = [type(node) for run in t.inlines_of(response.content[0]) for node in run]
    assert found == [t.Text, t.LineReference, t.Text, t.Gap, t.Text, t.Gap, t.Text]


def test_a_table_prints_the_cell_that_points() -> None:
    complete()
    table = kind("table").model_validate(
        {"table": "Fill in.", "columns": ["Where", "What"], "rows": [["{line: up/1}", "{silt}"]]}
    )
    response = table.response(SETTING)
    assert isinstance(response, Cells)
    assert response.rows == (((t.LineReference("line", "up/1"),), None),)
    assert response.key == ((None, (t.Text("silt"),)),)


LINES = (Line(1, "a", "The “old” river-"), Line(2, "a", "bed is (Reed 1960) dry."), Line(3, "b", "Dry."))


def test_the_lines_of_a_stretch() -> None:
    around = ink("The “old” river-bed is")
    assert lines_of(Stretch("a", "a"), LINES) == (1, 2)
    assert lines_of(Stretch("a", "b"), LINES) == (1, 3)
    assert lines_of(Stretch("a", "a", around, 3, 8), LINES) == (1, 1)
    assert lines_of(Stretch("a", "a", around, around.index("river"), around.index("is")), LINES) == (1, 2)
    assert lines_of(Stretch("a", "a", ink("dry."), 0, 4), LINES) == (2, 2)


@pytest.mark.parametrize("stretch", [Stretch("c", "c"), Stretch("a", "c"), Stretch("a", "a", "wet", 0, 3)])
def test_a_stretch_that_the_lines_lack_is_no_number(stretch: Stretch) -> None:
    with pytest.raises(KeyError):
        lines_of(stretch, LINES)
