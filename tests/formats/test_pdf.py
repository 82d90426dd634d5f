from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pikepdf
import pypdf
import pytest

import toolkit
from toolkit.formats import pdf
from toolkit.formats.pdf import copyfit, linenumbers
from toolkit.formats.pdf.complaints import reported
from toolkit.formats.pdf.engine import ForbiddenError, engine
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.printout import Block, Gloss, Model, Paper, Part, Picture, Printout, Task
from toolkit.model.response import Writing
from toolkit.model.text import Figure, Heading, LineBreak, Paragraph, Table, Text
from toolkit.resources import templates

ROOT = Path(toolkit.__file__).parents[1]


@pytest.fixture(scope="module")
def printed() -> dict[Printout, bytes]:
    return {}


@pytest.fixture(params=["student", "teacher", "worksheet"])
def data(request: pytest.FixtureRequest, printed: dict[Printout, bytes]) -> bytes:
    """The PDF of each sample, printed once, and found without fault."""
    printout: Printout = request.getfixturevalue(request.param)
    if printout not in printed:
        printed[printout] = clean(printout)
    return printed[printout]


def printed_with(printout: Printout) -> tuple[bytes, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return pdf.write(printout, said.append), said


def clean(printout: Printout) -> bytes:
    """Return `printout` as a PDF, and fail if there was anything to say about it, but that it was set closer."""
    made, said = printed_with(printout)
    assert [each for each in said if each.code != "B715"] == []
    return made


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def with_blocks(printout: Printout, *blocks: Block) -> Printout:
    return replace(printout, parts=(Part("reading", blocks),))


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K", pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def tree(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the structure elements under `element`, in reading order."""
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tree(kid)


def elements(document: pikepdf.Pdf, kind: str = "") -> list[pikepdf.Object]:
    return [e for e in tree(document.Root.StructTreeRoot) if not kind or f"/{kind}" == e.S]


def marks(page: pikepdf.Page) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield tag and properties of each marked sequence of `page`, and fail on text outside of any."""
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BMC", "BDC"):
            depth += 1
            yield str(operands[0]), operands[1] if len(operands) > 1 else pikepdf.Dictionary()
        elif name == "EMC":
            depth -= 1
        elif name in ("Tj", "TJ"):
            assert depth, "text outside of marked content"


# -- PDF/UA-1 -------------------------------------------------------------------------------------------


def test_says_what_it_is(data: bytes) -> None:
    with opened(data) as document:
        packet = document.Root.Metadata.read_bytes().decode()
        assert re.search(r'pdfuaid:part="1"', packet)
        assert '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">CC0<' in packet
        assert packet.count("<rdf:RDF") == packet.count("</rdf:RDF>") == 1
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo.Title) == "The river – Reading 1"
        assert str(document.docinfo.Author) == "A. Teacher"
        assert str(document.docinfo.Subject) == "Geography"
        assert str(document.docinfo.Keywords) == "river, delta"
        assert "/CreationDate" not in document.docinfo


def test_every_figure_has_its_words_and_place(student: Printout) -> None:
    with opened(clean(student)) as document:
        (figure,) = elements(document, "Figure")  # the decorative one is no figure
        assert str(figure.Alt) == "Channels spread like a hand."
        x1, y1, x2, y2 = (float(n) for n in figure.A.BBox)
        assert 77 < x1 < x2 < 421
        assert 0 < y1 < y2 < 792
        assert y2 - y1 == pytest.approx(228, abs=0.5)


def test_table_headers_have_scope(data: bytes) -> None:
    with opened(data) as document:
        headers = elements(document, "TH")
        assert headers
        for header in headers:
            column = header.P.P.S == "/THead"
            assert str(header.A.Scope) == ("/Column" if column else "/Row")


def test_list_items_hold_a_label_and_one_body(student: Printout) -> None:
    with opened(clean(student)) as document:
        items = elements(document, "LI")
        assert len(items) == 4 + 2 + 2 + 1 + 1  # the reading, two choices, people, sources
        for item in items:
            assert [str(kid.S) for kid in kids(item)] in (["/Lbl", "/LBody"], ["/LBody"])


def test_headings_do_not_jump(data: bytes) -> None:
    with opened(data) as document:
        levels = [int(str(e.S)[2:]) for e in elements(document) if re.fullmatch("/H[1-6]", str(e.S))]
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))


def test_no_element_is_empty_but_cells(data: bytes) -> None:
    with opened(data) as document:
        assert [str(e.S) for e in elements(document) if not kids(e) and e.S not in ("/TD", "/TH")] == []


def test_content_is_in_the_tree_or_an_artifact(data: bytes) -> None:
    with opened(data) as document:
        inside = {e.objgen for e in elements(document)}
        parents = list(document.Root.StructTreeRoot.ParentTree.Nums)
        entries = dict(zip((int(n) for n in parents[::2]), parents[1::2], strict=True))
        pagination = 0
        for page in document.pages:
            for tag, properties in marks(page):
                if "/MCID" in properties:
                    assert tag != "/Artifact"
                    assert entries[int(page.StructParents)][int(properties.MCID)].objgen in inside
                else:
                    assert tag == "/Artifact"
                    pagination += properties.get("/Type") == "/Pagination"
        assert pagination >= 2 * len(document.pages)  # foot and folio, and the head from page 2


def test_fonts_are_ours_and_embedded(data: bytes) -> None:
    with opened(data) as document:
        names = set()
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in item
                names.add(str(item.FontName).partition("+")[2].rstrip(","))
        assert names
        assert all(name.startswith(("Source-Serif-4", "Source-Sans-3", "Source-Code-Pro")) for name in names), names


def test_links_lead_somewhere_and_print(student: Printout) -> None:
    with opened(clean(student)) as document:
        links = [a for page in document.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
        assert {str(a.A.URI) for a in links if "/A" in a} == {"https://example.org/survey?a=1&b=2"}
        assert [str(a.Dest) for a in links if "/Dest" in a] == ["article/1"]
        assert all(int(a.F) == 4 and "/StructParent" in a for a in links)


def test_answer_space_is_heard_once_and_is_no_element(worksheet: Printout) -> None:
    text = "\n".join(pages_of(clean(worksheet)))
    assert text.count("Space for the answer, 4 lines") == 1
    assert text.count("Space for a word") == 1
    assert text.count("Space beside each date") == 1


# -- pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595.28, 841.89))])
def test_paper(student: Printout, paper: Paper, size: tuple[float, float]) -> None:
    made = clean(replace(student, paper=paper))
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert [(float(b.width), float(b.height)) for b in boxes] == [pytest.approx(size, abs=0.01)] * len(boxes)


PROSE = (
    "A river that meets the sea loses its speed, and with its speed the power to carry what it has carried so far. "
    "First the sand falls, then the silt, and last of all the clay, which may drift for days before it settles. "
)


def test_lines_break_alike_on_both_papers(student: Printout) -> None:
    reading = with_blocks(student, *(Paragraph((Text(PROSE * n),)) for n in (2, 3, 1)))
    lines: dict[Paper, list[str]] = {}
    for paper in get_args(Paper):
        text = pages_of(clean(replace(reading, paper=paper)))[0]
        lines[paper] = [line.strip() for line in text.splitlines() if any(word in line for word in PROSE.split())]
    assert len(lines["letter"]) > 15
    assert lines["letter"] == lines["a4"]


def positions(page: pypdf.PageObject) -> list[tuple[str, float, float]]:
    """Return each piece of text of `page` with its place in pt from the lower left corner."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        if text.strip():
            x, y = place[4], place[5]
            found.append(
                (text.strip(), x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5])
            )

    page.extract_text(visitor_text=visit)
    return found


