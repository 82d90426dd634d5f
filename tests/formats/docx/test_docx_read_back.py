"""Sheets read back: what word processors do to a file by themselves is nothing; what a person does is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

import pull_samples as samples
import pytest
from lxml import etree
from lxml.etree import _Element

from toolkit.formats import reader
from toolkit.formats.docx.archive import pack, unpack
from toolkit.formats.docx.oxml import W, qn, text, w
from toolkit.formats.docx.reading import Comment, Tracked, read
from toolkit.formats.docx.reading.tracked import View
from toolkit.model.text import plain

MAIN = "word/document.xml"
DOWN = "sections/down/questions"
SETTLE = "sections/up/questions/settle"


def edited(change: Callable[[_Element], object], data: bytes = b"") -> bytes:
    """Return a worksheet after `change` of the root of its text."""
    parts = unpack(data or samples.built())
    root = etree.fromstring(parts[MAIN])
    change(root)
    return pack({**parts, MAIN: etree.tostring(root)})


def paragraph(root: _Element, words: str) -> _Element:
    """Return the paragraph in which `words` stand."""
    return next(
        one for one in root.iter(qn("w:p")) if words in "".join(piece.text or "" for piece in one.iter(qn("w:t")))
    )


def run(words: str, *marks: str) -> _Element:
    return w("r", w("rPr", *(w(mark) for mark in marks)), text(words))


def replaced(root: _Element, words: str, *runs: _Element) -> _Element:
    """Put `runs` in the place of the run that begins with `words`."""
    one = next(
        one for one in paragraph(root, words).iter(qn("w:r")) if (one.findtext(qn("w:t")) or "").startswith(words)
    )
    for new in runs:
        one.addprevious(new)
    parent = one.getparent()
    assert parent is not None
    parent.remove(one)
    return parent


# -- nothing


@pytest.mark.parametrize("sheet", samples.SHEETS, ids="-".join)
def test_who_edits_nothing_changes_nothing(sheet: tuple[str, str]) -> None:
    data = samples.built(*sheet)
    views: tuple[View, ...] = ("accepted", "original")
    for view in views:
        reading = read(data, view)
        assert samples.lines(reading) == []
        assert (reading.lesson, reading.sheet, reading.edition) == ("river", *sheet)
    assert samples.changes(samples.stripped(data)) == []


def test_the_table_of_formats_knows_the_reader() -> None:
    assert reader("docx") is read
    assert reader("pdf") is None


def test_passages_have_addresses_roles_and_lines() -> None:
    before = {one.address: one for one in read(samples.built()).before}
    assert (before[f"{DOWN}/life/open"].role, before[f"{DOWN}/life/open"].lines) == ("question", 4)
    assert plain(before[f"{SETTLE}/options/2"].words) == "Behind the old dike"
    assert before["chronology/law/date"].role == "date"


def cut(root: _Element) -> None:
    """Cut runs as Word does, at every word, with marks of the spelling checker between."""
    for one in list(root.iter(qn("w:r"))):
        piece = one.find(qn("w:t"))
        if piece is None or not piece.text or len(piece.text) < 4:
            continue
        for part in re.findall(r"\S+\s*|\s+", piece.text):
            new = deepcopy(one)
            new.set(qn("w:rsidR"), "00AB12CD")
            there = new.find(qn("w:t"))
            assert there is not None
            there.text = part
            there.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            one.addprevious(w("proofErr", type="spellStart"))
            one.addprevious(new)
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)


def controlled(root: _Element) -> None:
    """Put runs into content controls and rename bookmarks, as Google Docs does."""
    for number, one in enumerate(list(root.iter(qn("w:r")))):
        parent = one.getparent()
        assert parent is not None
        holder = w("sdt", w("sdtPr", w("tag", val=f"goog_rdk_{number}")), w("sdtContent"))
        one.addprevious(holder)
        holder[1].append(one)
    for number, mark in enumerate(root.iter(qn("w:bookmarkStart"))):
        mark.set(qn("w:name"), f"id.{number}")


def wrapped(root: _Element) -> None:
    """Put paragraphs into content controls."""
    for one in list(root[0].iterchildren(qn("w:p"))):
        holder = w("sdt", w("sdtPr"), w("sdtContent"))
        one.addprevious(holder)
        holder[1].append(one)


def tagged(root: _Element) -> None:
    """Put runs into smart tags, as an old Word does."""
    for one in list(root.iter(qn("w:r"))):
        holder = w("smartTag", element="place")
        one.addprevious(holder)
        holder.append(one)


@pytest.mark.parametrize("quirk", [cut, controlled, wrapped, tagged], ids=lambda one: one.__name__)
@pytest.mark.parametrize("sheet", samples.SHEETS, ids="-".join)
def test_what_word_processors_do_is_nothing(quirk: Callable[[_Element], None], sheet: tuple[str, str]) -> None:
    assert samples.changes(edited(quirk, samples.built(*sheet))) == []


def test_styles_are_known_by_their_names() -> None:
    parts = unpack(samples.built())
    for name in (MAIN, "word/styles.xml"):
        parts[name] = re.sub(
            rb'((?:styleId|pStyle w:val|rStyle w:val|basedOn w:val)=")(\w)', rb"\1Fremd\2", parts[name]
        )
    assert samples.changes(pack(parts)) == []


# -- bookmarks that stay where they should not


def test_a_bookmark_that_stays_on_the_new_paragraph() -> None:
    def change(root: _Element) -> None:
        old = paragraph(root, "Which cost")
        new = deepcopy(old)
        for child in list(old):
            if child.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
                old.remove(child)
        next(new.iter(qn("w:t"))).text = "Who worked on it?"
        old.addprevious(new)

    assert samples.changes(edited(change)) == [f"{DOWN} + life + question: Who worked on it?"]


def test_a_bookmark_over_two_paragraphs_and_one_that_never_ends() -> None:
    def change(root: _Element) -> None:
        old = paragraph(root, "Which cost")
        new = w("p", deepcopy(old[0]), run("Who worked on it?"))
        old.addprevious(new)
        start = next(old.iterchildren(qn("w:bookmarkStart")))
        new.insert(1, start)
        new.append(w("bookmarkStart", id=9999, name="_LT_title_aaf232"))

    assert samples.changes(edited(change)) == [f"{DOWN} + life + question: Who worked on it?"]


def test_a_bookmark_that_is_lost_with_its_words() -> None:
    def change(root: _Element) -> None:
        old = paragraph(root, "Which cost")
        old[1:] = [run("Name one price that was paid.")]

    assert samples.changes(edited(change))[0] == f"{DOWN}/cost/open = Name one price that was paid."


# -- what cannot be carried


def test_labels_points_and_pictures_are_told() -> None:
    def change(root: _Element) -> None:
        next(one for one in root.iter(qn("w:t")) if one.text == "2\xa0pts").text = "4 pts"
        next(paragraph(root, "Looking at the whole").iter(qn("w:t"))).text = "At the end"

    found = samples.changes(edited(change))
    assert found == ["W912 sections/up/questions/slow/open", "W912 labels/whole"]


def test_a_new_table_and_new_text_in_another_style_are_told() -> None:
    def change(root: _Element) -> None:
        cells = [w("tc", w("p", run(words))) for words in ("A table", "of mine")]
        table = w("tbl", w("tblPr"), w("tblGrid"), w("tr", *cells))
        paragraph(root, "Downstream").addprevious(table)
        paragraph(root, "Downstream").addprevious(w("p", w("pPr", w("pStyle", val="Quote2")), run("A motto of mine.")))

    assert [one.split()[0] for one in samples.changes(edited(change))] == ["W913", "W915"]


def test_a_rewritten_prompt_asks_for_a_look_at_the_key() -> None:
    data = edited(lambda root: replaced(root, "Which cost", run("Name three people who dug.")))
    reading = read(data)
    assert [(one.code, one.hint) for one in reading.diagnostics] == [("W916", "check the answer key")]


def test_lines_left_behind_by_a_deleted_prompt_are_told() -> None:
    def change(root: _Element) -> None:
        old = paragraph(root, "Which cost")
        parent = old.getparent()
        assert parent is not None
        parent.remove(old)

    assert samples.changes(edited(change)) == [f"- {DOWN}/cost", f"W913 {DOWN}/life/open"]


HANDOUT = ("handout", "student")


def styled(style: str, words: str) -> _Element:
    return w("p", w("pPr", w("pStyle", val=style)), run(words))


def taken(root: _Element, *words: str) -> None:
    """Take the paragraphs of `words` out."""
    for one in [paragraph(root, each) for each in words]:
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)


def test_a_question_with_options_is_one_item() -> None:
    def change(root: _Element) -> None:
        for style, words in (("Question", "Pick one?"), ("Option", "Left"), ("Option", "Right"), ("Question", "Why?")):
            paragraph(root, "Downstream").addprevious(styled(f"LT{style}", words))

    shown = "question: Pick one? | option: Left | option: Right"
    up = "sections/up/questions + who"
    assert samples.changes(edited(change)) == [f"{up} + {shown}", f"{up} + question: Why?"]


def test_a_question_at_the_head_of_a_section() -> None:
    def change(root: _Element) -> None:
        paragraph(root, "Downstream").addnext(styled("LTQuestion", "Why?"))

    assert samples.changes(edited(change)) == [f"{DOWN} + ^ + question: Why?"]


@pytest.mark.parametrize("sheet", [("worksheet", "student"), HANDOUT], ids="-".join)
def test_a_question_moves_to_another_section(sheet: tuple[str, str]) -> None:
    def change(root: _Element) -> None:
        one, target = paragraph(root, "Who was first"), paragraph(root, "Which cost")
        room = one.getnext()
        target.addprevious(one)
        if room is not None and room.tag == qn("w:tbl"):
            target.addprevious(room)

    expected = [f"sections/up/questions/who -> {DOWN} after life"]
    assert samples.changes(edited(change, samples.built(*sheet))) == expected


def test_a_paragraph_moves_to_another_section() -> None:
    def change(root: _Element) -> None:
        paragraph(root, "Nobody asked").addnext(paragraph(root, "Then the floods"))

    expected = ["article/upstream/3 -> article/downstream after 3"]
    assert samples.changes(edited(change, samples.built(*HANDOUT))) == expected


def test_a_list_and_a_heading_in_the_article() -> None:
    def change(root: _Element) -> None:
        for style, words in (("Heading2", "Floods"), ("ListBullet", "in spring"), ("ListBullet", "in autumn")):
            paragraph(root, "Then the floods").addprevious(styled(style, words))

    behind = "article/upstream + 2"
    expected = [f"{behind} + heading: Floods", f"{behind} + bullet: in spring", f"{behind} + bullet: in autumn"]
    assert samples.changes(edited(change, samples.built(*HANDOUT))) == expected


def test_a_heading_that_is_gone_stays_while_its_section_does() -> None:
    def change(root: _Element) -> None:
        taken(root, "Downstream")

    assert samples.changes(edited(change)) == ["W912 sections/down/heading"]
    assert samples.changes(edited(change, samples.built(*HANDOUT))) == ["W912 article/downstream"]


def test_a_section_is_gone_with_its_heading() -> None:
    def change(root: _Element) -> None:
        taken(root, "Upstream", "The water slows", "Farmers welcomed", "Then the floods")

    assert samples.changes(edited(change, samples.built(*HANDOUT))) == ["- article/upstream"]


# -- tracked changes and comments


def author(tag: str, *content: _Element) -> _Element:
    return w(tag, *content, id=900, author="Ada", date="2026-01-02T03:04:05Z")


def gone(words: str) -> _Element:
    return w("r", text(words, "delText"))


def test_tracked_changes_are_accepted_and_told_one_by_one() -> None:
    def change(root: _Element) -> None:
        prompt = "Which cost of the dike was paid by farmers alone?"
        replaced(
            root, prompt,
            run("Which cost "), author("del", gone("of the dike ")), run("was paid by "), author("ins", run("poor ")),
            run("farmers alone?"),
        )  # fmt: skip  # reads as a sentence

    data = edited(change)
    assert samples.changes(data) == [f"{DOWN}/cost/open = Which cost was paid by poor farmers alone?"]
    assert samples.changes(data, "original") == []
    address = f"{DOWN}/cost/open"
    assert read(data).tracked == (
        Tracked("deleted", "Ada", "2026-01-02T03:04:05Z", address, "of the dike "),
        Tracked("inserted", "Ada", "2026-01-02T03:04:05Z", address, "poor "),
    )


def marked(one: _Element, tag: str) -> None:
    """Track the mark of a paragraph as inserted or deleted."""
    properties = one.find(qn("w:pPr"))
    assert properties is not None
    properties.append(w("rPr", author(tag)))


def test_a_tracked_deletion_of_a_paragraph_is_told_where_it_stood() -> None:
    def change(root: _Element) -> None:
        one = paragraph(root, "Far out at sea")
        replaced(root, "Far out at sea", author("del", gone("Far out at sea")))
        marked(one, "del")

    data = edited(change)
    assert samples.changes(data) == [f"- {SETTLE}/options/3"]
    assert samples.changes(data, "original") == []
    assert {one.address for one in read(data).tracked} == {f"{SETTLE}/options/3"}


def test_a_tracked_row_is_accepted() -> None:
    def change(root: _Element) -> None:
        row = next(paragraph(root, "1958").iterancestors(qn("w:tr")))
        properties = row.find(qn("w:trPr"))
        assert properties is not None
        properties.append(author("del"))

    data = edited(change)
    assert samples.changes(data) == ["- chronology/law"]
    assert samples.changes(data, "original") == []


def test_comments_are_told_with_their_place() -> None:
    parts = unpack(samples.built())
    root = etree.fromstring(parts[MAIN])
    one = paragraph(root, "Which cost")
    one.insert(1, w("commentRangeStart", id=7))
    one.append(w("commentRangeEnd", id=7))
    one.append(w("r", w("commentReference", id=7)))
    said = "<w:p><w:r><w:t>Too hard?</w:t></w:r></w:p>"
    body = f'<w:comment w:id="7" w:author="Tom" w:date="2026-01-01T00:00:00Z">{said}</w:comment>'
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}">{body}</w:comments>'.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    relation = f'<Relationship Id="rId900" Type="{kind}" Target="comments.xml"/></Relationships>'.encode()
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation)
    data = pack({**parts, MAIN: etree.tostring(root)})
    reading = read(data)
    assert samples.lines(reading) == []
    about = "Which cost of the dike was paid by farmers alone?"
    assert reading.comments == (Comment("Tom", "2026-01-01T00:00:00Z", f"{DOWN}/cost/open", "Too hard?", about),)
