"""What a person calls a place of a lesson: "question 4, prompt", "article, “The price of staying”, paragraph 2"."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from toolkit.model.lesson import Lesson
from toolkit.model.quoting import short
from toolkit.questions import KINDS
from toolkit.source.references import questions, sections

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIELDS: Final = MappingProxyType({"look_for": "what to look for", "options": "option", "rows": "row", "items": "item"})


def name_of(lesson: Lesson, place: str, *, inserted: bool = False) -> str:
    """Return what the place at the address `place` is called; where something is `inserted`, `place` is a list."""
    first, _, rest = place.partition("/")
    if first == "article":
        found = _in_article(lesson, rest)
    elif asked := _question(lesson, place):
        found = asked
    elif first == "sections":
        found = _in_section(lesson, place)
    else:
        found = ", ".join([first.replace("_", " "), *_steps(rest)])
    return f"{found}: new" if inserted else found


def movement(lesson: Lesson, place: str, parent: str, behind: str, words: str) -> str:
    """Return how an item went from the address `place` into the list `parent`, behind the item `behind`, "" for none.

    `words` are how that item begins, where its name does not tell it from others.
    """
    old = place.rpartition("/")[0]
    told = f"behind {name_of(lesson, behind)}{f', “{short(words)}”' if words else ''}" if behind else ""
    if parent == old:
        return f"moved {told or 'to the front'}"
    return f"moved from {_list(lesson, old)} to {_list(lesson, parent)}, {told or 'to the front'}"


def _list(lesson: Lesson, parent: str) -> str:
    """Return what the list at `parent` is called by what it is in."""
    if parent == "questions":
        return "the questions on the whole lesson"
    owner, _, name = parent.rpartition("/")
    section = next((found for found in lesson.article.sections if found.anchor == name), None)
    return f"“{section.title}”" if owner == "article" and section else name_of(lesson, owner)


def _in_article(lesson: Lesson, rest: str) -> str:
    anchor, _, inner = rest.partition("/")
    section = next((found for found in lesson.article.sections if found.anchor == anchor), None)
    name = "before the first heading" if section is None else f"“{section.title}”"
    steps = inner.split("/") if inner else []
    said = [f"paragraph {steps[0]}", *(f"item {step}" for step in steps[1:])] if steps else []
    return ", ".join(["article", name, *(said or (["heading"] if section else []))])


def _question(lesson: Lesson, place: str) -> str:
    """Return the name of a place in a question, "" for none."""
    for number, (_, owner) in enumerate(questions(lesson.spec), start=1):
        if place == owner or place.startswith(f"{owner}/"):
            return ", ".join([f"question {number}", *_steps(place[len(owner) + 1 :])])
    return ""


def _in_section(lesson: Lesson, place: str) -> str:
    for section, owner in sections(lesson.spec):
        if place == owner or place.startswith(f"{owner}/"):
            return ", ".join([f"section “{section.heading}”", *_steps(place[len(owner) + 1 :])])
    return place


def _steps(rest: str) -> list[str]:
    """Return the steps of an address as words: "option B", "prompt", "“patron”"."""
    named: list[str] = []
    steps = rest.split("/") if rest else []
    for n, step in enumerate(steps):
        before = steps[n - 1] if n else ""
        if before == "options" and step.isdigit() and int(step) <= len(_LETTERS):
            named[-1] = f"option {_LETTERS[int(step) - 1]}"
        elif before == "parts" and step.isdigit() and int(step) <= len(_LETTERS):
            named[-1] = f"part ({_LETTERS[int(step) - 1].lower()})"
        elif step.isdigit() and named:
            named[-1] = f"{named[-1]} {step}"
        elif step in KINDS:
            named.append("prompt")
        else:
            named.append(_FIELDS.get(step, step.replace("_", " ")))
    return named
