"""Pandoc, kept on a short lead: formats that it reads better than we could, as Markdown.

It gets the bytes by a pipe, may touch no file and no network (`--sandbox`), and has limits of time and memory.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from typing import Final

from toolkit.articles import front, markdown
from toolkit.articles.manuscript import Doubt, Manuscript, Provenance
from toolkit.articles.passage import Account
from toolkit.articles.sources import Source, Unreadable, decoded

SECONDS: Final = 120
_HEAP: Final = "-M1500m"  # of the program's own memory (GHC's run-time system, "-M")
_TO: Final = "commonmark+pipe_tables+footnotes+definition_lists+yaml_metadata_block"
_LARGEST: Final = 50_000_000  # bytes of Markdown


@dataclass(frozen=True, slots=True)
class Converted:
    """A source as Markdown, with what was said about it: by its own fields, and by pandoc as warnings."""

    text: str
    warnings: tuple[str, ...] = ()


def converted(data: bytes, form: str) -> Converted:
    """Return `data`, of the format that pandoc calls `form`, as Markdown with its fields at the top.

    Raise Unreadable where pandoc cannot read it, or takes too long or too much memory.
    """
    import pypandoc

    words = [pypandoc.get_pandoc_path(), "+RTS", _HEAP, "-RTS", "--sandbox", "--standalone", "--wrap=none"]
    words += [f"--from={form}", f"--to={_TO}", "--markdown-headings=atx", "--track-changes=accept"]
    try:
        run = subprocess.run(words, input=data, capture_output=True, timeout=SECONDS, check=False, env={"LC_ALL": "C.UTF-8"})
    except subprocess.TimeoutExpired:
        raise Unreadable(f"reading the file took longer than {SECONDS} seconds") from None
    told = run.stderr.decode("utf-8", "replace").strip()
    if run.returncode == 251 or "heap" in told.casefold():  # 251: GHC's code for an exhausted heap
        raise Unreadable("reading the file takes more memory than is allowed")
    if run.returncode:
        last = told.splitlines()[-1][:200] if told else "no reason was given"
        raise Unreadable(f"the file cannot be read as {form.partition('+')[0].partition('-')[0]}: {last}")
    if len(run.stdout) > _LARGEST:
        raise Unreadable(f"the file holds more than {_LARGEST:,} bytes of text")
    warnings = re.findall(r"(?m)^\[WARNING\]\s*(.*)", told)
    return Converted(decoded(run.stdout).text, tuple(dict.fromkeys(warnings)))


def manuscript(
    found: Converted, reader: str, *, title: str = "", provenance: Provenance | None = None, left_out: tuple[tuple[str, str], ...] = ()
) -> Manuscript:
    """Return the article in a converted text. `left_out` are (words, why) of the source that pandoc never saw."""
    body = found.text.rstrip("\n")
    if not body.strip():
        raise Unreadable("the file holds no text")
    extra = [" ".join(words.split()) for words, _ in left_out]
    account = Account([*body.split("\n"), *extra])
    for number, (words, (_, why)) in enumerate(zip(extra, left_out, strict=True), start=body.count("\n") + 2):
        account.cut(number, 0, len(words), why)
    first, told = front.read(account.lines, account)
    origin = _merged(provenance or Provenance(), front.provenance(told))
    made = markdown.manuscript(account, first, title or told.get("title", ""), origin, reader, len(extra))
    doubts = tuple(Doubt(1, warning[:120], "what pandoc says of the file") for warning in found.warnings)
    text = "\n".join(account.lines)
    return replace(made, doubts=(*doubts, *made.doubts), text=text, language=made.language or told.get("lang", ""))


def _merged(told: Provenance, other: Provenance) -> Provenance:
    return Provenance(
        author=told.author or other.author,
        publisher=told.publisher or other.publisher,
        date=told.date or other.date,
        url=told.url or other.url,
        licence=told.licence or other.licence,
    )


def office(source: Source, form: str) -> Manuscript:
    """Return the article in an archive that pandoc reads as `form`. Raise Unreadable where it cannot be read."""
    from toolkit.articles import archives

    archives.checked(source)
    return manuscript(converted(source.data, form), form.partition("+")[0])
