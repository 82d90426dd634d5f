from __future__ import annotations

import drafted
import pytest
from drafted import headings, paragraphs, read

from toolkit.articles.manuscript import Asked


def test_headings_of_every_make() -> None:
    text = "Salt\n====\n\nWhere from\n----------\n\nText.\n\n### 2.1 Closed ###\n\nText.\n\n##Glued Heading\n\nText.\n"
    made = read(text)
    assert made.title == "Salt"
    assert headings(made) == ["Where from", "2.1 Closed", "Glued Heading"]


def test_a_bold_line_is_a_heading_by_a_guess() -> None:
    made = read("# A\n\n**Causes**\n\nText of it.\n\n**A bold sentence stays.**\n\n**By Ann Lee**\n\nMore.\n")
    assert headings(made) == ["Causes"]
    assert [(doubt.words, doubt.question) for doubt in made.doubts] == [("Causes", "taken for a heading")]


@pytest.mark.parametrize(
    ("front", "title", "author"),
    [
        ('---\ntitle: "A: b"\nauthor: Ann Lee\n---\n\n', "A: b", "Ann Lee"),
        ("---\ntitle: T\nauthor:\n  - Ann\n  - Bob\n...\n", "T", "Ann; Bob"),
        ('+++\ntitle = \'T\'\nauthors = ["Ann", "Bob"]\n+++\n', "T", "Ann; Bob"),
    ],
)
def test_fields_at_the_top(front: str, title: str, author: str) -> None:
    made = read(front + "# " + title + "\n\nText.\n")
    assert (made.title, made.provenance.author) == (title, author)
    assert headings(made) == []


def test_html_is_written_as_markdown_or_taken_out() -> None:
    text = (
        "# A\n\n<div class='x'><p>One <b>bold</b>, <i> odd </i>, H<sub>2</sub>O, 10<sup>6</sup>.</p>"
        "<p>Two<br/>lines</p></div>\n"
        "<!-- a\ncomment -->\n\n<script>x()</script>\n\nif a <b and c> d, `<b>` <unknown> 1 < 2\n\n"
        '<img src="a b.png" alt="A [map]">\n\n<a href="https://a.org">there</a> <a href="/x">here</a>\n'
    )
    made = read(text)
    told = "\n\n".join(block.markdown for block in made.blocks)
    assert "One **bold**,  odd , H₂O, 10⁶." in told
    assert "comment" not in told
    assert "x()" not in told
    assert "\\<b and c> d, `<b>` \\<unknown> 1 < 2" in told
    assert "[there](<https://a.org>) here" in told
    assert [(one.file, one.alt) for one in made.images] == [("a b.png", "A [map]")]
    assert paragraphs(made)[:2] == ["One **bold**,  odd , H₂O, 10⁶.", "Two lines"]


def test_tables_of_html_become_tables() -> None:
    rows = "<tr><th>Year</th><th>What | who</th></tr>\n<tr><td>1914</td><td><em>War</em></td></tr>"
    made = read(f"# A\n\n<table>\n{rows}</table>\n")
    assert [block.markdown for block in made.blocks if block.shape == "table"] == [
        "| Year | What \\| who |\n| --- | --- |\n| 1914 | *War* |"
    ]


def test_links_work_wherever_they_go() -> None:
    text = (
        "---\ntitle: A\nurl: https://a.org/x/\n---\n\nSee [one][1], [two], [three](y.html), "
        "[four](#here), ![far](https://b.org/p.png) and\n"
        "@ann wrote [@lee1990].\n\n## Review Questions\n\n1. Why [so][1]?\n\n[1]: https://one.org 'One'\n[two]: <https://two.org>\n"
    )
    made = read(text)
    assert paragraphs(made) == [
        "See [one](<https://one.org>), [two](<https://two.org>), [three](<https://a.org/x/y.html>), four,"
        " [far](https://b.org/p.png) and\n\\@ann wrote [\\@lee1990]."
    ]
    assert [one.prompt for one in made.questions] == ["Why [so](<https://one.org>)?"]


def test_notes_go_with_their_words() -> None:
    text = (
        "# A\n\nText[^1] and[^9].\n\n## Questions\n\n1. Why?[^2]\n\n[^1]: The first.\n"
        "[^2]: The second.\n[^3]: Nobody's.\n\n[^1]: Again.\n"
    )
    made = read(text)
    assert [one.prompt for one in made.questions] == ["Why?^[The second.]"]
    assert [block.markdown for block in made.blocks] == [
        "Text[^1] and\\[^9\\].", "[^1]: The first.", "\\[^3\\]: Nobody's.", "\\[^1\\]: Again.",
    ]  # fmt: skip
    assert len(made.doubts) == 3


def test_pictures_and_captions_in_and_out_of_boxes() -> None:
    text = (
        "# A\n\n![One](one.png)\n\n*Figure 1.* First.\n\n> **Box**\n>\n> ![Two](two.png)\n>\n> *Second.*\n>\n> Text.\n"
        "\n[![Three](three.png)](big.png)\n\n![Four](my four.png){width=50%}\n"
    )
    made = read(text)
    assert [(one.file, one.caption) for one in made.images] == [
        ("one.png", "First."), ("two.png", "Second."), ("three.png", ""), ("my four.png", ""),
    ]  # fmt: skip
    assert next(b.markdown for b in made.blocks if b.shape == "quote") == "> **Box**\n>\n> ![Two](two.png)\n>\n> Text."


