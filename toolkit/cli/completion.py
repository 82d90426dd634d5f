"""hornbook completion: print the script that completes commands in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(
    epilog="""\b
Examples:
  hornbook completion bash >> ~/.bashrc
  hornbook completion zsh >> ~/.zshrc
  hornbook completion fish > ~/.config/fish/completions/hornbook.fish
"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands in your shell."""
    kind = get_completion_class(shell)
    root = ctx.find_root()
    assert kind is not None
    click.echo(kind(root.command, {}, "hornbook", "_HORNBOOK_COMPLETE").source())
