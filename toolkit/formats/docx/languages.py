"""What Word has to be told about a language: its tag, its fonts, and which way each run of letters goes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Final, Literal

from lxml.etree import _Element

from toolkit.formats.docx.oxml import in_order, qn, replace_child, w
from toolkit.model import scripts
from toolkit.model.printout import Direction
from toolkit.model.scripts import subtags


@dataclass(frozen=True, slots=True)
class ScriptFonts:
    """The fonts that Windows and Mac Office have for a script.

    `slot` is the attribute of `w:rFonts` that Word reads for the script's characters. `scale` makes the
    script as large to the eye as the Latin beside it; in a `cursive` one letters are joined.
    """

    slot: Literal["cs", "eastAsia"]
    text: str
    label: str
    scale: float = 1.0
    cursive: bool = False


# The order of CT_PBdr.
_EDGES: Final = ("top", "left", "bottom", "right", "between")

_JOINERS: Final = "\u200c\u200d"  # as marks do, they belong to the letter before

_INDIC: Final = ScriptFonts("cs", "Nirmala UI", "Nirmala UI")
_SOUTHEAST: Final = ScriptFonts("cs", "Leelawadee UI", "Leelawadee UI")

# ISO 15924 script to fonts; a script that is not here is set in the Latin fonts.
_FONTS: Final = MappingProxyType(
    {
        "Arab": ScriptFonts("cs", "Times New Roman", "Arial", scale=1.2, cursive=True),
        "Hebr": ScriptFonts("cs", "Times New Roman", "Arial"),
        "Khmr": _SOUTHEAST,
        "Laoo": _SOUTHEAST,
        "Thai": _SOUTHEAST,
        "Mymr": ScriptFonts("cs", "Myanmar Text", "Myanmar Text"),
        "Beng": _INDIC,
        "Deva": _INDIC,
        "Gujr": _INDIC,
        "Guru": _INDIC,
        "Knda": _INDIC,
        "Mlym": _INDIC,
        "Taml": _INDIC,
        "Telu": _INDIC,
        "Hans": ScriptFonts("eastAsia", "SimSun", "Microsoft YaHei"),
        "Hant": ScriptFonts("eastAsia", "PMingLiU", "Microsoft JhengHei"),
        "Jpan": ScriptFonts("eastAsia", "Yu Mincho", "Yu Gothic"),
        "Kore": ScriptFonts("eastAsia", "Batang", "Malgun Gothic"),
    }
)


def proofing(language: str) -> str:
    """Return `language` (BCP 47) as Word's spelling checker knows it, with a region ("en" -> "en-US").

    The region is the likeliest one of Unicode's CLDR; a tag that CLDR does not know is returned as it is.
    """
    name, _, region = subtags(language)
    return f"{name}-{region}" if region else language


def script_fonts(language: str) -> ScriptFonts | None:
    """Return the fonts of the script that `language` is written in, None where the Latin ones serve."""
    return _FONTS.get(subtags(language)[1])


def set_language(styles: _Element, settings: _Element, language: str, direction: Direction) -> None:
    """Change `styles` and `settings` in place to `language`: defaults, fonts, and direction.

    ISO/IEC 29500-1, 17.3.2.20 (lang), 17.3.2.26 (rFonts), 17.3.1.6 (bidi), 17.15.1.88 (themeFontLang).
    """
    tag = proofing(language)
    fonts = script_fonts(language)
    slots = {"val": tag}
    if fonts:
        slots["bidi" if fonts.slot == "cs" else "eastAsia"] = tag
    default = styles.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    if default is not None:
        for slot, value in slots.items():
            default.set(qn(f"w:{slot}"), value)
    replace_child(settings, w("themeFontLang", **slots), before=("clrSchemeMapping", "decimalSymbol", "listSeparator"))
    if fonts:
        _set_fonts(styles, fonts)
        if fonts.cursive:
            _set_cursive(styles)
    if direction == "rtl":
        _set_right_to_left(styles)


def _set_fonts(styles: _Element, fonts: ScriptFonts) -> None:
    """Give every font of `styles` its companion for the script; the font of the defaults is the text's."""
    faces = list(styles.iter(qn("w:rFonts")))
    text = faces[0].get(qn("w:ascii")) if faces else None
    for face in faces:
        face.set(qn(f"w:{fonts.slot}"), fonts.text if face.get(qn("w:ascii")) == text else fonts.label)
    for size in styles.iter(qn("w:szCs")):
        size.set(qn("w:val"), str(round(int(size.get(qn("w:val")) or 0) * fonts.scale)))


