"""A school's own look: values for the design's tokens, and a logo. It changes no rule of the design.

`TOKENS` is the whole of what a theme may say, each with its kind, what it is and, for a colour, what it is on a page
without a theme.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from toolkit.model.presentation import Manner

TokenKind: TypeAlias = Literal["color", "face", "size", "picture"]


@dataclass(frozen=True, slots=True)
class Token:
    """A custom property that a theme may set. `usual` is the colour of a page without a theme; `text` is read on it."""

    kind: TokenKind
    what: str
    usual: str = ""
    text: bool = False


# The names and colours of `:root` in templates/handout/handout.css; a test holds the two together.
TOKENS: Final = MappingProxyType(
    {
        "--ink": Token("color", "text and strong rules", "#1c1b1a", text=True),
        "--soft": Token("color", "captions, notes, running heads", "#55524d", text=True),
        "--accent": Token("color", "kicker, numbers, dates, terms", "#0b5563", text=True),
        "--key": Token("color", "answers and the band of the teacher's edition", "#9a3412", text=True),
        "--key-wash": Token("color", "behind model answers", "#fbf1ec"),
        "--wash": Token("color", "behind notes on a screen", "#f4f2ec"),
        "--rule": Token("color", "rules to write on, frames", "#8d8982"),
        "--hair": Token("color", "fine rules of tables", "#cfcbc3"),
        "--text": Token("face", "the reading"),
        "--display": Token("face", "title and headings"),
        "--caption": Token("face", "small notes"),
        "--label": Token("face", "labels, tables, running heads"),
        "--mono": Token("face", "code"),
        "--body": Token("size", "type of the reading (8pt to 16pt)"),
        "--lead": Token("size", "leading of the reading (10pt to 26pt)"),
        "--logo": Token("picture", 'a picture beside the title: url("logo.png"); its words are the project\'s title'),
        "--logo-height": Token("size", "height of the logo (12pt to 72pt)"),
    }
)
RANGES: Final = MappingProxyType({"--body": (8.0, 16.0), "--lead": (10.0, 26.0), "--logo-height": (12.0, 72.0)})


@dataclass(frozen=True, slots=True)
class Logo:
    """A school's picture: its bytes and media type, its width and height in pixels, and its words."""

    data: bytes
    media_type: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What a theme sets, in the order it was written: (token, value). Without anything, the usual look."""

    values: tuple[tuple[str, str], ...] = ()
    logo: Logo | None = None

    def of(self, *kinds: TokenKind) -> dict[str, str]:
        """Return what it sets of tokens of `kinds`."""
        return {name: value for name, value in self.values if TOKENS[name].kind in kinds}

    def within(self, manner: Manner) -> Theme:
        """Return what of it a presentation can take: a copy has no colours, large print its own sizes and one face."""
        dropped: set[str] = set()
        if manner.monochrome:
            dropped |= {name for name, token in TOKENS.items() if token.kind == "color"}
        if manner.plain:
            dropped |= {"--body", "--lead", "--text", "--display", "--caption"}
        return Theme(tuple(pair for pair in self.values if pair[0] not in dropped), self.logo)

    def recolored(self, text: str) -> str:
        """Return `text` with each usual colour (#rrggbb) replaced by the theme's."""
        for name, value in self.of("color").items():
            text = text.replace(TOKENS[name].usual, value)
        return text


UNTHEMED: Final = Theme()


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours #rrggbb, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
