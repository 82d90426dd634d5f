"""The map in the docstring of `toolkit` is true to the code: rooms, directions, sizes, tables, lazy imports."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import pytest
from sandbox import REPOSITORY, Sandbox, environment

import toolkit
from toolkit.articles.readers import READERS
from toolkit.checks import RULES
from toolkit.cli import COMMANDS, module_of
from toolkit.cli.report import FORMATS as REPORTS
from toolkit.compose import SHEETS
from toolkit.formats import FORMATS, writer
from toolkit.model.choices import SHEET_NAMES
from toolkit.model.diagnostics import CODES
from toolkit.questions import KINDS, kind

PACKAGE = REPOSITORY / "toolkit"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 330
LONGEST_FUNCTION = 45

# Rooms that read and write the author's files. `resources` knows where the packaged data are.
ON_DISK = {"source", "build", "cli", "resources.py"}
# Whatever asks the disk for something, by the name it is called by.
DISK = {
    "open", "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "rmdir", "mkdir", "touch", "rename",
    "is_file", "is_dir", "exists", "iterdir", "glob", "rglob", "TemporaryDirectory", "mkdtemp", "NamedTemporaryFile",
}  # fmt: skip  # a set reads better in lines
# Modules elsewhere that do all the same, and what with.
EXCEPTIONS: Mapping[str, set[str]] = MappingProxyType(
    {
        "articles/archives.py": {"open"},  # zipfile, on bytes in memory
        "checks/copying.py": {"open"},  # Pillow, on bytes in memory
        "compose/labels.py": {"read_text"},  # a packaged label file
        "drawing/monochrome.py": {"open"},  # Pillow, on bytes in memory
        "formats/html/__init__.py": {"read_text"},  # the packaged templates
        "formats/docx/writer.py": {"read_bytes"},  # the packaged base document
        "formats/docx/embedding.py": {"read_bytes"},  # the packaged fonts
        "formats/docx/figures.py": {"open"},  # Pillow, on bytes in memory
        "formats/docx/make_base.py": {"read_text", "write_bytes"},  # run by hand to make the base document
        "formats/pdf/engine.py": {"is_dir", "TemporaryDirectory"},  # a cache folder for fontconfig
    }
)


def shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def room(path: Path) -> str:
    """Return the room of a module: the first folder, or the file where it stands beside the rooms."""
    return path.relative_to(PACKAGE).parts[0]


def order() -> list[set[str]]:
    """Return the rooms as the docstring of the package orders them, the lowest first."""
    found = re.search(r"Imports go down only:(.*?)\.\s", toolkit.__doc__ or "", re.S)
    assert found, "the docstring says the order of the rooms"
    return [set(re.findall(r"\w+", group)) for group in found[1].split("<")]


def imported(path: Path) -> Iterator[str]:
    """Yield the rooms of ours that a module imports, wherever in the module it does."""
    for node in ast.walk(tree(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(path)}:{node.lineno} imports relatively"
            module = node.module or ""
            names = [f"toolkit.{alias.name}" for alias in node.names] if module == "toolkit" else [module]
        yield from (name.split(".")[1] for name in names if name.startswith("toolkit."))


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef, bool]]:
    """Yield each function of a module with its name and whether it is public: no part of its name is private."""

    def inside(node: ast.AST, names: tuple[str, ...], nested: bool) -> Iterator[tuple[str, ast.FunctionDef, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef):
                name = (*names, child.name)
                dunder = child.name.startswith("__") and child.name.endswith("__")
                public = not nested and not dunder and not any(part.startswith("_") for part in name)
                yield ".".join(name), child, public
                yield from inside(child, name, True)
            elif isinstance(child, ast.ClassDef):
                yield from inside(child, (*names, child.name), nested)
            else:
                yield from inside(child, names, nested)

    yield from inside(tree(path), (), False)


# -- rooms


def test_the_rooms_are_those_of_the_docstring() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set().union(*order())


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_imports_go_down_only(path: Path) -> None:
    rank = {name: height for height, names in enumerate(order()) for name in names}
    here = room(path)
    if here == "__main__.py":
        allowed = {"cli"}
    elif here in {"resources.py", "__init__.py"}:
        allowed = set()
    else:
        below = {name for name, height in rank.items() if height < rank[here]}
        # The resource loader stands beside the model, and knows nothing of ours.
        allowed = below | {here, "resources", "__version__"} - ({"resources"} if here == "model" else set())
    assert set(imported(path)) <= allowed


def test_the_direction_test_can_fail(tmp_path: Path) -> None:
    module = tmp_path / "upward.py"
    module.write_text("def late() -> None:\n    from toolkit import cli\n    import toolkit.build.store\n")
    assert sorted(imported(module)) == ["build", "cli"]


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) not in ON_DISK], ids=shown)
def test_only_the_outer_rooms_touch_the_disk(path: Path) -> None:
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    names = {f.attr if isinstance(f, ast.Attribute) else f.id for f in calls if isinstance(f, ast.Attribute | ast.Name)}
    assert names & DISK == EXCEPTIONS.get(shown(path), set())


def test_the_exceptions_are_modules_that_there_are() -> None:
    assert EXCEPTIONS.keys() <= {shown(path) for path in MODULES}


# -- sizes


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_modules_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE
    lengths = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node, _ in functions(path)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_what_is_public_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "the module"
    assert [name for name, node, public in functions(path) if public and not ast.get_docstring(node)] == []


def test_no_module_is_a_drawer() -> None:
    assert {path.stem for path in MODULES} & {"utils", "util", "helpers", "base", "common", "manager", "misc"} == set()


# -- tables


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_question_is_there(name: str) -> None:
    found = kind(name)
    assert found.kind == name
    assert name in {field.alias for field in found.model_fields.values()}, (
        "the key that names the kind holds the prompt"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_there(name: str) -> None:
    assert callable(writer(name))


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_there(name: str) -> None:
    assert callable(import_module(name).check)


@pytest.mark.parametrize("name", READERS)
def test_every_reader_is_there(name: str) -> None:
    module = import_module(READERS[name])
    assert callable(module.likely)
    assert callable(module.read)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there(name: str) -> None:
    command = import_module(f"toolkit.cli.{module_of(name)}").command
    assert command.help.startswith(COMMANDS[name].rstrip(".")), "the list of commands says what the command says"


def test_every_table_holds_all_that_is_there() -> None:
    def stems(folder: str) -> set[str]:
        return {path.stem for path in (PACKAGE / folder).glob("*.py")} - {"__init__"}

    assert stems("questions") == set(KINDS)
    assert stems("checks") == {name.rpartition(".")[2] for name in RULES}
    entries = {path.stem for path in (PACKAGE / "formats").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert entries - {"__init__", "__pycache__"} == set(FORMATS)
    assert {name for name in stems("cli") if hasattr(import_module(f"toolkit.cli.{name}"), "command")} == {
        module_of(name) for name in COMMANDS
    }


def test_the_sheets_are_those_that_have_names() -> None:
    assert tuple(SHEETS) == SHEET_NAMES


def test_every_report_is_made_of_nothing() -> None:
    assert [report([]) for report in REPORTS.values()][:3] == ["", "[]", ""]


def test_the_codes_are_those_that_are_used() -> None:
    pattern = re.compile("|".join(sorted({code[0] for code in CODES})).join("[]") + r"\d{3}")
    used = {
        node.value
        for path in MODULES
        if path.name != "diagnostics.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.fullmatch(node.value)
    }
    assert used == set(CODES)


# -- what a command loads

HEAVY = {"weasyprint", "docx", "jinja2"}
HEAVIER = HEAVY | {"pydantic", "yaml", "babel", "PIL", "lxml", "markdown_it"}
SCRIPT = """
import json, sys
from toolkit.cli import main
for args in json.loads(sys.argv[1]):
    main(args, standalone_mode=False)
