"""Names as BibTeX writes them, as CSL has them.

Rules: "Tame the BeaSt" (Markey 2009), sections 11 and 18: names are divided by `and` outside of braces; a name is
"First von Last", "von Last, First" or "von Last, Jr, First"; the particle is what begins with a small letter.
"""

from __future__ import annotations

import re

from toolkit.citations.latex import unbraced

_SIGNS = re.compile(r"[{}]|\s+and(?=\s|$)", re.I)
_PIECES = re.compile(r"[{},]|\s+")
# biblatex's own form (its manual, 3.5): family=Berg, given=Ludwig, prefix=van der
_EXTENDED = re.compile(r"\s*(family|given|prefix|suffix|useprefix|nametype)(?:-i)?\s*=\s*(.*)", re.S)
_PARTS = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
_GENERATION = re.compile(r"(?i)(?:jr|sr|jnr|snr)\.?|I{2,3}|IV|VI{0,3}")


def names(text: str) -> list[dict[str, str]]:
    """Return the names in a list of BibTeX; braces are as they were written. `others` is a name for "et al."."""
    found: list[dict[str, str]] = []
    for written in _divided(text, _SIGNS):
        written = written.strip(" ,\t\n")
        if written:
            found.append(_name(written))
    return found


def inverted(text: str) -> dict[str, str]:
    """Return a name of formats other than BibTeX, "Family, Given, Suffix"; one without a comma has no parts."""
    return _name(text) if "," in text.strip(" ,") else {"literal": " ".join(text.split())}


def _divided(text: str, signs: re.Pattern[str]) -> list[str]:
    """Return the pieces of `text` between the `signs` that stand outside of braces."""
    pieces, depth, start = [], 0, 0
    for found in signs.finditer(text):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth <= 0:
            pieces.append(text[start : found.start()])
            start = found.end()
    return [*pieces, text[start:]]


def _name(written: str) -> dict[str, str]:
    if _EXTENDED.match(written):
        return _extended(written)
    parts = [part.strip() for part in _divided(written, re.compile(r"[{},]"))]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        words = _words(parts[0])
        first, particle, last = _straight(words)
        return _made(written, last, first, particle)
    words = _words(parts[0])
    small = [n for n, word in enumerate(words[:-1]) if _is_small(word)]
    split = small[-1] + 1 if small and small[0] == 0 else 0
    suffix = parts[1] if len(parts) > 2 else ""
    given = ", ".join(parts[2:]) if suffix else parts[1]
    if suffix and _GENERATION.fullmatch(unbraced(given)):  # "King, Martin Luther, Jr." is written so, too
        suffix, given = given, suffix
    return _made(written, words[split:], _words(given), words[:split], suffix)


def _words(text: str) -> list[str]:
    return [word for word in _divided(text, re.compile(r"[{}]|\s+")) if word]


def _straight(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the first names, the particle and the last name of "First von Last"."""
    small = [n for n, word in enumerate(words[:-1]) if _is_small(word)]
    if not small:
        return words[:-1], [], words[-1:]
    return words[: small[0]], words[small[0] : small[-1] + 1], words[small[-1] + 1 :]


def _is_small(word: str) -> bool:
    """Return whether a word begins with a small letter; one in braces has no case."""
    return not word.startswith("{") and word[:1].islower()


def _made(written: str, last: list[str], first: list[str], particle: list[str], suffix: str = "") -> dict[str, str]:
    keys = ("family", "given", "non-dropping-particle", "suffix")
    pieces = dict(zip(keys, (" ".join(last), " ".join(first), " ".join(particle), suffix), strict=True))
    name = {key: unbraced(piece) for key, piece in pieces.items() if unbraced(piece)}
    return name if len(name) > 1 else {"literal": unbraced(written.replace(",", ""))}


def _extended(written: str) -> dict[str, str]:
    name = {}
    for piece in _divided(written, re.compile(r"[{},]")):
        found = _EXTENDED.match(piece)
        if found and found[1] in _PARTS:
            name[_PARTS[found[1]]] = unbraced(found[2].strip(' "'))
    return name if len(name) > 1 else {"literal": name.get("family", unbraced(written))}
