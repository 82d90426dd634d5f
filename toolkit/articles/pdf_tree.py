"""The structure of a tagged PDF file (ISO 32000-2, 14.7 and 14.8), as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from toolkit.articles.markdown_text import escaped

_SHOW = (b"Tj", b"TJ", b"'", b'"')
_INLINE = {"Span", "Link", "Reference", "Em", "Strong", "Code", "Quote", "Annot", "NonStruct", "BibEntry", "Sub", "Lbl"}
_DEEPEST = 60
_MOST = 200_000  # elements


@dataclass
class _Page:
    """A page with its operations, each with the number of the marked content that it stands in, -1 for none."""

    page: Any
    operations: list[tuple[Any, bytes, int]]


@dataclass
class _Tree:
    reader: Any
    roles: dict[str, str]
    pages: dict[int, _Page] = field(default_factory=dict)
    seen: int = 0

    def blocks(self, element: Any, deep: int = 0) -> Iterator[str]:
        """Yield the blocks below an element, as Markdown."""
        self.seen += 1
        if deep > _DEEPEST or self.seen > _MOST:
            return
        role = self.role(element)
        if role in ("Artifact", "TOC", "TOCI"):
            return
        if re.fullmatch(r"H[1-6]?", role):
            words = self.words(element)
            yield f"{'#' * int(role[1:] or 2)} {escaped(words)}" if words else ""
        elif role == "L":
            items = [" ".join(self.words(child, skip="Lbl").split()) for child in _children(element)]
            labels = [self.label(child) for child in _children(element)]
            rows = zip(labels, items, strict=True)
            yield "\n".join(f"{label if re.fullmatch(r'[0-9]{1,3}[.)]', label) else '-'} {escaped(words)}" for label, words in rows if words)
        elif role == "Table":
            yield self.table(element)
        elif role == "BlockQuote":
            yield "\n>\n".join(f"> {block}" for block in self.inner(element, deep) if block)
        elif role == "Figure":
            alt = escaped(str(element.get("/Alt") or "").strip())
            yield f"*{alt}*" if alt else ""
        elif role in ("P", "Note", "FENote", "Caption", "Title", "Formula") or not self.holds_blocks(element):
            yield escaped(self.words(element))
        else:
            yield from self.inner(element, deep)

    def inner(self, element: Any, deep: int) -> Iterator[str]:
        """Yield the blocks of the children of an element."""
        for child in _children(element):
            yield from self.blocks(child, deep + 1)

    def role(self, element: Any) -> str:
        """Return the standard type of an element."""
        name = str(element.get("/S") or "").lstrip("/")
        for _ in range(8):
            if name not in self.roles:
                break
            name = self.roles[name]
        return name

    def holds_blocks(self, element: Any) -> bool:
        """Return whether an element has children that are blocks of their own."""
        return any(self.role(child) not in _INLINE for child in _children(element))

    def label(self, item: Any) -> str:
        """Return the number or bullet of an item of a list."""
        return next((self.words(child) for child in _children(item) if self.role(child) == "Lbl"), "").strip()

    def table(self, element: Any) -> str:
        """Return a table as Markdown."""
        rows = [row for row in self.found(element, "TR", 0)]
        cells = [[escaped(self.words(c)) for c in _children(row) if self.role(c) in ("TH", "TD")] for row in rows]
        width = max(map(len, cells), default=0)
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in cells if row]
        return "\n".join((lines[0], "|" + " --- |" * width, *lines[1:])) if lines else ""

    def found(self, element: Any, role: str, deep: int) -> Iterator[Any]:
        """Yield the elements of a type below an element."""
        for child in _children(element) if deep < _DEEPEST else ():
            if self.role(child) == role:
                yield child
            else:
                yield from self.found(child, role, deep + 1)

    def words(self, element: Any, skip: str = "") -> str:
        """Return the text of an element and of all below it, on one line."""
        marked: dict[int, list[int]] = {}  # by page
        self.gather(element, marked, None, skip, 0)
        told = str(element.get("/ActualText") or "")
        return " ".join((told or " ".join(self.text(page, ids) for page, ids in marked.items())).split())

    def gather(self, element: Any, marked: dict[int, list[int]], page: Any, skip: str, deep: int) -> None:
        """Gather the numbers of the marked content below an element, by the page that it is on."""
        here = element.raw_get("/Pg") if "/Pg" in element else page
        kids = element.get("/K")
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(kid, int):
                self.mark(marked, here, int(kid))
            elif isinstance(kid, dict) and "/MCID" in kid:
                self.mark(marked, kid.raw_get("/Pg") if "/Pg" in kid else here, int(kid["/MCID"]))
            elif isinstance(kid, dict) and "/S" in kid and deep < _DEEPEST and (not skip or self.role(kid) != skip):
                self.gather(kid, marked, here, skip, deep + 1)

    def mark(self, marked: dict[int, list[int]], page: Any, number: int) -> None:
        """Enter one number."""
        if page is not None:
            marked.setdefault(page.idnum if hasattr(page, "idnum") else id(page), []).append(number)

    def text(self, page: int, numbers: list[int]) -> str:
        """Return the text of marked content of a page."""
        from pypdf.generic import ContentStream

        if page not in self.pages:
            return ""
        wanted = set(numbers)
        content = ContentStream(None, self.reader)
        content.operations = [
            (operands, operator)
            for operands, operator, number in self.pages[page].operations
            if operator not in _SHOW or number in wanted
        ]
        return _extracted(self.pages[page].page, content)


def _extracted(page: Any, content: Any) -> str:
    """Return the text of `content` in the fonts of `page`, which keeps it: the page is read for nothing else."""
    from pypdf.generic import NameObject

    page[NameObject("/Contents")] = content
    return str(page.extract_text())


def markdown(reader: Any) -> str:
    """Return the text of a tagged file, with its structure; "" where the structure leads to no text."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    roles = {str(k).lstrip("/"): str(v).lstrip("/") for k, v in (root.get("/RoleMap") or {}).items()}
    tree = _Tree(reader, roles)
    for page in reader.pages:
        if page.indirect_reference is not None:
            tree.pages[page.indirect_reference.idnum] = _Page(page, list(_operations(page, reader)))
    blocks = [block for child in _children(root) for block in tree.blocks(child) if block.strip()]
    return "\n\n".join(_numbered(blocks))


