"""hornbook clean: remove the files that builds made, and only those."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.selection import workspace


@click.command(
    epilog="""\b
Examples:
  hornbook clean
  hornbook clean --dry-run
"""
)
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The folder to clean.")
@click.option("-n", "--dry-run", is_flag=True, help="Tell what would be removed, and remove nothing.")
def command(output: Path | None, *, dry_run: bool) -> None:
    """Remove the files that builds made, and only those.

    A file that was edited since it was built stays, and so does everything that no build made.
    """
    from toolkit.build.store import Store
    from toolkit.source.files import shown_path

    folder = (output or workspace().output).resolve()
    store = Store(folder)
    removed = kept = 0
    for name in store.names():
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
