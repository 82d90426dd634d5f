"""How the lines of a printed entry stand to one another: blank lines, wrapped ones, what follows what."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from toolkit.articles.shapes import BODY, BULLET, GLUED, INDEX, TAG, is_title, kind_of_heading

_STOP = re.compile(r"[.!?][”\"’)]*\s*$")


class Layout:
    """The lines of a source, asked about by their number from 1."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    @cached_property
    def wide(self) -> bool:
        """Return whether one blank line is the rule: only then do two of them say that a heading is lost."""
        gaps = [len(gap) for gap in re.findall(r"\n{2,}", "\n".join(self.lines).strip("\n"))]
        return sum(gap > 2 for gap in gaps) <= max(2, len(gaps) // 8)

    @cached_property
    def wrapped(self) -> bool:
        """Return whether sentences go on over the ends of lines: no line is long, and many end in no stop."""
        on = [
            a
            for a, b in pairwise(self.lines)
            if b[:1].islower() and not _STOP.search(a) and len(a) > 25 and not BULLET.match(b)
        ]
        return len(on) >= 3 and max(map(len, self.lines)) <= 132

    def blank_after(self, number: int) -> bool:
        """Return whether a blank line or the end follows."""
        return number >= len(self.lines) or not self.lines[number].strip()

    def goes_on(self, number: int) -> bool:
        """Return whether the line goes on with the sentence of the line before it."""
        above = self.lines[number - 2].rstrip()
        if self.wrapped:
            return True
        return len(above) <= 100 and not GLUED.search(above) and not _STOP.search(above)

    def begins_prose(self, number: int) -> bool:
        """Return whether a wrapped paragraph begins with the line: prose, though the line looks like a title."""
        if not self.wrapped:
            return False
        end = number
        while not self.blank_after(end):
            end += 1
        return end > number and bool(_STOP.search(self.lines[end - 1]) or INDEX.search(self.lines[end - 1]))

    def prose_follows(self, number: int) -> bool:
        """Return whether the next line that is neither blank nor a mark is prose."""
        for after in range(number + 1, len(self.lines) + 1):
            line = self.lines[after - 1]
            if line.strip() and not TAG.match(line):
                other = is_title(line) or kind_of_heading(line) or INDEX.fullmatch(line.strip())
                return not other or self.begins_prose(after)
        return False

    @cached_property
    def _last_heading(self) -> int:
        return max((n for n, line in enumerate(self.lines, 1) if kind_of_heading(line) == BODY), default=0)

    def heading_follows(self, number: int) -> bool:
        """Return whether a section of the text begins behind the line."""
        return self._last_heading > number
