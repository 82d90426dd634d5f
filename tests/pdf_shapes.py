"""What is drawn on the pages of a PDF beside its words: rules, frames and pictures, by their bounding boxes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pikepdf

Matrix = pikepdf.Matrix
_PAINT: Final = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*"))
_POINTS: Final = {"m": 1, "l": 1, "c": 3, "v": 2, "y": 2}


@dataclass(frozen=True, slots=True)
class Shape:
    """Something drawn, on a page counted from 1, in pt from the left and from the head: x1, y1, x2, y2."""

    page: int
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def level(self) -> bool:
        """Whether it is a rule to write on, or an edge of a frame or of a cell."""
        return self.y2 - self.y1 < 2 and self.x2 - self.x1 > 30


def shapes(data: bytes) -> list[Shape]:
    """Return everything that the pages of a PDF paint but their words."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return [shape for number, page in enumerate(document.pages, 1) for shape in _Pen(number, page).drawn()]


@dataclass
class _Pen:
    """Follows the drawing of one page."""

    number: int
    page: pikepdf.Page
    matrix: Matrix = field(default_factory=Matrix)
    saved: list[Matrix] = field(default_factory=list)
    path: list[tuple[float, float]] = field(default_factory=list)

    def drawn(self) -> Iterator[Shape]:
        yield from self._follow(self.page, self.page.obj.get("/Resources", pikepdf.Dictionary()))

    def _follow(self, content: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object) -> Iterator[Shape]:
        for instruction in pikepdf.parse_content_stream(content):
            operands, name = instruction.operands, str(instruction.operator)
            if name == "q":
                self.saved.append(self.matrix)
            elif name == "Q":
                self.matrix = self.saved.pop()
            elif name == "cm":
                self.matrix = Matrix(*map(float, operands)) @ self.matrix
            elif name == "re":
                x, y, width, height = map(float, operands)
                self._through([(x, y), (x + width, y), (x, y + height), (x + width, y + height)])
            elif name in _POINTS:
                numbers = [float(number) for number in operands]
                self._through(list(zip(numbers[::2], numbers[1::2], strict=True)))
            elif name in _PAINT:
                yield from self._box()
            elif name == "n":
                self.path = []
            elif name == "Do":
                yield from self._object(resources.XObject[str(operands[0])], resources)

    def _through(self, points: Sequence[tuple[float, float]]) -> None:
        self.path += [self.matrix.transform(point) for point in points]

    def _box(self) -> Iterator[Shape]:
        if self.path:
            head = float(self.page.mediabox[3])
            across, down = [x for x, _ in self.path], [head - y for _, y in self.path]
            yield Shape(self.number, min(across), min(down), max(across), max(down))
        self.path = []

    def _object(self, found: pikepdf.Object, resources: pikepdf.Object) -> Iterator[Shape]:
        if found.Subtype == "/Image":
            self._through([(0, 0), (1, 0), (0, 1), (1, 1)])
            yield from self._box()
            return
        outside = self.matrix
        self.matrix = Matrix(*map(float, found.get("/Matrix", [1, 0, 0, 1, 0, 0]))) @ self.matrix
        yield from self._follow(found, found.get("/Resources", resources))
        self.matrix = outside
