"""The text of an article in Word: every block and every inline node."""

from __future__ import annotations

from io import BytesIO

from docx_reading import NAMES, W, bookmarks, outline, part, reported, style, styled, text, value
from docx_samples import only, picture, prose, reading, sheet, unreported, words
from PIL import Image

from toolkit.formats.docx import write
from toolkit.formats.docx.archive import unpack
from toolkit.formats.docx.bookmarks import bookmark_name
from toolkit.formats.docx.tables import weights
from toolkit.model.printout import Picture, Printout, Task
from toolkit.model.text import (
    BulletList,
    Citation,
    Cite,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Term,
    Text,
)


def runs(content: Inlines) -> list[tuple[str, str | None, str]]:
    """Return words, character style and switches of each run of a paragraph with `content`."""
    paragraph = styled(part(only(Paragraph(content))), "Normal")[0]
    return [
        (
            text(run),
            value(run, "w:rPr/w:rStyle"),
            "".join(tag for tag in "bi" if run.find(f"w:rPr/w:{tag}", NAMES) is not None),
        )
        for run in paragraph.iter(f"{W}r")
    ]


# -- inline ------------------------------------------------------------------------------------------


def test_marks_are_character_styles() -> None:
    content = (
        Text("a "),
        Emphasis(words("b")),
        Strong(words("c")),
        Code("d  e"),
        Term(words("f"), "x"),
        Text(" g"),
    )

    assert runs(content) == [
        ("a ", None, ""),
        ("b", "Emphasis", ""),
        ("c", "Strong", ""),
        ("d  e", "LTCodeText", ""),
        ("f", "LTTerm", ""),
        (" g", None, ""),
    ]


def test_nested_marks_add_a_switch_to_the_outer_style() -> None:
    content = (Strong((Text("a"), Emphasis(words("b")), Code("c"))), Emphasis((Strong(words("d")),)))

    assert runs(content) == [
        ("a", "Strong", ""),
        ("b", "Strong", "i"),
        ("c", "LTCodeText", "b"),
        ("d", "Emphasis", "b"),
    ]


def test_strong_words_do_not_switch_a_bold_paragraph_off() -> None:
    root = part(only(Heading(2, (Strong(words("a")),)), Table((((Strong(words("b"))),),), ())))

    assert value(styled(root, "Heading2")[0], ".//w:rStyle") is None
    assert value(styled(root, "LTTableHead")[0], ".//w:rStyle") is None


def test_white_space_is_one_space_and_kept_at_the_ends() -> None:
    assert [run[0] for run in runs((Text("a \n\t b "), Emphasis(words("c"))))] == ["a b ", "c"]


def test_a_line_break_is_one() -> None:
    assert "".join(run[0] for run in runs((Text("a"), LineBreak(), Text("b")))) == "a\nb"


def test_soft_and_hard_hyphens_are_words_own() -> None:
    paragraph = styled(part(only(prose("a\u00adb c\u2011d"))), "Normal")[0]

    assert [one.tag.removeprefix(W) for one in paragraph.iter(f"{W}r") for one in one] == [
        "t",
        "softHyphen",
        "t",
        "noBreakHyphen",
        "t",
    ]


def test_a_link_leads_out_by_a_relationship() -> None:
    printout = only(Paragraph((Link((Text("a "), Strong(words("b"))), "https://example.org/?a=1&b=2"),)))
    relations = part(printout, "word/_rels/document.xml.rels")
    link = part(printout).find(".//w:hyperlink", NAMES)
    targets = {one.get("Id"): (one.get("Target"), one.get("TargetMode")) for one in relations}

    assert link is not None
    assert text(link) == "a b"
    identifier = next(value for name, value in link.attrib.items() if str(name).endswith("}id"))
    assert targets[str(identifier)] == ("https://example.org/?a=1&b=2", "External")


def test_a_link_inside_leads_to_the_bookmark_of_its_address() -> None:
    root = part(only(Heading(2, words("h"), "sections/a"), Paragraph((Link(words("there"), "#sections/a"),))))

    assert value(root, ".//w:hyperlink", "anchor") == bookmark_name("sections/a")


def test_a_link_to_a_thing_with_parts_leads_to_the_first_of_them() -> None:
    question = Task("1", (prose("Why?", "questions/a/open"),), "", None, "questions/a")
    root = part(only(Paragraph((Link(words("there"), "#questions/a"),)), question))

    assert value(root, ".//w:hyperlink", "anchor") == bookmark_name("questions/a/open")


