"""The rules of Word's accessibility checker that code can test, and some of WCAG 2.1 that it does not.

E is an error in Word, W a warning, T a tip (Microsoft: "Rules for the Accessibility Checker").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DC = "{http://purl.org/dc/elements/1.1/}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|webp|svg|tiff?|bmp)", re.IGNORECASE)
BLANKS = re.compile(r"_{4,}| {4,}|\.{6,}")
TYPED_LIST = re.compile(r"\s*([-*•–]|\(?\d{1,2}[.)]|[A-Za-z][.)])\s")
VAGUE = frozenset({"here", "click here", "link", "more", "this"})


def findings(data: bytes) -> list[str]:
    """Return every breach of a rule in the document `data`, each with the letter of its weight."""
    with ZipFile(BytesIO(data)) as archive:
        roots = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}
    texts = [root for name, root in roots.items() if re.match(r"word/(document|header|footer|footnotes)", name)]
    styles = roots["word/styles.xml"]
    found = [*_whole(roots)]
    for root in texts:
        found += [*_pictures(root), *_tables(root), *_links(root), *_blanks(root), *_lists(root)]
    found += [*_headings(roots["word/document.xml"], styles), *_colors(styles, texts), *_sizes(styles)]
    return found


def _whole(roots: dict[str, _Element]) -> Iterator[str]:
    core, settings = roots["docProps/core.xml"], roots["word/settings.xml"]
    if not core.findtext(f"{DC}title"):
        yield "T the document has no title"
    if not core.findtext(f"{DC}language"):
        yield "T the document does not say its language"
    language = roots["word/styles.xml"].find(f"{W}docDefaults//{W}lang")
    if language is None or not language.get(f"{W}val"):
        yield "T the text has no language"
    if settings.find(f"{W}documentProtection") is not None:
        yield "E the document restricts access"


def _pictures(root: _Element) -> Iterator[str]:
    for properties in root.iter(f"{WP}docPr"):
        words = (properties.get("descr") or properties.get("title") or "").strip()
        if not words and properties.find(f".//{DECORATIVE}") is None:
            yield "E a picture has no alternative text"
        if FILE_NAME.fullmatch(words):
            yield f"E the alternative text is the name of a file: {words}"
    if root.find(f".//{WP}anchor") is not None:
        yield "W a picture floats beside the text"


def _tables(root: _Element) -> Iterator[str]:
    for table in root.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        styled = table.find(f"{W}tblPr/{W}tblStyle") is not None
        header = rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        if styled and not header:  # one in Word's "Table Normal" is layout
            yield "E a table has no header row"
        if header and any(not _text(cell) for cell in rows[0].iter(f"{W}tc")):
            yield "W a header cell is empty"
        if any(table.find(f".//{W}{tag}") is not None for tag in ("gridSpan", "vMerge", "hMerge")):
            yield "W a table has merged cells"
        if table.find(f".//{W}tc//{W}tbl") is not None:
            yield "W a table stands in a table"
        if table.find(f"{W}tblPr/{W}tblCaption") is None:
            yield "T a table has no alternative text"


def _links(root: _Element) -> Iterator[str]:
    for link in root.iter(f"{W}hyperlink"):
        words = _text(link).strip()
        if len(words) < 2 or words.lower() in VAGUE or words.startswith(("http://", "https://", "www.")):
            yield f"W a link says nothing of where it leads: {words!r}"


def _blanks(root: _Element) -> Iterator[str]:
    empty = 0
    for paragraph in root.iter(f"{W}p"):
        words = _text(paragraph)
        if BLANKS.search(words):
            yield f"T repeated blanks: {words!r}"
        run = 0
        for piece in paragraph.iterfind(f".//{W}r/*"):
            run = run + 1 if piece.tag == f"{W}tab" else 0
            if run >= 4:
                yield "T a run of tabs"
        in_cell = any(ancestor.tag == f"{W}tc" for ancestor in paragraph.iterancestors())
        shown = bool(words) or any(
            paragraph.find(f".//{W}{tag}") is not None for tag in ("drawing", "separator", "continuationSeparator")
        )
        lines = [run for run in paragraph.iterfind(f"{W}r") if "\u00a0" * 4 in _text(run)]
        if any(_named_before(run) is None for run in lines):
            yield "T a line of blanks that no field names"
        empty = 0 if shown or in_cell else empty + 1
        if empty >= 2:
            yield "T empty paragraphs in a row"


def _named_before(run: _Element) -> _Element | None:
    """Return the title of the fill-in field that `run` goes on from, None where there is none."""
    before = run.getprevious()
    return before.find(f"{W}sdtPr/{W}alias") if before is not None and before.tag == f"{W}sdt" else None


def _lists(root: _Element) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        first = paragraph.find(f"{W}r/{W}t")
        tab = paragraph.find(f"{W}r/{W}tab")
        if first is not None and tab is not None and TYPED_LIST.fullmatch((first.text or "") + " "):
            yield f"T a list whose numbers are typed: {_text(paragraph)!r}"


def _headings(document: _Element, styles: _Element) -> Iterator[str]:
    levels = {
        style.get(f"{W}styleId"): int(outline) + 1
        for style in styles.iter(f"{W}style")
        if (outline := _value(style, f"{W}pPr/{W}outlineLvl")) is not None
    }
    last = 0
    seen = 0
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        level = levels.get(style.get(f"{W}val")) if style is not None else None
        words = _text(paragraph)
        if level is None:
            yield from _false_heading(paragraph, words)
            continue
        seen += 1
        if level > last + 1:
            yield f"T the heading {words!r} jumps from level {last} to {level}"
        if not words.strip():
            yield "T a heading is empty"
        if len(words) > 100:
            yield f"T a heading is very long: {words!r}"
        last = level
    if not seen:
        yield "E the document has no headings"


def _false_heading(paragraph: _Element, words: str) -> Iterator[str]:
    runs = paragraph.findall(f"{W}r")
    sized = [run for run in runs if run.find(f"{W}rPr/{W}sz") is not None and run.find(f"{W}rPr/{W}b") is not None]
    if runs and len(sized) == len(runs) and len(words) < 60:
        yield f"E a paragraph only looks like a heading: {words!r}"


def _colors(styles: _Element, texts: list[_Element]) -> Iterator[str]:
    for style in styles.iter(f"{W}style"):
        color = _value(style, f"{W}rPr/{W}color")
        if color is None:
            continue
        fill = style.find(f"{W}pPr/{W}shd")
        ground = (fill.get(f"{W}fill") if fill is not None else None) or "FFFFFF"
        if contrast(color, ground) < 4.5:
            yield f"W the style {style.get(f'{W}styleId')} is {contrast(color, ground):.1f}:1"
    for root in texts:
        for run in root.iter(f"{W}r"):
            color = _value(run, f"{W}rPr/{W}color")
            if color and color != "auto" and contrast(color, "FFFFFF") < 4.5:
                yield f"W a run is {contrast(color, 'FFFFFF'):.1f}:1: {_text(run)!r}"


def _sizes(styles: _Element) -> Iterator[str]:
    default = styles.find(f"{W}docDefaults//{W}sz")
    if default is None or int(default.get(f"{W}val") or 0) < 20:
        yield "T the body is smaller than 10 pt"
    for style in styles.iter(f"{W}style"):
        size = _value(style, f"{W}rPr/{W}sz")
        if size and int(size) < 18:
            yield f"T the style {style.get(f'{W}styleId')} is smaller than 9 pt"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (six hexadecimal digits): WCAG 2.1, 1.4.3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _value(element: _Element, path: str) -> str | None:
    found = element.find(path)
    return found.get(f"{W}val") if found is not None else None


def _text(element: _Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{W}t"))