print("loaded:", *sys.modules)
"""


def loaded(*runs: list[str], cwd: Path) -> set[str]:
    """Return the packages that are loaded after `runs` of the program, one after the other in one process."""
    words = [sys.executable, "-c", SCRIPT, json.dumps(runs)]
    run = subprocess.run(words, cwd=cwd, env=environment(), capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stdout.rpartition("loaded:")[2].split()}


def test_help_loads_nothing_but_click(tmp_path: Path) -> None:
    assert loaded(["--help"], ["-h"], ["--version"], cwd=tmp_path) & HEAVIER == set()


def test_help_on_a_command_loads_nothing_but_names(tmp_path: Path) -> None:
    assert loaded(*([name, "--help"] for name in COMMANDS), cwd=tmp_path) & HEAVIER == set()


def test_commands_that_make_nothing_load_no_engine(sandbox: Sandbox) -> None:
    sandbox.lesson()
    runs = [["new", "sea"], ["schema"], ["clean"], ["completion", "bash"]]
    assert loaded(*runs, cwd=sandbox.root) & HEAVY == set()


@pytest.mark.parametrize("args", [["list"], ["check"]], ids=" ".join)
def test_commands_that_end_by_exit_load_no_engine(args: list[str], sandbox: Sandbox) -> None:
    sandbox.lesson()
    words = [sys.executable, "-X", "importtime", "-m", "toolkit", *args]
    run = subprocess.run(words, cwd=sandbox.root, env=environment(), capture_output=True, text=True, check=True)
    names = {line.rpartition("|")[2].strip().split(".")[0] for line in run.stderr.splitlines()}
    assert "pydantic" in names
    assert names & HEAVY == set()


def test_a_format_is_loaded_when_it_is_written(sandbox: Sandbox) -> None:
    sandbox.lesson()
    words = [sys.executable, "-X", "importtime", "-m", "toolkit", "build", "--format", "docx"]
    run = subprocess.run(words, cwd=sandbox.root, env=environment(), capture_output=True, text=True, check=True)
    names = {line.rpartition("|")[2].strip().split(".")[0] for line in run.stderr.splitlines()}
    assert "docx" in names
    assert "weasyprint" not in names
