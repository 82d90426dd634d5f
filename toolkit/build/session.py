"""One build in an output folder: which targets are to be made, and what became of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.build import told
from toolkit.build.ledger import Ledger
from toolkit.build.plan import Built, Condition, Step, Wanted, plan
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.source import observing
from toolkit.source.files import shown_path
from toolkit.source.observing import digest

if TYPE_CHECKING:
    from toolkit.build.run import Outcome


class Session:
    """The steps of a build in the folder of `ledger`, and the record of what it did."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._folder = ledger.folder
        self._fresh: dict[str, list[Any]] = {}

    def built(self, names: Iterable[str]) -> dict[str, Built]:
        """Return what the record has of the targets `names`."""
        known = self._ledger.record["targets"]
        return {
            name: Built(*found) for name in names if (found := known.get(name)) and len(found) == len(Built._fields)
        }

    def steps(self, wanted: Sequence[Wanted], *, always: bool = False) -> dict[str, Step]:
        """Return the steps of those of `wanted`, by name and in order, that are not simply up to date."""
        built = self.built(one.name for one in wanted)
        conditions = self._conditions((one.name for one in wanted), built)
        return plan(wanted, built, conditions, self._ledger.facts, always=always, shown=self.shown)

    def shown(self, relative: str) -> str:
        """Return a path of a fact as an author knows it."""
        if relative.startswith("%/"):
            return f"templates/{relative[2:]}"
        return shown_path(Path(os.path.normpath(self._ledger.disk.path(relative))))

    def told(self, name: str) -> tuple[Diagnostic, ...]:
        """Return what was said of the target `name` when it was made."""
        found = self._ledger.record["targets"].get(name)
        try:
            return told.read(found[-1], self._folder) if found and found[-1] else ()
        except ValueError:
            return ()

    def kept(self, name: str) -> tuple[Path, Diagnostic]:
        """Return where the new file is of a target whose own was edited, and what is to be said of that."""
        found = Built(*self._ledger.record["targets"][name])
        return self._folder / found.place, kept(self._folder / name, self._folder / found.place)

    def finish(self, outcome: Outcome, wanted: Wanted) -> None:
        """Put what became of a target into the record and on the disk. A target that failed is as before."""
        if outcome.stored is None or outcome.skipped:
            return
        path = outcome.stored.path
        before = self._ledger.record["targets"].get(wanted.name)
        if outcome.cut and before:
            entry = [wanted.state, wanted.options, wanted.program, *before[3:]]
        else:
            found = observing.status(path.stat())
            name = path.relative_to(self._folder).as_posix()
            place = self._ledger.record["files"][name]
            # A note is of interest when its file is made; a warning as long as the file is there.
            said = [d for d in outcome.diagnostics if d.code != "B704" and d.severity is not Severity.NOTE]
            entry = [*wanted[2:], outcome.printout, name, place, found, told.written(said, self._folder)]
        self._ledger.settle()
        self._ledger.record.put("targets", {wanted.name: entry})
        self._ledger.record.flush()

    def settle(self) -> None:
        """Put what was learnt without making anything into the record."""
        self._ledger.settle()
        if self._fresh:
            self._ledger.record.put("targets", self._fresh)
            self._fresh = {}

    def learnt(self) -> bool:
        """Return whether `settle` has something to put into the record."""
        return bool(self._fresh) or self._ledger.learnt()

    def _conditions(self, names: Iterable[str], built: Mapping[str, Built]) -> dict[str, Condition]:
        """Return what is in the place of each target that is not missing from the record, or that has a file."""
        conditions: dict[str, Condition] = {}
        folder, stat, paranoid = f"{self._folder}{os.sep}", os.lstat, self._ledger.disk.paranoid
        for name in names:
            was = built.get(name)
            try:
                found = stat(folder + name)
            except (OSError, ValueError):
                conditions[name] = "missing"
                continue
            now = [found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns]
            if was and was.place == name and now == was.status and not paranoid:
                conditions[name] = "fine"
            else:
                conditions[name] = self._looked(name, was)
        return conditions

    def _looked(self, name: str, was: Built | None) -> Condition:
        """Return what is in the place of a target whose status says that it may have changed."""
        if was is None:
            return "edited"
        path = self._folder / name
        sight = observing.looked("=", str(path))
        if path.is_symlink() or sight.value != was.digest:
            mine = sight.value in self._ledger.record["files"].values()
            beside = was.place != name and not mine and _digest_at(self._folder / was.place) == was.digest
            return "kept" if beside else "edited"
        if sight.status:
            self._fresh[name] = [*was[:4], name, was.digest, sight.status, was.told]
        return "fine"


def kept(path: Path, beside: Path) -> Diagnostic:
    """Return what is said of an edited file at `path` that stays; the new one is `beside` it."""
    message = f"{shown_path(path)} was edited since it was built and is kept"
    hint = f"the new one is {shown_path(beside)}; --overwrite with the file's name replaces the edited one"
    return Diagnostic("B704", message, hint=hint, severity=Severity.WARNING)


def _digest_at(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""
