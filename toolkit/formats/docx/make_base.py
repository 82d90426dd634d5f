"""The script that makes templates/worksheet/base.docx: `python -m toolkit.formats.docx.make_base`.

The base holds what every worksheet shares: styles, numberings, page, header and footer, settings. It has
no thumbnail, no second set of styles for old readers and no text, and is the same bytes on every run.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from lxml import etree
from lxml.etree import _Element

from toolkit import resources
from toolkit.formats.docx import archive
from toolkit.formats.docx.base_numbering import numbering
from toolkit.formats.docx.base_styles import Row, font_table, styles
from toolkit.formats.docx.base_theme import theme
from toolkit.formats.docx.names import Style
from toolkit.formats.docx.oxml import R, w

_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE: Final = "application/vnd.openxmlformats-package."
_SETTING: Final = "http://schemas.microsoft.com/office/word"

# part of word/: kind of relationship, content type
_WORD_PARTS: Final = (
    ("styles", "styles", f"{_WORD}styles+xml"),
    ("numbering", "numbering", f"{_WORD}numbering+xml"),
    ("settings", "settings", f"{_WORD}settings+xml"),
    ("fontTable", "fontTable", f"{_WORD}fontTable+xml"),
    ("theme1", "theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    ("header1", "header", f"{_WORD}header+xml"),
    ("header2", "header", f"{_WORD}header+xml"),
    ("footer1", "footer", f"{_WORD}footer+xml"),
    ("footer2", "footer", f"{_WORD}footer+xml"),
)


def base_document(table: Row) -> bytes:
    """Return the base document (a .docx file) for the styles in `table`, the contents of styles.toml."""
    word = {
        "document": _document(),
        "styles": styles(table),
        "numbering": numbering(table),
        "settings": _settings(),
        "fontTable": font_table(table),
        "theme1": theme(table),
        "header1": w("hdr", w("p", w("pPr", w("pStyle", val=Style.HEADER)))),
        "header2": w("hdr", w("p", w("pPr", w("pStyle", val=Style.HEADER)))),
        "footer1": w("ftr", w("p", w("pPr", w("pStyle", val=Style.FOOTER)))),
        "footer2": w("ftr", w("p", w("pPr", w("pStyle", val=Style.FOOTER)))),
    }
    parts = {f"word/{name}.xml": _serialized(root) for name, root in word.items()}
    parts["[Content_Types].xml"] = _content_types()
    parts["_rels/.rels"] = _root_relations()
    parts["word/_rels/document.xml.rels"] = _document_relations()
    parts["docProps/core.xml"] = _core()
    parts["docProps/app.xml"] = _app()
    return archive.pack(parts)


def main() -> None:
    """Write base.docx beside styles.toml."""
    folder = resources.templates() / "worksheet"
    table = tomllib.loads((folder / "styles.toml").read_text(encoding="utf-8"))
    Path(folder / "base.docx").write_bytes(base_document(table))


def _serialized(root: _Element) -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=["r"] if root.tag.endswith("}document") else [])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _document() -> _Element:
    """Return an empty body on US Letter; the first page has its own (empty) header."""
    references = []
    for number, (name, kind, _) in enumerate(_WORD_PARTS, start=1):
        if kind in ("header", "footer"):
            reference = w(f"{kind}Reference", type="default" if name.endswith("1") else "first")
            reference.set(f"{{{R}}}id", f"rId{number}")
            references.append(reference)
    section = w(
        "sectPr",
        *references,
        w("pgSz", w=12240, h=15840),
        w("pgMar", top=1300, right=1440, bottom=1300, left=1440, header=680, footer=620, gutter=0),
        w("titlePg"),
    )
    return w("document", w("body", section))


def _settings() -> _Element:
    compatibility = w(
        "compat",
        w("compatSetting", name="compatibilityMode", uri=_SETTING, val=15),
        w("compatSetting", name="overrideTableStyleFontSizeAndJustification", uri=_SETTING, val=1),
        w("compatSetting", name="enableOpenTypeFeatures", uri=_SETTING, val=1),
        w("compatSetting", name="doNotFlipMirrorIndents", uri=_SETTING, val=1),
        w("compatSetting", name="differentiateMultirowTableHeaders", uri=_SETTING, val=1),
    )
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        compatibility,
        w("themeFontLang", val="en-US"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def _root(tag: str, namespace: str) -> _Element:
    """Return an element whose namespace has no prefix, as small readers of packages expect."""
    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')


def _content_types() -> bytes:
    root = _root("Types", _TYPES)
    defaults = (("rels", f"{_PACKAGE}relationships+xml"), ("xml", "application/xml"))
    for extension, kind in defaults:
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=kind)
    overrides = [("/word/document.xml", f"{_WORD}document.main+xml")]
    overrides += [(f"/word/{name}.xml", kind) for name, _, kind in _WORD_PARTS]
    overrides += [
        ("/docProps/core.xml", f"{_PACKAGE}core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    for part, kind in overrides:
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=part, ContentType=kind)
    return _serialized(root)


def _relations(targets: list[tuple[str, str]]) -> bytes:
    root = _root("Relationships", _RELATIONS)
    for number, (kind, target) in enumerate(targets, start=1):
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=f"rId{number}", Type=kind, Target=target)
    return _serialized(root)


def _root_relations() -> bytes:
    return _relations(
        [
            (f"{R}/officeDocument", "word/document.xml"),
            (f"{_RELATIONS}/metadata/core-properties", "docProps/core.xml"),
            (f"{R}/extended-properties", "docProps/app.xml"),
        ]
    )


def _document_relations() -> bytes:
    return _relations([(f"{R}/{kind}", f"{name}.xml") for name, kind, _ in _WORD_PARTS])


def _core() -> bytes:
    """Return empty core properties that declare what the writer will use (ISO/IEC 29500-2, 11.1)."""
    namespaces = {
        "cp": _CORE,
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=namespaces)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _app() -> bytes:
    root = _root("Properties", _PROPERTIES)
    etree.SubElement(root, f"{{{_PROPERTIES}}}Application").text = "Hornbook"
    return _serialized(root)


if __name__ == "__main__":
    main()
