"""The command line. Each command is a file here and a line in COMMANDS, loaded when it is used."""

from __future__ import annotations

import keyword
import os
import sys
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from toolkit import __version__

# The name of a command, and its one line in `hornbook --help`. The module has the name of the command, with an
# underscore behind a word of Python's; what it exposes is `command`.
COMMANDS: Final = MappingProxyType(
    {
        "new": "Start a lesson: a folder with a specification and an article to fill in.",
        "import": "Turn printed articles into drafts of lessons.",
        "check": "Read lessons and tell everything that is wrong with them.",
        "build": "Make handouts and worksheets.",
        "pull": "Bring edits of worksheets in Word back into the lessons.",
        "make": "Print rules for make.",
        "list": "Show the lessons, the files that a build would make, or the questions.",
        "coverage": "Show which questions serve which standard.",
        "timeline": "Draw the timeline of a lesson, or write its events as data.",
        "cite": "Bring bibliographies of other programs into lessons.",
        "clean": "Remove the files that builds made.",
        "schema": "Print the JSON Schema of a lesson, for your editor.",
        "doctor": "Tell whether this machine has all that is needed.",
        "completion": "Print the script that completes commands in your shell.",
    }
)

EPILOG = """\b
Examples:
  hornbook new causes-of-the-war     start a lesson in lessons/
  hornbook check                     is every lesson right?
  hornbook build                     make all handouts and worksheets
  hornbook build causes-of-the-war   make those of one lesson
  hornbook build --edition student --format pdf

\b
Exit status: 0 done, 1 a lesson is at fault, 2 wrong usage,
3 a file edited by hand was kept, 75 another build is running,
130 interrupted.
"""


def module_of(name: str) -> str:
    """Return the name of the module that holds the command `name`: no module is called like a word of Python's."""
    return f"{name}_" if keyword.iskeyword(name) else name


class _Commands(click.Group):
    """A group that knows its commands by name and loads the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]  # not list(): once it is loaded, `list` here is the command of that name

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"toolkit.cli.{module_of(cmd_name)}").command
        return command

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  # whatever Click's own takes and returns
        """Run the program. What the machine refuses ends in a line, not in a traceback."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            _silence_output()
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"error: {place}{error.strerror or error}", err=True)
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, in colours only where they are welcome (no-color.org), until somebody interrupts it."""
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(130)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what completes `incomplete`, from the table, so that completion loads no command."""
        names = [CompletionItem(name, help=said) for name, said in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message.rstrip('.')}.{_did_you_mean(args[0])}", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands from the table, so that help loads none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])


def _silence_output() -> None:
    """Give up standard output where it cannot be written to, so that Python does not try again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _did_you_mean(word: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, COMMANDS, n=1)
    return f" Did you mean '{close[0]}'?" if close else ""


@click.group(
    name="hornbook",
    cls=_Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, prog_name="hornbook")
def main() -> None:
    """Turn lesson specifications into printable handouts and editable worksheets.

    A lesson is a folder with `lesson.yaml`, which pairs the sections of `article.md` with questions, a
    chronology and a bibliography.
    """
