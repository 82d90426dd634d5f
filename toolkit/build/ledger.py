"""What builds know of an output folder, its projects and their lessons, so that what did not change is not read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from toolkit.build import told
from toolkit.build.disk import Disk
from toolkit.build.program import Program, engine, inspected, pandoc
from toolkit.build.record import SHARED, Record, facts_id
from toolkit.build.targets import Traits
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.resources import label_places
from toolkit.source import observing

if TYPE_CHECKING:
    from toolkit.source.lesson import Loaded
    from toolkit.source.project import Workspace

# Settings that choose what is made or how it is printed. All others are given to whatever reads a lesson.
_ELSEWHERE: Final = frozenset(
    {
        "title",
        "paper",
        "lessons",
        "output",
        "editions",
        "targets",
        "levels",
        "presentations",
        "theme",
        "pitch",
        "pdf_variant",
        "verify",
        "reference",
        "embed_fonts",
    }
)


@dataclass(frozen=True)
class KnownProject:
    """A project as it was when it was read: its settings by name, what is to be said of it.

    `theme` and `letterhead` are the digests of what the settings of these names led to, `state` names its facts.
    """

    root: Path
    settings: Mapping[str, Any]
    theme: str
    letterhead: str
    notices: tuple[Diagnostic, ...]
    open: Callable[[], Workspace]
    state: str = ""

    @property
    def lessons(self) -> Path:
        """Return the folder that holds the lessons."""
        return self.root / str(self.settings["lessons"])

    def given(self) -> dict[str, str]:
        """Return the settings that lessons are read with, as facts."""
        kept = {name: value for name, value in self.settings.items() if name not in _ELSEWHERE}
        return {f":{name}": json.dumps(value, ensure_ascii=False) for name, value in kept.items()}


@dataclass(frozen=True)
class KnownLesson:
    """A lesson as it was when it was read. `traits` are None for one at fault, `state` names its facts."""

    file: Path
    project: KnownProject
    slug: str
    traits: Traits | None
    state: str
    problems: tuple[Diagnostic, ...]
    loaded: Loaded | None = None


class Ledger:
    """One output folder with its record. What is asked of it is answered from the record while that holds."""

    def __init__(self, folder: Path, *, paranoid: bool = False) -> None:
        self.folder = folder
        self.record = Record(folder)
        self.disk = Disk(folder, self.record["stats"], paranoid=paranoid)
        self.facts: dict[str, Mapping[str, str]] = dict(self.record["facts"])
        self._changes: dict[str, dict[str, Any]] = {}
        self.here = os.path.relpath(Path.cwd(), folder)
        self._program, self._engine = self._inspected(), ""
        self._pandoc = pandoc()
        self._settings: dict[Path, Mapping[str, str]] = {}
        self._held: dict[tuple[str, int], bool] = {}  # by shared facts, and the settings that they are compared with

    # -- the program

    @property
    def identity(self) -> str:
        """Return the digest of the program's own files and libraries, as they are on the disk."""
        return self._program

    def _inspected(self) -> str:
        was = self.record["projects"].get("", {})
        known = self.facts.get(was.get("id", ""))
        program: Program = inspected(was.get("signature", ""), known)
        made = self.keep(program.facts)
        now = {"id": made, "signature": program.signature}
        if now != was:
            self._put("projects", "", now)
        return made

    def program(self, form: str, engineless: Iterable[str]) -> str:
        """Return the digest of the program's facts for the format `form`."""
        if form in engineless:
            return self._program
        if not self._engine:
            self._engine = self.keep({**self.facts[self._program], **engine()})
        return self._engine

    # -- projects

    def project(self, root: Path, find: Callable[[], Workspace]) -> KnownProject:
        """Return the project in the folder `root`. Raise LessonError for a project file that is wrong.

        `find` reads it, and is called only where the record does not know it as it is.
        """
        key = os.path.relpath(root, self.folder)
        found = self._entry("projects", key, {})
        if found:
            settings = MappingProxyType(found["settings"])
            return KnownProject(
                root, settings, found["theme"], found["letterhead"], found["notices"], find, found["state"]
            )
        with observing.observing() as seen:
            home = find()
        from toolkit.build.comparing import digest_of

        entry = {
            **self._seen(seen, {}, home.notices),
            "settings": home.project.model_dump(mode="json"),
            "theme": digest_of(home.theme),
            "letterhead": digest_of(home.letterhead),
        }
        self._put("projects", key, entry)
        settings = MappingProxyType(entry["settings"])
        made = entry["theme"], entry["letterhead"], home.notices
        return KnownProject(root, settings, *made, lambda: home, entry["state"])

    # -- lessons

    def lesson(self, file: Path, project: KnownProject) -> KnownLesson:
        """Return the lesson in `file`, from the record where nothing that it was read from has changed."""
        found = self._entry("lessons", self.disk.relative(str(file)), self._given(project))
        if found:
            traits = Traits(found["versions"], tuple(found["levels"]), found["grades"])
            return KnownLesson(file, project, found["slug"], traits, found["state"], found["notices"])
        return self.read(file, project)

    def read(self, file: Path, project: KnownProject) -> KnownLesson:
        """Return the lesson in `file`, read now."""
        from toolkit.build.targets import traits_of
        from toolkit.source import lesson as lesson_source

        home = project.open()
        with observing.observing() as seen:
            try:
                loaded = lesson_source.load(file, home.project)
            except LessonError as error:
                facts = {kind + self.disk.relative(path): sight.value for (kind, path), sight in seen.sights.items()}
                state = facts_id(facts)
                self.facts[state] = facts  # not kept: the next build reads the lesson again
                return KnownLesson(file, project, file.parent.name, None, state, error.diagnostics)
            for place in dict.fromkeys((*label_places(loaded.lesson.spec.language or "en"), *label_places("en"))):
                if observing.is_file(place):
                    observing.file(place)
        given = {k: v for k, v in self._given(project).items() if k != "&pandoc" or loaded.lesson.style}
        entry = self._seen(seen, given, loaded.notices, self.disk.relative(str(file.parent)))
        traits, slug = traits_of(loaded.lesson.spec), loaded.lesson.slug
        entry |= {"slug": slug, "versions": traits.versions, "levels": traits.levels, "grades": traits.grades}
        self._put("lessons", self.disk.relative(str(file)), entry)
        return KnownLesson(file, project, slug, traits, entry["state"], loaded.notices, loaded)

    def with_lesson(self, known: KnownLesson) -> KnownLesson:
        """Return `known` with the lesson itself, as it is now."""
        return known if known.loaded or known.traits is None else self.read(known.file, known.project)

    # -- facts and entries

    def keep(self, facts: Mapping[str, str]) -> str:
        """Keep `facts` and return their digest."""
        made = facts_id(facts)
        if made not in self.facts:
            self.facts[made] = facts
        if made not in self.record["facts"]:
            self._put("facts", made, dict(facts))
        return made

    def settle(self) -> None:
        """Put what was learnt into the record. Nothing is written before the record is flushed or saved."""
        for table, entries in self._changes.items():
            self.record.put(table, entries)
        self._changes = {}
        if self.disk.new:
            self.record.put("stats", self.disk.new)
            self.disk.new = {}

    def learnt(self) -> bool:
        """Return whether there is something to put into the record."""
        return bool(self._changes or self.disk.new)

    def _given(self, project: KnownProject) -> Mapping[str, str]:
        if project.root not in self._settings:
            self._settings[project.root] = {**project.given(), "&pandoc": self._pandoc}
        return self._settings[project.root]

    def _seen(
        self, seen: observing.Observed, given: Mapping[str, str], notices: tuple[Diagnostic, ...], own: str = ""
    ) -> dict[str, Any]:
        facts = {**self.disk.facts(seen), **given}
        if own:
            mine = {key: value for key, value in facts.items() if key.startswith(f"{own}/", 1)}
            shared = self.keep({key: value for key, value in facts.items() if key not in mine})
            facts = {SHARED: shared, **mine}
        state = self.keep(facts)
        return {
            "state": state,
            "program": self._program,
            "notices": told.written(notices, self.folder),
            "here": self.here,
        }

    def _entry(self, table: str, key: str, given: Mapping[str, str]) -> dict[str, Any] | None:
        """Return what the record knows under `key`, with its diagnostics read; None where that holds no more."""
        found: dict[str, Any] | None = self.record[table].get(key)
        if found is None or found["program"] != self._program or (found["notices"] and found["here"] != self.here):
            return None
        if not self._holds(found["state"], given):
            return None
        try:
            return {**found, "notices": told.read(found["notices"], self.folder) if found["notices"] else ()}
        except ValueError:
            return None

    def _holds(self, state: str, given: Mapping[str, str]) -> bool:
        """Return whether all facts of `state` are as they were; those that are shared are asked for once."""
        facts = self.facts.get(state)
        if facts is None:
            return False
        shared = facts.get(SHARED, "")
        if shared:
            if (shared, id(given)) not in self._held:
                rest = self.facts.get(shared)
                self._held[shared, id(given)] = rest is not None and self.disk.holds(rest, given)
            if not self._held[shared, id(given)]:
                return False
        return self.disk.holds({key: was for key, was in facts.items() if key != SHARED}, given)

    def _put(self, table: str, key: str, value: dict[str, Any]) -> None:
        self._changes.setdefault(table, {})[key] = value


def as_found(known: KnownLesson, problems: tuple[Diagnostic, ...]) -> KnownLesson:
    """Return `known` as a lesson at fault, with `problems` besides its own."""
    return replace(known, traits=None, loaded=None, problems=(*known.problems, *problems))
