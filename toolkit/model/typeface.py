"""A typeface: the files of one family of fonts, and what it is for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family of fonts. Files are paths; a family without a slanted or heavy face names another in its place.

    `index` is the family's place in files that hold several (OpenType collections). `digest` is the SHA-256 of what
    the files hold, empty for those that come with the program.
    """

    name: str
    regular: str
    italic: str
    bold: str
    bold_italic: str
    index: int = 0
    digest: str = ""

    def file(self, weight: int, *, italic: bool) -> str:
        """Return the path of the face of `weight` (100 to 900), slanted or not."""
        upright, slanted = (self.bold, self.bold_italic) if weight >= 600 else (self.regular, self.italic)
        return slanted if italic else upright
