"""What the program says of itself, at 80 columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sandbox import Sandbox

from toolkit import __version__
from toolkit.cli import COMMANDS

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(sandbox: Sandbox, command: str, accept: bool) -> None:
    result = sandbox.run(*filter(None, [command, "--help"]))
    assert (result.code, result.err) == (0, "")
    path = GOLDEN / f"{command or 'hornbook'}.txt"
    if accept:
        path.write_text(result.out, "utf-8")
    assert result.out == path.read_text("utf-8"), "run with --accept and read the difference"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_help_fits_on_the_screen_and_teaches_by_example(path: Path) -> None:
    words = path.read_text("utf-8")
    assert max(map(len, words.splitlines())) <= 80
    assert "Examples:" in words
    assert words.startswith("Usage: hornbook ")


def test_every_command_of_an_example_is_one_and_every_option_too() -> None:
    words = {path.stem: path.read_text("utf-8") for path in GOLDEN.glob("*.txt")}
    examples = re.findall(r"^\s+hornbook (\S+)(.*)$", "\n".join(words.values()), re.M)
    assert len(examples) > 15
    for command, rest in examples:
        assert command in COMMANDS
        # What follows two spaces explains the example.
        for option in re.findall(r"(?<= )--?[a-z][a-z-]*", rest.lstrip().split("   ")[0]):
            assert option in words[command], f"hornbook {command}{rest}"


def test_every_command_is_named_in_the_help_of_the_program() -> None:
    words = (GOLDEN / "hornbook.txt").read_text("utf-8")
    assert [name for name in COMMANDS if f"\n  {name} " not in words] == []
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {"hornbook", *COMMANDS}


def test_the_exit_codes_are_told(sandbox: Sandbox) -> None:
    said = sandbox.run("--help").out.replace("\n", " ")
    for code in ("0 done", "1 a lesson is at fault", "2 wrong usage", "130 interrupted"):
        assert code in said


def test_short_help_is_help(sandbox: Sandbox) -> None:
    assert sandbox.run("-h") == sandbox.run("--help")
    assert sandbox.run("build", "-h") == sandbox.run("build", "--help")


def test_version(sandbox: Sandbox) -> None:
    assert sandbox.run("--version").out == f"hornbook, version {__version__}\n"


def test_the_package_runs_as_the_command_does(sandbox: Sandbox) -> None:
    assert sandbox.spawn("--help").out == sandbox.run("--help").out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("biuld",), "No such command 'biuld'. Did you mean 'build'?"),
        (("xyz",), "No such command 'xyz'."),
        (("build", "--frmat", "pdf"), "Did you mean '--format'?"),
        (("build", "--format", "odt"), "'odt' is not one of 'pdf', 'docx', 'html'"),
        (("build", "--edition", "parent"), "'parent' is not one of 'student', 'teacher'"),
        (("build", "--paper", "a5"), "'a5' is not one of 'letter', 'a4'"),
        (("new",), "Missing argument 'NAME'"),
        (("completion", "tcsh"), "'tcsh' is not one of 'bash', 'zsh', 'fish'"),
    ],
)
def test_wrong_usage_is_exit_2_and_says_what_is_meant(sandbox: Sandbox, args: tuple[str, ...], said: str) -> None:
    result = sandbox.run(*args)
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(sandbox: Sandbox, shell: str) -> None:
    result = sandbox.run("completion", shell)
    assert result.code == 0
    assert f"_HORNBOOK_COMPLETE={shell}_complete" in result.out


def completed(sandbox: Sandbox, *words: str) -> list[str]:
    """Return what bash would be offered after `hornbook words`."""
    typed = {"COMP_WORDS": " ".join(["hornbook", *words]), "COMP_CWORD": str(len(words))}
    result = sandbox.spawn(env={"_HORNBOOK_COMPLETE": "bash_complete", **typed})
    assert result.err == ""
    return [line.partition(",")[2] for line in result.out.splitlines()]


def test_the_shell_completes_commands_lessons_and_options(sandbox: Sandbox) -> None:
    for slug in ("river", "rise", "sea"):
        sandbox.lesson(slug=slug)
    assert completed(sandbox, "c") == ["check", "coverage", "cite", "clean", "completion"]
    assert completed(sandbox, "build", "ri") == ["rise", "river"]
    assert completed(sandbox, "build", "--sheet", "w") == ["worksheet"]
    assert completed(sandbox, "list", "--ta") == ["--targets", "--tag"]