def test_every_fifth_line_of_the_reading_has_its_number(student: Printout) -> None:
    lines = [f"line{n}" for n in range(1, 71)]
    paragraphs = [
        Paragraph(tuple(node for line in lines[at : at + 7] for node in (Text(line), LineBreak()))[:-1])
        for at in range(0, 70, 7)
    ]
    gloss = Gloss((Text("x"),), "", (Text("not a line, however long it is, and it goes on"),), (), "v")
    table = Table(((Text("no"),),), (((Text("line"),),),))
    heading = Heading(2, (Text("nor this"),))
    blocks: tuple[Block, ...] = (heading, gloss, *paragraphs[:4], table, *paragraphs[4:])
    reader = pypdf.PdfReader(io.BytesIO(clean(with_blocks(student, *blocks))))
    found = {}
    for page in reader.pages:
        pieces = positions(page)
        left = min(x for text, x, _ in pieces if text.startswith("line"))
        for text, x, y in pieces:
            if text.isdecimal() and x < left:
                (line,) = [other for other, _, there in pieces if other.startswith("line") and abs(there - y) < 0.6]
                found[int(text)] = line
    assert found == {n: f"line{n}" for n in range(5, 71, 5)}


def test_line_numbers_move_no_line_and_are_not_heard(student: Printout, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = with_blocks(student, *[Paragraph((Text(PROSE * 3),))] * 2)
    numbered = clean(reading)
    monkeypatch.setattr(linenumbers, "EVERY", 1000)
    plain = clean(reading)
    pieces = [positions(pypdf.PdfReader(io.BytesIO(made)).pages[0]) for made in (numbered, plain)]
    assert [piece for piece in pieces[0] if piece not in pieces[1]] == [
        piece for piece in pieces[0] if piece[0] in ("5", "10", "15")
    ]
    heard = []
    for made in (numbered, plain):
        with opened(made) as document:
            heard.append([int(p.MCID) for _, p in marks(document.pages[0]) if "/MCID" in p])
    assert heard[0] == heard[1]


def test_a_few_lines_get_no_page_of_their_own(student: Printout, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = tuple(Task(str(n), (Paragraph((Text("Asked?"),)),), "", None, f"q{n}") for n in range(22))
    sheet = replace(student, parts=(Part("questions", tasks),))
    fitted = pages_of(clean(sheet))
    monkeypatch.setattr(copyfit, "SPARSE", 0.0)
    assert (len(fitted), len(pages_of(clean(sheet)))) == (1, 2)
    assert sum(page.count("Asked?") for page in fitted) == 22


def test_a_line_is_not_broken_after_its_first_word() -> None:
    # Without `linebreaks` WeasyPrint sets "muro" on a line of its own: the text fits but for its last space.
    style = "width:118pt; font: 8.75pt/12pt 'Source Serif 4 Caption'"
    page = f'<html lang="es"><title>x</title><p style="{style}">muro para formar un lago. <i>to dam</i>'
    lines = pages_of(engine().print(page, {}))[0].splitlines()
    assert [line.strip() for line in lines] == ["muro para formar un lago.", "to dam"]


def test_running_head_from_page_two(student: Printout) -> None:
    first, second, *_ = pages_of(clean(with_blocks(student, *(Paragraph((Text(PROSE * 4),)) for _ in range(6)))))
    assert first.count("Reading 1") == 0  # the kicker is set in capitals
    assert "READING 1" in first
    assert "Reading 1" in second
    assert "1 / 2" in first
    assert "2 / 2" in second
    assert 'Unit "1" · CC0' in first


def pages_with(printout: Printout, filler: int, blocks: tuple[Block, ...], *names: str) -> tuple[int, ...]:
    """Return the pages on which `names` stand when `filler` lines come before `blocks`."""
    short = [Paragraph((Text("Short."),)) for _ in range(filler)]
    pages = pages_of(clean(with_blocks(printout, *short, *blocks)))
    return tuple(n for name in names for n, page in enumerate(pages) if name in page)


def test_a_gloss_stays_with_its_paragraph(student: Printout) -> None:
    gloss = Gloss((Text("silt"),), "", (Text("GLOSSED: fine earth"),), (), "vocabulary/silt")
    target = Paragraph((Text("TARGET " + PROSE),))
    found = {pages_with(student, lines, (gloss, target), "GLOSSED", "TARGET") for lines in range(29, 36)}
    assert found == {(0, 0), (1, 1)}


def test_a_question_is_not_broken(student: Printout) -> None:
    model = Model("END", (Paragraph((Text("of it"),)),))
    task = Task("7", (Paragraph((Text("ASKED?"),)),), "", Writing(8, 8.7, "ROOM"), "q", (), (model,))
    found = {pages_with(student, lines, (task,), "ASKED", "ROOM", "END") for lines in range(17, 24)}
    assert found == {(0, 0, 0), (1, 1, 1)}


def test_only_an_answer_of_a_whole_page_runs_over_it(student: Printout) -> None:
    model = Model("END", (Paragraph((Text("of it"),)),))
    found = []
    for rules in (18, 24):
        task = Task("7", (Paragraph((Text("ASKED?"),)),), "", Writing(rules, 8.7, "ROOM"), "q", (), (model,))
        found.append({pages_with(student, lines, (task,), "ASKED", "ROOM", "END") for lines in (1, 12, 20)})
    assert found == [{(0, 0, 0), (1, 1, 1)}, {(0, 0, 1)}]


def test_a_heading_stays_with_its_text(student: Printout) -> None:
    blocks = (Heading(2, (Text("HEADING"),)), Paragraph((Text("TARGET " + PROSE),)))
    found = {pages_with(student, lines, blocks, "HEADING", "TARGET") for lines in range(26, 33)}
    assert found == {(0, 0), (1, 1)}


def test_a_table_over_two_pages_may_have_empty_headers(student: Printout) -> None:
    rows = tuple(((Text(f"row {n}"),), (Text(str(n)),)) for n in range(60))
    for headers in (((), ()), ((), (Text("Number"),))):
        with opened(clean(with_blocks(student, Table(headers, rows)))) as document:
            assert len(elements(document, "Table")) == 1
            heads = elements(document, "TH")  # the first cell of a row heads it, where the first of the table is empty
            assert len([head for head in heads if head.P.P.S == "/THead"]) == sum(map(bool, headers))
            used = {bytes(name) for cell in elements(document, "TD") for name in cell.A.get("/Headers", [])}
            assert used == {bytes(head.ID) for head in heads}


def test_a_table_over_two_pages_is_one_table(student: Printout) -> None:
    rows = tuple(((Text(f"row {n}"),), (Text(str(n)),)) for n in range(80))
    made = clean(with_blocks(student, Table(((Text("Name"),), (Text("Number"),)), rows)))
    text = pages_of(made)
    assert len(text) == 3
    assert [n for n in range(80) if f"row {n}" not in "".join(text)] == []
    with opened(made) as document:
        (table,) = elements(document, "Table")
        assert [str(kid.S) for kid in kids(table)] == ["/THead", "/TBody"]
        assert len(elements(document, "TR")) == 81
        headers = {bytes(header.ID) for header in elements(document, "TH")}
        assert len(headers) == 2
        assert {bytes(name) for cell in elements(document, "TD") for name in cell.A.Headers} == headers
        assert "/THead" not in {str(row.P.S) for row in elements(document, "TR")[1:]}
        for element in elements(document):
            assert any(kid.objgen == element.objgen for kid in kids(element.P) if isinstance(kid, pikepdf.Dictionary))


# -- what WeasyPrint says ---------------------------------------------------------------------------------


def test_character_that_no_font_has_is_named_and_placed(student: Printout, capfd: pytest.CaptureFixture[str]) -> None:
    blocks = Paragraph((Text("plain"),), "article/1"), Paragraph((Text("the sign 中 twice 中"),), "article/2")
    _, diagnostics = printed_with(with_blocks(student, *blocks))
    (found,) = diagnostics
    assert (found.code, found.severity) == ("B702", Severity.ERROR)
    assert (found.address, found.needle) == ("article/2", "中")
    assert "U+4E2D" in found.message
    assert capfd.readouterr() == ("", "")


def test_picture_that_cannot_be_drawn_is_an_error(student: Printout) -> None:
    broken = replace(student, pictures=(Picture("a.png", b"\x89PNG\r\n\x1a\n broken", "image/png", 9, 9),))
    _, diagnostics = printed_with(with_blocks(broken, Figure("a.png", "A hill")))
    assert [(d.code, d.severity) for d in diagnostics] == [("B705", Severity.ERROR)]
    assert "a.png" in diagnostics[0].message


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{url}" alt="x">',
        '<p style="background:url({url})">x</p>',
        "<style>@import url({url});</style>",
        '<link rel="stylesheet" href="{url}">',
        '<link rel="attachment" href="{url}">',
        '<a rel="attachment" href="{url}">x</a>',
        '<object data="{url}"></object>',
        "<style>@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}</style><p>x</p>",
    ],
)
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_page_can_fetch_nothing(markup: str, scheme: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    url = secret.as_uri() if scheme == "file" else "http://127.0.0.1:9/secret"
    with pytest.raises(ForbiddenError, match="may not open"):
        engine().print(f'<html lang="en"><title>x</title>{markup.format(url=url)}', {})


# -- the same everywhere ----------------------------------------------------------------------------------


def test_same_printout_gives_the_same_bytes(data: bytes, printed: dict[Printout, bytes]) -> None:
    printout = next(p for p, made in printed.items() if made == data)
    assert clean(printout) == data


FRESH = """
import hashlib, pickle, sys
from toolkit.formats import pdf
from toolkit.formats.pdf import copyfit, linenumbers
made = pdf.write(pickle.loads(sys.stdin.buffer.read()), print)
print(hashlib.sha256(made).hexdigest())
"""


def test_fresh_process_without_home_gives_the_same_bytes_and_leaves_nothing(student: Printout, tmp_path: Path) -> None:
    shas = {hashlib.sha256(clean(student)).hexdigest()}
    for seed, zone in (("1", "UTC"), ("2", "Asia/Phnom_Penh")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "HOME": "/nonexistent", "TMPDIR": str(tmp_path)}
        env.pop("XDG_CACHE_HOME", None)
        env.pop("FONTCONFIG_FILE", None)
        command = [sys.executable, "-W", "error", "-c", FRESH]
        done = subprocess.run(command, env=env, input=pickle.dumps(student), capture_output=True, cwd=ROOT, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        shas.add(done.stdout.decode().strip())
    assert len(shas) == 1
    assert list(tmp_path.iterdir()) == []
    assert not Path("/nonexistent").exists()


def test_fonts_cover_what_they_promise(student: Printout) -> None:
    text = "Tiếng Việt: ắ ằ ẵ ỡ ữ ₫. Ελληνικά. Русский. ភាសាខ្មែរ ១៩៨៩. العربية: أين الأنهار؟ → ☐ ☑ ✓ ½ ′ “ ” … – —"
    styles = ("p", "h2", "b", "em", "code", "aside")
    page = "".join(f"<{tag}>{text}</{tag}>" for tag in styles)
    said: list[Diagnostic] = []
    with reported(student, said.append):
        engine().print(f'<html lang="en"><title>x</title><body>{page}', {})
    assert said == []


def test_fonts_are_the_files_their_list_says() -> None:
    folder = templates() / "fonts"
    listed = re.findall(r"^([0-9a-f]{64})  (\S+)$", (folder / "SOURCES.md").read_text("utf-8"), re.M)
    assert {name for _, name in listed} == {f.relative_to(folder).as_posix() for f in folder.glob("*/*.ttf")}
    for digest, name in listed:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
        assert (folder / name).with_name("OFL.txt").is_file()


def test_khmer_is_read_aloud_as_written(student: Printout) -> None:
    words = "មនុស្សទាំងអស់កើតមកមានសេរីភាព"
    made = clean(replace(with_blocks(student, Paragraph((Text(words),))), language="km"))
    with opened(made) as document:
        assert words in {str(p.ActualText) for _, p in marks(document.pages[0]) if "/ActualText" in p}
        assert words in {str(e.ActualText) for e in elements(document, "Span") if "/ActualText" in e}
        maps = [
            s.read_bytes() for s in document.objects if isinstance(s, pikepdf.Stream) and b"begincmap" in s.read_bytes()
        ]
        assert maps
        assert not any(b"<>" in stream for stream in maps)


def test_arabic_letters_survive_copying(student: Printout) -> None:
    words = "كانت الحرب مكلفة وبدأ الحليف يبحث عن طريق"
    arabic = replace(with_blocks(student, Paragraph((Text(words),))), language="ar", direction="rtl")
    made = clean(arabic)
    assert sorted(set(words) - {" "} - set("".join(pages_of(made)))) == []
