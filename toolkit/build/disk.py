"""What is on the disk now, asked as seldom as it can be: the status of a file is a filter, its bytes are the truth."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

from toolkit.resources import templates
from toolkit.source import observing
from toolkit.source.observing import CONTENT, LISTING, UNSURE, Kind, Observed, Sight

PACKAGED: Final = "%/"  # begins the path of a file that comes with the program
_WITH_STATUS: Final = frozenset((CONTENT, LISTING))


class Disk:
    """Looks at files for one build, each once. Paths are told from the output folder, so that a project can move.

    `stats` are values that were seen before, with the status that a file or folder had then. Where `paranoid`, they
    are not believed. `new` is what was seen this time and is not in them.
    """

    def __init__(self, folder: Path, stats: Mapping[str, Any], *, paranoid: bool = False) -> None:
        self._folder = str(folder)
        self._stats = stats
        self.paranoid = paranoid
        self._values: dict[str, str] = {}
        self._above = [self._folder]  # and the folders above it, without the root of the disk
        while len(above := os.path.dirname(self._above[-1])) > 1 and above != self._above[-1]:
            self._above.append(above)
        self._parts = f"{templates()}{os.sep}"
        self.new: dict[str, Any] = {}

    def value(self, key: str) -> str:
        """Return what `key`, a kind of sight and a path, shows now."""
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self._looked(key)
        return found

    def holds(self, facts: Mapping[str, str], given: Mapping[str, str]) -> bool:
        """Return whether every one of `facts` is as it was. `given` are values of facts that are not on the disk."""
        values = self._values
        for key, was in facts.items():
            if was == UNSURE:
                return False
            now = values.get(key)
            if now is None:
                now = given.get(key, "") if key[0] in ":&" else self.value(key)
            if now != was:
                return False
        return True

    def facts(self, seen: Observed) -> dict[str, str]:
        """Return what was `seen` as facts, and keep it."""
        found = {}
        for (kind, path), sight in seen.sights.items():
            key = kind + self.relative(path)
            found[key] = sight.value
            self._keep(key, sight)
        return found

    def relative(self, path: str) -> str:
        """Return `path`, which is absolute, as facts have it."""
        if path.startswith(self._parts):
            return PACKAGED + path[len(self._parts) :].replace(os.sep, "/")
        for up, above in enumerate(self._above):
            if path.startswith(above) and path[len(above) : len(above) + 1] == os.sep:
                return f"{'../' * up}{path[len(above) + 1 :]}".replace(os.sep, "/")
        return os.path.relpath(path, self._folder).replace(os.sep, "/")

    def path(self, relative: str) -> str:
        """Return the path that facts have as `relative`. The output folder need not be there."""
        if relative.startswith(PACKAGED):
            return self._parts + relative[len(PACKAGED) :]
        up = 0
        while relative.startswith("../", 3 * up):
            up += 1
        if up < len(self._above):
            return f"{self._above[up]}{os.sep}{relative[3 * up :]}"
        return os.path.normpath(os.path.join(self._folder, relative))

    def _looked(self, key: str) -> str:
        kind, path = cast(Kind, key[0]), self.path(key[1:])
        was = self._stats.get(key)
        if was is not None and kind in _WITH_STATUS and not self.paranoid:
            try:
                found = os.stat(path)
            except (OSError, ValueError):
                found = None
            if found is not None and [found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns] == was[1:]:
                return str(was[0])
        sight = observing.looked(kind, path)
        self._keep(key, sight)
        return sight.value

    def _keep(self, key: str, sight: Sight) -> None:
        self._values[key] = sight.value
        if sight.status and observing.settled(sight.status):
            entry = [sight.value, *sight.status]
            if self._stats.get(key) != entry:
                self.new[key] = entry
        elif key in self._stats:
            self.new[key] = None
