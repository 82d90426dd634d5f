"""The reading: glosses where terms are first met, excerpts, what is left out, figures."""

from __future__ import annotations

import pytest
from printout_dump import inline
from sandbox import Sandbox, png

from toolkit.compose.glossing import unplaced
from toolkit.model import text as t
from toolkit.model.printout import Aside, Block, FactList, Gloss, Part, Printout


def part(printout: Printout, kind: str) -> Part | None:
    return next((part for part in printout.parts if part.kind == kind), None)


def reading(printout: Printout) -> tuple[Block, ...]:
    found = part(printout, "reading")
    assert found
    return found.blocks


def lines(printout: Printout) -> list[str]:
    """Return the reading as short lines: glosses as <term>, headings as # text, notes as (note)."""
    return [_line(block) for block in reading(printout)]


def _line(block: Block) -> str:
    match block:
        case Gloss():
            return f"<{inline(block.term)}>"
        case t.Heading(level, content):
            return f"{'#' * level} {inline(content)}"
        case Aside():
            return f"({t.plain_block(block.content[0])})"
        case t.Paragraph(content):
            return inline(content)
        case t.Figure():
            return f"[{block.file}]"
        case _:
            assert isinstance(block, t.BulletList | t.OrderedList | t.Quote | t.Table | t.Rule | t.CodeBlock)
            return f"{type(block).__name__}: {t.plain_block(block)}"


# -- terms


def test_a_gloss_stands_before_the_paragraph_of_the_first_place_and_nowhere_else(sandbox: Sandbox) -> None:
    spec = "title: T\nvocabulary: {silt: Fine earth., dike: A wall of earth.}\n"
    article = "Water.\n\nThe dike holds silt.\n\n## A\n\nSilt and dikes.\n"
    sandbox.lesson(spec, article)
    assert lines(sandbox.printout()) == [
        "Water.",
        "<dike>",
        "<silt>",
        "The {dike=vocabulary/dike} holds {silt=vocabulary/silt}.",
        "## A",
        "Silt and dikes.",
    ]


def test_a_gloss_says_all_that_the_author_wrote(sandbox: Sandbox) -> None:
    spec = 'title: T\nvocabulary: {silt: {means: "*Fine* earth.", part: noun, translation: phù sa}}\n'
    sandbox.lesson(spec, "Silt.\n")
    gloss = reading(sandbox.printout())[0]
    emphasis = t.Emphasis((t.Text("Fine"),))
    assert gloss == Gloss(
        (t.Text("silt"),), "noun", (emphasis, t.Text(" earth.")), (t.Text("phù sa"),), "vocabulary/silt"
    )


@pytest.mark.parametrize(
    ("term", "text", "met"),
    [
        ("patron", "Its patrons left.", "patrons"),
        ("boycott", "They boycotted it.", "boycotted"),
        ("state", "It was stated.", "stated"),
        ("bateau", "Deux bateaux.", "bateaux"),
        ("ley", "Las leyes cambian.", "leyes"),
        ("silt", "SILT falls.", "SILT"),
        ("Đổi Mới", "Chính sách đổi mới.", "đổi mới"),
        ("coalition government", "A coalition\ngovernment.", "coalition government"),
        ("C++", "In C++ it is.", "C++"),
        ("war", "The warmth of the ward.", None),
        ("ban", "The band played.", None),
        ("thu", "Đóng thuế.", None),
        ("silt", "Desilted.", None),
        ("act", "An actor.", None),
    ],
)
def test_a_term_is_met_with_the_endings_of_a_word_and_not_within_another(
    sandbox: Sandbox, term: str, text: str, met: str | None
) -> None:
    sandbox.lesson(f"title: T\nvocabulary:\n  {term}: X.\n", text + "\n")
    found = [node for node in t.walk(_runs(reading(sandbox.printout()))) if isinstance(node, t.Term)]
    assert [t.plain(node.content) for node in found] == ([met] if met else [])


def _runs(blocks: tuple[Block, ...]) -> t.Inlines:
    text = [block for block in blocks if isinstance(block, t.Paragraph)]
    return tuple(node for block in text for run in t.inlines_of(block) for node in run)


def test_the_longer_term_is_met_first(sandbox: Sandbox) -> None:
    spec = "title: T\nvocabulary: {coalition: A., coalition government: B.}\n"
    sandbox.lesson(spec, "The coalition government fell. A coalition rose.\n")
    assert lines(sandbox.printout())[-1] == (
        "The {coalition government=vocabulary/coalition government} fell. A {coalition=vocabulary/coalition} rose."
    )


def test_a_term_is_met_in_emphasis_lists_and_quotations(sandbox: Sandbox) -> None:
    spec = "title: T\nvocabulary: {silt: A., dike: B., tide: C.}\n"
    sandbox.lesson(spec, "The *silt* falls.\n\n- a dike\n\n> the tide\n")
    assert [line for line in lines(sandbox.printout()) if line.startswith("<")] == ["<silt>", "<dike>", "<tide>"]


def test_the_words_of_a_section_are_met_in_it_and_below_it(sandbox: Sandbox) -> None:
    spec = "title: T\nsections: [{heading: A, vocabulary: {silt: Fine earth.}}]\n"
    article = "Silt before.\n\n## A\n\n### B\n\nSilt here.\n\n## C\n\nSilt after.\n"
    sandbox.lesson(spec, article)
    assert lines(sandbox.printout()) == [
        "Silt before.",
        "## A",
        "### B",
        "<silt>",
        "{Silt=sections/1/vocabulary/silt} here.",
        "## C",
        "Silt after.",
    ]


