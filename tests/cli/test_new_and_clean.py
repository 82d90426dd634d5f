"""hornbook new starts a lesson that is right; hornbook clean takes away what builds made and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sandbox import LESSON, Sandbox

from toolkit.build.record import Record
from toolkit.source.observing import digest

# -- new


def test_new_then_check_then_build_in_an_empty_folder(sandbox: Sandbox) -> None:
    made = sandbox.run("new", "causes-of-the-war")
    assert made.code == 0
    assert made.out.splitlines() == [
        "made hornbook.toml",
        "made lesson.schema.json",
        "made lessons/causes-of-the-war/lesson.yaml",
        "made lessons/causes-of-the-war/article.md",
    ]
    assert "hornbook check causes-of-the-war" in made.err
    checked = sandbox.run("check", "--strict", "--format", "json")
    assert (checked.code, json.loads(checked.out)) == (0, [])
    built = sandbox.run("build")
    assert (built.code, built.err.endswith("; 4 files up to date\n")) == (0, True)
    assert len(sandbox.files()) == 4


def test_new_names_the_schema_for_the_editor(sandbox: Sandbox) -> None:
    sandbox.run("new", "a")
    first = (sandbox.root / "lessons/a/lesson.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../lesson.schema.json"
    assert (sandbox.root / "lessons/a/../../lesson.schema.json").read_text("utf-8") == sandbox.run("schema").out


@pytest.mark.parametrize(
    ("name", "slug", "title"),
    [
        ("causes-of-the-war", "causes-of-the-war", "Causes of the war"),
        ("Causes of the War", "causes-of-the-war", "Causes of the War"),
        ("Đổi Mới: cải cách", "doi-moi-cai-cach", "Đổi Mới: cải cách"),
        ("¿Quién descubrió América?", "quien-descubrio-america", "¿Quién descubrió América?"),
        ("Łódź & Århus – Ærø, Straße", "lodz-arhus-aero-strasse", "Łódź & Århus – Ærø, Straße"),
        ('"Quoted": {yes} # no', "quoted-yes-no", '"Quoted": {yes} # no'),
        ("../../outside", "outside", "../../outside"),
        ("x" * 100, "x" * 64, "x" * 100),
        ("12", "12", "12"),
        ("no", "no", "No"),
    ],
)
def test_a_title_becomes_a_folder(sandbox: Sandbox, name: str, slug: str, title: str) -> None:
    assert sandbox.run("new", name).code == 0
    assert sorted(path.name for path in sandbox.root.iterdir()) == ["hornbook.toml", "lesson.schema.json", "lessons"]
    assert [path.name for path in (sandbox.root / "lessons").iterdir()] == [slug]
    (row,) = json.loads(sandbox.run("list", "--json").out)
    assert (row["id"], row["title"]) == (slug, title)
    assert sandbox.run("check", "--strict").code == 0


@pytest.mark.parametrize("name", ["", "???", "con", "LPT1", "សួស្តី"])
def test_a_name_that_makes_no_folder_is_refused(sandbox: Sandbox, name: str) -> None:
    result = sandbox.run("new", name)
    assert (result.code, result.out) == (2, "")
    assert "cannot name a folder" in result.err
    assert list(sandbox.root.iterdir()) == []


def test_new_twice_leaves_the_first_as_it_is(sandbox: Sandbox) -> None:
    sandbox.run("new", "sea")
    sandbox.put("lessons/sea/article.md", "## Mine\n\nText.\n")
    result = sandbox.run("new", "Sea")
    assert (result.code, result.out) == (2, "")
    assert "there is a lesson 'sea' already: lessons/sea" in " ".join(result.err.split())
    assert (sandbox.root / "lessons/sea/article.md").read_text() == "## Mine\n\nText.\n"


def test_a_second_lesson_joins_the_project(sandbox: Sandbox) -> None:
    sandbox.run("new", "sea", "--paper", "a4")
    sandbox.put("hornbook.toml", 'paper = "a4"\nlessons = "units"\n')
    result = sandbox.run("new", "river", cwd=sandbox.root / "lessons/sea")
    assert (result.code, (sandbox.root / "hornbook.toml").read_text()) == (0, 'paper = "a4"\nlessons = "units"\n')
    assert (sandbox.root / "units/river/lesson.yaml").is_file()


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_new_project_has_its_paper(sandbox: Sandbox, paper: str) -> None:
    sandbox.run("new", "sea", "--paper", paper)
    assert f'paper = "{paper}"' in (sandbox.root / "hornbook.toml").read_text()


# -- clean


@pytest.fixture
def built(sandbox: Sandbox) -> Sandbox:
    sandbox.lesson()
    sandbox.put("hornbook.toml", 'targets = ["handout.html", "worksheet.html"]\neditions = ["student"]\n')
    sandbox.run("build")
    return sandbox


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_clean_removes_what_was_built(built: Sandbox) -> None:
    lessons = everything(built.root / "lessons")
    result = built.run("clean")
    assert result.code == 0
    assert result.out.splitlines() == ["removed output/river/handout.html", "removed output/river/worksheet.html"]
    assert result.err == "2 files removed, 0 kept\n"
    assert everything(built.root / "output") == {}
    assert not (built.root / "output/river").exists()
    assert everything(built.root / "lessons") == lessons
    assert built.run("clean").err == "0 files removed, 0 kept\n"


def test_clean_keeps_what_was_edited_and_what_is_somebody_elses(built: Sandbox) -> None:
    built.put("output/river/handout.html", "mine")
    built.put("output/river/notes.txt", "mine")
    built.put("output/plan.pdf", "mine")
    built.put("output/river/handout.docx", "mine")
    result = built.run("clean")
    assert result.err.splitlines() == [
        "kept       output/river/handout.html: it was edited since it was built",
        "1 file removed, 1 kept",
    ]
    assert built.files() == ["plan.pdf", "river/handout.docx", "river/handout.html", "river/notes.txt"]
    assert built.run("build").code == 3, "and it is known to be edited after that too"


def test_a_dry_run_changes_nothing(built: Sandbox) -> None:
    built.put("output/river/.hornbook-part-1-handout.html", "half")
    before = everything(built.root)
    result = built.run("clean", "--dry-run")
    assert result.out.splitlines() == [
        "would remove output/river/handout.html",
        "would remove output/river/worksheet.html",
        "would remove output/river/.hornbook-part-1-handout.html",
    ]
    assert result.err == "3 files to remove, 0 kept\n"
    assert everything(built.root) == before


def test_clean_removes_what_a_killed_build_left(built: Sandbox) -> None:
    built.put("output/river/.hornbook-part-1-handout.html", "half")
    assert built.run("clean").code == 0
    assert everything(built.root / "output") == {}


def test_clean_takes_the_new_file_beside_an_edited_one(built: Sandbox) -> None:
    built.put("output/river/handout.html", "mine")
    built.lesson(LESSON.replace("Bends", "Turns"))
    built.run("build")
    built.run("clean")
    assert built.files() == ["river/handout.html"]


@pytest.mark.parametrize("name", ["../lessons/river/lesson.yaml", "link/lesson.yaml"])
def test_a_record_cannot_make_clean_reach_out(built: Sandbox, name: str) -> None:
    lessons = everything(built.root / "lessons")
    (built.root / "output/link").symlink_to(built.root / "lessons/river")
    built.put("output/copy.yaml", (built.root / "lessons/river/lesson.yaml").read_bytes())
    record = Record(built.root / "output")
    record.put("files", {name: digest(lessons["river/lesson.yaml"])})
    record.flush()
    record.close()
    assert built.run("clean").code == 0
    assert everything(built.root / "lessons") == lessons


def test_clean_where_nothing_was_built(sandbox: Sandbox) -> None:
    result = sandbox.run("clean")
    assert (result.code, result.err) == (0, "0 files removed, 0 kept\n")
    assert list(sandbox.root.iterdir()) == []


def test_clean_another_folder(built: Sandbox) -> None:
    built.run("build", "-o", "other")
    assert built.run("clean", "-o", "other").code == 0
    assert built.files("other") == []
    assert len(built.files("output")) == 2
