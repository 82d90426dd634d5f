"""The types of fields: what they take, what they refuse, and in whose words."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from toolkit.model import fields
from toolkit.model.dates import parse_edtf
from toolkit.model.fields import FrozenMap, names_a_file


def refused(kind: Any, value: object) -> tuple[str, str, str]:  # noqa: ANN401  # a type expression
    """Return code, message and hint of the one problem that `kind` has with `value`."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    (error,) = caught.value.errors()
    context = error["ctx"]
    (problem,) = context.get("problems", [context])
    return problem["code"], problem["message"], problem["hint"]


def taken(kind: Any, value: object) -> object:  # noqa: ANN401  # a type expression
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize("kind", [fields.Plain, fields.Line, fields.Prose])
@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0\u3000"])
def test_nothing_is_no_text(kind: object, text: str) -> None:
    assert refused(kind, text)[:2] == ("L210", "nothing is written here")


@pytest.mark.parametrize(
    ("kind", "most"),
    [(fields.Plain, 2_000), (fields.Line, 2_000), (fields.Prose, 20_000)],
)
def test_a_text_is_of_a_length_that_can_be_printed(kind: object, most: int) -> None:
    assert taken(kind, "a" * most) == "a" * most
    assert refused(kind, "a" * (most + 1))[0] == "L210"
    assert f"{most:,}" in refused(kind, "a" * (most + 1))[1]


@pytest.mark.parametrize("kind", [fields.Plain, fields.Line, fields.Prose])
@pytest.mark.parametrize(
    "char", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\ud800", "\ufdd0"]
)
def test_a_character_that_has_no_place_in_a_text(kind: object, char: str) -> None:
    code, message, _ = refused(kind, f"a{char}b")
    assert code == "Y104"
    assert f"U+{ord(char):04X}" in message
    assert char not in message


@pytest.mark.parametrize(
    "char", ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u00ad", "\u00a0", "\u202f"]
)
def test_marks_that_scripts_need_are_kept(char: str) -> None:
    assert taken(fields.Line, f"a{char}b") == f"a{char}b"


def test_a_plain_text_is_one_line() -> None:
    assert taken(fields.Plain, "  Ada\n  Reed\t\n") == "Ada Reed"
    assert taken(fields.Plain, "Ada  Reed\u00a0") == "Ada  Reed"
    assert taken(fields.Plain, "100\u202f% <b> @x [a](b)") == "100\u202f% <b> @x [a](b)"


def test_all_problems_of_a_text_are_told_together() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(fields.Prose).validate_python("<b>x</b> [y](javascript:z)")
    (error,) = caught.value.errors()
    assert [problem["code"] for problem in error["ctx"]["problems"]] == ["L212", "L212", "L211"]


def test_an_author_may_write_braces_and_percent_signs() -> None:
    assert refused(fields.Language, "{0} %s {message}")[1] == "'{0} %s {message}' is not a language tag"


@pytest.mark.parametrize("text", ["a", "7a", "river", "river-1953", "a" * 64, "con-", "com", "com10", "q7"])
def test_an_id(text: str) -> None:
    if text.endswith("-"):
        assert refused(fields.Identifier, text)[0] == "L207"
    else:
        assert taken(fields.Identifier, text) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "-a", "a-", "A", "a b", "a_b", "a.b", ".a", "..", "../a", "/a", "a/b", "a\\b", "a\n", "\na", "é",
        "e\u0301",
        "١", "7", "007", "²", "con", "prn", "aux", "nul", "com1", "lpt9", "a" * 65, "~", "*", "a:b", "a\0",
    ],
)  # fmt: skip  # a list of words
def test_no_id(text: str) -> None:
    assert refused(fields.Identifier, text)[0] == "L207"


def test_what_names_a_file_on_every_system() -> None:
    assert names_a_file("1989")
    assert names_a_file("the-river")
    assert not names_a_file("CON")
    assert not names_a_file("The River")


@pytest.mark.parametrize("tag", ["en", "es-MX", "vi", "ar", "zh-Hant-TW", "es-419", "sl-rozaj", "de-1996", "EN", "khm"])
def test_a_language(tag: str) -> None:
    assert taken(fields.Language, tag) == tag


@pytest.mark.parametrize(
    ("text", "meant"),
    [("english", "en"), ("Spanish", "es"), ("KHMER", "km"), ("es_MX", "es-MX"), ("en_US.UTF-8", "en-US"), ("x", "")],
)
def test_no_language(text: str, meant: str) -> None:
    code, _, hint = refused(fields.Language, text)
    assert code == "L209"
    assert hint == (f"did you mean `{meant}`?" if meant else "write en, fr, es-MX, vi, ar: a tag of BCP 47")


@pytest.mark.parametrize(
    "text", ["https://example.org", "http://a.b/c?d#e", "https://[::1]/", "https://münchen.example"]
)
def test_a_web_address(text: str) -> None:
    assert taken(fields.WebAddress, text) == text


@pytest.mark.parametrize(
    "text", ["", "example.org", "javascript:alert(1)", "//a.b", "https://", "https:// a", "ftp://a.b"]
)
def test_no_web_address(text: str) -> None:
    assert refused(fields.WebAddress, text)[0] == "L211"


@pytest.mark.parametrize("text", ["1989", " 1989-09 ", "1989-09-26", "1978~", "1975/1979", "{1960,1961-12}"])
def test_a_date(text: str) -> None:
    assert taken(fields.Edtf, text) == parse_edtf(text.strip())
    assert taken(fields.Edtf, parse_edtf(text.strip())) == parse_edtf(text.strip())


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("1989-13", ""),
        ("September 1989", "did you mean `1989-09`?"),
        ("", ""),
        ("9" * 5000, ""),
        (1989, "dates are EDTF: 1989, 1989-09, 1989-09-26, 1978~, 1975/1979"),
        (["1989"], "dates are EDTF: 1989, 1989-09, 1989-09-26, 1978~, 1975/1979"),
        (None, "dates are EDTF: 1989, 1989-09, 1989-09-26, 1978~, 1975/1979"),
    ],
)
def test_no_date(value: object, hint: str) -> None:
    code, message, found = refused(fields.Edtf, value)
    assert code == "L205"
    assert len(message) < 200
    assert found == hint


# -- FrozenMap ----------------------------------------------------------------------------------------


def test_a_frozen_map_is_a_value() -> None:
    one: FrozenMap[str, int] = FrozenMap({"b": 1, "a": 2})
    assert list(one) == ["b", "a"]
    assert one["a"] == 2
    assert len(one) == 2
    assert one == FrozenMap({"b": 1, "a": 2})
    assert one != FrozenMap({"a": 2, "b": 1})  # the order is the author's, and is printed
    assert one != {"b": 1, "a": 2}
    assert hash(one) == hash(FrozenMap({"b": 1, "a": 2}))
    assert pickle.loads(pickle.dumps(one)) == one
    assert FrozenMap() == FrozenMap({})
    assert repr(one) == "FrozenMap({'b': 1, 'a': 2})"


def test_a_frozen_map_cannot_change() -> None:
    source = {"a": 1}
    one: FrozenMap[str, int] = FrozenMap(source)
    source["b"] = 2
    assert list(one) == ["a"]
    with pytest.raises(TypeError):
        one["c"] = 3  # type: ignore[index]  # the point of the test
    with pytest.raises(AttributeError):
        one.other = 1  # type: ignore[attr-defined]  # the point of the test
