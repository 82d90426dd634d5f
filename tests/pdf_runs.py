"""The words of a PDF as they reach the paper: where each run stands, how large, in what ink and on what ground.

Read from the content streams and the fonts' own widths, and from the structure tree, so that nothing here knows who
made the file. What a screen reader alone meets (text in no ink) is not a run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, TypeAlias

import pikepdf

Untyped: TypeAlias = Any  # an object of pikepdf
Color: TypeAlias = tuple[float, float, float]
Box: TypeAlias = tuple[float, float, float, float]
Matrix = pikepdf.Matrix

BLACK: Final[Color] = (0.0, 0.0, 0.0)
WHITE: Final[Color] = (1.0, 1.0, 1.0)
CORE: Final = 0.45  # of the size: what small letters stand above their line, in any face of ours
_SHOWN: Final = frozenset(("Tj", "TJ"))
_FILLS: Final = frozenset(("f", "F", "B", "b"))  # those by the even-odd rule are frames
_ENDS: Final = _FILLS | {"f*", "B*", "b*", "S", "s", "n"}
EVERYWHERE: Final = (-1e6, -1e6, 1e6, 1e6)
_CODES: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text on a page counted from 1: its core (without ascenders) in pt from the left and from the head.

    `tag` is the innermost structure element but Span (`H2`, `P`, `TD`), "" for an artifact; `order` its place in
    reading order over all pages.
    """

    page: int
    x1: float
    y1: float
    x2: float
    y2: float
    text: str
    size: float
    font: str
    ink: Color
    ground: Color
    order: int = -1
    tag: str = ""
    level: bool = True

    def overlaps(self, other: Run, by: float) -> bool:
        """Return whether the cores of two runs share more than `by` pt in both directions."""
        across = min(self.x2, other.x2) - max(self.x1, other.x1)
        down = min(self.y2, other.y2) - max(self.y1, other.y1)
        return self.page == other.page and across > by and down > by

    @property
    def contrast(self) -> float:
        """The ratio of ink to ground, 1 to 21 (WCAG 2.2, "contrast ratio")."""
        light, dark = sorted((_luminance(self.ink), _luminance(self.ground)), reverse=True)
        return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def runs(data: bytes) -> list[Run]:
    """Return every run of text that is painted, those of the structure tree first and in its order."""
    with pikepdf.open(io.BytesIO(data)) as document:
        spoken = _spoken(document)
        found = []
        for number, page in enumerate(document.pages, 1):
            for mark, run in _Pen(number, page).written():
                order, tag = spoken.get((number, mark), (-1, ""))
                found.append(replace(run, order=order, tag=tag))
    return sorted(found, key=lambda run: (run.order < 0, run.order))


def _spoken(document: pikepdf.Pdf) -> dict[tuple[int, int], tuple[int, str]]:
    """Return, for each mark of each page, its place in reading order and the element that it is in."""
    pages = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    found: dict[tuple[int, int], tuple[int, str]] = {}

    def walk(element: Untyped, tag: str, page: int) -> None:
        kids = element.get("/K", pikepdf.Array())
        kind = str(element.get("/S", "/Span")).removeprefix("/")
        inside = tag if kind in ("Span", "NonStruct") else kind
        here = pages[element.Pg.objgen] if "/Pg" in element else page
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                found[here, int(kid)] = (len(found), inside)
            elif kid.get("/Type") == "/MCR":
                found[pages[kid.Pg.objgen] if "/Pg" in kid else here, int(kid.MCID)] = (len(found), inside)
            elif "/S" in kid:
                walk(kid, inside, here)

    walk(document.Root.StructTreeRoot, "", 0)
    return found


