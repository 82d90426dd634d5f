"""build --cache: what one machine has made, none makes again, and nobody gets what was made of anything else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sandbox import ARTICLE, LESSON, REPOSITORY, Result, Sandbox, command, environment

from toolkit.build.backends import Folder
from toolkit.build.caching import Bases, Cache
from toolkit.build.composing import drafted
from toolkit.build.making import Made
from toolkit.build.plan import Wanted
from toolkit.build.record import facts_id
from toolkit.model.diagnostics import Diagnostic, Severity, Span
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

FAST = 'targets = ["handout.html", "worksheet.docx"]\n'
POINTING = LESSON.replace("Why does the water slow?", "Look at {line:upstream/1}. Why does the water slow?")


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def entries(sandbox: Sandbox) -> list[Path]:
    return sorted(path for path in (sandbox.root / "cache").rglob("*") if path.is_file())


@pytest.fixture
def fast(sandbox: Sandbox) -> Sandbox:
    sandbox.lesson(slug="river")
    sandbox.lesson(LESSON.replace("Bends", "Falls"), slug="sea")
    sandbox.put("hornbook.toml", FAST)
    return sandbox


def build(sandbox: Sandbox, *args: str) -> Result:
    return sandbox.run("build", "--cache", "cache", *args)


def test_what_is_gone_comes_from_the_cache(fast: Sandbox) -> None:
    assert "from the cache" not in build(fast).err
    made = contents(fast.root / "output")
    assert len(entries(fast)) == len(made) == 8
    shutil.rmtree(fast.root / "output")
    again = build(fast)
    assert again.code == 0
    assert "8 made in" in again.err
    assert "8 of them from the cache; 8 files up to date" in again.err
    assert contents(fast.root / "output") == made
    assert build(fast).err == "8 files up to date\n"
    assert len(entries(fast)) == 8


def test_a_build_without_it_is_the_same(fast: Sandbox) -> None:
    build(fast)
    shutil.rmtree(fast.root / "output")
    build(fast)
    assert fast.run("build", "-B", "-o", "plain").code == 0
    assert contents(fast.root / "plain") == contents(fast.root / "output")


def test_events_say_what_came_from_the_cache(fast: Sandbox) -> None:
    build(fast)
    assert build(fast, "--json", "-o", "other").out.count('"cached": true') == 8


LISTENING = """
import sys
started = []
sys.addaudithook(lambda event, args: started.append(args[0]) if event == "subprocess.Popen" else None)
from toolkit.cli import main
try: main(["build", "--cache", sys.argv[1], "-j", "2"])
finally: print("loaded", sorted({"weasyprint", "docx"} & set(sys.modules)), "started", started)
"""


def test_another_checkout_lays_out_nothing(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> None:
    sandbox.lesson(POINTING)
    sandbox.lesson(LESSON.replace("Bends", "Falls"), slug="sea")
    face = next((REPOSITORY / "templates/fonts").glob("*/*Khmer*.ttf"))
    sandbox.put("fonts/own.ttf", face.read_bytes())
    sandbox.put("hornbook.toml", 'targets = ["handout.pdf", "worksheet.pdf", "worksheet.docx"]\n')
    cache = sandbox.root / "shared/cache"
    first = sandbox.spawn("build", "--cache", str(cache))
    assert first.code == 0, first.err
    made = contents(sandbox.root / "output")
    assert len(made) == 12
    away = tmp_path_factory.mktemp("elsewhere") / "deep" / "down"
    for name in ("lessons", "fonts", "hornbook.toml"):
        copy = shutil.copytree if (sandbox.root / name).is_dir() else shutil.copyfile
        away.mkdir(parents=True, exist_ok=True)
        copy(sandbox.root / name, away / name)
    words = [sys.executable, "-c", LISTENING, str(cache)]
    done = subprocess.run(words, cwd=away, env=environment(), capture_output=True, text=True, check=True)
    assert "12 of them from the cache" in done.stderr
    assert done.stdout.splitlines()[-1] == "loaded [] started []"
    assert contents(away / "output") == made


def test_a_damaged_entry_is_told_removed_and_made_again(fast: Sandbox) -> None:
    build(fast)
    made, stored = contents(fast.root / "output"), contents(fast.root / "cache")
    for number, path in enumerate(entries(fast)[:4]):
        data = bytearray(path.read_bytes())
        match number:
            case 0:
                data[-1] ^= 1
            case 1:
                data = data[: len(data) // 2]
            case 2:
                data = bytearray()
            case 3:
                data = bytearray(entries(fast)[7].read_bytes())  # whole, and another file's
        path.write_bytes(data)
    shutil.rmtree(fast.root / "output")
    again = build(fast)
    assert again.code == 0
    assert again.err.count("of the cache is damaged") == again.err.count("warning[B712]") == 4
    assert "4 of them from the cache" in again.err
    assert contents(fast.root / "output") == made
    assert contents(fast.root / "cache") == stored
    assert build(fast).err == "8 files up to date\n", "it is told once"


@pytest.mark.parametrize("name", ["shut/cache", "hornbook.toml"])
def test_a_cache_that_cannot_be_written_to_costs_a_warning(fast: Sandbox, name: str) -> None:
    (fast.root / "shut").symlink_to("/proc/self/fdinfo")  # where nobody makes a folder, root neither
    result = fast.run("build", "--cache", name)
    assert result.code == 0
    assert result.err.count("warning[B712]: the cache cannot be written to") == 1
    assert len(contents(fast.root / "output")) == 8


def test_a_folder_that_may_only_be_read_still_gives(tmp_path: Path) -> None:
    """Root may write everywhere, so the folder's word is given by what a file system would say."""

    class Shut(Folder):
        def write(self, key: str, data: bytes) -> None:
            raise PermissionError(13, "Permission denied")

    whole = Made(b"x", (), printout="1")
    Cache(Folder(tmp_path)).put("basis", whole)
    cache = Cache(Shut(tmp_path))
    for _ in range(3):
        cache.put("other", whole)
    found = cache.get("basis", "1")
    assert found
    assert found.data == b"x"
    assert [d.message for d in cache.taken()] == ["the cache cannot be written to: Permission denied"]
    assert cache.taken() == []


