"""hornbook clean: remove the files that builds made, and only those."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.build.targets import Kind, lacking, parse
from toolkit.cli.selection import workspace
from toolkit.source.files import shown_path

if TYPE_CHECKING:
    from toolkit.build.store import Store


@click.command(
    epilog="""\b
Examples:
  hornbook clean
  hornbook clean --dry-run
  hornbook clean --orphans    only what no lesson makes any more
"""
)
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The folder to clean.")
@click.option("--orphans", is_flag=True, help="Only files of lessons, versions and levels that are no more.")
@click.option("-n", "--dry-run", is_flag=True, help="Tell what would be removed, and remove nothing.")
@click.option("--no-wait", is_flag=True, help="Where a build is running, end with status 75 and do not wait.")
def command(output: Path | None, *, orphans: bool, dry_run: bool, no_wait: bool) -> None:
    """Remove the files that builds made, and only those.

    A file that was edited since it was built stays, and so does everything that no build made.
    """
    from toolkit.build.locking import LockedError, locked

    folder = (output or workspace().output).resolve()
    if not folder.is_dir() or dry_run:
        _clean(folder, output, orphans=orphans, dry_run=dry_run)
        return

    def waiting() -> None:
        click.echo(f"a build writes to {shown_path(folder)}; waiting for it to end", err=True)

    try:
        with locked(folder, wait=not no_wait, waiting=waiting):
            _clean(folder, output, orphans=orphans, dry_run=dry_run)
    except LockedError:
        click.echo(f"a build writes to {shown_path(folder)}", err=True)
        sys.exit(75)


def _clean(folder: Path, output: Path | None, *, orphans: bool, dry_run: bool) -> None:
    from toolkit.build.store import Store

    store = Store(folder)
    names = _orphans(store, output) if orphans else store.names()
    removed = kept = 0
    for name in names:
        path = folder / name
        if not path.exists():
            store.forget(name)
        elif store.untouched(name):
            removed += 1
            click.echo(f"{'would remove' if dry_run else 'removed'} {shown_path(path)}")
            if not dry_run:
                store.remove(name)
        else:
            kept += 1
            click.echo(f"kept       {shown_path(path)}: it was edited since it was built", err=True)
    for part in list(store.parts()):  # what an interrupted build left
        removed += 1
        click.echo(f"{'would remove' if dry_run else 'removed'} {shown_path(part)}")
        if not dry_run:
            part.unlink(missing_ok=True)
    if not dry_run and folder.is_dir():
        store.save()
    click.echo(f"{removed} file{'s' * (removed != 1)} {'to remove' if dry_run else 'removed'}, {kept} kept", err=True)


def _orphans(store: Store, output: Path | None) -> list[str]:
    """Return the names of files that no lesson makes any more, by whatever options: it, or what it had, is gone."""
    from toolkit.cli.building import Preparation
    from toolkit.cli.wishes import Wishes

    preparation = Preparation(Wishes(output=output.resolve() if output else None))
    lessons = preparation.known()
    traits = {lesson.slug: lesson.traits for lesson in lessons}
    return [
        name
        for name in store.names()
        if (slug := name.rpartition("/")[0]) not in traits
        or ((kind := _kind(name)) and (found := traits[slug]) and lacking(found, kind, ""))
    ]


def _kind(name: str) -> Kind | None:
    """Return the kind of target that a file is of, be it beside an edited one."""
    return parse(re.sub(r"\.new(-\d+)?(?=\.\w+$)", "", name.rpartition("/")[2]))