def test_a_link_to_a_place_that_is_not_on_the_sheet_becomes_words_and_is_reported() -> None:
    printout = only(Paragraph((Text("see "), Link((Text("the"), Strong(words("re"))), "#gone"), Text("."))))
    found = reported(printout)
    root = part(printout, report=lambda _: None)

    assert [(one.code, one.needle) for one in found] == [("B703", "there")]
    assert root.find(".//w:hyperlink", NAMES) is None
    assert text(styled(root, "Normal")[0]) == "see there."
    assert value(root, ".//w:rStyle") is None


def test_a_footnote_is_words_own_and_its_link_belongs_to_the_notes() -> None:
    note = Note(
        (Paragraph((Text("See "), Link(words("the law"), "https://example.org/law"), Text("."))), prose("And more."))
    )
    printout = only(Paragraph((Text("a"), note, Text(" b"), Note((prose("Second."),)))))
    notes = part(printout, "word/footnotes.xml")
    mark = [one.get(f"{W}id") for one in part(printout).iter(f"{W}footnoteReference")]
    relations = part(printout, "word/_rels/footnotes.xml.rels")

    assert mark == ["1", "2"]
    assert [text(one).strip() for one in notes] == ["", "", "See the law.And more.", "Second."]
    assert {style(one) for one in notes.iter(f"{W}p")} == {"", "FootnoteText"}
    assert len(list(notes.iter(f"{W}footnoteRef"))) == 2
    assert [one.get("Target") for one in relations] == ["https://example.org/law"]


def test_a_footnote_in_a_footnote_is_put_in_brackets_and_reported() -> None:
    printout = only(Paragraph((Note((Paragraph((Text("a"), Note((prose("b"),)))),)),)))

    assert [one.code for one in reported(printout)] == ["B703"]
    assert "a [b]" in text(part(printout, "word/footnotes.xml", lambda _: None))


def test_a_sheet_without_notes_has_no_part_for_them() -> None:
    relations = part(only(prose("a")), "word/_rels/document.xml.rels")

    assert not [one for one in relations if "footnotes" in (one.get("Target") or "")]


def test_an_unresolved_citation_and_a_control_character_are_reported() -> None:
    found = reported(only(Paragraph((Citation((Cite("becker"),)), Text("a\x0bb")))))

    assert [one.code for one in found] == ["B703", "B703"]


# -- blocks ------------------------------------------------------------------------------------------


def test_each_block_has_its_style() -> None:
    root = part(
        only(
            Heading(2, words("h2")),
            Heading(3, words("h3")),
            prose("p"),
            prose("i", role="instructions"),
            prose("o", role="omission"),
            prose("c", role="credit"),
            prose("f", role="facts"),
            prose("t", role="total"),
            Quote((prose("q"),)),
            CodeBlock("x\n  y\n"),
            Rule(),
        )
    )

    assert outline(root) == [
        ("Heading1", "T"),
        ("Heading2", "h2"),
        ("Heading3", "h3"),
        ("Normal", "p"),
        ("LTInstructions", "i"),
        ("LTOmission", "o"),
        ("LTCredit", "c"),
        ("LTFacts", "f"),
        ("LTTotal", "t"),
        ("Quote", "q"),
        ("LTCode", "x\n  y"),
        ("LTBreak", "* * *"),
    ]


def test_lists_are_native_and_nest() -> None:
    inner = OrderedList(((prose("two"),), (prose("three"),)), start=2)
    root = part(only(BulletList(((prose("one"), inner), (prose("four"), prose("more"))))))

    assert outline(root)[1:] == [
        ("ListBullet", "one"),
        ("ListNumber", "two"),
        ("ListNumber", "three"),
        ("ListBullet", "four"),
        ("ListContinue", "more"),
    ]
    assert value(styled(root, "ListNumber")[0], "w:pPr/w:ind", "left") == "720"
    assert value(styled(root, "ListContinue")[0], "w:pPr/w:ind", "left") == "360"


def test_each_numbered_list_starts_anew() -> None:
    printout = only(OrderedList(((prose("a"),),)), prose("x"), OrderedList(((prose("b"),), (prose("c"),)), start=5))
    numbers = [value(one, "w:pPr/w:numPr/w:numId") for one in styled(part(printout), "ListNumber")]
    numbering = part(printout, "word/numbering.xml")
    starts = [value(numbering, f"w:num[@w:numId='{number}']/w:lvlOverride/w:startOverride") for number in numbers]

    assert len(set(numbers)) == 2
    assert starts == ["1", "5", "5"]


