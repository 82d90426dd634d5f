"""The rules that every PDF is held to: a good file breaks none, and each finds the fault that is planted for it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import pikepdf
import pytest
from formats.test_pdf import clean, elements, kids, opened
from pikepdf import Array, Dictionary, Name, String

from toolkit.formats.pdf import conformance
from toolkit.formats.pdf.conformance import GROUPS, failures, verify
from toolkit.formats.pdf.conformance.rules import RULES
from toolkit.model.diagnostics import CODES
from toolkit.model.printout import Printout

Fault: TypeAlias = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {}


@pytest.fixture
def good(student: Printout, files: dict[str, bytes]) -> bytes:
    """A handout with lists, tables, pictures, links and a footnote."""
    return files.setdefault("good", clean(student)) if "good" not in files else files["good"]


def the(document: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    """Return the first element of a kind."""
    return elements(document, kind)[0]


def first_link(document: pikepdf.Pdf) -> pikepdf.Object:
    return next(a for page in document.pages for a in page.get("/Annots", []) if "/A" in a)


def packet(document: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    stream = document.Root.Metadata
    assert old in stream.read_bytes()
    stream.write(stream.read_bytes().replace(old, new))


def content(document: pikepdf.Pdf, change: Callable[[list[pikepdf.ContentStreamInstruction]], None]) -> None:
    page = document.pages[0]
    found = [each for each in pikepdf.parse_content_stream(page) if isinstance(each, pikepdf.ContentStreamInstruction)]
    change(found)
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(found))


def added(operands: list[Any], operator: str) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))


def box() -> list[pikepdf.ContentStreamInstruction]:
    return [added([10, 10, 20, 20], "re"), added([], "f")]


def first(found: list[pikepdf.ContentStreamInstruction], tag: str, *, numbered: bool = False) -> int:
    return next(
        at
        for at, each in enumerate(found)
        if str(each.operator) in ("BMC", "BDC")
        and each.operands[0] == tag
        and (not numbered or "/MCID" in each.operands[1])
    )


def into_form(document: pikepdf.Pdf) -> None:
    """Paint a form that holds a mark of the page's own numbers."""
    form = document.make_stream(b"/Span <</MCID 0>> BDC 0 0 9 9 re f EMC")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    document.pages[0].Resources.XObject["/planted"] = form
    content(document, lambda found: found.extend([added([Name("/planted")], "Do")]))


def numbered_twice(found: list[pikepdf.ContentStreamInstruction]) -> None:
    at = first(found, "/Span", numbered=True)
    found.extend([added([Name.Span, found[at].operands[1]], "BDC"), *box(), added([], "EMC")])


def set_in(holder: str, key: str, value: object) -> Fault:
    def fault(document: pikepdf.Pdf) -> None:
        document.Root[holder][key] = value

    return fault


def rename(kind: str, new: str) -> Fault:
    def fault(document: pikepdf.Pdf) -> None:
        the(document, kind).S = Name(f"/{new}")

    return fault


def drop(kind: str, key: str) -> Fault:
    def fault(document: pikepdf.Pdf) -> None:
        del the(document, kind)[key]

    return fault


def set_on(kind: str, key: str, value: object) -> Fault:
    def fault(document: pikepdf.Pdf) -> None:
        the(document, kind)[key] = value

    return fault


def of_link(key: str, value: object) -> Fault:
    def fault(document: pikepdf.Pdf) -> None:
        first_link(document)[key] = value

    return fault


def in_root(key: str, value: object) -> Fault:
    def fault(document: pikepdf.Pdf) -> None:
        document.Root[key] = value

    return fault


def orphan(document: pikepdf.Pdf) -> None:
    """Take a paragraph out of the tree; its words stay on the page."""
    paragraph = the(document, "P")
    paragraph.P.K = Array([kid for kid in kids(paragraph.P) if kid.objgen != paragraph.objgen])


def hold_twice(document: pikepdf.Pdf) -> None:
    one = the(document, "H1")
    one.P.K.append(one)


def swap_owners(document: pikepdf.Pdf) -> None:
    owners = document.Root.StructTreeRoot.ParentTree.Nums[1]
    at = next(n for n in range(1, len(owners)) if owners[n].objgen != owners[0].objgen)
    owners[0], owners[at] = owners[at], owners[0]


