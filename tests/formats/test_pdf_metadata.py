"""The file around the pages: what it says of itself, the standards of archives, its size, the same bytes."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pikepdf
import pytest
from formats.test_pdf import PROSE, clean, opened, with_blocks
from lxml import etree

from toolkit.formats.pdf.conformance import failures
from toolkit.formats.pdf.packet import web_statement
from toolkit.model.choices import PdfVariant
from toolkit.model.printout import Part, Printout, Task
from toolkit.model.response import Writing
from toolkit.model.text import Heading, Paragraph, Text

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
}
ARCHIVES = [variant for variant in get_args(PdfVariant) if variant != "ua-1"]
# WeasyPrint 70 leaves the file of the colour profile to be closed by Python.
leaves_profile_open = pytest.mark.filterwarnings(r"ignore:unclosed file.*sRGB2014\.icc:ResourceWarning")


def packet(data: bytes) -> etree._Element:
    with opened(data) as document:
        return etree.fromstring(document.Root.Metadata.read_bytes())


def said(root: etree._Element, path: str) -> list[str]:
    return [str(found) for found in root.xpath(path, namespaces=SPACES)]  # type: ignore[union-attr]


def test_the_packet_says_what_the_file_is(student: Printout) -> None:
    metadata = replace(student.metadata, rights="© 2026 The class. CC BY-SA 4.0.", keywords=("river", "sand & silt"))
    root = packet(clean(replace(student, metadata=metadata)))
    assert len(root.findall("rdf:RDF", SPACES)) == 1
    assert said(root, "//dc:title//rdf:li/text()") == ["The river – Reading 1"]
    assert said(root, "//dc:creator//rdf:li/text()") == ["A. Teacher"]
    assert said(root, "//dc:description//rdf:li/text()") == ["Geography"]
    assert said(root, "//dc:subject//rdf:li/text()") == ["river", "sand & silt"]
    assert said(root, "//dc:rights//rdf:li/text()") == [metadata.rights]
    assert said(root, "//rights:UsageTerms//rdf:li/text()") == [metadata.rights]
    assert said(root, "//rights:Marked/text()") == ["True"]
    assert said(root, "//rights:WebStatement/text()") == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert said(root, "//@pdfuaid:part") == ["1"]


def test_what_is_not_known_is_not_said(student: Printout) -> None:
    root = packet(clean(replace(student, metadata=replace(student.metadata, rights="", keywords=()))))
    assert said(root, "//dc:rights | //dc:subject | //rights:*") == []


@pytest.mark.parametrize(
    ("rights", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("Ada Reed, CC-BY-NC-ND 3.0", "https://creativecommons.org/licenses/by-nc-nd/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC BY", ""),
        ("All rights reserved", ""),
        ("public domain", ""),
    ],
)
def test_a_licence_has_its_address(rights: str, address: str) -> None:
    assert web_statement(rights) == address


def test_what_is_free_is_not_marked_as_owned(student: Printout) -> None:
    assert said(packet(clean(student)), "//rights:Marked/text()") == ["False"]  # CC0


@leaves_profile_open
@pytest.mark.parametrize("variant", ARCHIVES)
def test_files_for_archives_are_for_every_reader_too(variant: PdfVariant, student: Printout) -> None:
    data = clean(replace(student, pdf_variant=variant))
    root = packet(data)
    assert len(root.findall("rdf:RDF", SPACES)) == 1
    assert said(root, "//@pdfaid:part") == [variant[2]]
    assert said(root, "//@pdfaid:conformance") == ["A"]
    assert said(root, "//@pdfuaid:part") == ["1"]
    assert said(root, "//schema:prefix/text()") == ["pdfuaid"]
    assert failures(data) == ()
    with opened(data) as document:
        (intent,) = document.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.N == 3
        assert len(document.trailer.ID) == 2
        images = [o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert images
        assert not any(image.get("/Interpolate", False) for image in images)
        assert "/Names" not in document.Root or "/EmbeddedFiles" not in document.Root.Names


@leaves_profile_open
@pytest.mark.parametrize("variant", ARCHIVES)
def test_files_for_archives_are_the_same_every_time(variant: PdfVariant, student: Printout) -> None:
    printout = replace(student, pdf_variant=variant)
    assert clean(printout) == clean(printout)


def test_two_pages_without_a_picture_are_small(student: Printout) -> None:
    prose = [Paragraph((Text(PROSE * 3),)) for _ in range(5)]
    tasks = tuple(Task(str(n), (Paragraph((Text("Why?"),)),), "", Writing(3, 8.7, "Space"), f"q{n}") for n in range(3))
    reading = with_blocks(student, Heading(2, (Text("Where the river slows"),)), *prose)
    sheet = replace(reading, parts=(*reading.parts, Part("questions", tasks)), pictures=())
    data = clean(sheet)
    with opened(data) as document:
        assert len(document.pages) == 2
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
    assert len(data) < 80_000


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="UNTESTED: qpdf is not installed")
def test_qpdf_finds_the_file_in_order(student: Printout, tmp_path: Path) -> None:
    file = tmp_path / "handout.pdf"
    file.write_bytes(clean(student))
    done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
