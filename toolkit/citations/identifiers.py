"""The numbers that identify a source: their shapes and check digits.

ISBN: ISO 2108:2017, annex A (weights 1 and 3, modulus 10; of ten digits before 2007, weights 10 to 1, modulus 11).
ISSN: ISO 3297, annex A (weights 8 to 1, modulus 11). DOI: ISO 26324 and the DOI Handbook, 2.2.
"""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


def isbns(text: str) -> tuple[str, ...]:
    """Return the numbers in a field of ISBNs, without hyphens, spaces and what is said of them: "(pbk.)"."""
    pieces = re.split(r"[,;/]|\s{2,}|(?<=[\dXx])\s+(?=97[89])", re.sub(r"\([^)]*\)|(?i:isbn(?:-1[03])?:?)", " ", text))
    return tuple(filter(None, (re.sub(r"[\s–-]", "", piece).upper() for piece in pieces)))


def isbn_fault(number: str) -> str:
    """Return what is wrong with an ISBN of digits alone, "" where nothing is."""
    if re.fullmatch(r"\d{13}", number):
        if not number.startswith(("978", "979")):
            return "it begins with 978 or 979"
        wanted = str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(number[:12])) % 10)
    elif re.fullmatch(r"\d{9}[\dX]", number):
        wanted = _modulus_11(number[:9])
    else:
        return "it has 10 or 13 digits"
    return "" if wanted == number[-1] else "its check digit does not fit"


def isbn_13(number: str) -> str:
    """Return an ISBN of ten or thirteen digits as one of thirteen; any other text as it is."""
    if not re.fullmatch(r"\d{9}[\dX]", number):
        return number
    body = "978" + number[:9]
    return body + str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(body)) % 10)


def issns(text: str) -> tuple[str, ...]:
    """Return the numbers in a field of ISSNs."""
    return tuple(filter(None, re.split(r"[,;/\s]+", re.sub(r"\([^)]*\)|(?i:e?issn:?)", " ", text))))


def issn_fault(number: str) -> str:
    """Return what is wrong with an ISSN, "" where nothing is."""
    if not re.fullmatch(r"\d{4}-?\d{3}[\dXx]", number):
        return "it has 8 digits: 0004-4687"
    digits = number.replace("-", "").upper()
    return "" if _modulus_11(digits[:7]) == digits[-1] else "its check digit does not fit"


def _modulus_11(digits: str) -> str:
    """Return the check digit of weights that fall to 2 before it; X is ten."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True))
    return "0123456789X"[-total % 11]


def doi(text: str) -> str:
    """Return a DOI without the address or the word that stands before it."""
    return re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)", "", text.strip())


def doi_fault(text: str) -> str:
    """Return what is wrong with a DOI, "" where nothing is."""
    if not _DOI.fullmatch(doi(text)):
        return "it has the form 10.2307/2644521"
    if text.endswith((".", ",", ";")):
        return f"it ends in '{text[-1]}', which belongs to the sentence it was copied from"
    return "" if doi(text) == text.strip() else "it is written without `https://doi.org/` and `doi:`"


def url_fault(text: str) -> str:
    """Return what is wrong with a web address that is one by its form, "" where nothing is."""
    host = re.sub(r"^https?://([^/?#]*@)?", "", text).split("/")[0].split(":")[0].split("?")[0]
    if text.endswith((".", ",", ";", ">")) or (text.endswith(")") and "(" not in text):
        return f"it ends in '{text[-1]}', which belongs to the sentence it was copied from"
    if host in {"localhost", "127.0.0.1"} or not re.search(r"[^.]\.[^.]", host):
        return "no reader can reach it from elsewhere"
    return ""
