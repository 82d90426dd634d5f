"""The files that targets are made of, from the facts that a ledger has of lessons and projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from toolkit.build.disk import PACKAGED
from toolkit.build.record import SHARED
from toolkit.source.observing import ABSENT, CONTENT

if TYPE_CHECKING:
    from toolkit.build.ledger import Ledger

_NOT_ON_DISK: Final = frozenset(":&")  # what the names of facts begin with that are settings or programs


def facts(ledger: Ledger, state: str) -> Mapping[str, str]:
    """Return what was seen of the disk for `state`, by key; nothing for a state that the ledger does not know.

    What a lesson shares with others is among it.
    """
    own = ledger.facts.get(state, {})
    whole = {**ledger.facts.get(own.get(SHARED, ""), {}), **own}
    return {key: value for key, value in whole.items() if key != SHARED and key[0] not in _NOT_ON_DISK}


def files(ledger: Ledger, *states: str) -> list[str]:
    """Return the absolute paths of the files that were read for `states`, in order.

    Those that come with the program are left out, as a compiler leaves out the headers of its system (gcc -MMD).
    """
    found = {key for state in states for key, value in facts(ledger, state).items() if value != ABSENT}
    return sorted(ledger.disk.path(key[1:]) for key in found if key[0] == CONTENT and not key.startswith(PACKAGED, 1))


def places(ledger: Ledger, *states: str) -> Iterator[tuple[str, str]]:
    """Yield all that was asked of the disk for `states`: the kind of each sight, and the absolute path."""
    for key in dict.fromkeys(key for state in states for key in facts(ledger, state)):
        yield key[0], ledger.disk.path(key[1:])
