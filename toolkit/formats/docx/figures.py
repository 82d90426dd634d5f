"""Pictures: inline with the text, so that they stay in reading order, and with words for who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Final

from lxml import etree
from lxml.etree import _Element
from PIL import Image, UnidentifiedImageError

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.inline import Look, inlines, runs
from toolkit.formats.docx.names import EMU_PER_DXA, Mark, Style
from toolkit.formats.docx.oxml import R, w
from toolkit.formats.docx.paragraphs import Place, indented, paragraph
from toolkit.model.printout import Picture
from toolkit.model.text import Figure, plain

_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
# [MS-ODRAWXML] 2.12: the extension by which Word marks a picture as decorative.
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_URI: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"

# What every Word since 2007 reads.
_NATIVE: Final = ("image/png", "image/jpeg", "image/gif")
# A picture prints well at 144 dots an inch; it is never made larger than that.
_EMU_PER_PIXEL: Final = 914400 // 144


def figure(draft: Draft, block: Figure, place: Place, address: str) -> Iterator[_Element]:
    """Yield the picture and its caption with the credit; what cannot be drawn is reported."""
    drawing = _drawing(draft, block, place)
    caption = inlines(draft, block.caption)
    if block.credit:
        caption += (
            [*runs(draft, " "), *inlines(draft, block.credit, Look(Mark.DETAIL))]
            if caption
            else inlines(draft, block.credit)
        )
    indent = indented(place.indent)
    if drawing is not None:
        inside = draft.bookmarked(address, [w("r", drawing)])
        yield paragraph(Style.FIGURE, inside, indent, keep=bool(caption) or place.keep)
    if caption:
        yield paragraph(
            Style.CAPTION, draft.bookmarked(f"{address}/caption", caption), deepcopy(indent), keep=place.keep
        )


def printed_height(draft: Draft, block: Figure, place: Place) -> float:
    """Return how high the picture is printed at `place` (dxa); 0 for one that is not."""
    picture = draft.pictures.get(block.file)
    return _size(picture, place)[1] / EMU_PER_DXA if picture else 0


def _drawing(draft: Draft, block: Figure, place: Place) -> _Element | None:
    picture = draft.pictures.get(block.file)
    ready = _word_picture(picture) if picture else None
    if picture is None or ready is None:
        reason = "was not given to the writer" if picture is None else "is in a format that Word cannot show"
        draft.cannot_show(f"the picture {block.file} {reason}", block.address, block.file)
        return None
    return _inline(draft, block, draft.image(*ready), _size(picture, place))


def _word_picture(picture: Picture) -> tuple[bytes, str] | None:
    """Return bytes and media type as Word reads them: PNG, JPEG and GIF as they are, WebP and others remade."""
    if picture.media_type in _NATIVE:
        return picture.data, picture.media_type
    try:
        with Image.open(BytesIO(picture.data)) as image:
            return _remade(image)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def _remade(image: Image.Image) -> tuple[bytes, str]:
    """Return `image` as JPEG (quality 90), or as PNG where it has transparency or a palette."""
    buffer = BytesIO()
    if image.mode in ("RGB", "L", "CMYK", "YCbCr"):
        image.convert("RGB").save(buffer, "JPEG", quality=90, optimize=True)
        return buffer.getvalue(), "image/jpeg"
    image.convert("RGBA").save(buffer, "PNG", optimize=True)
    return buffer.getvalue(), "image/png"


def _size(picture: Picture, place: Place) -> tuple[int, int]:
    """Return width and height in EMU: as large as its pixels allow, within the width and height of the place."""
    width, height = max(picture.width, 1), max(picture.height, 1)
    scale = min(_EMU_PER_PIXEL, place.width * EMU_PER_DXA / width, place.highest * EMU_PER_DXA / height)
    return round(width * scale), round(height * scale)


def inline_picture(draft: Draft, relation: str, size: tuple[int, int], alt: str) -> _Element:
    """Return the drawing of a picture of our own, `size` in EMU, with its alternative text."""
    return _inline(draft, Figure("", alt), relation, size)


def _inline(draft: Draft, block: Figure, relation: str, size: tuple[int, int]) -> _Element:
    extent = {"cx": str(size[0]), "cy": str(size[1])}
    number = str(draft.identifier())
    name = f"Picture {number}"
    properties = _element(_WP, "docPr", id=number, name=name)
    if block.decorative:
        properties.append(_decorative())
    else:
        properties.set("descr", block.alt or plain(block.caption))
    locks = _element(_WP, "cNvGraphicFramePr", _element(_A, "graphicFrameLocks", noChangeAspect="1"))
    data = _element(_A, "graphicData", _picture(number, name, relation, extent), uri=_PIC)
    inline = _element(
        _WP,
        "inline",
        _element(_WP, "extent", **extent),
        properties,
        locks,
        _element(_A, "graphic", data),
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )
    return w("drawing", inline)


def _picture(number: str, name: str, relation: str, extent: dict[str, str]) -> _Element:
    blip = _element(_A, "blip")
    blip.set(f"{{{R}}}embed", relation)
    identity = _element(_PIC, "nvPicPr", _element(_PIC, "cNvPr", id=number, name=name), _element(_PIC, "cNvPicPr"))
    fill = _element(_PIC, "blipFill", blip, _element(_A, "stretch", _element(_A, "fillRect")))
    transform = _element(_A, "xfrm", _element(_A, "off", x="0", y="0"), _element(_A, "ext", **extent))
    shape = _element(_PIC, "spPr", transform, _element(_A, "prstGeom", _element(_A, "avLst"), prst="rect"))
    return _element(_PIC, "pic", identity, fill, shape)


def mark_decorative(properties: _Element) -> None:
    """Mark a drawing by its properties (`wp:docPr`) as decoration, which needs no words."""
    properties.append(_decorative())


def _decorative() -> _Element:
    mark = etree.Element(f"{{{_DECORATIVE}}}decorative", {"val": "1"}, nsmap={"adec": _DECORATIVE})
    return _element(_A, "extLst", _element(_A, "ext", mark, uri=_DECORATIVE_URI))


def _element(namespace: str, tag: str, *children: _Element, **attributes: str) -> _Element:
    element = etree.Element(f"{{{namespace}}}{tag}", attributes, nsmap={"wp": _WP, "a": _A, "pic": _PIC, "r": R})
    element.extend(children)
    return element
