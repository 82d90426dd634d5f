"""Where to get a font for a character that no font of the program has."""

from __future__ import annotations

from typing import Final

from fontTools import unicodedata as scripts  # type: ignore[import-untyped]  # it has no types

FILED: Final = " of the Debian package "
_HAN: Final = frozenset(["Hani", "Hira", "Kana", "Hrkt", "Bopo", "Hang"])
# The scripts (ISO 15924) that Debian's fonts-noto-core 20201225 has a file for, in serif or else in sans.
_SERIF: Final = frozenset(
    [
        "Ahom",
        "Armn",
        "Bali",
        "Beng",
        "Cyrl",
        "Deva",
        "Dogr",
        "Ethi",
        "Geor",
        "Gran",
        "Grek",
        "Gujr",
        "Guru",
        "Hebr",
        "Khmr",
        "Khoj",
        "Knda",
        "Laoo",
        "Latn",
        "Mlym",
        "Mymr",
        "Sinh",
        "Taml",
        "Tang",
        "Telu",
        "Thai",
        "Tibt",
        "Yezi",
    ]
)
_SANS: Final = frozenset(
    [
        "Adlm",
        "Arab",
        "Bamu",
        "Batk",
        "Bugi",
        "Buhd",
        "Cakm",
        "Cans",
        "Cham",
        "Cher",
        "Copt",
        "Dsrt",
        "Egyp",
        "Glag",
        "Goth",
        "Hano",
        "Hmng",
        "Ital",
        "Java",
        "Kali",
        "Lana",
        "Lepc",
        "Limb",
        "Linb",
        "Lisu",
        "Mand",
        "Mend",
        "Mong",
        "Mtei",
        "Newa",
        "Ogam",
        "Olck",
        "Orya",
        "Osge",
        "Phnx",
        "Rjng",
        "Rohg",
        "Runr",
        "Samr",
        "Saur",
        "Shaw",
        "Sund",
        "Sylo",
        "Syrc",
        "Tagb",
        "Tale",
        "Talu",
        "Tavt",
        "Tfng",
        "Tglg",
        "Thaa",
        "Ugar",
        "Vaii",
        "Wcho",
        "Xpeo",
        "Xsux",
        "Yiii",
    ]
)
_PLAIN: Final = frozenset(["Latn", "Grek", "Cyrl"])  # NotoSerif-Regular.ttf has the three
# Signs that belong to no script: the first and last of each kind, and its file.
_SIGNS: Final = (
    (0x2190, 0x22FF, "NotoSansMath"),
    (0x27C0, 0x2AFF, "NotoSansMath"),
    (0x1D400, 0x1D7FF, "NotoSansMath"),
    (0x1D100, 0x1D1FF, "NotoMusic"),
    (0x2300, 0x27BF, "NotoSansSymbols2"),
    (0x2B00, 0x2BFF, "NotoSansSymbols2"),
)


def hint(character: str) -> str:
    """Return what to do about a `character` without a glyph: the file that has it, its package, and where to put it."""
    file, package = _file(character)
    if not file:
        return (
            f"write it in another way, or put a font that has U+{ord(character):04X} into the project's folder fonts/"
        )
    return f"put {file}{FILED}{package} into the project's folder fonts/"


def _file(character: str) -> tuple[str, str]:
    code: str = scripts.script(character)
    core = "fonts-noto-core"
    if code in _HAN or 0x3000 <= ord(character) <= 0x303F or 0xFF00 <= ord(character) <= 0xFFEF:  # and their marks
        return "NotoSerifCJK-Regular.ttc", "fonts-noto-cjk"
    if code in _PLAIN:
        return "NotoSerif-Regular.ttf", core
    if code in _SERIF | _SANS:
        name = scripts.script_name(code).replace("_", "").replace(" ", "")
        return f"Noto{'Serif' if code in _SERIF else 'Sans'}{name}-Regular.ttf", core
    sign = next((name for first, last, name in _SIGNS if first <= ord(character) <= last), "")
    return (f"{sign}-Regular.ttf", core) if sign else ("", "")
