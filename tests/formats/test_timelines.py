"""Timelines on paper: one figure a page in the structure tree, no two words over each other, nothing off the page."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image
from sandbox import REPOSITORY, Sandbox

from toolkit.chronology import timeline_style as style
from toolkit.chronology.printing import print_date
from toolkit.chronology.timeline_drawing import drawings
from toolkit.chronology.timeline_text import Sheet
from toolkit.compose import compose
from toolkit.drawing import faces, svg
from toolkit.drawing.shapes import Drawing
from toolkit.formats import writer
from toolkit.formats.html.timelines import ROOM, pages
from toolkit.model.dates import Precision, parse_edtf
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.printout import Dated, Edition, Paper, Printout, Timeline
from toolkit.model.project import Project
from toolkit.model.text import Text
from toolkit.source import lesson as lesson_source

SAMPLES = ("vietnam-leaves-cambodia", "el-canal-de-panama", "_showcase")
CHRONOLOGY = REPOSITORY.parent / "shared" / "inputs" / "chronologies" / "state_administrative_timeline.json"


def sample(slug: str, sheet: str = "handout", paper: Paper = "letter") -> Printout:
    lesson = lesson_source.load(REPOSITORY / "lessons" / slug / "lesson.yaml", Project()).lesson
    return compose(lesson, sheet, Edition(paper=paper))


def timelines(printout: Printout) -> list[Timeline]:
    return [block for part in printout.parts for block in part.blocks if isinstance(block, Timeline)]


def made(printout: Printout, kind: str) -> bytes:
    found: list[Diagnostic] = []
    data = writer(kind)(printout, found.append)
    assert found == []
    return data


Box = tuple[float, float, float, float]


def boxes(drawing: Drawing) -> list[Box]:
    """Return left, top, right and foot of each line of text, as seen."""
    found = []
    for words in drawing.words:
        left = words.x - (words.width if words.end != drawing.rtl else 0.0)
        found.append((left, words.top, left + words.width, words.top + words.leading))
    return found


def overlapping(found: list[Box], slack: float = 0.01) -> list[tuple[Box, Box]]:
    """Return the pairs of boxes that have more than `slack` pt in common each way."""
    ordered = sorted(found, key=lambda box: box[1])
    return [
        (a, b)
        for at, a in enumerate(ordered)
        for b in ordered[at + 1 :]
        if b[1] < a[3] - slack and a[0] < b[2] - slack and b[0] < a[2] - slack
    ]


def check(drawing: Drawing) -> None:
    found = boxes(drawing)
    assert overlapping(found) == []
    assert all(left >= -0.01 and right <= drawing.width + 0.01 for left, _, right, _ in found)
    assert all(top >= -0.01 and foot <= drawing.height + 0.01 for _, top, _, foot in found)
    assert [faces.missing(words.runs) for words in drawing.words if faces.missing(words.runs)] == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
@pytest.mark.parametrize("slug", SAMPLES)
def test_the_samples_have_no_two_labels_over_each_other(slug: str, sheet: str, paper: Paper) -> None:
    printout = sample(slug, sheet, paper)
    (timeline,) = timelines(printout)
    drawn = pages(timeline, printout)
    assert drawn
    for drawing in drawn:
        check(drawing)
        assert (drawing.width, drawing.height) <= ROOM[paper]
    dates = [run.text for drawing in drawn for words in drawing.words for run in words.runs]
    assert all(any(moment.date in text for text in dates) for moment in timeline.moments)


@pytest.mark.parametrize("width", [240, 480])
def test_every_kind_of_date_has_its_place(width: int) -> None:
    file = REPOSITORY / "tests" / "examples" / "good" / "every-date" / "lesson.yaml"
    (timeline,) = timelines(compose(lesson_source.load(file, Project()).lesson, "handout", Edition()))
    assert len(timeline.moments) == 41
    drawn = drawings(timeline, Sheet(width, 606, "en"))
    for drawing in drawn:
        check(drawing)
    assert any("years" in run.text for drawing in drawn for words in drawing.words for run in words.runs), "a break"


def test_eight_categories_have_eight_shapes_and_a_legend_in_rows() -> None:
    names = tuple(f"Category number {n}" for n in range(8))
    moments = tuple(
        Dated(700_000 + 400 * n, 700_000 + 400 * n, "Date", (Text("It rains."),), "", exact=True, category=n)
        for n in range(8)
    )
    timeline = Timeline(moments, "Rain.", "", "", (("day", "exact day"),), names)
    (drawing,) = drawings(timeline, Sheet(300, 600, "en"))
    check(drawing)
    said = [run.text for words in drawing.words for run in words.runs]
    assert [text for text in said if text.startswith("Category")] == list(names)
    rows = {words.top for words in drawing.words if words.runs[0].text.startswith("Category")}
    assert len(rows) == 3
    marks = [svg.document(Drawing(9, 9, style.mark(4, 4, n, filled=True), "")) for n in range(8)]
    assert len({re.sub("#[0-9a-f]{6}", "", mark) for mark in marks}) == 8, "told apart without colour"


# -- the great chronology


def chronology(count: int | None = None) -> Timeline:
    if not CHRONOLOGY.is_file():
        pytest.skip(f"{CHRONOLOGY} is not there: the great chronology was not drawn")
    events = json.loads(CHRONOLOGY.read_text("utf-8"))["events"][:count]
    moments = []
    for event in events:
        date = parse_edtf(event["edtf"])
        span = date.precision is Precision.INTERVAL
        exact = date.precision is Precision.DAY
        said = print_date(date, "en")
        moments.append(Dated(date.earliest, date.latest, said, (Text(event["text"]),), "", span=span, exact=exact))
    legend = (("day", "exact day"), ("period", "within this time"), ("span", "from one date to another"))
    return Timeline(tuple(moments), "Acts of a ministry.", "Part {n} of {pages}.", "", legend)


@pytest.mark.parametrize(
    "count", [120, pytest.param(None, marks=pytest.mark.slow)], ids=["its beginning", "all 1,488 events"]
)
def test_a_great_chronology_runs_over_pages(count: int | None) -> None:
    timeline = chronology(count)
    drawn = drawings(timeline, Sheet(480, 606, "en"))
    for drawing in drawn:
        check(drawing)
        assert drawing.height <= 606.01
    said = [run.text for drawing in drawn for words in drawing.words for run in words.runs]
    assert sum(moment.date in said for moment in timeline.moments) == len(timeline.moments)
    assert [drawing.alt for drawing in drawn][-1] == f"Acts of a ministry. Part {len(drawn)} of {len(drawn)}."


# -- PDF


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    found: list[pikepdf.Dictionary] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if str(node.S) == kind:
                found.append(node)
            walk(node.get("/K"))

    walk(pdf.Root.StructTreeRoot.K)
    return found


def test_a_timeline_is_one_figure_on_each_page() -> None:
    printout = sample("vietnam-leaves-cambodia")
    (timeline,) = timelines(printout)
    with pikepdf.open(io.BytesIO(made(printout, "pdf"))) as pdf:
        figures = [figure for figure in elements(pdf, "/Figure") if "to scale" in str(figure.get("/Alt"))]
        drawn = pages(timeline, printout)
        assert [str(figure.Alt) for figure in figures] == [drawing.alt for drawing in drawn]
        assert "26 events, April 17, 1975 – early March 1999" in drawn[0].alt
        assert "table that follows" in drawn[0].alt
        tables = elements(pdf, "/Table")
        assert len(tables) == 1, "its accessible twin"
        parents = dict(pairs(pikepdf.Array(pdf.Root.StructTreeRoot.ParentTree.Nums)))
        for figure, drawing in zip(figures, drawn, strict=True):
            # Every line of text is a mark of the figure itself, and the parent tree says so too.
            assert all(isinstance(kid, int) for kid in figure.K)
            assert len(figure.K) > len(drawing.words)
            owners = parents[int(figure.Pg.StructParents)]
            assert all(owners[int(kid)] == figure for kid in figure.K)
            left, foot, right, top = (float(edge) for edge in figure.A.BBox)
            assert (right - left, top - foot) == pytest.approx((drawing.width, drawing.height), abs=0.1)


def pairs(nums: pikepdf.Array) -> list[tuple[int, pikepdf.Object]]:
    return [(int(nums[n]), nums[n + 1]) for n in range(0, len(nums), 2)]


@pytest.mark.parametrize("slug", SAMPLES)
def test_no_two_words_of_the_pdf_lie_over_each_other(slug: str, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed: the words of the PDF were not located")
    printout = sample(slug)
    file = tmp_path / "handout.pdf"
    file.write_bytes(made(printout, "pdf"))
    run = subprocess.run([program, "-bbox", file, "-"], capture_output=True, check=True)
    tree = etree.fromstring(run.stdout, etree.XMLParser(recover=True))
    figures = figure_places(file)
    assert figures
    for number, (left, top, right, foot) in figures:
        page = tree.findall(".//{*}page")[number]
        words = [
            [float(word.get(key) or 0) for key in ("xMin", "yMin", "xMax", "yMax")] for word in page.iter("{*}word")
        ]
        inside = [w for w in words if left - 1 <= w[0] and w[2] <= right + 1 and top - 1 <= w[1] and w[3] <= foot + 6]
        assert len(inside) > 10
        # Poppler's boxes are as high as the faces' ascents and descents, some 2 pt more than the line on each side.
        tight = [(w[0], w[1] + 2.6, w[2], w[3] - 2.6) for w in inside]
        assert overlapping(tight, slack=0.2) == []


def figure_places(file: Path) -> list[tuple[int, Box]]:
    """Return the page of each timeline, from 0, and its place there from the top left corner."""
    with pikepdf.open(file) as pdf:
        numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        found = []
        for figure in elements(pdf, "/Figure"):
            if " a escala" in str(figure.Alt) or "to scale" in str(figure.Alt):
                height = float(figure.Pg.MediaBox[3])
                left, foot, right, top = (float(edge) for edge in figure.A.BBox)
                found.append((numbers[figure.Pg.objgen], (left, height - top, right, height - foot)))
        return found


def test_the_heading_stands_with_its_timeline() -> None:
    for slug, sheet in (("_showcase", "worksheet"), ("el-canal-de-panama", "handout")):
        printout = sample(slug, sheet)
        with pikepdf.open(io.BytesIO(made(printout, "pdf"))) as pdf:
            alts = [drawing.alt for timeline in timelines(printout) for drawing in pages(timeline, printout)]
            figure = next(f for f in elements(pdf, "/Figure") if str(f.get("/Alt")) == alts[0])
            before = [h for h in elements(pdf, "/H2") if h.Pg == figure.Pg]
            assert before, f"{sheet} of {slug}"


# -- Word and HTML

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def test_word_gets_pictures_with_alternative_text_and_the_table() -> None:
    printout = sample("vietnam-leaves-cambodia")
    data = made(printout, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        root = etree.fromstring(file.read("word/document.xml"))
        images = [Image.open(io.BytesIO(file.read(name))) for name in file.namelist() if name.endswith(".png")]
    said = [node.get("descr") for node in root.iter(f"{WP}docPr")]
    assert len(said) == len(images)
    assert said[0] == (
        "Timeline to scale: 26 events, April 17, 1975 – early March 1999. The table that follows lists them. "
        f"Part 1 of {len(said)}."
    )
    extents = [int(node.get("cx") or 0) / 914400 for node in root.iter(f"{WP}extent")]
    for image, inches in zip(images, extents, strict=True):
        assert image.width / inches == pytest.approx(300, abs=1), "dots an inch"
    rows = [len(table.findall(f"{W}tr")) for table in root.iter(f"{W}tbl")]
    assert 27 in rows, "26 events under a header"


def test_word_gets_a_table_to_type_in() -> None:
    data = made(sample("vietnam-leaves-cambodia", "worksheet"), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not [name for name in file.namelist() if name.endswith(".png")]
        assert "April 17, 1975" in file.read("word/document.xml").decode()


def test_the_screen_shows_the_same_figure() -> None:
    page = made(sample("el-canal-de-panama"), "html").decode()
    assert page.count('<div class="drawing"') == 1
    assert "<title>Línea de tiempo a escala: 14 hechos" in page
    assert "Se abren las esclusas de Agua Clara y Cocolí." in page


def test_a_label_that_is_too_long_for_a_page_is_told_with_its_place() -> None:
    printout = sample("_showcase")
    (timeline,) = timelines(printout)
    long = replace(timeline.moments[2], event=(Text("The water rises and falls. " * 300),))
    spoilt = replace(timeline, moments=(*timeline.moments[:2], long))
    parts = tuple(replace(p, blocks=tuple(spoilt if b is timeline else b for b in p.blocks)) for p in printout.parts)
    for kind in ("pdf", "html", "docx"):
        found: list[Diagnostic] = []
        writer(kind)(replace(printout, parts=parts), found.append)
        assert [one.code for one in found] == ["B706"], kind
        assert found[0].address == long.address
        assert "pt more are needed" in found[0].message


# -- languages


@pytest.mark.parametrize("language", ["ar", "km", "vi"])
def test_other_scripts_have_room_too(language: str, sandbox: Sandbox) -> None:
    said = {
        "ar": "ينهار السد وتغمر المياه المدينة القديمة في عام 1953 بعد عاصفة طويلة جدا لم ير الناس مثلها.",
        "km": "ទំនប់ទឹកបានបាក់ហើយទឹកបានជន់លិចទីក្រុងចាស់ទាំងមូលក្នុងឆ្នាំ ១៩៥៣",
        "vi": "Đê vỡ và nước tràn ngập thành phố cũ năm 1953, sau một cơn bão dài chưa từng thấy bao giờ ở đây.",
    }[language]
    events = "".join(f'  - {{date: {1950 + n}-02, event: "{said}"}}\n' for n in range(6))
    sandbox.lesson(f"title: T\nlanguage: {language}\nchronology:\n{events}")
    printout = sandbox.printout()
    (timeline,) = timelines(printout)
    for drawing in pages(timeline, printout):
        check(drawing)
        assert drawing.rtl == (language == "ar")
        tops = sorted({words.top for words in drawing.words})
        assert all(b >= a for a, b in pairwise(tops))
    assert made(printout, "pdf").startswith(b"%PDF")
    assert made(printout, "docx")
