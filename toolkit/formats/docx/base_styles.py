"""styles.xml and fontTable.xml of the base document, made from the table in styles.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from lxml.etree import _Element

from toolkit.formats.docx.names import DXA_PER_POINT, TEXT_WIDTH, Style
from toolkit.formats.docx.oxml import toggle, w

Row: TypeAlias = Mapping[str, Any]  # a TOML table: one style, or the whole file

# What a script other than Latin is set in until a document's language says otherwise; every Word has them.
_COMPLEX: Final = {"text": "Times New Roman", "label": "Arial", "code": "Courier New"}
_SIDES: Final = ("top", "left", "bottom", "right")
# The order of CT_PBdr, whose `between` is drawn where two paragraphs of one box meet.
_EDGES: Final = (*_SIDES, "between")
# The number of styles that Word 2016 and later know by name, which `latentStyles` sets aside.
_LATENT: Final = 376


def styles(table: Row) -> _Element:
    """Return `w:styles`: document defaults, the four styles every document has, and those of `table`."""
    root = w("styles", _defaults(table), _latent(), *_givens())
    for place, row in enumerate(table["style"], start=1):
        root.append(_style(row, table, place))
    root.append(_table_style(table, len(table["style"]) + 1))
    return root


def font_table(table: Row) -> _Element:
    """Return `w:fonts`: for every font its free twin and its family, by which a reader may replace it."""
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=font["alternate"]),
                w("charset", val="00"),
                w("family", val=font["family"]),
                w("pitch", val=font["pitch"]),
                name=font["name"],
            )
            for font in table["fonts"].values()
        ),
    )


def points(length: float) -> int:
    """Return `length` (pt) in dxa, twentieths of a point."""
    return round(length * DXA_PER_POINT)


def _defaults(table: Row) -> _Element:
    row = table["defaults"]
    language = w("lang", val="en-US", eastAsia="en-US", bidi="ar-SA")
    run = _run_properties(row, table)
    run.append(language)
    spacing = w("spacing", before=0, after=points(row["after"]), line=round(row["line"] * 240), lineRule="auto")
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", w("pPr", spacing)))


def _latent() -> _Element:
    """Hide Word's own styles, so that the gallery shows ours alone."""
    return w(
        "latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=_LATENT,
    )


