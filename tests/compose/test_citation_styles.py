"""Styles in print: the six sources of one lesson as three manuals demand them, and citations on the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from printout_dump import inline
from sandbox import REPOSITORY, Sandbox

from toolkit.compose import compose
from toolkit.model import text as t
from toolkit.model.printout import Edition, Part, Printout, SourceList
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

LESSON = REPOSITORY / "lessons" / "vietnam-leaves-cambodia" / "lesson.yaml"

# The further reading of an article on the withdrawal of 1989: (key, entry, the rule that decides its form).
# CMOS is The Chicago Manual of Style, 18th edition; MLA the MLA Handbook, 9th edition; APA the Publication Manual,
# 7th edition.
ENTRIES = {
    "chicago": [
        (
            "becker1998",
            "Becker, Elizabeth. *When the War Was Over: Cambodia and the Khmer Rouge Revolution*. Simon & Schuster, "
            "1986. Reprint, PublicAffairs, 1998.",
            "CMOS 14.16: a reprint names the first publication, then 'Reprint' and its own; 14.30: no place after 1900",
        ),
        (
            "coates2005",
            "Coates, Karen J. *Cambodia Now: Life in the Wake of War*. McFarland, 2005.",
            "CMOS 13.22: author inverted, title italic, publisher, year, each ended by a stop",
        ),
        (
            "duiker1989",
            "Duiker, William J. *Vietnam Since the Fall of Saigon*. Monographs in International Studies, "
            "Southeast Asia "
            "Series 56A. Ohio University Center for International Studies, 1989.",
            "CMOS 14.25: a series is roman, its number follows without a comma; 8.160: prepositions of five letters "
            "and more have a capital",
        ),
        (
            "evans1990",
            "Evans, Grant, and Kelvin Rowley. *Red Brotherhood at War: Vietnam, Cambodia, and Laos Since 1975*. "
            "Rev. ed. "
            "Verso, 1990.",
            "CMOS 13.23: only the first of two authors is inverted; 14.18: the edition after the title",
        ),
        (
            "hiebert1989",
            "Hiebert, Murray. “Standing Alone.” *Far Eastern Economic Review*, June 29, 1989.",
            "CMOS 14.87: a magazine is cited by its date; pages stand in notes only",
        ),
        (
            "kiernan2004",
            "Kiernan, Ben. *How Pol Pot Came to Power: Colonialism, Nationalism, and Communism in Cambodia, "
            "1930–1975*. "
            "2nd ed. Yale University Press, 2004.",
            "CMOS 14.18: '2nd ed.'; 6.83: an en dash between years",
        ),
    ],
    "mla": [
        (
            "becker1998",
            "Becker, Elizabeth. *When the War Was Over: Cambodia and the Khmer Rouge Revolution*. 1986. PublicAffairs, "
            "1998.",
            "MLA 5.107: the date of first publication stands after the title",
        ),
        (
            "coates2005",
            "Coates, Karen J. *Cambodia Now: Life in the Wake of War*. McFarland, 2005.",
            "MLA 5.54, 5.68: publisher, comma, date; no place",
        ),
        (
            "duiker1989",
            "Duiker, William J. *Vietnam Since the Fall of Saigon*. Ohio University Center for International Studies, "
            "1989. Monographs in International Studies, Southeast Asia Series 56A.",
            "MLA 5.112: the series at the end, roman; 5.62: only presses are shortened",
        ),
        (
            "evans1990",
            "Evans, Grant, and Kelvin Rowley. *Red Brotherhood at War: Vietnam, Cambodia, and Laos Since 1975*. "
            "Rev. ed., "
            "Verso, 1990.",
            "MLA 5.7: the second author is not inverted; 5.48: 'Rev. ed.' before the publisher",
        ),
        (
            "hiebert1989",
            "Hiebert, Murray. “Standing Alone.” *Far Eastern Economic Review*, 29 June 1989, pp. 17–18.",
            "MLA 5.76: day, month, year; 5.88: 'pp.' before pages; June is not shortened (appendix 1)",
        ),
        (
            "kiernan2004",
            "Kiernan, Ben. *How Pol Pot Came to Power: Colonialism, Nationalism, and Communism in Cambodia, "
            "1930–1975*. "
            "2nd ed., Yale UP, 2004.",
            "MLA 5.62: University Press is UP",
        ),
    ],
    "apa": [
        (
            "becker1998",
            "Becker, E. (1998). *When the war was over: Cambodia and the Khmer Rouge revolution*. PublicAffairs. "
            "(Original work published 1986)",
            "APA 9.41: the year of the original in brackets at the end, without a stop",
        ),
        (
            "coates2005",
            "Coates, K. J. (2005). *Cambodia now: Life in the wake of war*. McFarland.",
            "APA 9.8: initials; 9.19: a title like a sentence, a capital after the colon",
        ),
        (
            "duiker1989",
            "Duiker, W. J. (1989). *Vietnam since the fall of Saigon*. Ohio University Center for International "
            "Studies.",
            "APA 9.29: the publisher as it is written on the work, without its place",
        ),
        (
            "evans1990",
            "Evans, G., & Rowley, K. (1990). *Red brotherhood at war: Vietnam, Cambodia, and Laos since 1975* "
            "(Rev. ed.). "
            "Verso.",
            "APA 9.8: an ampersand before the last author; 9.19: the edition in brackets, not italic",
        ),
        (
            "hiebert1989",
            "Hiebert, M. (1989, June 29). Standing alone. *Far Eastern Economic Review*, 17–18.",
            "APA 9.14: year, month and day of a magazine; 10.1, example 15",
        ),
        (
            "kiernan2004",
            "Kiernan, B. (2004). *How Pol Pot came to power: Colonialism, nationalism, and communism in Cambodia, "
            "1930–1975* (2nd ed.). Yale University Press.",
            "APA 9.19: '2nd ed.' in brackets; 6.6: an en dash between years",
        ),
    ],
}


def printed(style: str, sheet: str = "handout") -> Printout:
    lesson = lesson_source.load(LESSON, Project(style=style)).lesson
    return compose(lesson, sheet, Edition("student"))


def part(printout: Printout, kind: str) -> Part:
    return next(part for part in printout.parts if part.kind == kind)


def entries(printout: Printout) -> dict[str, str]:
    lists = [block for block in part(printout, "sources").blocks if isinstance(block, SourceList)]
    return {entry.address.rpartition("/")[2]: inline(entry.content) for found in lists for entry in found.entries}


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.mark.parametrize("style", ENTRIES)
def test_six_sources_stand_as_the_manual_demands(style: str) -> None:
    assert list(entries(printed(style)).items()) == [(key, entry) for key, entry, _ in ENTRIES[style]]


@pytest.mark.parametrize(("style", "entry"), [
    ("turabian", "Coates, Karen J. *Cambodia Now: Life in the Wake of War*. Jefferson, NC: McFarland, 2005."),
    (
        "turabian-author-date",
        "Coates, Karen J. 2005. *Cambodia Now: Life in the Wake of War*. Jefferson, NC: McFarland.",
    ),
    ("chicago-author-date", "Coates, Karen J. 2005. *Cambodia Now: Life in the Wake of War*. McFarland."),
    ("plain", "Coates, Karen J. *Cambodia Now: Life in the Wake of War*. Jefferson, NC: McFarland, 2005."),
])  # fmt: skip  # a table
def test_the_other_styles_of_ours_are_there(style: str, entry: str) -> None:
    assert entries(printed(style))["coates2005"] == entry


# -- in text

BOOKS = """\
bibliography:
  reed1950: {type: book, author: "Reed, Ada", title: "Water: A History", publisher: Press, issued: 1950}
  poe1951: {type: book, author: "Poe, Bo", title: Air, publisher: Press, issued: 1951}