def test_always_make_takes_nothing_and_puts_everything(fast: Sandbox) -> None:
    build(fast)
    for path in entries(fast):
        path.unlink()
    build(fast)
    assert entries(fast) == []
    assert "from the cache" not in build(fast, "-B").err
    assert len(entries(fast)) == 8
    assert "from the cache" not in build(fast, "-B").err


def test_warnings_of_a_file_come_along(tmp_path: Path) -> None:
    cache = Cache(Folder(tmp_path))
    said = Diagnostic(
        "B703", "a word stands alone", address="title", needle="River", hint="h", severity=Severity.WARNING
    )
    cache.put("basis", Made(b"\n\nfile", (said,), printout="p"))
    found = cache.get("basis", "p")
    assert found == Made(b"\n\nfile", (said,), printout="p", cached=True)
    assert cache.get("basis", "q") is cache.get("other", "p") is None


def test_what_failed_or_speaks_of_this_machine_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(Folder(tmp_path / "cache"))
    cache.put("basis", Made(b"file", (Diagnostic("B701", "it failed"),), printout="p"))
    placed = Diagnostic("B703", "here", Span("/home/ada/lesson.yaml", 1, 1), severity=Severity.WARNING)
    cache.put("basis", Made(b"file", (placed,), printout="p"))
    cache.put("basis", Made(b"", (), printout="p"))
    assert not (tmp_path / "cache").exists()


# -- keys


def keys(sandbox: Sandbox) -> set[str]:
    return {path.parent.name + path.name for path in entries(sandbox)}


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (("lessons/river/article.md", ARTICLE.replace("silt", "mud and silt")), 2),
        (("lessons/river/lesson.yaml", LESSON.replace("flat there", "quite flat")), 2),
        (("lessons/river/lesson.yaml", LESSON + "# a comment\n"), 0),
        (("hornbook.toml", FAST + 'paper = "a4"\n'), 8),
        (("hornbook.toml", FAST + 'title = "Geography"\n'), 8),
    ],
)
def test_what_a_file_is_made_of_is_its_key(fast: Sandbox, change: tuple[str, str], count: int) -> None:
    build(fast)
    before = keys(fast)
    fast.put(*change)
    shutil.rmtree(fast.root / "output")
    assert build(fast).code == 0
    assert len(keys(fast) - before) == count


def test_the_stamp_of_time_counts_where_a_file_has_one(fast: Sandbox) -> None:
    build(fast)
    fast.run("build", "--cache", "cache", "-o", "other", env={"SOURCE_DATE_EPOCH": "700000000"})
    assert len(entries(fast)) == 8 + 4, "Word files say when they were made, pages do not"


