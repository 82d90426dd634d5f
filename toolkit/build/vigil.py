"""Waiting for a change of what builds looked at: the disk is asked again and again, which every file system allows."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, TypeAlias, cast

from toolkit.source import observing
from toolkit.source.discovery import discover
from toolkit.source.observing import CONTENT, LINK, LISTING, PROBE, Kind

LESSONS: Final = "L"  # the lessons in a folder
Place: TypeAlias = tuple[str, str]
"""What was asked for, a kind of `source.observing` or LESSONS, and the absolute path."""

_PAUSE: Final = 0.1  # s between two looks, at least
_SHARE: Final = 10  # pauses are as many times as long as a look takes: about a tenth of one processor at most
_SETTLING: Final = 0.05  # s without a change, after which a save counts as ended
_ENDLESS: Final = 2.0  # s after which a file that never rests is built all the same


def wait(places: Iterable[Place], before: Mapping[Place, object], since: int) -> None:
    """Return when one of `places` is not as it was `before`, and rests: a save may be several writes.

    A place that is not in `before` has changed if it was changed later than `since`, a time in ns.
    """
    places = tuple(places)
    was: dict[Place, object] = {}
    first = True
    while True:
        begun = time.monotonic()
        now = look(places)
        if first:
            was = {place: before.get(place, _unless_later(seen, since)) for place, seen in now.items()}
            first = False
        if now != was:
            _settle(places, now)
            return
        time.sleep(max(_PAUSE, _SHARE * (time.monotonic() - begun)))


def look(places: Iterable[Place]) -> dict[Place, object]:
    """Return what tells a change of each of `places`."""
    return {place: _seen(*place) for place in places}


def _settle(places: tuple[Place, ...], now: Mapping[Place, object]) -> None:
    until = time.monotonic() + _ENDLESS
    while time.monotonic() < until:
        time.sleep(_SETTLING)
        then, now = now, look(places)
        if then == now:
            return


def _seen(kind: str, path: str) -> object:
    if kind == LESSONS:
        return tuple(map(str, discover(Path(path))))
    if kind == LINK:
        return os.path.realpath(path)
    if kind in {CONTENT, PROBE, LISTING}:
        try:
            found = Path(path).stat()
        except (OSError, ValueError):
            return None
        # Of what is only asked whether it is there, no more counts: a folder changes with all that is put into it.
        return stat.S_IFMT(found.st_mode) if kind == PROBE else observing.status(found)
    return observing.looked(cast("Kind", kind), path).value


def _unless_later(seen: object, since: int) -> object:
    """Return `seen`, or what is never seen where that is a status of a change later than `since`."""
    return () if isinstance(seen, tuple) and len(seen) == 4 and max(seen[0], seen[3]) >= since else seen
