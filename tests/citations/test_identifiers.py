"""ISBN, ISSN, DOI and web addresses: what is one, and what is said of what is none."""

from __future__ import annotations

import pytest

from toolkit.citations import identifiers


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("978-0-89680-159-2", ("9780896801592",)),
        ("0-89680-159-4", ("0896801594",)),
        ("0 89680 159 4", ("0896801594",)),
        ("ISBN 0-8044-2957-X (pbk.)", ("080442957X",)),
        ("080442957x; 978-0-89680-159-2", ("080442957X", "9780896801592")),
        ("0896801594 9780896801592", ("0896801594", "9780896801592")),
        ("", ()),
    ],
)
def test_the_isbns_in_a_field(written: str, numbers: tuple[str, ...]) -> None:
    assert identifiers.isbns(written) == numbers
    assert [identifiers.isbn_fault(number) for number in numbers] == [""] * len(numbers)


# Examples of the standards and of books on a shelf; each digit is wrong once.
@pytest.mark.parametrize("number", ["9780896801592", "9791034304479", "0896801594", "080442957X"])
def test_one_wrong_digit_is_found(number: str) -> None:
    assert identifiers.isbn_fault(number) == ""
    for place in range(len(number)):
        for digit in "0123456789":
            changed = number[:place] + digit + number[place + 1 :]
            assert bool(identifiers.isbn_fault(changed)) == (changed != number), changed


@pytest.mark.parametrize("number", ["00044687", "0004-4687", "2434-561X", "0317-8471"])
def test_one_wrong_digit_of_an_issn_is_found(number: str) -> None:
    assert identifiers.issn_fault(number) == ""
    for place in (place for place, sign in enumerate(number) if sign.isdigit()):
        changed = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert identifiers.issn_fault(changed), changed


def test_ten_digits_are_thirteen() -> None:
    assert identifiers.isbn_13("0896801594") == identifiers.isbn_13("9780896801592") == "9780896801592"
    assert identifiers.isbn_13("kmptns") == "kmptns"


@pytest.mark.parametrize(
    ("function", "value", "said"),
    [
        (identifiers.isbn_fault, "123", "10 or 13 digits"),
        (identifiers.isbn_fault, "1230896801592", "978 or 979"),
        (identifiers.issn_fault, "123", "8 digits"),
        (identifiers.doi_fault, "10.2307/2644521", ""),
        (identifiers.doi_fault, "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2", ""),
        (identifiers.doi_fault, "10.1000.10/182", ""),
        (identifiers.doi_fault, "https://doi.org/10.2307/2644521", "without"),
        (identifiers.doi_fault, "doi: 10.2307/2644521", "without"),
        (identifiers.doi_fault, "10.2307", "the form"),
        (identifiers.doi_fault, "2644521", "the form"),
        (identifiers.doi_fault, "10.2307/2644521.", "ends in '.'"),
        (identifiers.url_fault, "https://example.org", ""),
        (identifiers.url_fault, "https://en.wikipedia.org/wiki/Delta_(river)", ""),
        (identifiers.url_fault, "https://example.org/a).", "ends in '.'"),
        (identifiers.url_fault, "https://example.org/a)", "ends in ')'"),
        (identifiers.url_fault, "http://localhost:8000/a", "no reader"),
        (identifiers.url_fault, "http://library/a", "no reader"),
    ],
)
def test_what_is_said(function: object, value: str, said: str) -> None:
    assert callable(function)
    assert (said in function(value)) if said else function(value) == ""