def loose_item(document: pikepdf.Pdf) -> None:
    the(document, "LI").P.S = Name.Div


def shorten_row(document: pikepdf.Pdf) -> None:
    row = elements(document, "TR")[-1]
    cell = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD, P=row, K=Array([])))
    row.K.append(cell)


def row_alone(document: pikepdf.Pdf) -> None:
    group = the(document, "TBody")
    group.P.S = Name.Div


def far_caption(document: pikepdf.Pdf) -> None:
    caption = the(document, "Caption")
    wrapper = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=caption.P, K=Array([caption])))
    at = next(n for n, kid in enumerate(kids(caption.P)) if kid.objgen == caption.objgen)
    caption.P.K[at] = wrapper
    caption.P = wrapper


def bad_header(document: pikepdf.Pdf) -> None:
    cell = next(cell for cell in elements(document, "TD") if "/Headers" in cell.A)
    cell.A.Headers = Array([String("nowhere")])


def widget(document: pikepdf.Pdf) -> None:
    link = first_link(document)
    link.Subtype = Name.Widget
    document.Root.AcroForm = Dictionary(Fields=Array([link]))
    owners = list(document.Root.StructTreeRoot.ParentTree.Nums)
    owners[owners.index(link.StructParent) + 1].S = Name.Form


def twin_names(document: pikepdf.Pdf) -> None:
    one, other = elements(document, "TH")[:2]
    other.ID = one.ID


def descriptor(document: pikepdf.Pdf) -> pikepdf.Object:
    fonts = document.pages[0].Resources.Font
    return fonts[next(iter(fonts.keys()))].DescendantFonts[0].FontDescriptor


def unembed(document: pikepdf.Pdf) -> None:
    found = descriptor(document)
    for key in [key for key in found.keys() if key.startswith("/FontFile")]:  # noqa: SIM118  # no mapping
        del found[key]


def unmap(document: pikepdf.Pdf) -> None:
    fonts = document.pages[0].Resources.Font
    del fonts[next(iter(fonts.keys()))].ToUnicode


def no_glyph(found: list[pikepdf.ContentStreamInstruction]) -> None:
    at = next(n for n, each in enumerate(found) if str(each.operator) in ("Tj", "TJ"))
    found.insert(at, added([String(b"\0\0")], "Tj"))


def words_apart(found: list[pikepdf.ContentStreamInstruction]) -> None:
    """Take its type from the artifact that is the foot of the page."""
    at = next(n for n, e in enumerate(found) if str(e.operator) == "BDC" and "/Type" in e.operands[1])
    found[at] = added([Name.Artifact], "BMC")


def inner_artifact(found: list[pikepdf.ContentStreamInstruction]) -> None:
    at = first(found, "/Span", numbered=True) + 1
    found[at:at] = [added([Name.Artifact], "BMC"), *box(), added([], "EMC")]


def attach(document: pikepdf.Pdf) -> None:
    document.attachments["notes.txt"] = b"kept apart"


def forbid_reading(document: pikepdf.Pdf) -> None:
    """Only marks the file as one that is to be written so: see `damaged`."""
    document.Root.Planted = Name.Encrypt


