"""Fourteen languages on paper: every character is there, whole words are in one face, lines keep the measure.

The texts are the Universal Declaration of Human Rights in the languages' own words.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdf
import pytest
from sandbox import REPOSITORY

from toolkit.compose import compose
from toolkit.drawing import faces, typefaces
from toolkit.drawing.shapes import Run
from toolkit.formats import html, pdf
from toolkit.formats.pdf.engine import engine as engine_with
from toolkit.model import scripts
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Edition, Printout
from toolkit.model.project import Project
from toolkit.model.text import Paragraph, Text
from toolkit.source import fonts
from toolkit.source.lesson import load

TEXTS = REPOSITORY.parent / "shared" / "inputs" / "languages" / "udhr"
LANGUAGES = ("ar", "de", "en", "es", "fr", "he", "hi", "ja", "km", "ru", "th", "vi", "zh", "zh-Hant")
HAN = {"ja": "Noto Serif CJK JP", "zh": "Noto Serif CJK SC", "zh-Hant": "Noto Serif CJK TC"}
MEASURE = 342.0

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="UNTESTED: texts in 14 languages are not beside the project")


def installed(family: str) -> bool:
    try:
        return bool(fonts.load(Path("nowhere"), (family,)))
    except LessonError:
        return False


def quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def written(folder: Path, language: str) -> Path:
    """Write a lesson on the text in `language`, and return its file."""
    lines = [line for line in (TEXTS / f"{language}.txt").read_text("utf-8").split("\n") if line.strip()]
    marked = [re.sub(r"([*_\[\]<>`#\\])", r"\\\1", line) for line in lines]
    first, second = (" ".join(lines[at].split()[:6])[:50] for at in (7, 9))
    lesson = folder / "lessons" / "rights"
    lesson.mkdir(parents=True)
    (folder / "hornbook.toml").write_text("")
    parts = f"# {lines[0]}", f"## {first} 1", *marked[3:10], f"## {second} 2", *marked[10:20]
    (lesson / "article.md").write_text("\n\n".join(parts), "utf-8")
    (lesson / "lesson.yaml").write_text(
        f"""title: {quoted(lines[0])}
language: {language}
article: article.md
sections:
  - heading: {quoted(first + " 1")}
    questions:
      - open: {quoted(lines[7][:120])}
        lines: 3
  - heading: {quoted(second + " 2")}
    questions:
      - choose: {quoted(lines[9][:90])}
        options: [{quoted(lines[15][:40])}, {quoted(lines[17][:40])}]
        correct: {quoted(lines[15][:40])}
timeline: both
chronology:
  - {{date: 1945-10-24, event: {quoted(lines[16][:80])}}}
  - {{date: 1948-12-10, event: {quoted(lines[18][:80])}}}
""",
        "utf-8",
    )
    return lesson / "lesson.yaml"


@dataclass(frozen=True)
class Sample:
    """A lesson in a language, its handout, and what was said of it."""

    lesson: Lesson
    printout: Printout
    data: bytes
    said: tuple[Diagnostic, ...]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sample]:
    """Return what makes a language's sample, once."""

    @cache
    def made(language: str) -> Sample:
        family = HAN.get(language)
        if family and not installed(family):
            pytest.skip(f"UNTESTED: {family} is not installed (Debian: fonts-noto-cjk), {language} was not set")
        file = written(tmp_path_factory.mktemp(language), language)
        lesson = load(file, Project(fonts=(family,) if family else ())).lesson
        printout = compose(lesson, "handout", Edition("student"))
        said: list[Diagnostic] = []
        return Sample(lesson, printout, pdf.write(printout, said.append), tuple(said))

    return made


@pytest.fixture(params=LANGUAGES)
def sample(request: pytest.FixtureRequest, samples: Callable[[str], Sample]) -> Sample:
    return samples(request.param)


def drawn(data: bytes) -> Iterator[tuple[str, str, float, float]]:
    """Yield each run of glyphs of a PDF: its words, its font, and where it begins (pt)."""
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        found: list[tuple[str, str, float, float]] = []

        def visit(words: str, matrix: list[float], text: list[float], font: dict[str, str] | None, _: float) -> None:
            if words.strip() and font:
                x, y = text[4] * matrix[0] + matrix[4], text[5] * matrix[3] + matrix[5]
                found.append((words, font["/BaseFont"].partition("+")[2], x, y))  # noqa: B023  # called in this turn

        page.extract_text(visitor_text=visit)
        yield from found