def _givens() -> tuple[_Element, ...]:
    hidden = (w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    cells = w("tblCellMar", *(w(side, w=108 if side in ("left", "right") else 0, type="dxa") for side in _SIDES))
    return (
        _given("character", "DefaultParagraphFont", "Default Paragraph Font", *hidden),
        _given("table", "TableNormal", "Normal Table", *_copies(), w("tblPr", w("tblInd", w=0, type="dxa"), cells)),
        _given("numbering", "NoList", "No List", *_copies()),
    )


def _copies() -> tuple[_Element, ...]:
    return w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed")


def _given(kind: str, identifier: str, name: str, *children: _Element) -> _Element:
    return w("style", w("name", val=name), *children, type=kind, default=1, styleId=identifier)


def _style(row: Row, table: Row, place: int) -> _Element:
    paragraph = row["type"] == "paragraph"
    shown = row.get("gallery", True)
    based = row.get("based") or ("DefaultParagraphFont" if not paragraph else None)
    return w(
        "style",
        w("name", val=row["name"]),
        w("basedOn", val=based) if based else None,
        w("next", val=row["next"]) if "next" in row else None,
        w("uiPriority", val=place),
        toggle("semiHidden", not shown),
        toggle("qFormat", shown),
        _paragraph_properties(row, table) if paragraph else None,
        _run_properties(row, table),
        type=row["type"],
        default=1 if row["id"] == Style.NORMAL else None,
        customStyle=1 if row["id"].startswith("LT") else None,
        styleId=row["id"],
    )


def _paragraph_properties(row: Row, table: Row) -> _Element:
    listed = row.get("list")
    numbering = (
        w("numPr", w("ilvl", val=listed["level"]) if listed["level"] else None, w("numId", val=listed["num"]))
        if listed
        else None
    )
    return w(
        "pPr",
        toggle("keepNext", row.get("keep_next", False)),
        toggle("keepLines", row.get("keep_lines", False)),
        numbering,
        _borders(row.get("border", {}), table),
        w("shd", val="clear", color="auto", fill=table["colors"][row["shade"]]) if "shade" in row else None,
        _tabs(row.get("tabs", ())),
        _spacing(row),
        _indents(row),
        toggle("contextualSpacing", row.get("together", False)),
        w("jc", val=row["align"]) if "align" in row else None,
        w("outlineLvl", val=row["outline"] - 1) if "outline" in row else None,
    )


def _borders(sides: Row, table: Row) -> _Element | None:
    if not sides:
        return None
    return w(
        "pBdr",
        *(
            w(
                side,
                val="single",
                sz=round(sides[side]["width"] * 8),
                space=sides[side]["space"],
                color=table["colors"][sides[side]["color"]],
            )
            for side in _EDGES
            if side in sides
        ),
    )


def _tabs(stops: Sequence[Row]) -> _Element | None:
    if not stops:
        return None
    return w(
        "tabs",
        *(
            w("tab", val=stop["align"], pos=TEXT_WIDTH if stop["at"] == "width" else points(stop["at"]))
            for stop in stops
        ),
    )


def _spacing(row: Row) -> _Element | None:
    if not {"before", "after", "line"} & row.keys():
        return None
    return w(
        "spacing",
        before=points(row["before"]) if "before" in row else None,
        after=points(row["after"]) if "after" in row else None,
        line=round(row["line"] * 240) if "line" in row else None,
        lineRule="auto" if "line" in row else None,
    )


def _indents(row: Row) -> _Element | None:
    given = {side: points(row[side]) for side in ("left", "right", "hanging") if side in row}
    return w("ind", **given) if given else None


def _run_properties(row: Row, table: Row) -> _Element:
    """Return `w:rPr`; bold and size are said twice, as complex scripts (Arabic, Khmer) have their own."""
    size = round(row["size"] * 2) if "size" in row else None
    return w(
        "rPr",
        _font(row["font"], table) if "font" in row else None,
        toggle("b", row.get("bold", False)),
        toggle("bCs", row.get("bold", False)),
        toggle("i", row.get("italic", False)),
        toggle("iCs", row.get("italic_complex", False)),
        toggle("caps", row.get("caps", False)),
        w("color", val=table["colors"][row["color"]]) if "color" in row else None,
        w("spacing", val=points(row["track"])) if "track" in row else None,
        w("sz", val=size) if size else None,
        w("szCs", val=size) if size else None,
        w("u", val="single") if row.get("underline") else None,
        w("vertAlign", val="superscript") if row.get("superscript") else None,
    )


def _font(role: str, table: Row) -> _Element:
    name = table["fonts"][role]["name"]
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=_COMPLEX[role])


def _table_style(table: Row, place: int) -> _Element:
    """Return the style of tables that hold facts: a rule under the header, hairlines between rows."""
    colors = table["colors"]
    hair = {"val": "single", "sz": 4, "space": 0, "color": colors["hair"]}
    rule = {"val": "single", "sz": 8, "space": 0, "color": colors["ink"]}
    margins = {"top": 50, "left": 0, "bottom": 50, "right": 144}
    return w(
        "style",
        w("name", val="Lesson table"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=place),
        w("qFormat"),
        w(
            "tblPr",
            w("tblBorders", w("bottom", **hair), w("insideH", **hair)),
            w("tblCellMar", *(w(side, w=margins[side], type="dxa") for side in _SIDES)),
        ),
        w("tblStylePr", w("tcPr", w("tcBorders", w("bottom", **rule))), type="firstRow"),
        type="table",
        customStyle=1,
        styleId=Style.TABLE,
    )
