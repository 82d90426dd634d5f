"""A target is out of date when anything that it was made of has changed, and not otherwise."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from sandbox import ARTICLE, LESSON, REPOSITORY, Sandbox, environment, png

from toolkit.build.plan import VERIFIED, Changes
from toolkit.build.program import ENGINE, LIBRARIES, engine, inspected
from toolkit.build.record import Record
from toolkit.model.printout import Edition

BANK = """\
questions:
  - open: Who speaks here?
    id: voice
    answer: The clerk.
    tags: [sourcing]
"""
DRAWING = LESSON + "questions:\n  - draw: voice\n"
SPANISH = LESSON + "language: es\n"
CITING = LESSON + "style: house.csl\nbibliography: sources.bib\n"
BIB = "@book{reed1960, title = {Rivers}, author = {Reed, Ada}, publisher = {Delta}, year = 1960}\n"
THEME = ":root { --accent: #7a1f5c; }\n"
FORMATS = ("html", "docx")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which each lesson has inputs of its own kind, built."""
    sandbox = Sandbox(tmp_path_factory.mktemp("built"))
    sandbox.put(
        "hornbook.toml", 'targets = ["handout.html", "worksheet.docx"]\neditions = ["student"]\ntheme = "t.css"\n'
    )
    sandbox.put("t.css", THEME)
    sandbox.lesson()
    sandbox.lesson(DRAWING, slug="drawing")
    sandbox.lesson(SPANISH, slug="spanish")
    sandbox.lesson(LESSON, ARTICLE + "\n![A map of the river](map.png)\n", slug="mapped")
    sandbox.put("lessons/mapped/map.png", png())
    sandbox.put("lessons/_bank/voices.yaml", BANK)
    sandbox.lesson(LESSON + "bibliography: sources.bib\n", slug="citing")
    sandbox.put("lessons/citing/sources.bib", BIB)
    assert sandbox.run("build").code == 0
    return sandbox.root


@pytest.fixture
def project(built: Path, sandbox: Sandbox) -> Sandbox:
    """A copy of it: to the build it is as if it had been moved."""
    shutil.copytree(built, sandbox.root, dirs_exist_ok=True)
    return sandbox


def stale(sandbox: Sandbox, *args: str, env: dict[str, str] | None = None) -> dict[str, str]:
    """Return what a build would make, each with the reason."""
    lines = sandbox.run("build", "-n", *args, env=env).out.splitlines()
    told = (line.removeprefix("would make output/").partition(": ") for line in lines)
    return {name: why for name, _, why in told}


ALL = {
    f"{slug}/{file}"
    for slug in ("citing", "drawing", "mapped", "river", "spanish")
    for file in ("handout.html", "worksheet.docx")
}


def of(*slugs: str) -> set[str]:
    return {name for name in ALL if name.split("/")[0] in slugs}


def test_nothing_is_out_of_date_after_a_build(project: Sandbox) -> None:
    assert stale(project) == {}
    assert {path.rpartition(".")[2] for path in project.files()} == set(FORMATS)
    assert len(project.files()) == len(ALL)


@pytest.mark.parametrize(
    ("file", "content", "slugs", "why"),
    [
        ("lessons/river/lesson.yaml", LESSON.replace("Bends", "Turns"), ["river"], "lessons/river/lesson.yaml changed"),
        ("lessons/river/article.md", ARTICLE + "\nMore.\n", ["river"], "lessons/river/article.md changed"),
        ("lessons/mapped/map.png", png(40, 20), ["mapped"], "lessons/mapped/map.png changed"),
        ("lessons/citing/sources.bib", BIB.replace("1960", "1961"), ["citing"], "lessons/citing/sources.bib changed"),
        (
            "lessons/_bank/voices.yaml",
            BANK.replace("clerk", "priest"),
            ["drawing"],
            "lessons/_bank/voices.yaml changed",
        ),
        (
            "lessons/_bank/more.yaml",
            BANK.replace("voice", "other"),
            ["drawing"],
            "lessons/_bank/more.yaml is new; files were added to lessons/_bank, or taken from it",
        ),
    ],
)
def test_an_input_makes_its_lessons_out_of_date(
    project: Sandbox, file: str, content: str | bytes, slugs: list[str], why: str
) -> None:
    project.put(file, content)
    found = stale(project)
    assert found.keys() == of(*slugs)
    assert all(set(said.split("; ")) <= set(why.split("; ")) for said in found.values())
    assert project.run("build").code == 0
    assert stale(project) == {}


