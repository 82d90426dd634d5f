"""What is to be made, and why: a pure function of what is wanted, what was built, and what is in its place.

Everything that a target is made of is a map of names to values, "facts", known by its digest. A target is up to date
where all its digests are those that it was made of; where one is not, the two maps say what changed. Names of facts:
the keys of `source.observing` with a path (`=../lessons/river/lesson.yaml`), `:name` a setting of the project,
`&name` a program that the lesson needs, and words alone for options and for parts of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from toolkit.build.program import relevant, written_with
from toolkit.build.record import SHARED
from toolkit.source.observing import ABSENT

Condition: TypeAlias = Literal["fine", "missing", "edited", "kept"]
Facts: TypeAlias = Mapping[str, str]
VERIFIED: Final = "verified"  # the option of a target whose file is checked before it is kept
_NAMED: Final = 3  # changed parts of the program that are named; more are counted


class Wanted(NamedTuple):
    """A target and what it would be made of now: its name, its format, and the digests of three maps of facts."""

    name: str
    format: str
    state: str
    options: str
    program: str


class Built(NamedTuple):
    """A target as the record has it: what it was made of, what became of it, and what was said.

    `printout` is the digest of what was printed, `place` the name of the file, which is not the target's where an
    edited one was kept; `status` that of the file. `told` are diagnostics, as `build.told` writes them.
    """

    state: str
    options: str
    program: str
    printout: str
    place: str
    digest: str
    status: Sequence[int]
    told: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A target with the reasons to make it, none where it is up to date.

    `known` is the digest of the printout that the file there was made of, "" where the file must be made whatever the
    printout is. `kept` says that the file in its place was edited, and that the one beside it is up to date.
    """

    name: str
    reasons: tuple[str, ...] = ()
    known: str = ""
    kept: bool = False


def plan(
    wanted: Iterable[Wanted],
    built: Mapping[str, Built],
    conditions: Mapping[str, Condition],
    facts: Mapping[str, Facts],
    *,
    always: bool = False,
    shown: Callable[[str], str] = lambda path: path,
) -> dict[str, Step]:
    """Return the steps of those of `wanted`, by name and in order, that are not simply up to date.

    `built` and `conditions` hold what is known of targets that the record has, `facts` what their digests stand for.
    `always` makes every target. `shown` returns a path of a fact as an author knows it.
    """
    changes = Changes(facts, shown)
    steps = {}
    for one in wanted:
        name = one[0]
        was = built.get(name)
        condition = conditions.get(name)
        if was is not None and condition == "fine" and was[:3] == one[2:] and not always:
            continue
        step = _step(one, was, condition, changes, always=always)
        if step.reasons or step.kept:
            steps[name] = step
    return steps


def _step(one: Wanted, was: Built | None, condition: Condition | None, changes: Changes, *, always: bool) -> Step:
    if was is None:
        return Step(one.name, ("not in the record" if condition == "edited" else "never built",))
    reasons = tuple(changes.reasons(one, was))
    if condition == "missing":
        reasons = ("output is missing", *reasons)
    elif condition == "edited":
        reasons = ("output was edited", *reasons)
    elif condition == "kept" and not reasons and not always:
        return Step(one.name, kept=True)
    if always:
        reasons = reasons or ("asked for",)
    whole = always or condition != "fine" or was.told or changes.writer(one, was) or changes.verifying(one, was)
    return Step(one.name, reasons, known="" if whole else was.printout)


