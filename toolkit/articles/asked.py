"""The questions of a textbook: numbered or not, with lettered options or without, and the answers if it prints them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.articles.chunks import Chunk, Item
from toolkit.articles.manuscript import Asked

_OPTION = re.compile(
    r"\s*(?:\*\*)?(?:\(?(?P<letter>[A-Ha-h])[.)]|[-•*○◦□☐](?=\s)|(?=\[[ xX]?\]))(?:\*\*)?\s+(?P<words>\S.*)"
    r"|\s*[-•*○◦]?\s*\[(?P<tick>[ xX]?)\]\s+(?P<ticked>\S.*)"
)
_ANSWER = re.compile(
    r"\s*(?:[-•*]\s+)?(?:\*\*|\*|_)?(?:Correct answer|Suggested answer|Sample answer|Answer|Ans|Key|Solution|A(?=:))"
    r"(?: key)?\s*[:.](?:\*\*|\*|_)?\s*(?P<words>\S.*)",
    re.I,
)
_LETTERS = re.compile(
    r"(?:\*\*)?\(?(?P<letters>[A-Ha-h](?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+|\s*&\s*)[A-Ha-h])*)[.)]?(?:\*\*)?"
    r"(?P<rest>\s.*)?"
)
_NUMBER = re.compile(r"\s*(?:\*\*)?(?:Q(?:uestion)?\s*)?#?(?P<number>\d{1,3})(?:[.):]|\s*[–—-](?=\s))(?:\*\*)?\s+")
_QUESTION = re.compile(r"\s*(?:\*\*)?Q(?:uestion)?\s*[:.](?:\*\*)?\s+")
# How a task begins that has no question mark: the verbs of Bloom's taxonomy as textbooks use them.
_TASK = re.compile(
    r"(?:Analy[sz]e|Argue|Assess|Choose|Compare|Consider|Contrast|Create|Debate|Define|Describe|Discuss|Evaluate"
    r"|Examine|Explain|Explore|Find|Give|How|Identify|Imagine|Interpret|List|Look|Make|Name|Outline|Predict|Read"
    r"|Research|Should|Show|State|Suggest|Summari[sz]e|Support|Think|Trace|Use|What|When|Where|Which|Who|Why|Write"
    r"|In what|To what|True or false)\b"
)


def question(item: Item) -> Asked:
    """Return the question that an item is: its prompt, and the options and the answer in the lines below."""
    prompt: list[str] = []
    options: list[str] = []
    ticked: list[int] = []
    answer = ""
    for row in item.lines:
        option, told = _OPTION.fullmatch(row), _ANSWER.fullmatch(row)
        if told and prompt:
            answer = told["words"].strip()
        elif option and prompt and _is_next(option["letter"], len(options)):
            ticked += [len(options)] if (option["tick"] or "").strip() else []
            options.append((option["words"] or option["ticked"]).strip())
        elif answer and row.strip():
            answer = f"{answer} {row.strip()}"
        elif options and row.strip():
            options[-1] = f"{options[-1]} {row.strip()}"
        elif row.strip():
            prompt.append(row.strip())
    if len(options) == 1:  # one lettered line is no choice
        prompt, options, ticked = [*prompt, *options], [], []
    words = _QUESTION.sub("", " ".join(prompt))
    whole = re.fullmatch(r"\*\*([^*]+)\*\*", words)
    asked = Asked(whole[1] if whole else words, tuple(options), tuple(ticked), line=item.line)
    return answered(asked, answer) if answer else asked


def number(item: Item) -> str:
    """Return the number of an item as digits, "" for none."""
    return re.sub(r"\D", "", item.mark)


def in_paragraph(chunk: Chunk) -> tuple[Item, ...]:
    """Return the question that a paragraph is, as one item; none where it is no question."""
    if chunk.shape != "paragraph":
        return ()
    rows = chunk.markdown.split("\n")
    found = _NUMBER.match(rows[0])
    rows[0] = rows[0][found.end() :] if found else rows[0]
    prompt = _QUESTION.sub("", " ".join(row for row in rows if not _OPTION.fullmatch(row) and not _ANSWER.fullmatch(row)))
    bare = prompt.strip("*_ ")
    asks = re.search(r"\?[”\"’)\]*_]*(?:\s*\([^()]*\))?\s*(?:\^\[.*\])?$", prompt) or _TASK.match(bare)
    if not found and not asks:
        return ()
    if prompt.startswith("**") and bare.count("**") == 1:  # "**1. What..." whose mark went with the number
        rows[0] = rows[0].replace("**", "", 1)
    elif found and found[0].lstrip().startswith("**") and bare.count("**") % 2:
        rows[0] = rows[0].replace("**", "", 1)
    return (Item(f"{found['number']}." if found else "", tuple(rows), chunk.lines[0]),)


def are_options(asked: Asked, chunk: Chunk) -> bool:
    """Return whether a list behind a question is its options: a few short ones that ask nothing themselves."""
    texts = [item.text for item in chunk.items]
    if not 2 <= len(texts) <= 8 or any("?" in text or len(text) > 200 or _ANSWER.match(text) for text in texts):
        return False
    behind = 0 < chunk.lines[0] - asked.line <= 8
    marks = {item.mark.strip() for item in chunk.items}
    tasks = any(_TASK.match(text) for text in texts)
    lettered = all(_OPTION.fullmatch(text) for text in texts)
    return behind and (lettered or (not tasks and marks <= {"-", "*", "•", "+"}))


def unmarked(option: str) -> str:
    """Return an option without its letter."""
    found = _OPTION.fullmatch(option)
    return (found["words"] or found["ticked"]).strip() if found else option


def told(markdown: str) -> str:
    """Return the answer that a paragraph behind a question gives ("Answer: B"), "" for none."""
    found = _ANSWER.fullmatch(" ".join(markdown.split()))
    return found["words"].strip() if found else ""


def answered(asked: Asked, answer: str) -> Asked:
    """Return a question with its answer: the options that its letters name, or the words."""
    letters = _LETTERS.fullmatch(answer)
    words = [_folded(option) for option in asked.options]
    if asked.options and letters and not (letters["rest"] and len(letters["letters"]) == 1 and answer[1:2] == " "):
        named = [ord(letter.upper()) - ord("A") for letter in re.findall(r"\b[A-Ha-h]\b", letters["letters"])]
        correct = tuple(dict.fromkeys(n for n in named if n < len(asked.options)))
        rest = _folded(letters["rest"] or "")
        if correct and (not rest or rest in words):
            return replace(asked, correct=correct)
        if correct:
            return replace(asked, correct=correct, answer="" if len(correct) > 1 else (letters["rest"] or "").strip())
    if asked.options and _folded(answer) in words:
        return replace(asked, correct=(words.index(_folded(answer)),))
    return replace(asked, answer=answer)


def key(items: Iterable[Item]) -> list[tuple[str, str]]:
    """Return the answers of an answer key with their numbers; several may stand on one line, "1. B 2. C"."""
    found: list[tuple[str, str]] = []
    for item in items:
        if not number(item):
            continue
        parts = re.split(r"[\s;,]+(\d{1,3})[.)]\s+", item.text)
        numbers = [number(item), *parts[1::2]]
        following = all(int(b) == int(a) + 1 for a, b in zip(numbers, numbers[1:], strict=False))
        texts = parts[::2] if following else [item.text]
        found += [(n, text.strip()) for n, text in zip(numbers, texts, strict=False) if text.strip()]
    return found


def fitted(asked: Sequence[str], told: Sequence[str]) -> dict[int, int]:
    """Return which answer is of which question, by their numbers in order.

    Where numbers stand twice, as in a book that counts anew in each section, only the whole sequence can tell.
    """
    if list(asked) == list(told):
        return {n: n for n in range(len(told))}
    many = Counter(asked)
    again = Counter(told)
    places = {one: n for n, one in enumerate(asked)}
    return {places[one]: n for n, one in enumerate(told) if many[one] == 1 and again[one] == 1}


def _is_next(letter: str | None, count: int) -> bool:
    return letter is None or letter.upper() == chr(ord("A") + count)


def _folded(words: str) -> str:
    return words.strip().casefold().strip("*_ ").rstrip(".")
