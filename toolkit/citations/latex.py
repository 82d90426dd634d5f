"""LaTeX in bibliography files, as text: accents, letters, dashes, quotation marks, the commonest commands.

Only what stands in names and titles is known; the signs are those of "The Comprehensive LaTeX Symbol List" (Pakin),
sections 2 and 3. Braces are kept: they hold together what belongs together, `{United Nations}`; `unbraced` takes
them away.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import Final

_ACCENTS: Final = MappingProxyType(
    {
        "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
        "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
        "r": "\u030a", "h": "\u0309", "G": "\u030f", "U": "\u030e", "f": "\u0311",
    }
)  # fmt: skip  # pairs read better in lines
_SYMBOLS: Final = MappingProxyType(
    {
        "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
        "aa": "å", "AA": "Å", "dj": "đ", "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "i": "ı", "j": "ȷ",
        "ng": "ŋ", "NG": "Ŋ", "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "textellipsis": "…",
        "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
        "guillemotleft": "«", "guillemotright": "»", "flqq": "«", "frqq": "»", "glqq": "„", "grqq": "“",
        "lq": "‘", "rq": "’", "S": "§", "P": "¶", "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€",
        "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "dag": "†", "ddag": "‡",
        "textdegree": "°", "textasciitilde": "~", "textunderscore": "_", "textbackslash": "\\", "textbar": "|",
        "textasciicircum": "^", "slash": "/", "textperiodcentered": "·", "textbullet": "•", "times": "×",
        "textexclamdown": "¡", "textquestiondown": "¿", "ordfeminine": "ª", "textordfeminine": "ª",
        "textordmasculine": "º", "quotesinglbase": "‚", "quotedblbase": "„", "textgreater": ">", "textless": "<",
        "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "space": " ",
        "quad": " ", "qquad": " ", "newline": " ", "linebreak": " ", "hyp": "-", "bibrangedash": "–",
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
        "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
        "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ",
        "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
        "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "infty": "∞", "leq": "≤", "geq": "≥", "to": "→",
        "rightarrow": "→", "pm": "±", "cdot": "·", "sim": "∼", "approx": "≈", "neq": "≠", "ell": "ℓ", "circ": "°",
    }
)  # fmt: skip  # pairs read better in lines
# What they do is a matter of looks; the text they stand around is kept.
_LOOKS: Final = frozenset({
    "emph", "textit", "textbf", "texttt", "textsc", "textrm", "textsf", "textnormal", "textsuperscript",
    "textsubscript", "text", "mathrm", "mathbf", "mathit", "mathcal", "mathbb", "mathsf", "ensuremath",
    "mkbibemph", "mkbibitalic", "mkbibbold", "mkbibparens", "mkbibbrackets", "uppercase", "lowercase",
    "MakeUppercase", "MakeLowercase", "mbox", "hbox", "em", "it", "bf", "sc", "tt", "rm", "sf", "sl", "itshape",
    "bfseries", "scshape", "textup", "textsl", "underline", "url", "path", "nolinkurl", "autocap", "protect",
    "relax", "ignorespaces", "selectlanguage", "natexlab",
})  # fmt: skip  # a set reads better in lines

_SPECIAL = re.compile(r"[\\$~]|--|``|''")
_ONE = r"(?:\{\s*(\\[ij](?![A-Za-z])|[^\W\d_])\s*\}|(\\[ij](?![A-Za-z])\s?|[^\W\d_]))"
_SIGN_ACCENT = re.compile(r"""\\([`'^~"=.])\s{0,9}""" + _ONE)
_LETTER_ACCENT = re.compile(r"\\([uvHcdbkrhGUf])(?:\s{1,9}|\s{0,9}(?=\{|\\[ij]))" + _ONE)
_COMMAND = re.compile(r"\\([A-Za-z@]+)\*?(?:\{\}|\s+)?")
_ESCAPED = re.compile(r"\\([&%$#_{} ,;:!/@\-\\])")
_ADDRESS = re.compile(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
_DROPPED = re.compile(r"\\(?:noopsort|singleletter|printfirst|SortNoop)\s*\{[^{}]*\}")
_QUOTE = re.compile(r"\\(?:mkbibquote|enquote)\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_MATH = re.compile(r"(?<!\\)\$([^$]{1,400})(?<!\\)\$")
# Braces that are letters, while the others are still signs.
_OPENING, _CLOSING = "\ue000", "\ue001"
_LITERAL: Final = MappingProxyType(
    {"{": _OPENING, "}": _CLOSING, **dict.fromkeys(" ,;:\\", " "), **dict.fromkeys("!/@-", "")}
)
LONGEST: Final = 100_000  # characters; what is longer is no field of a record, and is left as it is


def decode(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with its LaTeX as Unicode, braces kept, and the names of the commands that are not known.

    What stands around an unknown command is kept.
    """
    if not _SPECIAL.search(text) or len(text) > LONGEST:
        return text, ()
    unknown: list[str] = []

    def command(found: re.Match[str]) -> str:
        name = found[1]
        if name in _SYMBOLS:
            return _SYMBOLS[name]
        if name not in _LOOKS:
            unknown.append(name)
        return ""

    text = _MATH.sub(lambda found: re.sub(r"[\^_](?=[{\\\w])", "", found[1]) + "{}", text)
    for _ in range(3):  # a letter of Vietnamese has two accents: \'{\^e}
        accented = _LETTER_ACCENT.sub(_accented, _SIGN_ACCENT.sub(_accented, text))
        if accented == text:
            break
        # {\^e} is a letter now, and may take one more
        text = re.sub(r"\{([^\W\d_])\}(?<=\\[`'^~\"=.]...)", r"\1", accented)
    text = _QUOTE.sub(r"“\1”", _ADDRESS.sub("", _DROPPED.sub("", text)))
    if "``" in text:
        text = text.replace("``", "“").replace("''", "”")
    text = text.replace("---", "—").replace("--", "–").replace("~", " ")
    text = _ESCAPED.sub(lambda found: _LITERAL.get(found[1], found[1]), text)
    return _COMMAND.sub(command, text), tuple(dict.fromkeys(unknown))


def _accented(found: re.Match[str]) -> str:
    letter = (found[2] or found[3]).strip().removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[found[1]])


def unbraced(text: str) -> str:
    """Return `text` without the braces that protect letters, white space folded."""
    plain = re.sub(r"[{}]", "", text).replace(_OPENING, "{").replace(_CLOSING, "}")
    return re.sub(r"\s+", " ", plain).strip()
