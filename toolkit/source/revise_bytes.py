"""A changed text as the bytes of its file: line ends and the byte order mark stay as each line had them."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from difflib import SequenceMatcher

_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n|$)")


def restored(raw: bytes, new: str) -> bytes:
    """Return `new`, whose lines end with a line feed, as the file that held `raw` before.

    A line that was there keeps its end; a new one has the end that most lines have.
    """
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    text = raw.removeprefix(mark).decode()
    ends = [found[1] for found in _LINE.finditer(text) if found[0]]
    old = [found[0].rstrip("\r\n") for found in _LINE.finditer(text) if found[0]]
    counted = Counter(end for end in ends if end)
    usual = counted.most_common(1)[0][0] if counted else "\n"
    if set(counted) <= {"\n"}:
        return mark + new.encode()
    lines = new.split("\n")
    closed = lines[-1] == ""
    lines = lines[:-1] if closed else lines
    made: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, lines, autojunk=False).get_opcodes():
        kept = ends[a:b] if tag == "equal" else [usual] * (d - c)
        made += [line + (end or usual) for line, end in zip(lines[c:d], kept, strict=True)]
    if made and not closed:
        made[-1] = made[-1].rstrip("\r\n")
    return mark + "".join(made).encode()
