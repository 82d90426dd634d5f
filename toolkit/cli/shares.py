"""What `hornbook build` takes from those who build on many machines: their share, their cache, their cluster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from toolkit.build.shard import Shard

if TYPE_CHECKING:
    from toolkit.build.backends import Backend
    from toolkit.build.caching import Cache
    from toolkit.build.cluster import Cluster
    from toolkit.build.crew import Crew
    from toolkit.build.limits import Limits

_EXECUTOR: Final = re.compile(r"dask://(\[[0-9a-fA-F:]+\]|[^/:\[\]\s@]+):([0-9]{1,5})")


class ShardType(click.ParamType[Shard]):
    """A share of the targets, as it is written on the command line."""

    name = "I/N"

    def convert(self, value: str | Shard, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        """Return the share that `value` says; end the command where it says none."""
        try:
            return value if isinstance(value, Shard) else Shard.parse(value)
        except ValueError as error:
            self.fail(f"'{value}': {error}", param, ctx)


class CacheType(click.ParamType["Backend"]):
    """A folder or a URL in which machines share what they made."""

    name = "DIR|URL"

    def convert(self, value: str | Backend, param: click.Parameter | None, ctx: click.Context | None) -> Backend:
        """Return the backend for `value`; end the command where there is none for it."""
        if not isinstance(value, str):
            return value
        if not value:
            self.fail("name a folder or a URL", param, ctx)
        from toolkit.build.backends import opened

        try:
            return opened(value)
        except (ImportError, ValueError, OSError) as error:
            self.fail(str(error), param, ctx)


def cached(backend: Backend | None, *, anew: bool) -> Cache | None:
    """Return the cache in `backend`, None where none was asked for. `anew`: everything is made, and put there again."""
    if backend is None:
        return None
    from toolkit.build.caching import Cache

    return Cache(backend, anew=anew)


class ExecutorType(click.ParamType[str]):
    """A cluster that makes the files."""

    name = "dask://HOST:PORT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address of the scheduler, "HOST:PORT"; end the command where `value` is none."""
        found = _EXECUTOR.fullmatch(value)
        if not found or not 0 < int(found[2]) < 1 << 16:
            self.fail(
                f"'{value}': write the host and port of a dask scheduler, as in dask://127.0.0.1:8786", param, ctx
            )
        return value.removeprefix("dask://")


@contextmanager
def cluster(address: str, bounds: Limits, here: Callable[[], Crew]) -> Iterator[Cluster]:
    """Return a context with the cluster at `address`; end the command where there is none."""
    from toolkit.build.dask_link import ClusterError, connected

    try:
        with connected(address, bounds, here) as found:
            yield found
    except ClusterError as error:
        raise click.ClickException(str(error)) from None