def _numbered(blocks: list[str]) -> Iterator[str]:
    """Yield the blocks; a number that is a paragraph of its own goes before the paragraph that it counts."""
    number = ""
    for block in blocks:
        if number:
            joined = not re.match(r"[#>|-]|\d", block)
            yield f"{number}. {block}" if joined else number
            number = ""
            if joined:
                continue
        if re.fullmatch(r"\d{1,2}", block):
            number = block
        else:
            yield block
    if number:
        yield number


def _operations(page: Any, reader: Any) -> Iterator[tuple[Any, bytes, int]]:
    from pypdf.generic import ContentStream

    contents = page.get_contents()
    if contents is None:
        return
    # Each operation is kept with the marked content that it stands in; marks nest (14.6).
    open_marks: list[int] = []
    for operands, operator in ContentStream(contents, reader, "bytes").operations:
        if operator == b"BDC":
            properties = operands[1] if len(operands) > 1 else None
            number = properties.get("/MCID", -1) if isinstance(properties, dict) else -1
            open_marks.append(int(number) if int(number) >= 0 else (open_marks[-1] if open_marks else -1))
        elif operator == b"BMC":
            open_marks.append(open_marks[-1] if open_marks else -1)
        elif operator == b"EMC" and open_marks:
            open_marks.pop()
        yield operands, operator, open_marks[-1] if open_marks else -1


def _children(element: Any) -> list[Any]:
    kids = element.get("/K")
    found = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid, "get_object")]
    return [kid for kid in found if isinstance(kid, dict) and "/S" in kid]