def _set_cursive(styles: _Element) -> None:
    """Take letter spacing away: it would tear joined letters apart."""
    for properties in styles.iter(qn("w:rPr")):
        for spacing in properties.findall(qn("w:spacing")):
            properties.remove(spacing)


def _set_right_to_left(styles: _Element) -> None:
    """Make Normal, on which every paragraph style is based, run from the right; so does what teachers add.

    Direction turns indents, tabs and alignment round, but not the borders of a paragraph
    (ISO/IEC 29500-1, 17.3.1.6): left and right ones change places here.
    """
    normal = styles.find(f"{qn('w:style')}[@{qn('w:default')}='1']/{qn('w:pPr')}")
    if normal is not None:
        replace_child(normal, w("bidi"), before=("adjustRightInd", "spacing", "ind", "jc", "outlineLvl"))
    for borders in styles.iter(qn("w:pBdr")):
        left, right = borders.find(qn("w:left")), borders.find(qn("w:right"))
        for border, name in ((left, "w:right"), (right, "w:left")):
            if border is not None:
                border.tag = qn(name)
        borders[:] = in_order(borders, _EDGES)


def complex_pieces(characters: str) -> Iterator[tuple[str, str]]:
    """Yield `characters` cut into (piece, ISO 15924 script); "" where it is no complex script that runs from the left.

    Word sets such letters as complex script only in a run that says so (ISO/IEC 29500-1, 17.3.2.7, cs). What stands
    between two letters of one script goes with them.
    """
    if characters.isascii():
        yield characters, ""
        return
    kinds = list(_kinds(characters))
    following: list[str] = []
    for kind in reversed(kinds):
        following.append(kind if kind is not None else following[-1] if following else "")
    last = ""
    settled: list[str] = []
    for kind, later in zip(kinds, reversed(following), strict=True):
        last = last if kind is None else kind
        settled.append(last if last == later else "")
    for script, run in groupby(zip(characters, settled, strict=True), key=itemgetter(1)):
        yield "".join(character for character, _ in run), script


def _kinds(characters: str) -> Iterator[str | None]:
    """Yield the script of each character as `complex_pieces` has it, None for what stands in any script."""
    last: str | None = None
    for character in characters:
        if found := scripts.script(character):
            fonts = _FONTS.get(found)
            last = found if fonts and fonts.slot == "cs" and not _way(character) else ""
        elif character not in _JOINERS and unicodedata.category(character)[0] != "M":
            last = None
        yield last


def foreign(script: str, language: str) -> tuple[_Element | None, _Element | None]:
    """Return `w:rFonts` and `w:lang` of a run in a complex `script`; none in a `language` of that script.

    The language is the likeliest one of Unicode's CLDR: a name in another script does not say its own.
    """
    fonts = _FONTS.get(script)
    if fonts is None or script == subtags(language)[1]:
        return None, None
    return w("rFonts", cs=fonts.text), w("lang", bidi=proofing(scripts.likeliest(script)))


def segments(characters: str, direction: Direction) -> Iterator[tuple[str, bool]]:
    """Yield `characters` cut into (piece, runs from the right).

    Letters decide (Unicode's bidirectional classes L, R, AL); what stands between two letters of one
    direction goes with them, and everything else goes with the paragraph.
    """
    ways = _settled([_way(character) for character in characters], direction == "rtl")
    for way, run in groupby(zip(characters, ways, strict=True), key=itemgetter(1)):
        yield "".join(character for character, _ in run), way


def _way(character: str) -> bool | None:
    """Return True for a letter that runs from the right, False for one from the left, None for others."""
    kind = unicodedata.bidirectional(character)
    if kind in ("R", "AL"):
        return True
    return False if kind == "L" else None


def _settled(ways: list[bool | None], paragraph: bool) -> list[bool]:
    """Return `ways` with each run of None settled by its neighbours, or by `paragraph` where they differ."""
    settled: list[bool] = []
    last = paragraph
    for way, run in groupby(ways):
        if way is not None:
            last = way
        following = next((later for later in ways[len(settled) :] if later is not None), paragraph)
        settled += [way if way is not None else last if last == following else paragraph for _ in run]
    return settled
