"""The reader of PDF files: by their structure where they are tagged, else by the lines of their pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import PurePath
from typing import Any, Final

from toolkit.articles import converting, plain
from toolkit.articles.manuscript import Doubt, Manuscript, Piece, Provenance
from toolkit.articles.sources import Source, Unreadable

SECONDS: Final = 120
_LARGEST: Final = 100_000_000  # bytes


def likely(source: Source) -> float:
    """Return how sure it is, from 0 to 1, that the source is a PDF file."""
    return 1.0 if b"%PDF-" in source.data[:1024] else 0.0


def read(source: Source) -> Manuscript:
    """Return the article of a PDF file. Raise Unreadable where its text cannot be had."""
    if find_spec("pypdf") is None:
        raise Unreadable("PDF files are read with pypdf, which is not installed", "install it: pip install pypdf")
    if len(source.data) > _LARGEST:
        raise Unreadable(f"the file has {len(source.data):,} bytes; at most {_LARGEST:,} are read")
    told = _taken_apart(source.data)
    if not told["text"].strip():
        raise Unreadable("the file holds no text, only pictures of pages", "run a text recognition (OCR) on it first")
    provenance = Provenance(author=told["author"], date=told["date"])
    left_out = tuple((words, why) for words, why in told["left_out"])
    if told["tagged"]:
        found = converting.Converted(told["text"], tuple(told["warnings"]))
        headed = len(re.findall(r"(?m)^# ", told["text"])) == 1  # what is printed, not what the file is called
        made = converting.manuscript(found, "pdf", title="" if headed else told["title"], provenance=provenance, left_out=left_out)
        return replace(made, language=told["language"])
    return replace(_untagged(told, left_out), provenance=provenance, language=told["language"])


def _untagged(told: dict[str, Any], left_out: tuple[tuple[str, str], ...]) -> Manuscript:
    made = plain.read(Source("pages.txt", told["text"].encode()))
    body = told["text"].split("\n")
    lines = [*body, *(words for words, _ in left_out)]
    pieces = tuple(
        Piece(number, 0, len(words), "removed", why) for number, (words, why) in enumerate(left_out, len(body) + 1)
    )
    doubt = Doubt(1, made.title[:60], "the file is not tagged: paragraphs and headings were told by the look of its lines")
    return replace(
        made, reader="pdf", text="\n".join(lines), pieces=(*made.pieces, *pieces), doubts=(doubt, *made.doubts)
    )


def _taken_apart(data: bytes) -> dict[str, Any]:
    """Return what another process reads in the file: it has limits of its own, and a broken file ends only that."""
    root = str(PurePath(__file__).parents[2])
    script = f"import sys; sys.path.insert(0, {root!r}); from toolkit.articles import pdf_pages; pdf_pages.main()"
    words = [sys.executable, "-I", "-W", "ignore", "-c", script]
    try:
        run = subprocess.run(words, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"reading the file took longer than {SECONDS} seconds") from None
    try:
        told: dict[str, Any] = json.loads(run.stdout)
    except ValueError:
        raise Unreadable("the file is broken, or reading it takes more memory than is allowed") from None
    if "reason" in told:
        raise Unreadable(told["reason"], told.get("hint", ""))
    return told