class Changes:
    """What changed between maps of facts, each pair compared once."""

    def __init__(self, facts: Mapping[str, Facts], shown: Callable[[str], str]) -> None:
        self._facts = facts
        self._shown = shown
        self._told: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._parts: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def reasons(self, one: Wanted, was: Built) -> Iterator[str]:
        """Yield why `one` is out of date: nothing where what changed is not among what its format is made of."""
        if was.state != one.state:
            yield from self._of_state(was.state, one.state)
        if was.options != one.options:
            old, new = self._facts.get(was.options, {}), self._facts.get(one.options, {})
            yield f"options changed: {', '.join(_differing(old, new)) or 'unknown'}"
        if was.program != one.program:
            yield from self._of_program(was.program, one.program, one.format)

    def verifying(self, one: Wanted, was: Built) -> bool:
        """Return whether the file is to be checked now and was not when it was made."""
        return VERIFIED in self._facts.get(one.options, {}) and VERIFIED not in self._facts.get(was.options, {})

    def writer(self, one: Wanted, was: Built) -> bool:
        """Return whether what a printout is written with changed, or what it is laid out for."""
        parts = self._changed_parts(was.program, one.program, one.format)
        return was.program != one.program and any(written_with(name) for name in parts)

    def _of_state(self, old: str, new: str) -> tuple[str, ...]:
        if (old, new) not in self._told:
            before, now = self._whole(old), self._whole(new)
            said = (
                [_word(key, before.get(key), now.get(key), self._shown) for key in _keys(before, now)] if before else []
            )
            self._told[old, new] = tuple(dict.fromkeys(said)) or ("the lesson changed",)
        return self._told[old, new]

    def _whole(self, state: str) -> dict[str, str]:
        """Return the facts of a lesson with those that it shares with others."""
        facts = self._facts.get(state, {})
        whole = {**self._facts.get(facts.get(SHARED, ""), {}), **facts}
        whole.pop(SHARED, None)
        return whole

    def _of_program(self, old: str, new: str, form: str) -> tuple[str, ...]:
        if (old, new, form) not in self._told:
            names = self._changed_parts(old, new, form)
            before, now = self._facts.get(old, {}), self._facts.get(new, {})
            self._told[old, new, form] = tuple(_of_parts(names, before, now))
        return self._told[old, new, form]

    def _changed_parts(self, old: str, new: str, form: str) -> tuple[str, ...]:
        if (old, new, form) not in self._parts:
            before, now = self._facts.get(old, {}), self._facts.get(new, {})
            self._parts[old, new, form] = tuple(name for name in _differing(before, now) if relevant(name, form))
        return self._parts[old, new, form]


def _differing(old: Facts, new: Facts) -> list[str]:
    return [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]


def _keys(old: Facts, new: Facts) -> list[str]:
    """Return the names of facts that differ. What is new or gone among them follows from another that changed."""
    both = [name for name in _differing(old, new) if name in old and name in new]
    return both or _differing(old, new)


def _word(key: str, old: str | None, new: str | None, shown: Callable[[str], str]) -> str:
    kind, name = key[0], key[1:]
    if kind == ":":
        return f"hornbook.toml changed: {name}"
    if kind == "&":
        return _version(name, old, new)
    path = shown(name)
    if kind == "/":
        return f"files were added to {path}, or taken from it"
    if kind == "*":
        return f"fonts were added to {path}, or taken from it"
    if new in {ABSENT, None}:
        return f"{path} is gone" if old not in {ABSENT, None} else f"{path} is not needed any more"
    return f"{path} is new" if old in {ABSENT, None} else f"{path} changed"


def _of_parts(names: Sequence[str], before: Facts, now: Facts) -> Iterator[str]:
    """Yield what changed of the program: data by their file, the code by a few of its files, the rest by versions."""
    yield from (f"{name} changed" for name in names if name.startswith("templates/"))
    code = [name for name in names if name.startswith("toolkit/")]
    if code:
        more = f" and {len(code) - _NAMED} more" if len(code) > _NAMED else ""
        yield f"program changed: {', '.join(code[:_NAMED])}{more}"
    for name in names:
        if "/" not in name:
            yield _version(name, before.get(name), now.get(name))


def _version(name: str, old: str | None, new: str | None) -> str:
    if name == "SOURCE_DATE_EPOCH":
        return f"SOURCE_DATE_EPOCH changed: {old or 'not set'} -> {new or 'not set'}"
    return f"program changed: {name} {old or '(none)'} -> {new or '(none)'}"