"""
TEXT = """\
It was so [see @reed1950, 12-14; @poe1951]. @reed1950 says more, and [-@reed1950, 3] less.

It is old [@reed1950, 15].[^1] Nothing else [@reed1950, 15].

[^1]: Compare [@poe1951, ch. 2] with it.
"""


def text_of(sandbox: Sandbox, style: str, text: str = TEXT, more: str = "") -> list[str]:
    sandbox.lesson(f"title: T\nstyle: {style}\n{more}{BOOKS}", text)
    blocks = part(sandbox.printout(), "reading").blocks
    return [inline(block.content) for block in blocks if isinstance(block, t.Paragraph)]


def test_author_and_date_in_the_text(sandbox: Sandbox) -> None:
    assert text_of(sandbox, "apa") == [
        "It was so (see Reed, 1950, pp. 12–14; Poe, 1951). Reed (1950) says more, and (1950, p. 3) less.",
        "It is old (Reed, 1950, p. 15).^1[Compare (Poe, 1951, ch. 2) with it.] Nothing else (Reed, 1950, p. 15).",
    ]


def test_notes_first_and_after_and_in_the_authors_own(sandbox: Sandbox) -> None:
    assert text_of(sandbox, "chicago") == [
        "It was so.^1[See Ada Reed, *Water: A History* (Press, 1950), 12–14; Bo Poe, *Air* (Press, 1951).] Reed^2"
        "[*Water*.] says more, and^3[*Water*, 3.] less.",
        "It is old.^4[Reed, *Water*, 15.]^5[Compare Poe, *Air*, ch. 2 with it.] Nothing else.^6[Reed, *Water*, 15.]",
    ]


def test_notes_stand_before_the_stop_where_the_language_has_it_so(sandbox: Sandbox) -> None:
    first = text_of(sandbox, "chicago", "Así fue [@poe1951].\n", "language: es\n")[0]
    assert first == "Así fue^1[Bo Poe, *Air* (Press, 1951).]."


IBID = """\
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
  <info><title>House</title><id>house</id></info>
  <citation><layout suffix="." delimiter="; "><choose>
    <if position="ibid-with-locator"><text term="ibid"/><text variable="locator" prefix=", "/></if>
    <else-if position="ibid"><text term="ibid"/></else-if>
    <else-if position="subsequent">
      <text variable="title"/><text variable="first-reference-note-number" prefix=", n. "/>
    </else-if>
    <else><text variable="title" font-style="italic"/></else>
  </choose></layout></citation>
