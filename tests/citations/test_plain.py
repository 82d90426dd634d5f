"""The plain style: what stands in the text, what stands in the list, in what order."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from toolkit.citations.plain import Formatter, Words
from toolkit.model.dates import HistoricalDate
from toolkit.model.records import SourceRecord
from toolkit.model.text import Citation, Cite, Emphasis, Inlines, Link, Text

ENGLISH = Words(
    conjunction="and",
    et_al="et al.",
    no_date="n.d.",
    editors=("ed.", "eds."),
    translated="trans. by {names}",
    edited="ed. by {names}",
    directed="dir. by {names}",
    inside="In",
    edition="{n} ed.",
    volume="vol. {n}",
    issue="no. {n}",
    accessed="accessed {date}",
    first_published="first published {date}",
    quotes=("“", "”"),
)
SPANISH = Words(
    conjunction="y",
    et_al="et al.",
    no_date="s. f.",
    editors=("ed.", "eds."),
    translated="trad. de {names}",
    edited="ed. de {names}",
    directed="dir. de {names}",
    inside="En",
    edition="{n}.ª ed.",
    volume="vol. {n}",
    issue="n.º {n}",
    accessed="consultado el {date}",
    first_published="publicado por primera vez en {date}",
    quotes=("«", "»"),
)
RECORD = TypeAdapter(SourceRecord)


def edtf(date: HistoricalDate) -> str:
    return str(date)


def formatter(words: Words = ENGLISH, **records: dict[str, Any]) -> Formatter:
    made = {key: RECORD.validate_python({"type": "book", "title": "Water", **r}) for key, r in records.items()}
    return Formatter(made, words, edtf)


def plain(content: Inlines) -> str:
    """Return `content` with *titles* and [words](address) marked."""
    marks = []
    for node in content:
        match node:
            case Text(words):
                marks.append(words)
            case Emphasis(inner):
                marks.append(f"*{plain(inner)}*")
            case Link(inner, href):
                marks.append(f"[{plain(inner)}]({href})")
            case _:
                raise AssertionError(node)
    return "".join(marks)


def entry(words: Words = ENGLISH, **record: object) -> str:
    return plain(formatter(words, one=dict(record)).entry("one"))


REED = {"author": "Reed, Ada", "issued": "1950"}
RIVERS = {"type": "article-journal", "container-title": "Rivers", "volume": "2", "issue": "3"}


# -- in the text


@pytest.mark.parametrize(
    ("cite", "printed"),
    [
        (Cite("reed"), "(Reed 1950)"),
        (Cite("reed", locator="12"), "(Reed 1950, 12)"),
        (Cite("reed", prefix="see", locator="ch. 2"), "(see Reed 1950, ch. 2)"),
        (Cite("reed", suppress_author=True), "(1950)"),
        (Cite("reed", suppress_author=True, locator="12"), "(1950, 12)"),
        (Cite("undated"), "(Reed n.d.)"),
        (Cite("two"), "(Reed and van Poe 1950)"),
        (Cite("three"), "(Reed, Poe, and Lee 1950)"),
        (Cite("four"), "(Reed et al. 1950)"),
        (Cite("edited"), "(Lee 1950)"),
        (Cite("body"), "(United Nations 1950)"),
        (Cite("nobody"), "(“Silt” 1950)"),
        (Cite("single"), "(Sokha 1950)"),
        (Cite("around"), "(Ito 1950)"),
        (Cite("ancient"), "(Strabo -0006)"),
    ],
)
def test_a_citation(cite: Cite, printed: str) -> None:
    made = formatter(
        reed=REED,
        undated={"author": "Reed, Ada"},
        two={**REED, "author": ["Reed, Ada", {"family": "Poe", "given": "Bo", "non-dropping-particle": "van"}]},
        three={**REED, "author": ["Reed, Ada", "Poe, Bo", "Lee, Cy"]},
        four={**REED, "author": ["Reed, Ada", "Poe, Bo", "Lee, Cy", "Ray, Di"]},
        edited={"editor": "Lee, Cy", "issued": "1950"},
        body={"author": "United Nations", "issued": "1950"},
        nobody={"title": "Silt: A History", "issued": "1950"},
        single={"author": {"given": "Sokha"}, "issued": "1950"},
        around={"author": "Ito, Jun", "issued": "1950~"},
        ancient={"author": "Strabo", "issued": "-0006"},
    )
    assert plain(made.cite(Citation((cite,)))) == printed


def test_several_sources_stand_in_one_pair_of_brackets() -> None:
    made = formatter(reed=REED, poe={"author": "Poe, Bo", "issued": "1951"})
    assert plain(made.cite(Citation((Cite("reed", locator="3"), Cite("poe"))))) == "(Reed 1950, 3; Poe 1951)"


def test_an_author_in_the_sentence() -> None:
    made = formatter(reed=REED)
    assert plain(made.cite(Citation((Cite("reed", locator="3"),), in_text=True))) == "Reed (1950, 3)"


def test_sources_of_one_author_and_year_get_letters_in_the_text_and_in_the_list() -> None:
    journal = {"type": "article-journal", "container-title": "Rivers", "volume": "2"}
    made = formatter(
        b={**REED, "title": "Water"},
        a={**REED, "title": "Air"},
        c={**REED, "title": "Wind", **journal},
        d={"author": "Reed, Ada", "title": "Fire"},
        e={"author": "Reed, Ada", "title": "Earth"},
    )
    cited = {key: plain(made.cite(Citation((Cite(key),)))) for key in "abcde"}
    assert cited == {
        "a": "(Reed 1950a)",
        "b": "(Reed 1950b)",
        "c": "(Reed 1950c)",
        "d": "(Reed n.d.b)",
        "e": "(Reed n.d.a)",
    }
    assert [plain(made.entry(key)) for key in "abcde"] == [
        "Reed, Ada. *Air*. 1950a.",
        "Reed, Ada. *Water*. 1950b.",
        "Reed, Ada. “Wind.” *Rivers* 2 (1950c).",
        "Reed, Ada. *Fire*. n.d.b.",
        "Reed, Ada. *Earth*. n.d.a.",
    ]


# -- in the list


@pytest.mark.parametrize(
    ("record", "printed"),
    [
        ({**REED, "publisher-place": "Hanoi", "publisher": "Delta"}, "Reed, Ada. *Water*. Hanoi: Delta, 1950."),
        ({**REED, "author": ["Reed, Ada", "Poe, Bo"]}, "Reed, Ada, and Bo Poe. *Water*. 1950."),
        ({**REED, "author": ["Reed, Ada", "Poe, Bo", "Lee, Cy"]}, "Reed, Ada, Bo Poe, and Cy Lee. *Water*. 1950."),
        ({**REED, "author": "Reed, Ada, Jr."}, "Reed, Ada, Jr. *Water*. 1950."),
        ({"title": "Who Owns Water?", "issued": "1950"}, "*Who Owns Water?* 1950."),
        ({"editor": "Lee, Cy", "issued": "1950"}, "Lee, Cy, ed. *Water*. 1950."),
        ({"editor": ["Lee, Cy", "Poe, Bo"]}, "Lee, Cy, and Bo Poe, eds. *Water*. n.d."),
        (
            {**REED, "editor": "Lee, Cy", "translator": "Poe, Bo"},
            "Reed, Ada. *Water*. Ed. by Cy Lee. Trans. by Bo Poe. 1950.",
        ),
        ({**REED, "edition": "2"}, "Reed, Ada. *Water*. 2nd ed. 1950."),
        ({**REED, "edition": "11"}, "Reed, Ada. *Water*. 11th ed. 1950."),
        ({**REED, "edition": "Rev. ed."}, "Reed, Ada. *Water*. Rev. ed. 1950."),
        ({**REED, "volume": "2"}, "Reed, Ada. *Water*. Vol. 2. 1950."),
        ({**REED, "original-date": "1920"}, "Reed, Ada. *Water*. 1950; first published 1920."),
        (
            {**REED, "collection-title": "Delta Papers", "collection-number": "4"},
            "Reed, Ada. *Water*. Delta Papers 4. 1950.",
        ),
        (
            {**REED, "type": "thesis", "genre": "PhD diss.", "publisher": "Delta"},
            "Reed, Ada. *Water*. PhD diss. Delta, 1950.",
        ),
        (
            {**REED, **RIVERS, "page": "4-9"},
            "Reed, Ada. “Water.” *Rivers* 2, no. 3 (1950): 4–9.",
        ),
        (
            {**REED, "type": "article-newspaper", "container-title": "The Bank", "issued": "1950-02-01"},
            "Reed, Ada. “Water.” *The Bank* (1950-02-01).",
        ),
        (
            {**REED, "type": "article-journal", "title": "Whose Water?", "container-title": "Rivers"},
            "Reed, Ada. “Whose Water?” *Rivers* (1950).",
        ),
        (
            {**REED, "type": "chapter", "container-title": "Earth", "editor": "Lee, Cy", "page": "4-9", "volume": "2",
             "publisher": "Delta"},
            "Reed, Ada. “Water.” In *Earth*, vol. 2, ed. by Cy Lee, 4–9. Delta, 1950.",
        ),
        (
            {"type": "entry-encyclopedia", "title": "Silt", "container-title": "All Things", "publisher": "Delta"},
            "“Silt.” In *All Things*. Delta, n.d.",
        ),
        (
            {"type": "webpage", "container-title": "Site", "URL": "https://example.org/water/", "accessed": "2026"},
            "“Water.” *Site* (n.d.). [example.org/water](https://example.org/water/) (accessed 2026).",
        ),
        (
            {**REED, "DOI": "10.1/x", "URL": "https://example.org"},
            "Reed, Ada. *Water*. 1950. [doi:10.1/x](https://doi.org/10.1/x).",
        ),
        (
            {
                "type": "motion_picture",
                "director": "Lee, Cy",
                "medium": "CD",
                "dimensions": "9 min.",
                "issued": "2003",
            },
            "Lee, Cy. *Water*. CD, 9 min., 2003.",
        ),
        (
            {**REED, "type": "manuscript", "archive": "Archive", "archive_location": "Box 4", "archive-place": "Hanoi"},
            "Reed, Ada. “Water.” 1950. Box 4, Archive, Hanoi.",
        ),
    ],
)  # fmt: skip  # pairs read better than one key a line
def test_an_entry(record: dict[str, Any], printed: str) -> None:
    assert entry(**record) == printed


def test_an_entry_speaks_the_language() -> None:
    record = {"type": "article-journal", "container-title": "Ríos", "volume": "2", "issue": "3", "author": "Gil, Ana"}
    assert entry(SPANISH, **record) == "Gil, Ana. «Water». *Ríos* 2, n.º 3 (s. f.)."
    assert entry(SPANISH, **{**REED, "edition": "2"}) == "Reed, Ada. *Water*. 2.ª ed. 1950."
    cited = formatter(SPANISH, a={**REED, "author": ["Reed, Ada", "Poe, Bo", "Lee, Cy"]}).cite(Citation((Cite("a"),)))
    assert plain(cited) == "(Reed, Poe y Lee 1950)"


def test_entries_stand_by_author_year_and_title_whatever_the_accents() -> None:
    made = formatter(
        zola={"author": "Zola, Al", "issued": "1900"},
        edel={"author": "Édel, Al", "issued": "1990"},
        eden={"author": "Eden, Al", "issued": "1990"},
        both={"author": ["Eden, Al", "Abel, Bo"], "issued": "1980"},
        water={"title": "Fog", "type": "webpage"},
        late={"author": "Eden, Al", "issued": "1991", "title": "Air"},
    )
    assert made.order(made.records) == ["edel", "eden", "late", "both", "water", "zola"]


def test_no_word_of_the_language_is_in_the_code() -> None:
    words = Words(
        "&",
        "+",
        "0",
        ("e", "ee"),
        "t {names}",
        "x {names}",
        "d {names}",
        "i",
        "{n} o",
        "v {n}",
        "n {n}",
        "a {date}",
        "f {date}",
        ("<", ">"),
    )
    people = {"editor": "Lee, Cy", "translator": "Poe, Bo"}
    record = {**REED, **RIVERS, **people, "URL": "https://example.org", "accessed": "2026"}
    assert entry(words, **record) == (
        "Reed, Ada. <Water>. *Rivers* 2, n 3 (1950). X Cy Lee. T Bo Poe. [example.org](https://example.org) (a 2026)."
    )
