"""Workers that stay between builds: what they loaded and parsed for one is there for the next."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from types import TracebackType
from typing import Self

from toolkit.build.crew import Crew, staffed
from toolkit.build.limits import Limits
from toolkit.build.making import Made
from toolkit.build.pool import Pool
from toolkit.build.worker import Bundle, Task


class Standing:
    """A crew whose workers end with it, and not with a build. `found` says how many they are, within which limits."""

    def __init__(self, found: Callable[[], Crew]) -> None:
        self._found = found
        self._crew = found()
        self._pool: Pool | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Return the crew; no process is started before there is work, or `warm` is called."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End every process, at once where something went wrong."""
        self._pool = None
        self._open.__exit__(kind, error, at)

    @property
    def size(self) -> int:
        """Return how many processes make targets."""
        return self._crew.size

    @property
    def bounds(self) -> Limits:
        """Return the limits within which they make them."""
        return self._crew.bounds

    def make(self, bundles: Iterable[Bundle]) -> Generator[tuple[Task, Made]]:
        """Yield what became of each task. Closing the iterator before its end ends every process; others follow."""
        coming = iter(bundles)
        first = next(coming, None)
        if first is None:
            return
        pool = self._hired(task.target.kind.format for task in first.tasks)
        try:
            yield from staffed(pool, chain((first,), coming), self.bounds)
        except BaseException:
            self._pool = None
            self._open.close()
            raise

    def warm(self, forms: Iterable[str]) -> None:
        """Start the workers, which load what the formats `forms` need."""
        self._hired(forms).hire()

    def _hired(self, forms: Iterable[str]) -> Pool:
        if self._pool is None:
            self._crew = self._found()
            pool = Pool(self._crew.size, self._crew.bounds, frozenset(forms), self._crew.jobserver)
            self._pool = self._open.enter_context(pool)
        return self._pool


def forms(names: Iterable[str]) -> Iterator[str]:
    """Yield the formats of the files `names`, each once."""
    yield from dict.fromkeys(name.rpartition(".")[2] for name in names)