def test_a_shared_bibliography_that_appears_is_read(project: Sandbox) -> None:
    project.put("lessons/bibliography.bib", BIB.replace("reed1960", "other1960"))
    assert stale(project).keys() == ALL
    assert project.run("build").code == 0
    assert stale(project) == {}


def test_a_new_lesson_makes_no_other_out_of_date(project: Sandbox) -> None:
    project.lesson(slug="sea")
    assert stale(project) == dict.fromkeys(("sea/handout.html", "sea/worksheet.docx"), "never built")


@pytest.mark.parametrize(
    ("line", "slugs", "why"),
    [
        ('paper = "a4"', None, "options changed: paper"),
        ('title = "History 10"', None, "options changed: course"),
        ("pitch = 10.0", None, "options changed: pitch"),
        ('era = "bc"', None, "hornbook.toml changed: era"),
        ('language = "fr"', None, "hornbook.toml changed: language"),
        ('style = "apa"', None, "hornbook.toml changed: style"),
        ("# a comment", [], ""),
        ('presentations = ["standard"]', [], ""),
    ],
)
def test_a_setting_of_the_project(project: Sandbox, line: str, slugs: list[str] | None, why: str) -> None:
    before = (project.root / "hornbook.toml").read_text()
    project.put("hornbook.toml", f"{line}\n{before}")
    found = stale(project)
    assert found.keys() == (ALL if slugs is None else set())
    assert all(why in said for said in found.values())


def test_a_theme(project: Sandbox) -> None:
    project.put("t.css", THEME + "/* a comment */")
    assert stale(project) == {}
    project.put("t.css", THEME.replace("7a1f5c", "0b5563"))
    assert stale(project) == dict.fromkeys(ALL, "options changed: theme")


def test_options_of_the_command_line(project: Sandbox) -> None:
    assert stale(project, "--paper", "a4") == dict.fromkeys(ALL, "options changed: paper")
    assert project.run("build", "--paper", "a4").code == 0
    assert stale(project) == dict.fromkeys(ALL, "options changed: paper")


def test_the_date_of_files_is_in_word_files_alone(project: Sandbox) -> None:
    found = stale(project, env={"SOURCE_DATE_EPOCH": "86400"})
    assert set(found) == {name for name in ALL if name.endswith("docx")}
    assert set(found.values()) == {"SOURCE_DATE_EPOCH changed: not set -> 86400"}


def test_a_font_of_the_project(project: Sandbox) -> None:
    font = next((REPOSITORY / "templates/fonts").glob("*/*.ttf"))
    project.put("fonts/own.ttf", font.read_bytes())
    assert stale(project).keys() == ALL
    assert project.run("build").code == 0
    assert stale(project) == {}
    (project.root / "fonts/own.ttf").unlink()
    assert stale(project).keys() == ALL


def test_a_citation_style_of_the_lesson(sandbox: Sandbox) -> None:
    style = (REPOSITORY / "templates/styles/apa.csl").read_text("utf-8")
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    sandbox.lesson(CITING, slug="citing")
    sandbox.lesson(LESSON + "style: apa\nbibliography: sources.bib\n", slug="apa")
    sandbox.put("lessons/citing/house.csl", style)
    for slug in ("citing", "apa"):
        sandbox.put(f"lessons/{slug}/sources.bib", BIB)
    assert sandbox.run("build").code == 0
    sandbox.put("lessons/citing/house.csl", style + "\n")
    assert stale(sandbox) == {"citing/handout.html": "lessons/citing/house.csl changed"}


