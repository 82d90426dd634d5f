"""The pictures of a text with their captions, which stand behind them, alone or in a box."""

from __future__ import annotations

import re

from toolkit.articles.manuscript import Picture

IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.){0,8000})\]\((?P<file><[^<>\n]*>|[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:\s+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?\)"
)
# "*A caption*", "*Figure 1.* A caption", "Figure 1. A caption"; the number goes, for ours may be another.
_CAPTION = re.compile(
    r"(?P<mark>[*_]{1,2})(?P<all>(?!Fig)\S.*\S)(?P=mark)"
    r"|[*_]{0,2}(?:Fig(?:ure|\.)|Plate|Map|Photo|Image|Illustration)\s*[\d.]*[:.]?[*_]{0,2}[:.]?\s+(?P<figure>\S.*)"
    r"|(?:Caption|Above|Below|Left|Right):\s+(?P<told>\S.*)",
    re.S,
)


def alone(markdown: str, line: int) -> tuple[Picture, ...]:
    """Return the pictures of a paragraph that holds nothing else; a last line may be the caption."""
    text = markdown.strip()
    first = IMAGE.match(text)
    if not first:
        return ()
    found = list(IMAGE.finditer(text))
    rest = IMAGE.sub("", text).strip()
    words = caption(rest) if rest else ""
    if rest and not (words and len(found) == 1 and text.endswith(rest)):
        return ()
    return tuple(_picture(one, words, line) for one in found)


def inside(markdown: str, line: int) -> tuple[Picture, ...]:
    """Return the pictures that stand among the words of a block."""
    return tuple(
        _picture(found, "", line + markdown.count("\n", 0, found.start())) for found in IMAGE.finditer(markdown)
    )


def caption(markdown: str) -> str:
    """Return the caption that a paragraph behind a picture is, "" for none."""
    found = _CAPTION.fullmatch(markdown.strip())
    return " ".join((found["all"] or found["figure"] or found["told"]).split()) if found else ""


def only(markdown: str) -> str:
    """Return the pictures of a paragraph without what stands behind them, one a line."""
    return "\n".join(found[0] for found in IMAGE.finditer(markdown))


def boxed(markdown: str, line: int) -> tuple[tuple[Picture, ...], str]:
    """Return the pictures of a quotation, with their captions, and the quotation without the captions."""
    paragraphs = re.split(r"(?m)(^>[ \t]*\n)", markdown)
    found: list[Picture] = []
    kept: list[str] = []
    at, last = line, False
    for part in paragraphs:
        words = re.sub(r"(?m)^> ?", "", part).strip()
        here = alone(words, at)
        told = caption(words) if last and words and not here else ""
        if told:
            found[-1] = Picture(found[-1].file, found[-1].alt, told, line=found[-1].line)
        elif here:
            found += here
            kept.append("".join(f"> {row}\n" for row in only(words).split("\n")) if here[0].caption else part)
        else:
            found += inside(words, at)
            kept.append(part)
        last = bool(here) and not here[0].caption if words else last
        at += part.count("\n")
    return tuple(found), re.sub(r"(?m)(?:^>[ \t]*\n){2,}", ">\n", "".join(kept)).rstrip("\n> ")


def _picture(found: re.Match[str], words: str, line: int) -> Picture:
    title = (found["title"] or "")[1:-1]
    alt = re.sub(r"\\(?=[^\w\s])", "", found["alt"])
    return Picture(found["file"].strip("<>"), alt, words or title, line=line)
