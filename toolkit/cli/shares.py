"""What `hornbook build` takes from those who build on many machines: their share, and the cache that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.build.shard import Shard

if TYPE_CHECKING:
    from toolkit.build.backends import Backend
    from toolkit.build.caching import Cache


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
