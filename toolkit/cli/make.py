"""hornbook make: rules for make, so that a Makefile of the school's own drives builds."""

from __future__ import annotations

import sys

import click

from toolkit.build import makefile
from toolkit.cli.building import Preparation, Prepared
from toolkit.cli.depfile import prerequisites
from toolkit.cli.selection import complete
from toolkit.cli.wishes import Wishes
from toolkit.model.diagnostics import LessonError

# `+` lets a build use the jobs of make. Where make only asks or touches, it must not be there: such lines are run.
_HEAD = """\
# Rules for lessons, as `hornbook make` writes them. In a Makefile:
#   .DELETE_ON_ERROR:
#   lessons.mk: $(wildcard hornbook.toml lessons/*/lesson.yaml) ; hornbook make > $@
#   include lessons.mk
HORNBOOK ?= hornbook
HORNBOOK_ONLY_ASKED = $(foreach flag,n q t,$(findstring $(flag),$(firstword -$(MAKEFLAGS))))
HORNBOOK_BUILD = $(if $(strip $(HORNBOOK_ONLY_ASKED)),,+)$(HORNBOOK) build

.PHONY: lessons
lessons:"""


@click.command(
    epilog="""\b
Examples:
  hornbook make > lessons.mk       then, in a Makefile: include lessons.mk
  hornbook make 'causes-*'         rules for some lessons only
"""
)
@click.argument("targets", nargs=-1, metavar="[TARGET...]", shell_complete=complete)
def command(targets: tuple[str, ...]) -> None:
    """Print rules for make.

    There is one rule for each file, and `lessons` for all. A file depends on all that its lesson is read
    from, and on the project's file. Paths are told from the current folder. Files that come with hornbook
    are left out: after an update, build with `make -B lessons`.
    """
    from toolkit.cli import report

    try:
        plan = Preparation(Wishes()).prepare(targets)
    except LessonError as error:
        click.echo(report.text(error.diagnostics), err=True)
        sys.exit(1)
    try:
        click.echo(f"{_HEAD}{fragment(plan)}", nl=False)
    except makefile.UnsaidError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)
    faulty = [lesson for lesson in plan.lessons if lesson.traits is None]
    for lesson in faulty:
        click.echo(report.text(lesson.problems), err=True)
    sys.exit(1 if faulty else 0)


def fragment(plan: Prepared) -> str:
    """Return the prerequisites of the rule for all lessons, and a rule for each file. Raise UnsaidError."""
    needed = dict(prerequisites(plan.works))
    rules = [
        makefile.rule(name, files, (f"$(HORNBOOK_BUILD) {word}", f"@touch -c {word}"))
        for name, files in needed.items()
        for word in (makefile.word(name),)
    ]
    everything = makefile.rule("lessons", needed).removeprefix("lessons:")
    return "\n".join((everything, *rules, makefile.gone(path for files in needed.values() for path in files)))