def test_what_a_lesson_never_allows_is_mended() -> None:
    deep = "> " * 30 + "deep\n\n"
    text = "# A\n\n> ## In a box\n> text\n\n- # In a list\n\n"
    text += f"{deep}&#x202e;turned\n\n{'Long sentence. ' * 3000}\n\n##\n\nEnd.\n"
    made = read(text)
    told = " ".join(block.markdown for block in made.blocks)
    assert "**In a box**" in told
    assert told.count("Long sentence.") == 3000
    assert made.doubts


def questions(text: str) -> list[tuple[str, tuple[str, ...], tuple[int, ...], str]]:
    made: tuple[Asked, ...] = read(f"# A\n\nText.\n\n{text}").questions
    return [(one.prompt, one.options, one.correct, one.answer) for one in made]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("## Discussion Questions\n\n* Why?\n* Explain how.\n", [("Why?", (), (), ""), ("Explain how.", (), (), "")]),
        ("## For Discussion\n\nWhy so?\n\nTell it.\n\nSay why?\n", [("Why so?", (), (), ""), ("Say why?", (), (), "")]),
        ("**Review Questions:**\n\n1) Why?\n2) How?\n", [("Why?", (), (), ""), ("How?", (), (), "")]),
        ("## Quiz\n\n1. Who?\n   a) Ann\n   b) Bob\n   Answer: b\n", [("Who?", ("Ann", "Bob"), (1,), "")]),
        ("## Quiz\n\n**1. Who?**\n\n- Ann\n- Bob\n\n**Answer:** Bob\n", [("Who?", ("Ann", "Bob"), (1,), "")]),
        ("## Quiz\n\n- Which?\n  - [ ] Ann\n  - [x] Bob\n", [("Which?", ("Ann", "Bob"), (1,), "")]),
        ("## Quiz\n\nQ: Who?\nA: Ann Lee.\n", [("Who?", (), (), "Ann Lee.")]),
        (
            "## Review Questions\n\n### Multiple Choice\n\n1. Who?\n    A. Ann\n    B. Bob\n\n"
            "### Short Answer\n\n2. Why?\n\n"
            "## Answer Key\n\n1. B 2. Because.\n",
            [("Who?", ("Ann", "Bob"), (1,), ""), ("Why?", (), (), "Because.")],
        ),
    ],
)
def test_questions_as_books_print_them(text: str, wanted: list[object]) -> None:
    assert questions(text) == wanted


def test_answers_that_fit_no_question_stay_in_the_text() -> None:
    made = read("# A\n\n## Questions\n\n1. Why?\n\n## Questions\n\n1. How?\n\n## Answers\n\n1. So.\n")
    assert [one.answer for one in made.questions] == ["", ""]
    assert headings(made) == ["Answers"]
    assert [doubt.question for doubt in made.doubts] == ["answers without their questions"]


def test_questions_under_a_section_belong_to_it() -> None:
    made = read("# A\n\n## The war\n\nText.\n\n### Questions\n\n1. Why?\n\n## Review\n\nNo question here, a text.\n")
    assert [(one.prompt, one.section) for one in made.questions] == [("Why?", "The war")]
    assert headings(made) == ["The war", "Review"]


@pytest.mark.parametrize(
    "text",
    [
        "brine\n: salty water\n\nvent\n: a crack",
        "- **brine** – salty water\n- **vent**: a crack",
        "**brine**: salty water\n\n**vent**: a crack",
        "brine: salty water\nvent: a crack",
        "| Term | Meaning |\n| --- | --- |\n| brine | salty water |\n| vent | a crack |",
    ],
)
def test_terms_as_books_print_them(text: str) -> None:
    made = read(f"# A\n\nText.\n\n## Key Terms\n\n{text}\n")
    assert [(one.term, one.means) for one in made.terms] == [("brine", "salty water"), ("vent", "a crack")]


def test_references_as_paragraphs_and_lists_under_subheadings() -> None:
    made = read(
        "# A\n\nText.\n\n## References\n\n### Books\n\nLee, Ann. *Salt*. 1990.\n\n### Online\n\n- https://a.org\n"
    )
    assert [one.words for one in made.references] == ["Lee, Ann. *Salt*. 1990.", "https://a.org"]
    assert headings(made) == []


def test_terms_in_the_reading_print_as_a_list() -> None:
    made = read("# A\n\nbrine\n: salty water\n")
    assert [block.markdown for block in made.blocks] == ["- **brine**: salty water"]


def test_the_draft_is_the_same_each_time() -> None:
    text = "# A\n\n" + "[x][1] <b>y</b>[^1]\n\n" * 5 + "[1]: https://a.org\n[^1]: n\n"
    assert read(text) == read(text)
    assert drafted.problems(read(text)) == []


def test_the_beginning_of_an_article_is_not_headed_by_the_objectives_over_it() -> None:
    text = "# The Mill\n\n## Learning Objectives\n\n- Tell when it burned.\n\n"
    text += "The town built a mill.\n\n## The fire\n\nIt burned."
    found = drafted.guessed("mill.md", text.encode())
    assert found.objectives == ("Tell when it burned.",)
    assert [(block.shape, block.markdown) for block in found.blocks] == [
        ("paragraph", "The town built a mill."), ("heading", "The fire"), ("paragraph", "It burned."),
    ]  # fmt: skip
