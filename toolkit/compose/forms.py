"""Forms: the versions of a lesson's questions as they are printed, and the teacher's key to all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from toolkit.compose import arrangement
from toolkit.compose.desk import Desk
from toolkit.model import address, shuffling
from toolkit.model import text as t
from toolkit.model.level import Level
from toolkit.model.printout import Block, Part
from toolkit.model.question import Question
from toolkit.model.response import Choice, Gaps, Match, Option, Order, Response
from toolkit.model.text import Inlines

_SIGNS: Final = "23456789CFGHJKMNPQRTVWXY"  # none that is mistaken for another; no vowels, so that no word comes out
_SIGNS_A_CODE: Final = 3  # 13,824 codes
_COLUMNS: Final = 6  # forms beside each other in one table of a Letter page
_ABSENT: Final = "—"


@dataclass(frozen=True, slots=True)
class Item:
    """A question or a part of one in a form: its number there ("4", "4b"), and how it is answered."""

    place: str
    number: str
    question: Question
    response: Response

    @property
    def words(self) -> str:
        """Return what its place in the form is told by: its prompt, and what is shuffled in it, in order."""
        prompt = (t.plain_block(block) for block in self.question.stem())
        return "\n".join([self.place, *prompt, *(t.plain(run) for run in _shuffled_in(self.response))])


@dataclass(frozen=True, slots=True)
class Form:
    """One version of the questions at one level. `name` is its letter in the reader's alphabet, "" for none."""

    name: str
    items: tuple[Item, ...]
    seed: str

    @property
    def code(self) -> str:
        """Return a short code: two forms with one code have the same key, so far as three signs can tell."""
        number = int.from_bytes(shuffling.digest("\0".join([self.seed, self.name, *(i.words for i in self.items)])))
        signs = []
        for _ in range(_SIGNS_A_CODE):
            number, sign = divmod(number, len(_SIGNS))
            signs.append(_SIGNS[sign])
        return "".join(signs)


def form(desk: Desk, level: Level | None, version: int | None) -> Form:
    """Return the form of `level` (None is every question) and `version` (None is the written order).

    It holds the questions as they are written: levels that have the same questions have the same key and code.
    """
    name = desk.labels.letters[version] if version is not None else ""
    return Form(name, tuple(_items(desk, level, version)), desk.seed)


def printed(desk: Desk) -> Form | None:
    """Return the form that the sheet is, None for one in the written order."""
    return None if desk.version is None else form(desk, desk.edition.level, desk.version)


def _items(desk: Desk, level: Level | None, version: int | None) -> Iterator[Item]:
    at = arrangement.setting(desk, version)

    def inside(question: Question, place: str, number: str) -> Iterator[Item]:
        yield Item(place, number, question, question.response(replace(at, seed=address.join(at.seed, place))))
        for letter, (part, inner) in zip(
            desk.labels.small_letters, arrangement.parts(question, place, level), strict=False
        ):
            yield from inside(part, inner, f"{number}{letter}")

    for one in arrangement.arranged(desk, level, version):
        yield from inside(one.question, one.place, desk.labels.number(one.number))


def key(desk: Desk) -> Iterator[Part]:
    """Yield the key to every version, and the numbers at every level where they are not the same, for a teacher."""
    versions = range(desk.spec.versions.count) if desk.spec.versions else range(0)
    levels = _numbered_apart(desk)
    if not desk.teacher or not (versions or len(levels) > 1) or not desk.spec.all_questions():
        return
    name = "versions" if versions else "levels"
    blocks: list[Block] = [desk.heading(2, "key" if versions else "levels")]
    blocks.append(t.Paragraph((t.Text(desk.labels(f"key.{name}")),), role="instructions"))
    if versions:
        for some in levels:
            forms = [form(desk, some[0], version) for version in versions]
            caption = _names(desk, some) if len(levels) > 1 else ""
            blocks += _tables(desk, forms, [f"{one.name} · {one.code}" for one in forms], caption)
    else:
        blocks += _tables(desk, [form(desk, some[0], None) for some in levels], [_names(desk, s) for s in levels], "")
    yield Part("key", tuple(blocks))


def level_name(desk: Desk, level: Level) -> str:
    """Return what a teacher calls the sheet of `level`."""
    names = {"core": "level.core", "support": "level.support", "extension": "level.extension"}
    return desk.labels(names[level])


def _names(desk: Desk, levels: Sequence[Level]) -> str:
    return " · ".join(level_name(desk, level) for level in levels)


def _numbered_apart(desk: Desk) -> list[list[Level]]:
    """Return the levels of the lesson in groups that have the same questions with the same numbers."""
    groups: dict[tuple[tuple[str, str], ...], list[Level]] = {}
    for level in desk.spec.levels():
        numbers = tuple((item.place, item.number) for item in form(desk, level, None).items)
        groups.setdefault(numbers, []).append(level)
    return list(groups.values())


def _tables(desk: Desk, forms: Sequence[Form], names: list[str], caption: str) -> Iterator[t.Table]:
    """Yield the key to `forms`, called `names`, as tables of a few columns: one row a question of the sheet."""
    base = form(desk, None, None).items
    found = [{item.place: item for item in one.items} for one in forms]
    for start in range(0, len(forms), _COLUMNS):
        some = found[start : start + _COLUMNS]
        rows = [
            ((t.Text(item.number),), *(_cell(desk, items.get(item.place), bool(forms[0].name)) for items in some))
            for item in base
            if any(_listed(items.get(item.place)) for items in some)
        ]
        yield t.Table(
            ((t.Text(desk.labels("column.question")),), *((t.Text(n),) for n in names[start : start + _COLUMNS])),
            tuple(rows),
            caption=(t.Text(caption),) if caption else (),
            role="key",
        )


def _listed(item: Item | None) -> bool:
    """Return whether `item` has a row: every question, and of the parts those with a letter or number to mark."""
    return item is not None and ("/parts/" not in item.place or bool(_marked(item.response)))


def _cell(desk: Desk, item: Item | None, answered: bool) -> Inlines:
    if item is None:
        return (t.Text(_ABSENT),)
    marked = [t.plain(answer) for answer in _marked(item.response)] if answered else []
    if not marked:
        return (t.Text(item.number),)
    return (t.Text(f"{item.number}: "), t.Strong((t.Text(", ".join(marked)),)))


def _marked(response: Response) -> list[Inlines]:
    """Return what a right answer marks or writes in a closed question, as it is printed there."""
    match response:
        case Choice(options, key=key) if key:
            return [_name(options[position]) for position in sorted(key)]
        case Match(key=letters) if letters:
            return [(t.Text(letter),) for letter in letters]
        case Order(key=numbers) if numbers:
            return [(t.Text(str(number)),) for number in numbers]
        case _:
            return []


def _name(option: Option) -> Inlines:
    return (t.Text(option.label),) if option.label else option.content


def _shuffled_in(response: Response) -> list[Inlines]:
    """Return what is shuffled in `response`, in its order."""
    match response:
        case Choice(options):
            return [option.content for option in options]
        case Match(items, options):
            return [option.content for option in (*items, *options)]
        case Order(items):
            return [item.content for item in items]
        case Gaps(bank=bank):
            return list(bank)
        case _:
            return []
