"""A PDF file as text, in a process of its own: `main` reads the file from standard input and writes JSON."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from collections import Counter
from typing import Any

from toolkit.articles import pdf_tree

_MEMORY = 2_000_000_000  # bytes of address space
_CPU = 110  # seconds
_NUMBER = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxlc]{1,7})[-–—\s]*")
_MOST_PAGES = 2_000
_TAGGED_PAGES = 400  # the structure of longer files takes too long to follow


def main() -> None:
    """Write what the file on standard input holds to standard output."""
    import resource

    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _CPU)):
        resource.setrlimit(what, (most, most))
    logging.disable(logging.CRITICAL)
    try:
        told = taken_apart(sys.stdin.buffer.read())
    except MemoryError:
        told = {"reason": "reading the file takes more memory than is allowed"}
    except Exception as error:  # a broken file breaks a reader of PDF in more ways than can be named
        told = {"reason": f"the file is broken: {type(error).__name__}"}
    sys.stdout.write(json.dumps(told, ensure_ascii=True))


def taken_apart(data: bytes) -> dict[str, Any]:
    """Return the text of a PDF file and what it says of itself."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"reason": "the file is locked with a password", "hint": "save it without one"}
    if len(reader.pages) > _MOST_PAGES:
        return {"reason": f"the file has {len(reader.pages):,} pages; at most {_MOST_PAGES:,} are read"}
    info = reader.metadata or {}
    root = reader.trailer["/Root"]
    told: dict[str, Any] = {
        "title": str(info.get("/Title") or "").strip(), "author": str(info.get("/Author") or "").strip(),
        "date": "", "language": str(root.get("/Lang") or ""), "warnings": [], "left_out": [], "tagged": False,
    }  # fmt: skip  # pairs
    text = ""
    if "/StructTreeRoot" in root and len(reader.pages) <= _TAGGED_PAGES:
        text = pdf_tree.markdown(reader)
    if text.strip():
        return told | {"text": text, "tagged": True}
    pages = [page.extract_text() or "" for page in reader.pages]
    text, left_out = flowing(pages)
    return told | {"text": text, "left_out": left_out}


def flowing(pages: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """Return the text of pages as paragraphs between blank lines, and (words, why) of what was left out.

    Running heads and page numbers go; words that were divided at the end of a line are joined.
    """
    rows = [[row.strip() for row in page.split("\n") if row.strip()] for page in pages]
    heads = _running(rows)
    left_out: list[tuple[str, str]] = []
    lines: list[str] = []
    for page in rows:
        printed = [n for n, row in enumerate(page) if not _NUMBER.fullmatch(row)]
        first, last = (printed[:2] or [0])[-1], (printed[-2:] or [0])[0]
        for at, row in enumerate(page):
            edge = at <= first or at >= last
            if edge and (_shape(row) in heads or _NUMBER.fullmatch(row)):
                left_out.append((row, "a running head or page number"))
            else:
                lines.append(row)
    return "\n\n".join(_paragraphs(lines)), left_out


def _shape(row: str) -> str:
    return re.sub(r"\d+", "#", row)


def _running(rows: list[list[str]]) -> set[str]:
    """Return the lines at the top and foot of pages that stand on half of them, whatever number is in them."""
    printed = [[row for row in page if not _NUMBER.fullmatch(row)] for page in rows]
    edges = Counter(shape for page in printed for shape in {_shape(row) for row in (*page[:2], *page[-2:])})
    return {shape for shape, count in edges.items() if count >= max(2, len(rows) / 2) and len(rows) > 2}


def _paragraphs(lines: list[str]) -> list[str]:
    if not lines:
        return []
    lengths = sorted(len(line) for line in lines)
    full = lengths[int(len(lengths) * 0.75)]
    paragraphs: list[str] = []
    open_line = ""
    for line in lines:
        if open_line and not _ends(paragraphs[-1], open_line, line, full):
            hyphen = re.search(r"[^\W\d_]-$", paragraphs[-1]) and line[:1].islower()
            paragraphs[-1] = paragraphs[-1][:-1] + line if hyphen else f"{paragraphs[-1]} {line}"
        else:
            paragraphs.append(line)
        open_line = line
    return paragraphs


def _ends(paragraph: str, last: str, line: str, full: int) -> bool:
    """Return whether a paragraph ends with the line `last`: it is short, and what follows begins anew."""
    begins = not line[:1].islower()
    marked = bool(re.match(r"(?:[•●▪◦*]|\d{1,2}[.)]|\(?[A-Ha-h][.)])\s", line))
    stop = bool(re.search(r"[.!?:][”\"’)]*$", last))
    short = len(last) < full * 0.85
    heading = len(paragraph) < 90 and len(last) < full * 0.7 and not stop and begins
    return marked or (short and stop and begins) or heading