@dataclass(frozen=True)
class _Font:
    """A font of a page: its name, and the words and widths of its glyphs."""

    source: Untyped

    @cached_property
    def name(self) -> str:
        return str(self.source.BaseFont).removeprefix("/").partition("+")[2]

    @cached_property
    def words(self) -> dict[int, str]:
        table = self.source.ToUnicode.read_bytes() if "/ToUnicode" in self.source else b""
        return {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be", "ignore") for a, b in _CODES.findall(table)}

    @cached_property
    def widths(self) -> dict[int, float]:
        found: dict[int, float] = {}
        rows = iter(self.source.DescendantFonts[0].get("/W", []))
        for first in rows:
            second = next(rows)
            if isinstance(second, pikepdf.Array):
                found |= {int(first) + n: float(width) for n, width in enumerate(second)}
            else:
                found |= dict.fromkeys(range(int(first), int(second) + 1), float(next(rows)))
        return found

    def read(self, shown: list[Untyped], size: float) -> tuple[str, float]:
        """Return the words of what is shown, and their width at `size` without the space at their end."""
        text, width, inked = "", 0.0, 0.0
        for piece in shown:
            if isinstance(piece, pikepdf.String):
                codes = bytes(piece)
                for code in (codes[n] << 8 | codes[n + 1] for n in range(0, len(codes) - 1, 2)):
                    word = self.words.get(code, "")
                    text += word
                    width += self.widths.get(code, 1000.0)
                    inked = width if word.strip() else inked
            else:
                width -= float(piece)
        return text, inked * size / 1000


@dataclass
class _State:
    """What `q` saves."""

    matrix: Matrix = field(default_factory=Matrix)
    ink: Color = BLACK
    seen: float = 1.0
    font: _Font | None = None
    size: float = 0.0
    clip: Box = EVERYWHERE


class _Pen:
    """Follows the writing of one page."""

    def __init__(self, number: int, page: pikepdf.Page) -> None:
        self.number, self.page = number, page
        self.head = float(page.mediabox[3])
        self.state = _State()
        self.saved: list[_State] = []
        self.marks: list[int] = []
        self.path: list[tuple[float, float]] = []
        self.start = (0.0, 0.0)
        self.clipping = False
        self.grounds: list[tuple[Box, Color]] = []
        self.fonts: dict[tuple[int, int], _Font] = {}
        self.text = Matrix()

    def written(self) -> Iterator[tuple[int, Run]]:
        yield from self._follow(self.page, self.page.obj.get("/Resources", pikepdf.Dictionary()))

    def _follow(self, content: Untyped, resources: Untyped) -> Iterator[tuple[int, Run]]:
        for instruction in pikepdf.parse_content_stream(content):
            operands, name = list(instruction.operands), str(instruction.operator)
            if name in _SHOWN:
                run = self._run(list(operands[0]) if name == "TJ" else operands)
                if run:
                    yield next((mark for mark in reversed(self.marks) if mark >= 0), -1), run
            elif name == "Do":
                form = resources.XObject[str(operands[0])]
                if form.Subtype == "/Form":
                    self._save()
                    self._move(form.get("/Matrix", [1, 0, 0, 1, 0, 0]))
                    yield from self._follow(form, form.get("/Resources", resources))
                    self.state = self.saved.pop()
            else:
                self._set(name, operands, resources)

    def _save(self) -> None:
        self.saved.append(replace(self.state))

    def _move(self, numbers: Iterable[Untyped]) -> None:
        self.state.matrix = Matrix(*map(float, numbers)) @ self.state.matrix

    def _set(self, name: str, operands: list[Untyped], resources: Untyped) -> None:  # noqa: C901  # one for each operator
        match name:
            case "q":
                self._save()
            case "Q":
                self.state = self.saved.pop()
            case "cm":
                self._move(operands)
            case "Tm":
                self.text = Matrix(*map(float, operands))
            case "Tf":
                source = resources.Font[str(operands[0])]
                self.state.font = self.fonts.setdefault(source.objgen, _Font(source))
                self.state.size = float(operands[1])
            case "gs":
                self.state.seen = float(resources.ExtGState[str(operands[0])].get("/ca", self.state.seen))
            case "rg" | "g" | "sc" | "scn":
                parts = [float(part) for part in operands if not isinstance(part, pikepdf.Name)]
                if parts:  # not a pattern
                    self.state.ink = (parts[0],) * 3 if len(parts) == 1 else (parts[0], parts[1], parts[2])
            case "BDC" | "BMC":
                told = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary)
                self.marks.append(int(operands[1].get("/MCID", -1)) if told else -1)
            case "EMC":
                self.marks.pop()
            case _:
                self._draw(name, operands)

    def _draw(self, name: str, operands: list[Untyped]) -> None:
        if name in _ENDS:
            if self.path:
                self._end(painted=name in _FILLS and self.state.seen > 0)
            self.path, self.clipping = [], False
        elif name in {"W", "W*"}:
            self.clipping = True
        elif name == "re":
            x, y, width, height = map(float, operands)
            self._through((x, y), (x + width, y + height))
        elif name == "m":  # a point that nothing is drawn from paints nothing
            self.start = (float(operands[0]), float(operands[1]))
        elif name in {"l", "c", "v", "y"}:
            numbers = [float(number) for number in operands]
            self._through(self.start, *zip(numbers[::2], numbers[1::2], strict=True))
            self.start = (numbers[-2], numbers[-1])

    def _end(self, *, painted: bool) -> None:
        """End a path: what it paints is a ground for what is written later, as far as it is not clipped."""
        xs, ys = [x for x, _ in self.path], [y for _, y in self.path]
        left, low, right, high = self.state.clip
        box = (max(min(xs), left), max(min(ys), low), min(max(xs), right), min(max(ys), high))
        if painted:
            self.grounds.append((box, self.state.ink))
        if self.clipping:
            self.state.clip = box

    def _through(self, *points: tuple[float, float]) -> None:
        self.path += [self.state.matrix.transform(point) for point in points]

    def _run(self, shown: list[Untyped]) -> Run | None:
        font, size = self.state.font, self.state.size
        if font is None or self.state.seen == 0:
            return None
        text, width = font.read(shown, size)
        if not text.strip():
            return None
        whole = self.text @ self.state.matrix
        corners = [whole.transform(point) for point in ((0, 0), (width, 0), (0, CORE * size), (width, CORE * size))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = (min(xs), self.head - max(ys), max(xs), self.head - min(ys))
        drawn = size * (whole.c**2 + whole.d**2) ** 0.5
        ground = self._ground((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        level = abs(whole.b) < 0.01
        return Run(self.number, *box, text, drawn, font.name, self.state.ink, ground, level=level)

    def _ground(self, x: float, y: float) -> Color:
        """Return the last colour that was laid over a point of the page."""
        over = (ink for (x1, y1, x2, y2), ink in reversed(self.grounds) if x1 <= x <= x2 and y1 <= y <= y2)
        return next(over, WHITE)