def test_a_teachers_file_is_never_a_students(fast: Sandbox) -> None:
    """Asked as a student, the cache that holds only teachers' files has nothing; its keys differ in two ways."""
    build(fast, "--edition", "teacher")
    teachers = keys(fast)
    assert len(teachers) == 4
    result = build(fast, "--edition", "student")
    assert "from the cache" not in result.err
    assert len(keys(fast) - teachers) == 4
    answer = b"The land is flat there"
    assert any(answer in data for name, data in contents(fast.root / "output").items() if "teacher.html" in name)
    assert all(answer not in data for name, data in contents(fast.root / "output").items() if "teacher" not in name)


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_the_printouts_of_the_two_editions_differ_in_every_format(sandbox: Sandbox, sheet: str, form: str) -> None:
    """So that their keys would differ were the files called the same."""
    lesson = lesson_source.load(sandbox.lesson(), Project()).lesson
    student, teacher = (drafted(lesson, sheet, Edition(audience), form) for audience in ("student", "teacher"))
    assert student.digest() != teacher.digest()


def test_what_a_format_is_not_made_of_does_not_count() -> None:
    facts: dict[str, dict[str, str]] = {}

    def basis(form: str, program: dict[str, str], options: dict[str, str]) -> str:
        found = facts_id(program), facts_id(options)
        facts.update({found[0]: program, found[1]: options})
        return Bases(facts).of(Wanted(f"river/handout.{form}", form, "anything", found[1], found[0]))

    whole = {"toolkit/formats/docx/write.py": "1", "toolkit/compose/sheets.py": "1", "weasyprint": "70"}
    word = {**whole, "toolkit/formats/docx/write.py": "2"}
    assert basis("pdf", whole, {}) == basis("pdf", word, {})
    assert basis("docx", whole, {}) != basis("docx", word, {})
    assert basis("pdf", whole, {}) != basis("pdf", {**whole, "weasyprint": "71"}, {})
    assert basis("pdf", whole, {}) != basis("pdf", whole, {"verified": "yes"})
    assert basis("pdf", whole, {}) != basis("html", whole, {})


# -- side by side


def test_two_builds_at_once_share_one_cache(fast: Sandbox) -> None:
    words = [command("build", "--cache", "cache", "-o", name) for name in ("one", "two")]
    running = [
        subprocess.Popen(each, cwd=fast.root, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for each in words
    ]
    said = [each.communicate(timeout=120)[1] for each in running]
    assert [each.returncode for each in running] == [0, 0], said
    assert contents(fast.root / "one") == contents(fast.root / "two")
    assert len(entries(fast)) == 8
    shutil.rmtree(fast.root / "one")
    assert "8 of them from the cache" in build(fast, "-o", "one").err


# -- URLs


@pytest.mark.parametrize("url", ["memory://cache", "nowhere://cache"])
def test_a_url_that_this_machine_cannot_use_is_wrong_usage(fast: Sandbox, url: str) -> None:
    script = (
        "import sys\nif sys.argv[1].startswith('memory'): sys.modules['fsspec'] = None\n"
        "from toolkit.cli import main\nmain(['build', '--cache', sys.argv[1]])"
    )
    words = [sys.executable, "-c", script, url]
    done = subprocess.run(words, cwd=fast.root, env=environment(), capture_output=True, text=True, check=False)
    said = " ".join(done.stderr.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--cache'" in said
    assert "pip install 'hornbook[cache]'" in said or "nowhere" in said
    assert not (fast.root / "output").exists()


def test_a_url_of_files_is_a_folder(fast: Sandbox) -> None:
    assert fast.run("build", "--cache", (fast.root / "a cache").as_uri()).code == 0
    assert len(list((fast.root / "a cache").glob("*/*"))) == 8


def test_any_file_system_of_fsspec_is_a_cache(fast: Sandbox) -> None:
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: the extra `cache` is not tested")
    system = fsspec.filesystem("memory")
    first = fast.run("build", "--cache", "memory://school/cache")
    assert first.code == 0, first.err
    names = system.find("/school/cache")
    assert len(names) == 8
    system.pipe_file(names[0], b"damaged")
    again = fast.run("build", "--cache", "memory://school/cache", "-o", "other")
    assert "7 of them from the cache" in again.err
    assert again.err.count("warning[B712]") == 1
    assert contents(fast.root / "other") == contents(fast.root / "output")