</style>
"""


def test_a_style_says_ibid_where_it_has_it(sandbox: Sandbox) -> None:
    sandbox.put("styles/house.csl", IBID)
    sandbox.put("hornbook.toml", 'style = "house"\n')
    text = "A [@reed1950].\n\nB [@reed1950].\n\nC [@poe1951].\n\nD [@reed1950].\n"
    sandbox.lesson(f"title: T\n{BOOKS}", text)
    lesson = lesson_source.load(sandbox.root / "lessons/river/lesson.yaml", Project(style="house")).lesson
    printout = compose(lesson, "handout", Edition())
    said = [inline(b.content) for b in part(printout, "reading").blocks if isinstance(b, t.Paragraph)]
    assert said == ["A.^1[*Water: A History*.]", "B.^2[Ibid.]", "C.^3[*Air*.]", "D.^4[Water: A History, n. 1.]"]
    assert entries(printout)["poe1951"] == "Poe, Bo. *Air*. Press, 1951.", "a style without a list has the plain one"


def test_positions_are_those_of_each_sheet(sandbox: Sandbox) -> None:
    questions = (
        """sections:\n  - heading: A\n    questions: [{short: 'Who [@reed1950]?', answer: 'Ada [@poe1951].'}]\n"""
    )
    sandbox.lesson(f"title: T\nstyle: chicago\n{questions}{BOOKS}", "Old [@reed1950].\n\n## A\n\nText.\n")
    handout, worksheet = sandbox.printout("handout"), sandbox.printout("worksheet")
    assert "^2[Reed, *Water*.]" in dumped(handout)
    assert "^1[Ada Reed, *Water: A History* (Press, 1950).]" in dumped(worksheet)
    assert "Poe" not in dumped(worksheet), "what a student does not see is not cited"


def dumped(printout: Printout) -> str:
    from printout_dump import dump

    return dump(printout)


# -- lists

FILM = '  panh2003: {type: motion_picture, director: "Panh, Rithy", title: S-21, issued: 2003}\n'
LETTER = '  sen1989: {type: letter, author: "Sen, Hun", title: To all, issued: 1989, kind: primary}\n'.replace(
    "letter", "personal_communication"
)


def headed(printout: Printout) -> list[str | list[str]]:
    found: list[str | list[str]] = []
    for block in part(printout, "sources").blocks:
        if isinstance(block, t.Heading):
            found.append("#" * block.level + inline(block.content))
        if isinstance(block, SourceList):
            found.append([entry.address.rpartition("/")[2] for entry in block.entries])
    return found


@pytest.mark.parametrize("style", ["plain", "mla"])
def test_what_is_cited_stands_apart_on_request(sandbox: Sandbox, style: str) -> None:
    sandbox.lesson(f"title: T\nstyle: {style}\nworks_cited: true\n{BOOKS}", "Old [@reed1950].\n")
    assert headed(sandbox.printout()) == ["##Works cited", ["reed1950"], "##Further reading", ["poe1951"]]


@pytest.mark.parametrize("style", ["plain", "turabian"])
def test_sources_are_grouped_on_request(sandbox: Sandbox, style: str) -> None:
    sandbox.lesson(f"title: T\nstyle: {style}\ngroup_sources: true\n{BOOKS}{FILM}{LETTER}", "Old [@reed1950].\n")
    assert headed(sandbox.printout()) == [
        "##Further reading",
        "###Primary sources",
        ["sen1989"],
        "###Secondary sources",
        ["poe1951", "reed1950"],
        "###Film, sound and pictures",
        ["panh2003"],
    ]


def test_an_author_is_named_again_in_a_list_that_is_divided(sandbox: Sandbox) -> None:
    more = '  reed1960: {type: book, author: "Reed, Ada", title: Dikes, publisher: Press, issued: 1960}\n'
    sandbox.lesson(f"title: T\nstyle: turabian\n{BOOKS}{more}", "Old.\n")
    assert entries(sandbox.printout())["reed1950"].startswith("———. ")
    sandbox.lesson(f"title: T\nstyle: turabian\ngroup_sources: true\n{BOOKS}{more}", "Old.\n")
    assert entries(sandbox.printout())["reed1950"].startswith("Reed, Ada. ")


def test_a_name_in_its_own_script_stands_behind_its_romanization(sandbox: Sandbox) -> None:
    record = (
        "  zhou: {type: book, author: [{family: Zhou, given: Daguan, script: 周達觀}, "
        "{literal: Hun Sen, script: ហ៊ុន សែន}], title: Customs, publisher: Press, issued: 2007}\n"
    )
    for style, names in (
        ("chicago", "Zhou, Daguan 周達觀, and Hun Sen ហ៊ុន សែន. "),
        ("apa", "Zhou, D. 周達觀, & Hun Sen ហ៊ុន សែន. (2007). "),
        ("plain", "Zhou, Daguan 周達觀, and Hun Sen ហ៊ុន សែន. "),
    ):
        sandbox.lesson(f"title: T\nstyle: {style}\n{BOOKS}{record}", "Old [@zhou].\n")
        printout = sandbox.printout()
        assert entries(printout)["zhou"].startswith(names)
        assert "\ue000" not in dumped(printout)


def test_addresses_are_links(sandbox: Sandbox) -> None:
    record = '  web: {type: webpage, title: Maps, URL: "https://example.org/a_b", issued: 2001, accessed: 2026-03-01}\n'
    doi = '  doi: {type: article-journal, author: "Low, Al", title: Flow, container-title: Rivers, DOI: 10.1000/182}\n'
    sandbox.lesson(f"title: T\nstyle: apa\n{BOOKS}{record}{doi}", "Old.\n")
    found = entries(sandbox.printout())
    assert "[https://example.org/a_b](https://example.org/a_b)" in found["web"]
    assert "[https://doi.org/10.1000/182](https://doi.org/10.1000/182)" in found["doi"]


@pytest.mark.parametrize(("language", "words"), [
    ("es", "Reed y Poe"), ("fr", "Reed et Poe"), ("vi", "Reed và Poe"), ("ar", "Reed و Poe"),
])  # fmt: skip  # a table
def test_words_are_those_of_the_lessons_language(sandbox: Sandbox, language: str, words: str) -> None:
    both = '  both: {type: book, author: ["Reed, Ada", "Poe, Bo"], title: Land, issued: 1950}\n'
    sandbox.lesson(f"title: T\nlanguage: {language}\nstyle: chicago-author-date\n{BOOKS}{both}", "Land [@both].\n")
    assert words in dumped(sandbox.printout())


def test_a_style_file_beside_the_lesson(sandbox: Sandbox) -> None:
    sheet = (REPOSITORY / "templates/styles/turabian-author-date.csl").read_text("utf-8")
    sandbox.put("lessons/river/styles/ours.csl", sheet)
    sandbox.lesson(f"title: T\nstyle: styles/ours.csl\n{BOOKS}", "Old [@reed1950, 3].\n")
    assert "Old (Reed 1950, 3)." in dumped(sandbox.printout())


def test_every_style_of_ours_can_be_read(tmp_path: Path) -> None:
    from toolkit.source import styles

    for name in styles.NAMES:
        found = styles.find(name, tmp_path, None)
        assert found
        assert found.lists
    assert styles.find("plain", tmp_path, None) is None