FAULTS: Final[Mapping[str, Fault]] = MappingProxyType(
    {
        "identifier": lambda pdf: packet(pdf, b'pdfuaid:part="1"', b'pdfuaid:part="7"'),
        "marked": set_in("/MarkInfo", "/Marked", False),
        "suspects": set_in("/MarkInfo", "/Suspects", True),
        "title": lambda pdf: packet(pdf, b"dc:title", b"dc:label"),
        "title-shown": set_in("/ViewerPreferences", "/DisplayDocTitle", False),
        "language": in_root("/Lang", String("english please")),
        "language-tags": set_on("P", "/Lang", String("??")),
        "layers": in_root("/OCProperties", Dictionary(OCGs=Array([]), D=Dictionary())),
        "encryption": forbid_reading,
        "scripts": in_root("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.beep()"))),
        "attachments": attach,
        "bookmarks": lambda pdf: pdf.Root.__delitem__("/Outlines"),
        "document": rename("Document", "Sect"),
        "types": rename("P", "Paragraph"),
        "parents": set_on("H1", "/P", Dictionary(S=Name.P)),
        "once": hold_twice,
        "names": twin_names,
        "empty": set_on("Lbl", "/K", Array([])),
        "mark-owner": orphan,
        "mark-number": lambda pdf: content(pdf, numbered_twice),
        "parent-tree": swap_owners,
        "content-tagged": lambda pdf: content(pdf, lambda found: found.extend(box())),
        "artifact-apart": lambda pdf: content(pdf, inner_artifact),
        "artifact-type": lambda pdf: content(pdf, words_apart),
        "form-marks": into_form,
        "heading-order": rename("H2", "H4"),
        "heading-kinds": rename("H2", "H"),
        "heading-words": lambda pdf: the(pdf, "H2").__setitem__("/ActualText", String(" ")),
        "list-parts": rename("LI", "P"),
        "list-item": loose_item,
        "list-body": rename("LBody", "Div"),
        "table-parts": rename("TH", "P"),
        "table-rows": row_alone,
        "table-regular": shorten_row,
        "header-scope": lambda pdf: the(pdf, "TH").A.__delitem__("/Scope"),
        "cell-headers": bad_header,
        "figure-words": drop("Figure", "/Alt"),
        "figure-place": lambda pdf: the(pdf, "Figure").A.__setitem__("/BBox", Array([0, 0, 9000, 9])),
        "caption-place": far_caption,
        "note-name": drop("Note", "/ID"),
        "note-reference": rename("Reference", "Span"),
        "annotation-words": of_link("/Contents", String("")),
        "annotation-tagged": lambda pdf: first_link(pdf).__delitem__("/StructParent"),
        "annotation-type": rename("Link", "Span"),
        "field-words": widget,
        "tab-order": lambda pdf: next(p for p in pdf.pages if "/Annots" in p).__setitem__("/Tabs", Name.R),
        "link-words": of_link("/Contents", String("https://example.org/survey?a=1&b=2")),
        "font-embedded": unembed,
        "font-characters": unmap,
        "font-glyph": lambda pdf: content(pdf, no_glyph),
    }
)


def damaged(data: bytes, fault: Fault) -> bytes:
    made = io.BytesIO()
    with opened(data) as document:
        fault(document)
        if "/Planted" in document.Root:
            rules = pikepdf.Permissions(accessibility=False)
            # Revision 3: from 6 on, software is to ignore the permission (ISO 32000-2, table 22).
            lock = pikepdf.Encryption(owner="o", user="", R=3, allow=rules, aes=False, metadata=False)
            document.save(made, encryption=lock)
        else:
            document.save(made)
    return made.getvalue()


def test_a_good_file_breaks_no_rule(good: bytes) -> None:
    assert failures(good) == ()
    assert failures(damaged(good, lambda _: None)) == ()


def test_every_rule_has_its_fault() -> None:
    assert FAULTS.keys() | {"readable"} == RULES.keys()


@pytest.mark.parametrize("rule", FAULTS)
def test_the_fault_is_found(rule: str, good: bytes) -> None:
    assert rule in {failure.rule for failure in failures(damaged(good, FAULTS[rule]))}


def test_what_is_no_pdf_is_told() -> None:
    assert [failure.rule for failure in failures(b"no file")] == ["readable"]
    assert [failure.rule for failure in failures(b"")] == ["readable"]


def test_every_group_is_named() -> None:
    modules = {path.stem for path in Path(conformance.__file__).parent.glob("*.py")}
    assert modules - {"__init__", "content", "rules", "tagged", "typefaces"} == set(GROUPS)


def test_a_failure_has_a_code_a_place_and_the_rule(good: bytes, student: Printout) -> None:
    found = verify(damaged(good, FAULTS["heading-order"]), student)
    assert [(d.code, d.address) for d in found] == [("B720", "article/where")]
    assert found[0].message == "page 1: the heading “Where the river slows” is of level 4, and follows one of level 1"
    assert "heading-order" in found[0].hint
    assert "ISO 14289-1, 7.4.2" in found[0].hint
    assert "B720" in CODES


def test_a_picture_without_words_is_placed_by_what_stands_before_it(good: bytes, student: Printout) -> None:
    (found,) = verify(damaged(good, FAULTS["figure-words"]), student)
    assert found.message == "page 2: a picture has no alternative text"
    assert found.address
    assert conformance.verify(good, student) == ()
