"""The article: sections under their headings, with an address and a place for every block."""

from __future__ import annotations

import pytest

from toolkit.model import text as t
from toolkit.model.diagnostics import Span
from toolkit.source import article


def read(text: str) -> article.ReadArticle:
    return article.read(text, "article.md")


def outline(text: str) -> list[tuple[int, str, str]]:
    return [(section.level, section.title, section.anchor) for section in read(text).article.sections]


def test_what_stands_before_the_first_heading_is_the_opening() -> None:
    found = read("One.\n\nTwo.\n\n## Upstream\n\nThree.\n").article
    assert [t.plain_block(block) for block in found.opening] == ["One.", "Two."]
    assert [t.plain_block(block) for block in found.sections[0].blocks] == ["Three."]
    assert found.title == ()


@pytest.mark.parametrize("text", ["# The River\n\n## Upstream\n", "The River\n=========\n\nUpstream\n--------\n"])
def test_one_heading_of_the_first_level_at_the_top_is_the_title(text: str) -> None:
    found = read(text).article
    assert t.plain(found.title) == "The River"
    assert outline(text) == [(2, "Upstream", "upstream")]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n# B\n", [2, 2]),
        ("Opening.\n\n# A\n\n## B\n", [2, 3]),
        ("### A\n\n#### B\n\n## C\n", [2, 3, 2]),
        ("# T\n\n### A\n\n###### B\n\n### C\n", [2, 3, 2]),
        ("## A\n\n#### B\n\n### C\n\n## D\n", [2, 3, 3, 2]),
        ("# T\n\n## A\n\n# B\n\n## C\n", [2, 3, 2, 3]),
        ("## A\n\n### B\n\n#### C\n\n##### D\n\n###### E\n", [2, 3, 4, 5, 6]),
    ],
)
def test_levels_count_from_the_second_without_jumps(text: str, levels: list[int]) -> None:
    assert [level for level, _, _ in outline(text)] == levels


def test_every_anchor_is_one_place() -> None:
    text = "## Floods\n\n## Floods\n\n## Opening\n\n## floods!\n\n## Mùa nước nổi\n\n## 1953\n\n## …\n\n## ទន្លេ *x*\n"
    anchors = [anchor for _, _, anchor in outline(text)]
    assert anchors[:6] == ["floods", "floods-2", "opening-2", "floods-3", "mùa-nước-nổi", "1953"]
    assert len(set(anchors)) == len(anchors)


def test_an_anchor_that_looks_like_a_second_one() -> None:
    anchors = [anchor for _, _, anchor in outline("## Floods\n\n## Floods 2\n\n## Floods\n")]
    assert len(set(anchors)) == 3


def test_every_block_has_an_address_and_a_place() -> None:
    text = "One.\n\n## Upstream\n\nTwo\nlines.\n\n- a\n- b\n\n***\n\n| a |\n|---|\n| b |\n\nLast.\n"
    found = read(text)
    assert [getattr(block, "address", None) for block in found.article.sections[0].blocks] == [
        "article/upstream/1", "article/upstream/2", None, "article/upstream/4", "article/upstream/5",
    ]  # fmt: skip  # a list of words
    assert found.spans["article/opening/1"] == Span("article.md", 1, 1, 1, 5)
    assert found.spans["article/upstream"] == Span("article.md", 3, 1, 3, 12)
    assert found.spans["article/upstream/1"] == Span("article.md", 5, 1, 6, 7)
    assert found.spans["article/upstream/2"] == Span("article.md", 8, 1, 9, 4)
    assert found.spans["article/upstream/4"] == Span("article.md", 13, 1, 15, 6)


@pytest.mark.parametrize("text", ["", "\n\n", "[r]: https://example.org\n"])
def test_an_article_of_nothing(text: str) -> None:
    found = read(text)
    assert (found.article.opening, found.article.sections, found.problems) == ((), (), ())


def test_which_sections_stand_under_one() -> None:
    found = read("## A\n\n### B\n\n#### C\n\n## D\n").article
    assert [list(found.within(index)) for index in range(4)] == [[0, 1, 2], [1, 2], [2], [3]]


def test_no_more_problems_are_told_than_anyone_reads() -> None:
    assert len(read("<b>x</b> " * 1_000).problems) == 101