def test_no_character_is_without_a_glyph_and_fonts_are_in_the_file(sample: Sample) -> None:
    assert [each for each in sample.said if each.severity is not Severity.NOTE] == []
    with pikepdf.open(io.BytesIO(sample.data)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in thing or "/FontFile3" in thing
                assert re.match(r"/[A-Z]{6}\+", str(thing.FontName)), "the font is not a subset"


def letters(text: str) -> Counter[str]:
    text = unicodedata.normalize("NFKD", text)
    return Counter(c for c in text if scripts.script(c) not in ("", "Latn") and c.isalpha())


def test_the_text_can_be_read_back(sample: Sample) -> None:
    """What a reader copies or hears has the letters of the article."""
    article = letters(sample.lesson.article.words())
    if not shutil.which("pdftotext"):
        pytest.skip("UNTESTED: pdftotext is not installed (Debian: poppler-utils)")
    read = subprocess.run(["pdftotext", "-", "-"], input=sample.data, capture_output=True, check=True).stdout.decode()
    assert article - letters(read) == Counter()


def test_each_script_has_one_family(sample: Sample) -> None:
    used: dict[str, set[str]] = {}
    for words, font, _, _ in drawn(sample.data):
        for character in words:
            kind = scripts.script(character)
            if kind and kind != "Latn":
                family = re.sub(r"[-,]+(Semi-?Bold|Bold|Italic|Display|Caption|,)*", "", font)
                used.setdefault(kind, set()).add(re.sub(r"Source(Serif4|Sans3).*", "Source", family.replace("-", "")))
    assert {kind: names for kind, names in used.items() if len(names) > 1} == {}


def test_lines_keep_the_measure_and_their_side(sample: Sample) -> None:
    """Lines of the reading begin at the near margin and end within the measure."""
    lines = pdf.lines(sample.printout)
    assert len(lines) > 15
    page = html.render(sample.printout, paged=True)
    engine = engine_with(sample.printout.presentation, sample.printout.typefaces)
    with typefaces.using(sample.printout.typefaces, sample.printout.language):
        laid = engine._laid_out(page, {}, engine._style)
    boxes = [box for p in laid.pages for box in p._page_box.descendants() if type(box).__name__ == "LineBox"]
    assert boxes
    wide = [box for box in boxes if box.width * 0.75 > 482]
    assert [box.width * 0.75 for box in wide] == []
    reading = [
        box
        for p in laid.pages
        for paragraph in p._page_box.descendants()
        if paragraph.element_tag == "p" and abs(paragraph.width * 0.75 - MEASURE) < 1
        for box in paragraph.children
        if type(box).__name__ == "LineBox"
    ]
    assert len(reading) > 15
    assert max(box.width for box in reading) * 0.75 <= MEASURE + 1


def test_direction_is_that_of_the_script(sample: Sample) -> None:
    rtl = sample.lesson.spec.language in ("ar", "he")
    assert sample.printout.direction == ("rtl" if rtl else "ltr")
    with pikepdf.open(io.BytesIO(sample.data)) as document:
        assert str(document.Root.Lang) == sample.lesson.spec.language
        assert str(document.Root.ViewerPreferences.get("/Direction", "")) == ("/R2L" if rtl else "")


def test_the_timeline_has_every_character(sample: Sample) -> None:
    runs = tuple(Run(words) for words in sample.lesson.article.words().split())
    with typefaces.using(sample.printout.typefaces, sample.printout.language):
        assert faces.missing(runs) == ""
        cut = [run.text for run in runs if len({name for name, _ in faces.pieces(run)}) > 1]
        inside = [
            word
            for word in cut
            for start, end in scripts.words(word)
            if len({name for name, _ in faces.pieces(Run(word[start:end]))}) > 1
        ]
    assert inside == []


HEBREW = "צה" + '"' + "ל", "ארה״ב", "ב-1948", "תנ״ך"


@pytest.mark.parametrize("word", HEBREW)
def test_a_hebrew_abbreviation_on_an_english_page_is_in_one_face(word: str, student: Printout) -> None:
    part = replace(student.parts[0], blocks=(Paragraph((Text(f"The word {word} stands here."),)),))
    furniture = replace(student.furniture, head_left="", head_right="", foot="")
    made = pdf.write(replace(student, parts=(part,), furniture=furniture), lambda said: pytest.fail(str(said)))
    fonts_of = {font for words, font, _, _ in drawn(made) if set(words.strip()) & set(word) - set(" ")}
    assert {font for font in fonts_of if "Hebrew" in font}
    beside = [font for words, font, _, _ in drawn(made) if set(words) & set('"״') or "1948" in words]
    assert all("Hebrew" in font for font in beside)


@pytest.mark.parametrize(
    ("character", "file", "package"),
    [
        ("中", "NotoSerifCJK-Regular.ttc", "fonts-noto-cjk"),
        ("한", "NotoSerifCJK-Regular.ttc", "fonts-noto-cjk"),
        ("ক", "NotoSerifBengali-Regular.ttf", "fonts-noto-core"),
        ("ܐ", "NotoSansSyriac-Regular.ttf", "fonts-noto-core"),
        ("★", "NotoSansSymbols2-Regular.ttf", "fonts-noto-core"),
    ],
)
def test_a_character_without_a_font_is_told_with_the_file_that_has_it(
    character: str, file: str, package: str, student: Printout
) -> None:
    part = replace(student.parts[0], blocks=(Paragraph((Text(f"a {character} b"),), "article/9"),))
    said: list[Diagnostic] = []
    pdf.write(replace(student, parts=(part,)), said.append)
    assert [(d.code, d.address, d.needle) for d in said] == [("B702", "article/9", character)]
    assert file in said[0].hint
    assert package in said[0].hint
