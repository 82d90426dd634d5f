"""Lines: words broken at a width, as the page would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from toolkit.drawing import faces
from toolkit.drawing.shapes import Run

Line: TypeAlias = tuple[Run, ...]

# A line ends after a space, a hyphen or a dash (Unicode Standard Annex 14: SP, HY, BA, B2), and around a character of
# a script that writes no spaces, where each cluster stands for a word. A no-break space is not a space here.
_BREAK: Final = re.compile(
    r"(?<=[ \u2009\u200b])(?=\S)|(?<=[\w][-–—\u2010])(?=\w)"
    r"|(?=[\u0e00-\u0e30\u0e3f-\u0e45\u1780-\u17b3\u3040-\u30ff\u4e00-\u9fff])(?<=[\u0e00-\u0e7f\u1780-\u17ff\u3040-\u9fff])"
    r"(?<![\u17d2\u0e40-\u0e44])"
)


def broken(runs: Sequence[Run], size: float, room: float, *, rtl: bool = False) -> tuple[tuple[Line, float], ...]:
    """Return the lines of `runs` at `size` pt that fit `room` pt, each with its width; a longer word is cut."""
    lines: list[tuple[Line, float]] = []
    line: list[Run] = []
    taken = 0.0
    for atom in _atoms(_joined(runs)):  # letters that join are as wide as they are together
        wide = sum(faces.width(run, size, rtl=rtl) for run in atom)
        if taken + wide <= room:
            line += atom
            taken += wide
            continue
        for piece in _cut(atom, size, room, rtl=rtl):
            if line and taken + _width(piece, size, rtl=rtl) > room:
                lines.append(_finished(line, size, rtl=rtl))
                line, taken = [], 0.0
            line += piece
            taken += sum(faces.width(run, size, rtl=rtl) for run in piece)
    if line:
        lines.append(_finished(line, size, rtl=rtl))
    return tuple(lines)


def measured(runs: Sequence[Run], size: float, *, rtl: bool = False) -> float:
    """Return the width of `runs` in one line at `size` pt."""
    return _width(_joined(runs), size, rtl=rtl)


def _atoms(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield what cannot be broken: runs up to the next place where a line may end."""
    text = "".join(run.text for run in runs)
    ends = [*(match.start() for match in _BREAK.finditer(text)), len(text)]
    at = 0
    owners = [(run, start) for run, start in zip(runs, _starts(runs), strict=True)]
    for end in ends:
        atom = [
            run.saying(run.text[max(at - start, 0) : end - start])
            for run, start in owners
            if start < end and start + len(run.text) > at
        ]
        if atom:
            yield atom
        at = end


def _starts(runs: Sequence[Run]) -> list[int]:
    starts = [0]
    for run in runs[:-1]:
        starts.append(starts[-1] + len(run.text))
    return starts[: len(runs)]


def _cut(atom: list[Run], size: float, room: float, *, rtl: bool) -> Iterator[list[Run]]:
    """Yield `atom`, or parts of it that fit `room` where it is longer than a line."""
    if _width(atom, size, rtl=rtl) <= room:
        yield atom
        return
    part: list[Run] = []
    for run in atom:
        for character in run.text:
            longer = [*part, run.saying(character)]
            if part and _width(longer, size, rtl=rtl) > room:
                yield _joined(part)
                longer = longer[-1:]
            part = _joined(longer)
    if part:
        yield part


def _finished(line: Sequence[Run], size: float, *, rtl: bool) -> tuple[Line, float]:
    joined = _joined(line)
    joined[-1] = joined[-1].saying(joined[-1].text.rstrip(" "))
    kept = [run for run in joined if run.text]
    return tuple(kept), _width(kept, size, rtl=rtl)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Return `runs` with neighbours of one face as one."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].saying("") == run.saying(""):
            joined[-1] = run.saying(joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _width(runs: Sequence[Run], size: float, *, rtl: bool) -> float:
    """Return the width of a line; the space at its end hangs over."""
    joined = _joined(runs)
    if joined:
        joined[-1] = joined[-1].saying(joined[-1].text.rstrip(" "))
    return sum(faces.width(run, size, rtl=rtl) for run in joined)