def test_a_term_that_finds_no_place_is_explained_after_the_reading(sandbox: Sandbox) -> None:
    spec = "title: T\nvocabulary: {silt: Fine earth., delta: {means: A mouth., part: noun}}\n"
    sandbox.lesson(spec, "The silt.\n")
    printout = sandbox.printout()
    found = part(printout, "vocabulary")
    assert found
    facts = found.blocks[1]
    assert isinstance(facts, FactList)
    assert [(inline(f.name), inline(f.detail), t.plain_block(f.content[0])) for f in facts.facts] == [
        ("delta", "noun", "A mouth.")
    ]
    assert unplaced(sandbox.load()) == [("delta", "vocabulary/delta")]


def test_a_term_only_in_what_is_left_out_finds_no_place(sandbox: Sandbox) -> None:
    spec = "title: T\narticle: {omit: [B]}\nsections: [{heading: A, excerpt: '1'}]\nvocabulary: {silt: X., dike: Y.}\n"
    sandbox.lesson(spec, "## A\n\nWater.\n\nA dike.\n\n## B\n\nSilt.\n")
    printout = sandbox.printout()
    left = part(printout, "vocabulary")
    assert left
    assert isinstance(left.blocks[1], FactList)
    assert [inline(fact.name) for fact in left.blocks[1].facts] == ["silt", "dike"]
    assert [term for term, _ in unplaced(sandbox.load())] == ["silt", "dike"], "the check says what the sheet does"


# -- what is left out


@pytest.mark.parametrize(
    ("excerpt", "printed"),
    [
        ("2-3", ["[…]", "Two.", "Three.", "[…]"]),
        ("1", ["One.", "[…]"]),
        ("4", ["[…]", "Four."]),
        ("1-4", ["One.", "Two.", "Three.", "Four."]),
    ],
)
def test_an_excerpt_marks_what_it_omits(sandbox: Sandbox, excerpt: str, printed: list[str]) -> None:
    sandbox.lesson(
        f'title: T\nsections: [{{heading: A, excerpt: "{excerpt}"}}]\n', "## A\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n"
    )
    assert lines(sandbox.printout()) == ["## A", *printed]


def test_an_omitted_section_goes_with_what_is_under_it(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\narticle: {omit: [B]}\n", "## A\n\nA.\n\n## B\n\nB.\n\n### C\n\nC.\n\n## D\n\nD.\n")
    assert lines(sandbox.printout()) == ["## A", "A.", "## D", "D."]


def test_the_title_of_the_article_is_not_printed_twice(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\n", "# The Article\n\nText.\n\n## A\n\nA.\n")
    assert lines(sandbox.printout()) == ["Text.", "## A", "A."]


def test_teachers_get_the_note_on_a_section_under_its_heading(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nsections: [{heading: A, note: Pause here.}]\n", "## A\n\nA.\n")
    assert lines(sandbox.printout("handout", "teacher")) == ["## A", "(Pause here.)", "A."]
    assert lines(sandbox.printout("handout", "student")) == ["## A", "A."]


def test_every_kind_of_block_of_the_article_is_in_the_reading(sandbox: Sandbox) -> None:
    article = "One.\n\n- a\n- b\n\n3. c\n\n> q\n\n```\ncode\n```\n\n---\n\n| h | i |\n|---|---|\n| j | k |\n"
    sandbox.lesson("title: T\n", article)
    assert lines(sandbox.printout()) == [
        "One.",
        "BulletList: a b",
        "OrderedList: c",
        "Quote: q",
        "CodeBlock: code",
        "Rule: ",
        "Table: h i j k",
    ]


def test_a_worksheet_has_no_reading_and_carries_no_pictures(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\n", "![A map](map.png)\n")
    sandbox.put("lessons/river/map.png", png())
    assert part(sandbox.printout("worksheet"), "reading") is None
    assert sandbox.printout("worksheet").pictures == ()
    assert [picture.file for picture in sandbox.printout("handout").pictures] == ["map.png"]


# -- figures


def figure(sandbox: Sandbox, images: str, article: str = '![A map](map.png "From *above*")\n') -> t.Figure:
    sandbox.lesson("title: T\n" + images, article)
    sandbox.put("lessons/river/map.png", png())
    found = [block for block in reading(sandbox.printout()) if isinstance(block, t.Figure)]
    return found[0]


def test_a_figure_says_what_the_article_says(sandbox: Sandbox) -> None:
    found = figure(sandbox, "")
    assert (found.alt, inline(found.caption), inline(found.credit), found.decorative) == (
        "A map",
        "From *above*",
        "",
        False,
    )
    assert found.address == "article/opening/1"


def test_the_lesson_says_more_of_a_figure(sandbox: Sandbox) -> None:
    images = 'images: {map.png: {alt: The delta., caption: "The *delta*, 1950.", credit: Ada Reed}}\n'
    found = figure(sandbox, images)
    assert (found.alt, inline(found.caption), inline(found.credit)) == ("The delta.", "The *delta*, 1950.", "Ada Reed")


def test_a_decorative_figure_is_not_read_aloud(sandbox: Sandbox) -> None:
    found = figure(sandbox, "images: {map.png: {decorative: true}}\n")
    assert (found.alt, found.decorative) == ("", True)


def test_a_figure_in_a_list_is_described_too(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nimages: {map.png: {caption: Here.}}\n", "- ![A map](map.png)\n")
    sandbox.put("lessons/river/map.png", png())
    (items,) = reading(sandbox.printout())
    assert isinstance(items, t.BulletList)
    (found,) = items.items[0]
    assert isinstance(found, t.Figure)
    assert inline(found.caption) == "Here."
