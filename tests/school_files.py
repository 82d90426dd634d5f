"""A school's Word files, as Word and others save them: letterheads, templates, and what only looks like one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import docx
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEMPLATE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MACROS: Final = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
_DOCUMENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def logo() -> bytes:
    """Return the school's picture: a green shield, more or less."""
    data = io.BytesIO()
    image = Image.new("RGB", (300, 300), "#ffffff")
    image.paste((20, 90, 60), (40, 20, 260, 280))
    image.paste((250, 200, 60), (110, 90, 190, 190))
    image.save(data, "PNG")
    return data.getvalue()


def letterhead(*, first: bool = False, margins: tuple[float, float] = (25, 25)) -> bytes:
    """Return a letterhead on A4, made with python-docx: Arial, a logo and an address, the page number in the foot.

    `first`: the address is on the first page alone. `margins` in mm, left and right.
    """
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(margins[0]), Mm(margins[1])
    section.top_margin, section.bottom_margin, section.header_distance = Mm(42), Mm(25), Mm(10)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for level, size in ((1, 24), (2, 15), (3, 12)):
        style = made.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0x14, 0x5A, 0x3C)
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
    section.different_first_page_header_footer = first
    header = section.first_page_header if first else section.header
    paragraph = header.paragraphs[0]
    paragraph.add_run().add_picture(io.BytesIO(logo()), height=Mm(16))
    name = paragraph.add_run("\tRiverside School")
    name.bold, name.font.size = True, Pt(16)
    header.add_paragraph("12 Mill Lane, Oudedorp")
    footer = (section.first_page_footer if first else section.footer).paragraphs[0]
    footer.add_run("riverside.example.org, page ")
    footer._p.append(parse_xml(f'<w:fldSimple {W} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    made.add_paragraph("A sentence of the template that no sheet has.")
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def changed(change: Callable[[dict[str, bytes]], object], data: bytes | None = None) -> bytes:
    """Return a letterhead with its parts changed in place by `change`."""
    with zipfile.ZipFile(io.BytesIO(data or letterhead())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replaced(part: str, old: str, new: str) -> bytes:
    """Return a letterhead with `old` replaced in one part; it must be there."""

    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part], (part, old)
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return changed(change)


def template() -> bytes:
    """Return the letterhead as a .dotx."""
    return replaced("[Content_Types].xml", _DOCUMENT, _TEMPLATE)


def _bomb() -> bytes:
    return changed(lambda parts: parts.update({"word/media/image9.png": bytes(120_000_000)}))


def _with_macros(parts: dict[str, bytes]) -> None:
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(_DOCUMENT.encode(), _MACROS.encode())
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"


_PICTURE: Final = 'Target="media/image1.png"'
_RELATIONS: Final = "word/_rels/header1.xml.rels"
_MAIN: Final = "word/document.xml"

UNFIT: Mapping[str, tuple[Callable[[], bytes], str]] = MappingProxyType(
    {
        "empty": (lambda: b"", "is empty"),
        "a text": (lambda: b"Riverside School", "is not an Office file"),
        "cut short": (lambda: letterhead()[:5000], "is broken"),
        "of old Word": (lambda: b"\xd0\xcf\x11\xe0" + bytes(900), "of before 2007"),
        "a zip of something": (lambda: changed(dict.clear), "is not a Word file"),
        "a spreadsheet": (
            lambda: replaced("[Content_Types].xml", "wordprocessingml.document", "x.y"),
            "not a Word file",
        ),
        "a bomb": (_bomb, "unpacks to more than a document holds"),
        "with macros": (lambda: changed(_with_macros), "holds macros"),
        "with a document type": (
            lambda: replaced(_MAIN, "<w:document ", '<!DOCTYPE x [<!ENTITY a "b">]><w:document '),
            "declares a document",
        ),
        "with broken XML": (lambda: replaced("word/header1.xml", "</w:hdr>", ""), "has a part that is broken"),
        "with broken styles": (lambda: replaced("word/styles.xml", "</w:styles>", ""), "has a part that is broken"),
        "without its header": (lambda: changed(lambda parts: parts.pop("word/header1.xml")), "lacks its header"),
        "with a picture elsewhere": (
            lambda: replaced(_RELATIONS, _PICTURE, 'Target="http://example.org/a.png" TargetMode="External"'),
            "has something in its header that leads out of it: 'http://example.org/a.png'",
        ),
        "with a picture of the machine": (
            lambda: replaced(_RELATIONS, _PICTURE, 'Target="file:///etc/passwd" TargetMode="External"'),
            "leads out of it",
        ),
        "with a part as a picture": (
            lambda: replaced(_RELATIONS, _PICTURE, 'Target="styles.xml"'),
            "is none that a sheet",
        ),
        "without its picture": (
            lambda: changed(lambda parts: parts.pop("word/media/image1.png")),
            "is none that a sheet",
        ),
        "without what relates its picture": (lambda: changed(lambda parts: parts.pop(_RELATIONS)), "lacks something"),
        "narrow": (lambda: letterhead(margins=(60, 60)), "leaves 90 mm between its margins; a sheet wants 120"),
        "on its side": (lambda: replaced(_MAIN, 'w:h="16838"', 'w:h="9000"'), "has a page that is too low"),
        "without a page": (lambda: changed(_without_page), "says nothing of its page"),
    }
)


def _without_page(parts: dict[str, bytes]) -> None:
    before, _, rest = parts[_MAIN].partition(b"<w:sectPr")
    parts[_MAIN] = before + rest.partition(b"</w:sectPr>")[2]