# -- the program: a copy of it is changed


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, and a project that it has built."""
    root = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "toolkit", root / "toolkit", ignore=ignored)
    shutil.copytree(REPOSITORY / "templates", root / "templates", ignore=ignored)
    sandbox = Sandbox(root / "project")
    sandbox.put(
        "hornbook.toml", 'targets = ["handout.html", "worksheet.docx", "handout.pdf"]\neditions = ["student"]\n'
    )
    sandbox.lesson()
    sandbox.lesson(SPANISH, slug="spanish")
    assert told(root, "-s") == {}
    return root


def told(root: Path, *args: str) -> dict[str, str]:
    words = [sys.executable, "-m", "toolkit", "build", *args]
    env = environment({"PYTHONPATH": str(root)})
    done = subprocess.run(words, cwd=root / "project", env=env, capture_output=True, text=True, check=True)
    lines = (line for line in done.stdout.splitlines() if line.startswith("would make"))
    parts = (line.removeprefix("would make output/").partition(": ") for line in lines)
    return {name: why for name, _, why in parts}


PDF, HTML, DOCX = "handout.pdf", "handout.html", "worksheet.docx"


@pytest.mark.parametrize(
    ("file", "files", "slugs", "why"),
    [
        ("templates/handout/handout.css", [HTML, PDF], ["river", "spanish"], "templates/handout/handout.css changed"),
        ("templates/handout/blocks.html", [HTML, PDF], ["river", "spanish"], "templates/handout/blocks.html changed"),
        ("templates/worksheet/base.docx", [DOCX], ["river", "spanish"], "templates/worksheet/base.docx changed"),
        ("templates/fonts/fonts.conf", [DOCX, HTML, PDF], ["river", "spanish"], "templates/fonts/fonts.conf changed"),
        ("templates/labels/es.toml", [DOCX, HTML, PDF], ["spanish"], "templates/labels/es.toml changed"),
        ("templates/labels/fr.toml", [], [], ""),
        ("templates/starter/lesson.yaml", [], [], ""),
        (
            "toolkit/compose/desk.py",
            [DOCX, HTML, PDF],
            ["river", "spanish"],
            "program changed: toolkit/compose/desk.py",
        ),
        (
            "toolkit/formats/docx/grids.py",
            [DOCX],
            ["river", "spanish"],
            "program changed: toolkit/formats/docx/grids.py",
        ),
        ("toolkit/formats/pdf/tree.py", [PDF], ["river", "spanish"], "program changed: toolkit/formats/pdf/tree.py"),
        ("toolkit/cli/check.py", [], [], ""),
        ("toolkit/articles/plain.py", [], [], ""),
    ],
)
def test_a_part_of_the_program(copy: Path, file: str, files: list[str], slugs: list[str], why: str) -> None:
    path = copy / file
    before = path.read_bytes()
    try:
        path.write_bytes(before + b"\n")
        assert told(copy, "-n") == {f"{slug}/{name}": why for slug in slugs for name in files}
    finally:
        path.write_bytes(before)


def test_the_program_as_it_was_is_up_to_date(copy: Path) -> None:
    assert told(copy, "-n") == {}


def test_versions_are_told_as_such() -> None:
    old, new = {"weasyprint": "70.0", "pango": "1.50"}, {"weasyprint": "70.1", "pango": "1.50"}
    changes = Changes({"a": old, "b": new}, str)
    assert changes._of_program("a", "b", "pdf") == ("program changed: weasyprint 70.0 -> 70.1",)
    assert changes._of_program("a", "b", "docx") == ()
    assert changes._of_program("a", "b", "epub") == ("program changed: weasyprint 70.0 -> 70.1",), "a new format"


# -- the output


def test_an_output_that_is_gone_or_edited(project: Sandbox) -> None:
    (project.root / "output/river/handout.html").unlink()
    project.put("output/spanish/handout.html", "mine")
    assert stale(project) == {
        "river/handout.html": "output is missing",
        "spanish/handout.html": "output was edited",
    }
    assert project.run("build").code == 3
    assert stale(project) == {}, "the new one is beside the edited one"
    result = project.run("build")
    assert (result.code, result.out) == (3, "kept       output/spanish/handout.new.html\n")
    assert "output/spanish/handout.html was edited since it was built and is kept" in result.err


def test_taking_the_new_file_is_up_to_date(project: Sandbox) -> None:
    project.put("output/river/handout.html", "mine")
    assert project.run("build").code == 3
    (project.root / "output/river/handout.new.html").replace(project.root / "output/river/handout.html")
    assert stale(project) == {}
    assert project.run("build").code == 0


# -- what is no change


def test_times_decide_nothing(project: Sandbox) -> None:
    for path in (*(project.root / "lessons").rglob("*"), *(project.root / "output").rglob("*")):
        os.utime(path, (1, 2**31))
    assert stale(project) == {}
    assert project.run("build").err == "10 files up to date\n"


@pytest.mark.parametrize("args", [(), ("--paranoid",)])
def test_an_edit_of_equal_size_with_its_old_time_is_seen(project: Sandbox, args: tuple[str, ...]) -> None:
    path = project.root / "lessons/river/article.md"
    before = path.stat()
    path.write_text(ARTICLE.replace("older", "wider"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert stale(project, *args) == dict.fromkeys(of("river"), "lessons/river/article.md changed")


def test_a_status_that_lies_is_seen_by_paranoia_alone(project: Sandbox) -> None:
    """As on a file system without inodes and change times: the record is made to expect the new status."""
    assert project.run("build").code == 0
    path = project.root / "lessons/river/article.md"
    path.write_text(ARTICLE.replace("older", "wider"))
    record = Record(project.root / "output")
    found = path.stat()
    key = "=../lessons/river/article.md"
    value = record["lessons"]["../lessons/river/lesson.yaml"]["state"]
    digest = record["facts"][value][key]
    record.put("stats", {key: [digest, found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns]})
    record.save()
    assert stale(project) == {}
    assert stale(project, "--paranoid").keys() == of("river")


def test_a_comment_sets_nothing_anew(project: Sandbox) -> None:
    before = {path: path.stat().st_ino for path in (project.root / "output").rglob("*.*") if path.is_file()}
    project.put("lessons/river/lesson.yaml", "# a comment\n" + LESSON)
    assert stale(project).keys() == of("river")
    script = "import sys; from toolkit.cli import main\ntry: main(['build'])\nfinally: print(*sys.modules)"
    words = [sys.executable, "-c", script]
    done = subprocess.run(words, cwd=project.root, env=environment(), capture_output=True, text=True, check=True)
    assert {"docx", "weasyprint", "jinja2"} & {name.split(".")[0] for name in done.stdout.split()} == set()
    assert "unchanged  output/river/handout.html" in done.stdout
    assert stale(project) == {}
    after = {path: path.stat().st_ino for path in (project.root / "output").rglob("*.*") if path.is_file()}
    assert {path for path in before if ".hornbook" not in path.name and before[path] != after.get(path)} == set()


def test_warnings_are_told_again(project: Sandbox) -> None:
    project.put("lessons/river/lesson.yaml", LESSON + "related: [{lesson: nowhere}]\n")
    first = project.run("build")
    assert "R308" in first.err
    again = project.run("build")
    assert (again.code, again.out) == (0, "")
    assert "lessons/river/lesson.yaml:" in again.err
    assert "R308" in again.err
    elsewhere = project.run("build", cwd=project.root / "lessons")
    assert "river/lesson.yaml:" in elsewhere.err
    project.lesson(slug="nowhere")
    assert "R308" not in project.run("build").err


def test_a_lesson_at_fault_stays_at_fault_and_heals(project: Sandbox) -> None:
    project.put("lessons/river/lesson.yaml", "titel: x\n")
    for _ in range(2):
        result = project.run("build")
        assert result.code == 1
        assert "error[L201]" in result.err
        assert result.err.endswith("8 files up to date, 1 lesson at fault\n")
    project.put("lessons/river/lesson.yaml", LESSON)
    assert stale(project) == {}


def test_an_image_that_is_gone_is_an_error(project: Sandbox) -> None:
    (project.root / "lessons/mapped/map.png").unlink()
    result = project.run("build")
    assert result.code == 1
    assert "there is no image" in result.err


def test_a_link_that_leads_elsewhere_now(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    sandbox.lesson(LESSON, ARTICLE + "\n![A map](map.png)\n")
    folder = sandbox.root / "lessons/river"
    sandbox.put("lessons/river/one.png", png(30, 20))
    sandbox.put("lessons/river/two.png", png(60, 20))
    (folder / "map.png").symlink_to("one.png")
    assert sandbox.run("build").code == 0
    (folder / "map.png").unlink()
    (folder / "map.png").symlink_to("two.png")
    assert stale(sandbox).keys() == {"river/handout.html"}


def test_a_build_with_nothing_to_do_loads_no_parser_and_no_engine(project: Sandbox) -> None:
    project.run("build")
    script = "import sys; from toolkit.cli import main\ntry: main(['build'])\nfinally: print(*sys.modules)"
    words = [sys.executable, "-c", script]
    done = subprocess.run(words, cwd=project.root, env=environment(), capture_output=True, text=True, check=True)
    assert done.stderr == "10 files up to date\n"
    heavy = {"weasyprint", "docx", "jinja2", "pydantic", "yaml", "babel", "PIL", "lxml", "markdown_it", "fontTools"}
    assert {name.split(".")[0] for name in done.stdout.split()} & heavy == set()
    assert "importlib.metadata" not in done.stdout.split()


def test_every_library_that_prints_is_known() -> None:
    """Each that the program is installed with is a part of it, but those that no page goes through."""
    lock = (REPOSITORY / "requirements.lock").read_text("utf-8")
    needed = set(re.findall(r"^([\w.-]+)==", lock, re.M))
    beside = {"annotated-types", "click", "pycparser", "pypandoc-binary", "typing-extensions", "typing-inspection"}
    assert needed - beside <= LIBRARIES
    found = inspected("", None).facts
    assert {name for name in LIBRARIES if name not in found} <= {"brotlicffi"}, "PyPy's own"
    assert set(engine()) == set(ENGINE)
    assert all(engine().values())


def test_every_part_of_an_edition_is_in_a_name_or_an_option(project: Sandbox) -> None:
    """A new field of Edition that a build sets must be one of its options, or files would be stale."""
    in_name = {"audience", "version", "level", "presentation"}
    project.run("build", "--sheet", "worksheet", "--format", "pdf", "--format", "docx", "--edition", "student")
    record = Record(project.root / "output")
    files = ("river/handout.html", "river/worksheet.pdf", "river/worksheet.docx")
    options = {key for file in files for key in record["facts"][record["targets"][file][1]]}
    assert {field.name for field in fields(Edition)} == in_name | options - {VERIFIED}


def test_everything_that_is_read_is_known(project: Sandbox, tmp_path: Path) -> None:
    """An audit hook hears every file that is opened: each of the project's and of the templates is in the record."""
    script = """
import sys, json
opened = set()
sys.addaudithook(lambda event, args: event == "open" and isinstance(args[0], str) and opened.add(args[0]))
from toolkit.build import crew
from toolkit.cli import main
crew.cores = lambda: 0  # no workers: what they open is not heard here
try:
    main(["build", "-B", "--format", "html", "--format", "docx"])
finally:
    sys.stderr.write("opened:" + json.dumps(sorted(opened)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project.root, env=environment(), capture_output=True, text=True, check=True
    )
    opened = [Path(os.path.normpath(project.root / name)) for name in json.loads(done.stderr.partition("opened:")[2])]
    record = Record(project.root / "output")
    known = {key[1:] for facts in record["facts"].values() for key in facts if key[0] == "="}
    own = {str(Path(os.path.normpath(project.root / "output" / name))) for name in known}
    inputs = [p for p in opened if p.is_relative_to(project.root) and not p.is_relative_to(project.root / "output")]
    assert len(inputs) > 10
    assert {str(path) for path in inputs} <= own
    # What Jinja compiled of a template is compared with the template before it is used.
    opened = [path for path in opened if "__pycache__" not in path.parts]
    data = [p.relative_to(REPOSITORY).as_posix() for p in opened if p.is_relative_to(REPOSITORY / "templates")]
    assert len(data) > 5
    parts = {key for facts in record["facts"].values() for key in facts}
    assert [name for name in data if name not in parts and f"=%/{name.removeprefix('templates/')}" not in parts] == []