def test_an_item_that_begins_with_a_list_or_nothing_keeps_its_bullet() -> None:
    root = part(only(BulletList(((BulletList(((prose("in"),),)),), ()))))

    assert outline(root)[1:] == [("ListBullet", ""), ("ListBullet2", "in"), ("ListBullet", "")]


def test_twelve_levels_of_lists_are_written() -> None:
    block = BulletList(((prose("deep"),),))
    for _ in range(11):
        block = BulletList(((prose("level"), block),))

    assert len(outline(part(only(block)))) == 13


def test_a_table_has_a_header_row_that_repeats_and_rows_that_do_not_break() -> None:
    table = Table(
        (words("A"), words("B")), ((words("1"), words("2")), (words("3"), ())), ("", "right"), words("C"), "t"
    )
    root = part(only(table))
    rows = root.findall(".//w:tr", NAMES)

    assert outline(root)[1] == ("Caption", "C")
    assert [row.find("w:trPr/w:tblHeader", NAMES) is not None for row in rows] == [True, False, False]
    assert all(row.find("w:trPr/w:cantSplit", NAMES) is not None for row in rows)
    assert value(root, ".//w:tblPr/w:tblCaption") == "C"
    assert [value(one, "w:pPr/w:jc") for one in root.iter(f"{W}p")][2:4] == [None, "right"]
    widths = [int(column.get(f"{W}w") or 0) for column in root.iter(f"{W}gridCol")]
    assert sum(widths) == 9360


def test_a_table_without_a_caption_is_named_by_its_header() -> None:
    root = part(only(Table((words("A"), words("B")), ())))

    assert value(root, ".//w:tblPr/w:tblCaption") == "A · B"


def test_two_tables_do_not_touch_and_text_after_one_has_room() -> None:
    table = Table((words("A"),), ((words("1"),),))
    root = part(only(table, table, prose("after"), table))

    assert [style(one) for one in root.findall("w:body/w:p", NAMES)] == ["Heading1", "LTSpacer", "Normal", "LTSpacer"]
    assert value(styled(root, "Normal")[0], "w:pPr/w:spacing", "before") == "160"


# -- pictures ----------------------------------------------------------------------------------------


def figure(**changes: object) -> Figure:
    fields: dict[str, object] = {"file": "p.png", "alt": "A canal.", **changes}
    return Figure(**fields)  # type: ignore[arg-type]


def shown(block: Figure, given: Picture) -> Printout:
    return only(block, pictures=(given,))


def test_a_picture_stands_in_the_line_with_its_words_caption_and_credit() -> None:
    root = part(shown(figure(caption=words("Cap."), credit=words("By us.")), picture("p.png", "PNG")))
    properties = root.find(".//wp:docPr", NAMES)

    assert outline(root)[1:] == [("LTFigure", ""), ("Caption", "Cap. By us.")]
    assert properties is not None
    assert properties.get("descr") == "A canal."
    assert styled(root, "LTFigure")[0].find("w:pPr/w:keepNext", NAMES) is not None


def test_a_decorative_picture_says_so() -> None:
    root = part(shown(figure(alt="", decorative=True), picture("p.png", "PNG")))
    properties = root.find(".//wp:docPr", NAMES)

    assert properties is not None
    assert properties.get("descr") is None
    assert [one.get("val") for one in properties.iter() if str(one.tag).endswith("}decorative")] == ["1"]


def test_webp_becomes_jpeg_or_with_transparency_png() -> None:
    buffer = BytesIO()
    Image.new("RGBA", (40, 30), (255, 0, 0, 99)).save(buffer, "WEBP", lossless=True)
    clear = Picture("clear.webp", buffer.getvalue(), "image/webp", 40, 30)
    opaque = picture("opaque.webp")
    parts = unpack(
        write(only(Figure("clear.webp", "a"), Figure("opaque.webp", "b"), pictures=(clear, opaque)), unreported)
    )

    kinds = sorted((name, Image.open(BytesIO(data)).format) for name, data in parts.items() if "media" in name)
    assert kinds == [("word/media/image1.png", "PNG"), ("word/media/image2.jpeg", "JPEG")]


def test_a_jpeg_without_jfif_or_exif_is_shown() -> None:
    data = picture("p.jpeg", "JPEG").data
    bare = data[:2] + data[4 + int.from_bytes(data[4:6]) :]
    printout = only(Figure("p.jpeg", "A canal."), pictures=(Picture("p.jpeg", bare, "image/jpeg", 640, 240),))

    assert b"JFIF" not in bare
    assert unpack(write(printout, unreported))["word/media/image1.jpeg"] == bare


