"""No word in two faces: words that the page engine would set in two are put in a span with a face that has them whole.

The engine looks for a font character by character, in the order of a style's `font-family`. Where the first face has
only some letters of a word, the word would change its face in the middle.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from markupsafe import escape

from toolkit.drawing.typefaces import chosen, covered, every, named, page_stack, project, stack
from toolkit.model import scripts
from toolkit.model.theme import UNTHEMED, Theme

# What is no text of the page, and the text between two tags.
PARTS: Final = re.compile(r"(?s)(<style\b.*?</style>|<title\b.*?</title>|<svg\b.*?</svg>|<[^>]*>)|([^<]+)")
_REFERENCE: Final = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);")
_NAME: Final = re.compile(r"['\"]([^'\"]+)['\"]")
LEFT_TO_RIGHT: Final = "\u200e"
_GENERIC: Final = {"serif": "Georgia, serif", "sans": '"Helvetica Neue", Arial, sans-serif'}


def tokens(language: str, text: str, theme: Theme = UNTHEMED) -> str:
    """Return the tokens of handout.css that name faces, for a page in `language` that says `text`.

    "" where those of handout.css serve. A face of `theme` comes first where it has every character of the page that
    the usual first face has; else second, for words of other scripts: no word of the page's own is in two faces.
    """
    serif = page_stack("serif", language, text)
    if serif == stack("serif") and not project():
        return ""
    names = {
        "text": serif,
        "display": ("Source Serif 4 Display", *serif) if serif[0] == "Source Serif 4" else serif,
        "caption": ("Source Serif 4 Caption", *serif) if serif[0] == "Source Serif 4" else serif,
        "label": page_stack("sans", language, text),
    }
    return "; ".join(
        f"--{token}: {_quoted(_themed(families, theme, token, text))},"
        f" {_GENERIC['sans' if token == 'label' else 'serif']}"
        for token, families in names.items()
    )


def label(language: str, text: str, theme: Theme = UNTHEMED) -> str:
    """Return the CSS font-family of what stands in the margins of a page: the running head, the foot."""
    names = page_stack("sans", language, text)
    found = _themed(names if tokens(language, text) else names[:1], theme, "label", text)
    return _quoted(found) + ", sans-serif"


def _themed(families: tuple[str, ...], theme: Theme, token: str, text: str) -> tuple[str, ...]:
    """Return `families` with the faces that `theme` names for a token, at the place that they are fit for."""
    known = {face.name: covered(face) for face in every()}
    wished = tuple(name for name in _NAME.findall(theme.of("face").get(f"--{token}", "")) if _base(name) in known)
    if not wished:
        return families
    usual = known.get(_base(families[0]), frozenset())
    fit = known[_base(wished[0])].issuperset(usual.intersection(text))
    kept = tuple(name for name in families if name not in wished)
    return (*wished, *kept) if fit else (*kept[:1], *wished, *kept[1:])


def _base(name: str) -> str:
    """Return the family that an optical size belongs to."""
    return re.sub(r" (Display|Caption)$", "", name)


def _quoted(families: tuple[str, ...]) -> str:
    return ", ".join(f'"{_safe(name)}"' for name in families)


def whole_words(page: str, language: str, text: str, *, rtl: bool = False) -> str:
    """Return the HTML `page` with each word in one face, as far as there is a face that has it whole.

    On a page that is read from the right, a sentence from the left is given the mark that keeps its full stop at its
    end (Unicode Standard Annex 9, 2.6): the page engine knows no isolates.
    """
    stacks = page_stack("serif", language, text), page_stack("sans", language, text)
    whole = frozenset.intersection(*(covered(named(stack[0])) for stack in stacks))

    def mended(part: re.Match[str]) -> str:
        said = part[2]
        if rtl and said and scripts.from_left(unescape(said)):
            return f"{said.rstrip()}{LEFT_TO_RIGHT}{said[len(said.rstrip()) :]}"
        if not said or (said.isascii() and not _REFERENCE.search(said)):
            return part[0]
        plain = unescape(said)
        if whole.issuperset(scripts.shown(plain)):
            return part[0]
        return _mended(plain, stacks) or part[0]

    return PARTS.sub(mended, page)


def _mended(text: str, stacks: tuple[tuple[str, ...], ...]) -> str:
    """Return `text` as HTML with a span around each word that needs one, "" where none does."""
    pieces: list[str] = []
    last = 0
    for start, end in scripts.words(text):
        found = [chosen(text[start:end], stack) for stack in stacks]
        if all(same for _, same in found):
            continue
        name = next(name for name, same in found if not same)
        pieces += [str(escape(text[last:start])), _span(name, text[start:end])]
        last = end
    return "".join((*pieces, str(escape(text[last:])))) if pieces else ""


def _span(name: str, word: str) -> str:
    return f"<span style=\"font-family:'{_safe(name)}'\">{escape(word)}</span>"


def _safe(name: str) -> str:
    """Return the name of a family without what would end a string of CSS or an attribute."""
    return re.sub(r"[^\w .+-]", "", name)
