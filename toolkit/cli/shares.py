"""What `hornbook build` takes from those who build on many machines: their share."""

from __future__ import annotations

import click

from toolkit.build.shard import Shard


class ShardType(click.ParamType):
    """A share of the targets, as it is written on the command line."""

    name = "I/N"

    def convert(self, value: str | Shard, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        """Return the share that `value` says; end the command where it says none."""
        try:
            return value if isinstance(value, Shard) else Shard.parse(value)
        except ValueError as error:
            self.fail(f"'{value}': {error}", param, ctx)
