"""The words printed around a lesson, in the reader's language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from toolkit import resources
from toolkit.model.printout import Direction
from toolkit.model.sequence import Wording, folded


@dataclass(frozen=True)
class Labels:
    """The labels of one language. `data` is what its file holds; `locale` says how it counts."""

    language: str
    data: dict[str, Any]
    locale: Locale

    def __call__(self, name: str, **places: object) -> str:
        """Return the label `name` ("task.answer") with its places filled in."""
        found = self._find(name)
        assert isinstance(found, str), f"{name} has plural forms: use count()"
        return found.format(**places) if places else found

    def count(self, name: str, number: float, **places: object) -> str:
        """Return the label `name` in the plural form that `number` takes, with {n} and other places."""
        forms = self._find(name)
        assert isinstance(forms, dict), f"{name} has no plural forms"
        form = forms.get(self.locale.plural_form(number), forms["other"])
        return str(form).format(n=self.number(number), **places)

    def number(self, number: float) -> str:
        """Return `number` as the language writes it: 2, 2.5, 2,5."""
        return format_decimal(number, locale=self.locale)

    @property
    def letters(self) -> tuple[str, ...]:
        """Return the names of options, in order."""
        return tuple(self.data["letters"])

    @property
    def small_letters(self) -> tuple[str, ...]:
        """Return the names of the parts of a question, in order: a, b, c where the language has small letters."""
        return tuple(letter.lower() for letter in self.letters)

    @property
    def wording(self) -> Wording:
        """Return the words by which this language, or English, tells that options have an order."""
        return _wording(self.language, str(self.locale))

    @property
    def direction(self) -> Direction:
        """Return the direction in which the language is written."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def section(self, name: str) -> dict[str, Any]:
        """Return the labels of one table, such as "cite"."""
        return dict(self.data[name])

    def _find(self, name: str) -> object:
        table, _, key = name.partition(".")
        found: object = self.data[table][key]
        return found


@cache
def _wording(language: str, locale: str) -> Wording:
    data = [labels_for(one).data for one in (language, "en")]
    locales = [Locale.parse(locale), Locale("en")]
    return Wording(
        referring=tuple(folded(words) for one in data for words in one["referring_options"]),
        joining=frozenset(folded(word) for one in data for word in one["joining_words"]),
        scales=tuple(tuple(folded(step) for step in scale) for one in data for scale in one["scales"]),
        calendar=frozenset(word for one in locales for word in _calendar(one)),
    )


def _calendar(locale: Locale) -> Iterator[str]:
    """Yield the names of months and days, long and short, each of their words alone (Vietnamese has "tháng 4")."""
    for names in (locale.months, locale.days):
        for width in ("wide", "abbreviated"):
            for name in names["format"][width].values():
                yield from (word for word in folded(name).split() if not word.isdigit())


@cache
def labels_for(language: str) -> Labels:
    """Return the labels for a language tag: its own, those of a shorter tag, or English ones."""
    file = resources.label_files(language)[0]
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Labels(file.stem, data, _locale(language, file.stem))


def _locale(language: str, fallback: str) -> Locale:
    for tag in (language, fallback):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
