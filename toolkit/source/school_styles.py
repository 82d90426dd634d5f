"""The styles of a school's Word file: how each sets text, by what it is based on, the defaults and the theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.etree import _Element

from toolkit.model.letterhead import Look

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST: Final = 20  # styles based on one another; Word allows eleven

_DIGITS: Final = 3  # of a size in half points that anybody prints in

# What a paragraph or run may say of itself, in the order of ISO/IEC 29500-1, 17.3.1.26 and 17.3.2.28.
_PARAGRAPH: Final = (
    "pStyle", "keepNext", "keepLines", "framePr", "widowControl", "pBdr", "shd", "tabs", "bidi", "spacing", "ind",
    "contextualSpacing", "jc", "textAlignment",
)  # fmt: skip  # names read better in lines
_RUN: Final = (
    "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "shd", "vertAlign", "rtl", "cs", "lang",
)  # fmt: skip  # names read better in lines
_SLOTS: Final = (("ascii", "asciiTheme"), ("hAnsi", "hAnsiTheme"), ("eastAsia", "eastAsiaTheme"), ("cs", "cstheme"))
_OFF: Final = frozenset(("0", "false", "off"))


class Styles:
    """The styles of one file, by identifier. Read once; nothing changes it."""

    def __init__(self, root: _Element | None, theme: _Element | None) -> None:
        found = list(root.iter(f"{W}style")) if root is not None else []
        self._styles = {one.get(f"{W}styleId") or "": one for one in found}
        self._default = next((one for one in found if one.get(f"{W}default") in {"1", "true", "on"} and _is(one)), None)
        defaults = root.find(f"{W}docDefaults") if root is not None else None
        self._defaults = [] if defaults is None else [defaults.find(f"{W}{k}Default") for k in ("pPr", "rPr")]
        self._fonts = _theme_fonts(theme)

    def looks(self) -> Iterator[Look]:
        """Yield how each paragraph and character style sets text; Normal with the defaults of the file in it."""
        for one in self._styles.values():
            name = (_value(one, "name") or "").lower()
            if name and one.get(f"{W}type") in {"paragraph", "character"}:
                chain: list[_Element | None] = [*self._chain(one)]
                if one is self._default:
                    name, chain = "normal", [one, *self._defaults]
                else:
                    chain = [style for style in chain if style is not self._default]
                yield self._look(name, self._merged(chain, "rPr", _RUN))

    def flatten(self, root: _Element) -> None:
        """Write what the styles say of each paragraph and run of `root` into it, so that it needs none of them."""
        for paragraph in root.iter(f"{W}p"):
            own = paragraph.find(f"{W}pPr")
            style = self._styles.get(_value(own, "pStyle") or "") if own is not None else None
            chain = [*self._chain(style if style is not None else self._default), *self._defaults]
            said = self._merged([paragraph, *chain, _UNSAID], "pPr", _PARAGRAPH[1:])
            if own is not None:
                paragraph.remove(own)
            properties = etree.Element(f"{W}pPr")
            properties.extend(said[tag] for tag in _PARAGRAPH if tag in said)
            paragraph.insert(0, properties)
            for run in paragraph.iter(f"{W}r"):
                self._flatten_run(run, chain)

    def _flatten_run(self, run: _Element, chain: Sequence[_Element | None]) -> None:
        own = run.find(f"{W}rPr")
        mark = self._styles.get(_value(own, "rStyle") or "") if own is not None else None
        said = self._merged([run, *self._chain(mark), *chain, _UNSAID], "rPr", _RUN)
        if own is not None:
            run.remove(own)
        properties = etree.Element(f"{W}rPr")
        properties.extend(said[tag] for tag in _RUN if tag in said)
        if len(properties):
            run.insert(0, properties)

    def _chain(self, style: _Element | None) -> Iterator[_Element]:
        for _ in range(_DEEPEST):
            if style is None:
                return
            yield style
            style = self._styles.get(_value(style, "basedOn") or "")

    def _merged(self, chain: Sequence[_Element | None], tag: str, known: Sequence[str]) -> dict[str, _Element]:
        """Return copies of the properties of `chain`, the first that says one; those of no theme."""
        said: dict[str, _Element] = {}
        for one in chain:
            properties = one.find(f"{W}{tag}") if one is not None else None
            for child in properties if properties is not None else ():
                name = etree.QName(child).localname if isinstance(child.tag, str) else ""
                if name in known and child.tag == f"{W}{name}":
                    given = self._themeless(deepcopy(child))
                    if name in _BY_ATTRIBUTE:  # each attribute is inherited by itself
                        for key, value in said.get(name, given).items():
                            given.set(key, value)
                        said[name] = given
                    said.setdefault(name, given)
        return {name: child for name, child in said.items() if child.attrib or len(child) or name not in _BARE}

    def _themeless(self, element: _Element) -> _Element:
        """Return the property with fonts and colours by their own names."""
        if element.tag == f"{W}rFonts":
            for slot, theme in _SLOTS:
                named = self._fonts.get((element.get(f"{W}{theme}") or "")[:5])
                if named:
                    element.set(f"{W}{slot}", named)
        for key in list(element.attrib):
            local = etree.QName(key).localname
            if local.lower().endswith("theme") or local.startswith("theme"):
                del element.attrib[key]
        return element

    @staticmethod
    def _look(name: str, said: Mapping[str, _Element]) -> Look:
        size, color = _own(said, "sz"), _own(said, "color")
        return Look(
            name,
            said["rFonts"].get(f"{W}ascii") if "rFonts" in said else None,
            int(size) / 2 if size and size.isdecimal() and len(size) <= _DIGITS else None,
            color.upper() if color and len(color) == 6 and not set(color) - set("0123456789abcdefABCDEF") else None,
            *(_on(said, tag) for tag in ("b", "i", "caps")),
        )


_BARE: Final = frozenset(("rFonts", "color"))
_BY_ATTRIBUTE: Final = frozenset(("rFonts", "spacing", "ind"))
# What holds in Word where a file says nothing (ISO/IEC 29500-1, 17.7.5.1), so that our own defaults do not.
_UNSAID: Final = etree.fromstring(
    f'''<w:style xmlns:w="{W[1:-1]}"><w:pPr><w:bidi w:val="0"/>
    <w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
    <w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="20"/></w:rPr></w:style>'''
)


def _is(style: _Element) -> bool:
    return style.get(f"{W}type") == "paragraph"


def _on(said: Mapping[str, _Element], tag: str) -> bool | None:
    return said[tag].get(f"{W}val") not in _OFF if tag in said else None


def _own(said: Mapping[str, _Element], tag: str) -> str | None:
    return said[tag].get(f"{W}val") if tag in said else None


def _value(element: _Element, tag: str) -> str | None:
    found = element.find(f"{W}{tag}")
    return found.get(f"{W}val") if found is not None else None


def _theme_fonts(theme: _Element | None) -> dict[str, str]:
    """Return the two Latin fonts of a theme, by the first letters of what asks for them: "major", "minor"."""
    found = {}
    for kind in ("major", "minor"):
        font = theme.find(f".//{_A}{kind}Font/{_A}latin") if theme is not None else None
        if font is not None and font.get("typeface"):
            found[kind] = font.get("typeface") or ""
    return found
