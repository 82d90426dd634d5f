"""Presentations, read back from the files: sizes of type, colours and rules as they reach the paper."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, TypeAlias, get_args

import pikepdf
import pytest
from lxml import etree
from PIL import Image
from sandbox import REPOSITORY

from toolkit.build.composing import composed
from toolkit.drawing.monochrome import black
from toolkit.drawing.shapes import Drawing, Path
from toolkit.formats import writer
from toolkit.formats.html import stylesheet
from toolkit.formats.html.presenting import monochrome, presented
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.pitch import pitch_for
from toolkit.model.presentation import PRESENTATIONS, Manner, Presentation, manner_of
from toolkit.model.printout import Audience, Edition, Gloss, Printout
from toolkit.model.project import Project
from toolkit.model.text import Paragraph
from toolkit.source import lesson as lesson_source

SHOWCASE: Final = "_showcase"
VIETNAM: Final = "vietnam-leaves-cambodia"
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHOWN: Final = frozenset(("Tj", "TJ", "'", '"'))

Untyped: TypeAlias = Any  # an object of pikepdf or lxml


@cache
def made(presentation: Presentation, slug: str, sheet: str, audience: Audience, form: str = "pdf") -> bytes:
    lesson = lesson_source.load(REPOSITORY / "lessons" / slug / "lesson.yaml", Project()).lesson
    edition = Edition(audience, presentation=presentation, pitch=pitch_for(lesson.spec.grades, presentation))
    found: list[Diagnostic] = []
    data = writer(form)(composed(lesson, sheet, edition, form), found.append)
    assert [each for each in found if each.code != "B703" and each.severity is not Severity.NOTE] == []
    return data


def printed(presentation: Presentation) -> Printout:
    lesson = lesson_source.load(REPOSITORY / "lessons" / VIETNAM / "lesson.yaml", Project()).lesson
    return composed(lesson, "handout", Edition(presentation=presentation), "html")


def operators(stream: Untyped, resources: Untyped) -> Iterator[tuple[list[Untyped], str, Untyped]]:
    """Yield the operators of a page and of the forms it draws, with the resources they look names up in."""
    for instruction in pikepdf.parse_content_stream(stream):
        operands, operator = instruction.operands, instruction.operator
        yield list(operands), str(operator), resources
        if str(operator) == "Do":
            form = resources.XObject[str(operands[0])]
            if form.Subtype == "/Form":
                yield ["form"], "q", resources
                yield from operators(form, form.get("/Resources", resources))
                yield [], "Q", resources


def pages(data: bytes) -> Iterator[Iterator[tuple[list[Untyped], str, Untyped]]]:
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            yield operators(page, page.Resources)


def sizes(data: bytes) -> Iterator[float]:
    """Yield the size in pt of each run of text that is painted: transparent ink is for screen readers."""
    for page in pages(data):
        matrix, saved, size, text, clear = pikepdf.Matrix(), [], 0.0, pikepdf.Matrix(), False
        for operands, operator, resources in page:
            if operator == "q":
                saved.append((matrix, clear, size))
            elif operator == "Q":
                matrix, clear, size = saved.pop()
            elif operator == "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            elif operator == "Tm":
                text = pikepdf.Matrix(*map(float, operands))
            elif operator == "Tf":
                size = float(operands[1])
            elif operator == "gs":
                clear = float(resources.ExtGState[str(operands[0])].get("/ca", 1 - clear)) == 0
            elif operator in SHOWN and not clear:
                whole = text @ matrix
                yield round(size * (whole.c**2 + whole.d**2) ** 0.5, 2)


def paints(data: bytes) -> Iterator[tuple[float, ...]]:
    """Yield every colour that a PDF sets, as red, green and blue or as one grey."""
    for page in pages(data):
        for operands, operator, _ in page:
            if operator in {"g", "G", "rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"}:
                yield tuple(float(value) for value in operands)


def rules(data: bytes) -> Iterator[float]:  # noqa: C901  # one case for each operator
    """Yield the width of every line that is stroked, and the short side of every bar that is filled."""
    for page in pages(data):
        width, scale, saved, bars = 1.0, 1.0, [], []
        for operands, operator, _ in page:
            match operator:
                case "q":
                    saved.append((width, scale))
                case "Q":
                    width, scale = saved.pop()
                case "cm":
                    scale *= (float(operands[2]) ** 2 + float(operands[3]) ** 2) ** 0.5
                case "w":
                    width = float(operands[0])
                case "re":
                    bars.append(min(abs(float(operands[2])), abs(float(operands[3]))) * scale)
                case "S" | "s" | "B" | "b":
                    yield round(width * scale, 3)
                    bars = []
                case "f" | "f*" | "F":
                    yield from (round(bar, 3) for bar in bars if bar)
                    bars = []
                case "W" | "W*" | "n":
                    bars = []


WHOLE: Final = [(VIETNAM, "handout", "teacher"), (VIETNAM, "worksheet", "student"), (SHOWCASE, "worksheet", "teacher")]


@pytest.mark.parametrize(("slug", "sheet", "audience"), WHOLE)
def test_no_word_of_large_print_is_under_18_pt(slug: str, sheet: str, audience: Audience) -> None:
    found = list(sizes(made("large-print", slug, sheet, audience)))
    assert len(found) > 100
    assert min(found) >= 18 - 0.01
    assert max(found) <= 30.01


@pytest.mark.parametrize(("slug", "sheet", "audience"), WHOLE[1:])
def test_no_word_for_dyslexic_readers_is_under_12_pt(slug: str, sheet: str, audience: Audience) -> None:
    assert min(sizes(made("dyslexia", slug, sheet, audience))) >= 12 - 0.01


def test_the_usual_sheet_is_smaller() -> None:
    """What is measured can tell: the same lesson without a presentation has small type, colour and thin rules."""
    data = made("standard", VIETNAM, "worksheet", "student")
    assert min(sizes(data)) < 9
    assert any(len(set(color)) > 1 for color in paints(data))
    assert min(rules(data)) < 0.7


@pytest.mark.parametrize(("slug", "sheet", "audience"), WHOLE)
def test_a_photocopy_is_black_and_white(slug: str, sheet: str, audience: Audience) -> None:
    data = made("photocopy", slug, sheet, audience)
    colors = set(paints(data))
    assert colors <= {(0, 0, 0), (1, 1, 1), (0,), (1,)}
    assert min(rules(data)) >= 0.8 - 0.01
    with pikepdf.open(io.BytesIO(data)) as document:
        images = [image for page in document.pages for image in page.get_images().values()]
        assert all(str(image.ColorSpace) == "/DeviceGray" for image in images if "/ColorSpace" in image)


@pytest.mark.parametrize("presentation", ["large-print", "dyslexia"])
def test_nothing_is_slanted_and_there_is_one_face(presentation: Presentation) -> None:
    with pikepdf.open(io.BytesIO(made(presentation, VIETNAM, "handout", "teacher"))) as document:
        names = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
    assert names
    assert not [name for name in names if re.search(r"(?i)-it|italic|oblique|serif", name)]


@pytest.mark.parametrize("presentation", ["large-print", "dyslexia", "photocopy"])
def test_a_presentation_conforms_as_the_usual_sheet_does(presentation: Presentation) -> None:
    with pikepdf.open(io.BytesIO(made(presentation, VIETNAM, "worksheet", "student"))) as document:
        assert document.Root.MarkInfo.Marked
        identifier = document.Root.Metadata.read_bytes().decode()
    assert "pdfuaid:part" in identifier


@pytest.mark.parametrize(("presentation", "smallest"), [("large-print", 18.0), ("dyslexia", 12.0)])
def test_a_word_file_has_no_smaller_type(presentation: Presentation, smallest: float) -> None:
    data = made(presentation, SHOWCASE, "worksheet", "teacher", "docx")
    roots = list(parts(data))
    found = [int(size.get(f"{W}val", "0")) / 2 for root in roots for size in root.iter(f"{W}sz", f"{W}szCs")]
    assert len(found) > 40
    assert min(found) >= smallest
    assert not [mark for root in roots for mark in root.iter(f"{W}i", f"{W}caps")]


def test_a_word_file_for_the_copier_is_black() -> None:
    roots = list(parts(made("photocopy", SHOWCASE, "worksheet", "teacher", "docx")))
    ink = {color.get(f"{W}val") for root in roots for color in root.iter(f"{W}color")}
    assert ink <= {"000000", "auto"}
    fills = {shade.get(f"{W}fill") for root in roots for shade in root.iter(f"{W}shd")}
    assert fills <= {"auto"}
    edges = {edge.get(f"{W}color") for root in roots for edge in root.iter() if edge.get(f"{W}color")}
    assert edges <= {"000000", "auto"}


def parts(data: bytes) -> Iterator[Untyped]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|styles|header\d|footer\d|footnotes|numbering)\.xml", name):
                yield etree.fromstring(archive.read(name))


def test_glosses_stand_below_their_paragraph_where_there_is_no_margin() -> None:
    usual, large = (
        next(p for p in printed(name).parts if p.kind == "reading").blocks for name in ("standard", "large-print")
    )
    assert sorted(map(repr, usual)) == sorted(map(repr, large))
    first = next(n for n, block in enumerate(usual) if isinstance(block, Gloss))
    assert isinstance(usual[first + 1], Paragraph)
    assert isinstance(large[first], Paragraph)
    assert large[first + 1] == usual[first]


def test_every_presentation_is_named_in_the_file() -> None:
    for name in PRESENTATIONS:
        identifier = printed(name).metadata.identifier
        assert identifier.endswith("handout-student" if name == "standard" else f"handout-student-{name}")


def test_the_usual_style_sheet_is_untouched() -> None:
    assert stylesheet("handout", "standard") == stylesheet("handout")
    assert presented("p { font: 9pt/12pt serif }", Manner()) == "p { font: 9pt/12pt serif }"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("font: italic 8.5pt/12pt x", "font: 18pt/24pt x"),
        ("font: 9pt var(--mono)", "font: 18pt var(--mono)"),
        ("font-size: 4pt", "font-size: 18pt"),
        ("font-size: 31pt; line-height: 34pt", "font-size: 30pt; line-height: 54.4pt"),
        ("font: 600 31pt/34pt x", "font: 600 30pt/36pt x"),
        ("--body: 10.75pt; --lead: 15pt", "--body: 18pt; --lead: 24pt"),
        ("margin: -2pt 10pt", "margin: -3.2pt 16pt"),
        ("text-transform: uppercase", "text-transform: none"),
        ("border-top: .4pt solid red", "border-top: 0.8pt solid red"),
    ],
)
def test_style_sheets_are_worked_out_anew(css: str, expected: str) -> None:
    assert presented(css, manner_of("large-print")) == expected


@pytest.mark.parametrize(
    ("color", "expected"), [("#0b5563", "#000000"), ("#fbf1ec", "#ffffff"), ("#cfcbc3", "#000000"), ("#fff", "#ffffff")]
)
def test_a_color_is_black_or_white(color: str, expected: str) -> None:
    assert monochrome(color) == expected


def test_a_tint_becomes_a_hatching_inside_its_shape() -> None:
    bar = Path(((10, 10), (16, 10), (16, 60), (10, 60)), "#0b5563", 0.5, "#dce9eb", closed=True)
    outline, *hatching = black(Drawing(100, 100, (bar,), "")).shapes
    assert isinstance(outline, Path)
    assert (outline.stroke, outline.width, outline.fill) == ("#000000", 0.8, "#ffffff")
    assert len(hatching) > 10
    points = [point for line in hatching if isinstance(line, Path) for point in line.points]
    assert all(10 <= x <= 16 and 10 <= y <= 60 for x, y in points)


def test_photographs_are_grey_and_reach_from_black_to_white() -> None:
    lesson = lesson_source.load(REPOSITORY / "lessons" / SHOWCASE / "lesson.yaml", Project()).lesson
    sheet = composed(lesson, "worksheet", Edition(presentation="photocopy"), "pdf")
    assert sheet.pictures
    for picture in sheet.pictures:
        with Image.open(io.BytesIO(picture.data)) as image:
            assert image.mode == "L"
            shades = image.tobytes()
            assert min(shades) <= 3  # what JPEG rounds
            assert max(shades) >= 252


def test_answer_rules_are_15_mm_apart_in_large_print() -> None:
    assert pitch_for("9-12", "large-print") == 15
    assert pitch_for("9-12") == pitch_for("9-12", "dyslexia")
