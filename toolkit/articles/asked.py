"""The questions of a textbook: numbered, with lettered options or without, and the answers if it prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from toolkit.articles.chunks import Item
from toolkit.articles.manuscript import Asked

_OPTION = re.compile(r"\s*(?:\(?(?P<letter>[A-Ha-h])[.)]|[-•*○◦]|\[ ?\])\s+(?P<words>\S.*)")
_ANSWER = re.compile(
    r"\s*(?:\*\*|\*|_)?(?:Answer|Ans|Key|Solution)(?: key)?\s*[:.](?:\*\*|\*|_)?\s*(?P<words>\S.*)", re.I
)
_LETTERS = re.compile(r"\(?(?P<letters>[A-Ha-h](?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)[A-Ha-h])*)[.)]?(?:\s.*)?")


def questions(items: Iterable[Item], answers: Mapping[str, str]) -> Iterator[Asked]:
    """Yield the question of each item. `answers` are those of an answer key, by number."""
    for item in items:
        asked = _question(item)
        number = re.sub(r"\D", "", item.mark)
        yield _answered(asked, answers[number]) if not asked.answer and number in answers else asked


def _question(item: Item) -> Asked:
    prompt: list[str] = []
    options: list[str] = []
    answer = ""
    for line in item.lines:
        option, told = _OPTION.match(line), _ANSWER.match(line)
        if told and prompt:
            answer = told["words"].strip()
        elif option and prompt and _is_next(option["letter"], len(options)):
            options.append(option["words"].strip())
        elif options and line.strip():
            options[-1] = f"{options[-1]} {line.strip()}"
        elif line.strip():
            prompt.append(line.strip())
    if len(options) == 1:  # one lettered line is no choice
        prompt, options = [*prompt, *options], []
    asked = Asked(" ".join(prompt), tuple(options), line=item.line)
    return _answered(asked, answer) if answer else asked


def _is_next(letter: str | None, count: int) -> bool:
    return letter is None or letter.upper() == chr(ord("A") + count)


def _answered(asked: Asked, answer: str) -> Asked:
    """Return a question with its answer: the options that its letters name, or the words."""
    letters = _LETTERS.fullmatch(answer)
    if asked.options and letters:
        named = [ord(letter.upper()) - ord("A") for letter in re.findall(r"\b[A-Ha-h]\b", letters["letters"])]
        correct = tuple(dict.fromkeys(n for n in named if n < len(asked.options)))
        return replace(asked, correct=correct)
    if asked.options and answer.casefold().rstrip(".") in [option.casefold().rstrip(".") for option in asked.options]:
        words = [option.casefold().rstrip(".") for option in asked.options]
        return replace(asked, correct=(words.index(answer.casefold().rstrip(".")),))
    return replace(asked, answer=answer)


def key(items: Iterable[Item]) -> dict[str, str]:
    """Return the answers of an answer key by their number."""
    found = ((re.sub(r"\D", "", item.mark), item.text) for item in items)
    return {number: text for number, text in found if number}