def test_a_picture_that_is_shown_twice_is_in_the_file_once() -> None:
    shown_twice = only(figure(), figure(), pictures=(picture("p.png", "PNG"),))

    assert len([name for name in unpack(write(shown_twice, unreported)) if "media" in name]) == 1


def test_a_large_picture_fits_the_text_and_keeps_its_shape() -> None:
    root = part(shown(figure(), picture("p.png", "PNG", (4000, 1000))))
    extent = root.find(".//wp:extent", NAMES)

    assert extent is not None
    assert (extent.get("cx"), extent.get("cy")) == (str(9360 * 635), str(9360 * 635 // 4))


def test_a_picture_that_is_missing_or_cannot_be_read_is_reported_and_its_caption_stays() -> None:
    vector = Picture("p.png", b"<svg/>", "image/svg+xml", 10, 10)
    for printout in (only(figure(caption=words("Cap."))), shown(figure(caption=words("Cap.")), vector)):
        assert [(one.code, one.needle) for one in reported(printout)] == [("B703", "p.png")]
        assert outline(part(printout, report=lambda _: None))[1:] == [("Caption", "Cap.")]


# -- addresses ---------------------------------------------------------------------------------------


def test_every_editable_block_has_a_hidden_bookmark_round_its_words() -> None:
    marks = bookmarks(part(sheet("teacher")))

    for address, beginning in {
        "title": "Fourteen Ships in a Lake",
        "summary": "In June 1967",
        "sections/closing/heading": "A war of six days",
        "sections/closing/vocabulary/convoy": "convoy (noun)",
        "sections/closing/p1": "On the morning",
        "sections/cost/p2/1": "two weeks",
        "sections/cost/p2/3/2/1": "tankers",
        "sections/cost/p3": "We were",
        "sections/cost/p4/caption": "From the Gulf",
        "sections/cost/p4/2": "Round the Cape",
        "sections/cost/p5/caption": "The canal north",
        "questions/stay/prompt": "How long",
        "questions/stay/options/3": "Eight years",
        "questions/change/prompt/2": "Larger ships",
        "questions/change/answer": "model-key",
        "questions/change/answer/3": "The pipelines",
        "questions/stay/look_for": "aside-key",
        "people/nasser": "Gamal Abdel Nasser",
        "people/nasser/note": "Closed the canal.",
        "people/sadat/2": "He sailed",
        "chronology/2/date": "Oct. 1969",
        "pacing/1/step": "Silent reading",
        "bibliography/karabell2003": "Karabell",
        "bibliography/karabell2003/annotation": "How the canal",
    }.items():
        assert marks[bookmark_name(address)].startswith(beginning), address


def test_the_points_and_the_check_sign_are_not_in_the_authors_words() -> None:
    marks = bookmarks(part(sheet("teacher")))

    assert marks[bookmark_name("questions/stay/prompt")] == "How long did the ships stay in the lake?"
    assert marks[bookmark_name("questions/stay/options/3")] == "Eight years"


def test_an_address_that_is_shown_twice_has_two_bookmarks() -> None:
    marks = bookmarks(part(only(prose("a", "x"), prose("b", "x"))))

    assert {marks[bookmark_name("x")], marks[bookmark_name("x", 2)]} == {"a", "b"}


def test_bookmark_names_are_words_own_kind_and_differ() -> None:
    addresses = ("a/b", "a_b", "câu-hỏi/1", "câu-hội/1", "問/1", "x" * 99, "x" * 98)
    names = [bookmark_name(address) for address in addresses]

    assert len(set(names)) == len(addresses)
    assert all(len(name) <= 40 and name.isascii() and name.replace("_", "").isalnum() for name in names)
    assert all(name.startswith("_LT_") for name in names)


def test_reading_order_is_the_order_of_the_printout() -> None:
    words_of = [text_ for _, text_ in outline(part(sheet()))]
    glosses = [i for i, line in enumerate(words_of) if line.startswith(("convoy (noun)", "blockade (noun)"))]
    paragraph = next(i for i, line in enumerate(words_of) if line.startswith("On the morning"))

    assert glosses == [paragraph - 2, paragraph - 1]
    assert len(reading().blocks) > 10


def test_a_column_is_as_wide_as_the_bold_word_above_it() -> None:
    columns = tuple(
        tuple((Text(words),) for words in column) for column in (("Criterion", "Claim"), ("3", "word " * 30))
    )
    narrow, wide = weights(columns)
    assert narrow >= 1.3 * len("Criterion") - 0.5
    assert wide == 40, "no column makes the others starve"
