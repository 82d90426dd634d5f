"""Two builds at once, builds that are killed, inputs that change meanwhile, and any order of edits."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from sandbox import ARTICLE, LESSON, Result, Sandbox, command, environment, png

from toolkit.build.locking import LOCK, LockedError, locked

SETTINGS = 'targets = ["handout.html", "worksheet.docx"]\neditions = ["student"]\n'


def start(sandbox: Sandbox, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("build", *args), cwd=sandbox.root, env=environment({"PYTHONUNBUFFERED": "1"}),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip  # reads as a call


def outputs(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


def clean_build(sandbox: Sandbox, tmp_path: Path) -> dict[str, bytes]:
    """Return what a build into an empty folder makes."""
    other = tmp_path / "clean-build"
    shutil.rmtree(other, ignore_errors=True)
    result = sandbox.run("build", "-o", str(other))
    assert result.code in {0, 1}
    return outputs(other)


# -- two at once


def test_of_two_builds_at_once_one_makes_each_file_and_the_other_waits(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    for number in range(6):
        sandbox.lesson(slug=f"lesson-{number}")
    both = [start(sandbox), start(sandbox)]
    ends = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    made = [line.split()[1] for out, _ in ends for line in out.splitlines()]
    assert sorted(made) == sorted(f"output/{name}" for name in sandbox.files())
    assert all(err.endswith("12 files up to date\n") for _, err in ends)
    assert [name.name for name in (sandbox.root / "output").iterdir() if name.name == LOCK] == []


def test_a_build_waits_and_says_so_or_ends_with_75(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    sandbox.lesson()
    output = sandbox.root / "output"
    with locked(output):
        refused = sandbox.run("build", "--no-wait")
        assert (refused.code, refused.out) == (75, "")
        assert "another build writes to output" in refused.err
        assert sandbox.run("clean", "--no-wait").code == 75
        process = start(sandbox)
        assert process.stderr
        assert process.stderr.readline() == "another build writes to output; waiting for it to end\n"
        assert outputs(output) == {}
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, len(out.splitlines())) == (0, 2)
    with locked(output):
        assert sandbox.run("build", "--no-wait") == Result(0, "", "2 files up to date\n"), (
            "nothing to do, none to wait for"
        )
        assert sandbox.run("build", "-q").code == 0


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(LockedError), locked(tmp_path, wait=False):
        pass
    (tmp_path / LOCK).write_bytes(b"left by a machine that stopped")
    with locked(tmp_path, wait=False):
        pass
    assert list(tmp_path.iterdir()) == []


# -- killed


@pytest.mark.slow
def test_a_build_that_is_killed_goes_on_where_it_was(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    for number in range(12):
        sandbox.lesson(LESSON.replace("Bends", f"Bends {number}"), slug=f"lesson-{number:02}")
    finished = 0
    for lines in (5, 3):
        process = start(sandbox)
        assert process.stdout
        for _ in range(lines):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.communicate()
        finished = len(outputs(sandbox.root / "output"))
    # Changed between two builds, so that a file of a killed one could pass for an edit.
    for number in range(12):
        sandbox.lesson(LESSON.replace("Bends", f"Turns {number}"), slug=f"lesson-{number:02}")
    assert finished >= 8
    result = sandbox.run("build")
    assert (result.code, "B7" in result.err) == (0, False)
    assert outputs(sandbox.root / "output") == clean_build(sandbox, tmp_path)
    assert list((sandbox.root / "output").rglob("*.new*")) == []


def test_what_was_finished_is_not_made_again(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    for number in range(30):
        sandbox.lesson(slug=f"lesson-{number:02}")
    process = start(sandbox)
    assert process.stdout
    made = {process.stdout.readline().split()[1] for _ in range(10)}
    process.send_signal(signal.SIGKILL)
    process.communicate()
    rest = {line.split()[1] for line in sandbox.run("build").out.splitlines()}
    assert made & rest == set(), "what was told is in the record"
    assert 15 <= len(rest) <= 20


def test_an_input_that_changes_during_the_build_is_seen_by_the_next(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    for number in range(20):
        sandbox.lesson(slug=f"lesson-{number:02}")
    process = start(sandbox)
    assert process.stdout
    process.stdout.readline()  # all lessons have been read by now
    sandbox.lesson(article=ARTICLE.replace("town", "city"), slug="lesson-19")
    process.communicate(timeout=60)
    assert sandbox.run("build").out == "changed    output/lesson-19/handout.html\n"
    assert "city" in (sandbox.root / "output/lesson-19/handout.html").read_text("utf-8")


# -- the flags


def test_question_answers_and_says_nothing(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    sandbox.lesson()
    assert sandbox.run("build", "-q") == Result(1, "", "")
    assert not (sandbox.root / "output").exists()
    sandbox.run("build")
    assert sandbox.run("build", "--question") == Result(0, "", "")
    sandbox.put("lessons/river/lesson.yaml", "titel: x\n")
    assert sandbox.run("build", "-q") == Result(1, "", "")


def test_a_dry_run_tells_and_makes_nothing(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    sandbox.lesson()
    result = sandbox.run("build", "-n")
    assert result == Result(
        0,
        "would make output/river/handout.html: never built\nwould make output/river/worksheet.docx: never built\n",
        "2 files to make\n",
    )
    assert not (sandbox.root / "output").exists()


def test_always_make_and_explain(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    sandbox.lesson()
    first = sandbox.run("build", "--explain")
    assert first.err.startswith("output/river/handout.html: never built\n")
    again = sandbox.run("build", "-B", "--explain")
    assert {line.split()[0] for line in again.out.splitlines()} == {"unchanged"}
    assert "output/river/handout.html: asked for\n" in again.err


def test_events_are_json(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    sandbox.lesson()
    sandbox.lesson("titel: x\n", slug="marsh")
    result = sandbox.run("build", "--json")
    events = [json.loads(line) for line in result.out.splitlines()]
    assert (result.code, result.err) == (1, "")
    kinds = [event["event"] for event in events if event["event"] != "diagnostic"]
    assert sorted(kinds[:-1]) == ["stale", "stale", "target", "target"]  # a second file is begun beside the first
    assert kinds[-1] == "end"
    assert {event["code"] for event in events if event["event"] == "diagnostic"} >= {"L201"}
    assert events[-1]["status"] == 1
    assert [e["reasons"] for e in events if e["event"] == "stale"] == [["never built"]] * 2
    assert [e["state"] for e in events if e["event"] == "target"] == ["made", "made"]


def test_after_a_failure_a_build_goes_on_or_stops(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    for slug in ("a", "b", "c"):
        sandbox.lesson(slug=slug)
    (sandbox.root / "output/b/handout.html").mkdir(parents=True)
    stopped, went_on = sandbox.run("build", "-S"), sandbox.run("build", "-k")
    assert (stopped.code, went_on.code) == (1, 1)
    assert stopped.out.startswith("made       output/a/handout.html\n")
    # Another worker may have made c before b had failed. It is told once, whenever that was.
    lines = (stopped.out + went_on.out).splitlines()
    assert lines == [f"made       output/{slug}/handout.html" for slug in ("a", "c")]


def test_a_build_that_stops_makes_no_more(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    for number in range(20):
        sandbox.lesson(slug=f"lesson-{number:02}")
    (sandbox.root / "output/lesson-00/handout.html").mkdir(parents=True)
    assert len(sandbox.run("build", "-S", "-j", "2").out.splitlines()) < 19


def test_a_profile_names_the_slowest(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    sandbox.lesson()
    lines = sandbox.run("build", "--profile").err.splitlines()
    assert lines[0] == "seconds  files  slowest lessons"
    assert lines[1].split()[1:] == ["2", "river"]
    assert {line.split()[-1] for line in lines[3:5]} == {"docx", "html"}


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("r*", ["river/handout.html", "river/worksheet.docx"]),
        ("lessons/r*", ["river/handout.html", "river/worksheet.docx"]),
        ("*/handout.html", ["river/handout.html", "sea/handout.html"]),
        ("output/*.docx", ["river/worksheet.docx", "sea/worksheet.docx"]),
        ("se[a-c]", ["sea/handout.html", "sea/worksheet.docx"]),
    ],
)
def test_patterns(sandbox: Sandbox, pattern: str, files: list[str]) -> None:
    sandbox.put("hornbook.toml", SETTINGS)
    sandbox.lesson()
    sandbox.lesson(slug="sea")
    assert sandbox.run("build", pattern).code == 0
    assert sandbox.files() == files


def test_a_pattern_that_matches_nothing_is_wrong_usage(sandbox: Sandbox) -> None:
    sandbox.lesson()
    result = sandbox.run("build", "x*")
    assert (result.code, result.out) == (2, "")
    assert "'x*' matches no lesson" in result.err


def test_orphans(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    sandbox.lesson()
    sandbox.lesson(slug="sea")
    sandbox.lesson(LESSON + "versions: 2\n", slug="twofold")
    sandbox.lesson("titel: x\n", slug="marsh")
    sandbox.run("build")
    sandbox.run("build", "river", "--format", "docx")
    shutil.rmtree(sandbox.root / "lessons/sea")
    sandbox.lesson(slug="twofold")
    sandbox.put("lessons/river/lesson.yaml", "titel: x\n")
    dry = sandbox.run("clean", "--orphans", "-n").out.splitlines()
    assert dry == [
        f"would remove output/{name}"
        for name in ("sea/handout.html", "twofold/handout-a.html", "twofold/handout-b.html")
    ]
    sandbox.put("output/twofold/handout-b.html", "mine")
    result = sandbox.run("clean", "--orphans")
    assert result.out.splitlines() == ["removed output/sea/handout.html", "removed output/twofold/handout-a.html"]
    assert sandbox.files() == [
        "river/handout.docx", "river/handout.html", "river/worksheet.docx", "twofold/handout-b.html",
    ]  # fmt: skip  # a list


# -- any order of edits


def edit(sandbox: Sandbox, dice: random.Random) -> str:  # noqa: C901, PLR0912  # a branch for each sort of edit
    """Change something of the project and return what."""
    slug = dice.choice(["river", "sea", "hill"])
    number = dice.randrange(1000)
    spec = LESSON.replace("Bends", f"Bends {number % 7}")
    match dice.choice(
        [
            "title",
            "comment",
            "article",
            "touch",
            "paper",
            "theme",
            "bank",
            "draw",
            "image",
            "remove",
            "lose",
            "fault",
            "id",
        ]
    ):
        case "title":
            sandbox.lesson(spec, slug=slug)
        case "comment":
            path = sandbox.root / "lessons" / slug / "lesson.yaml"
            path.write_text(f"# {number}\n" + (path.read_text() if path.is_file() else LESSON))
        case "article":
            sandbox.lesson(article=ARTICLE + f"\nMore, {number % 5}.\n", slug=slug)
        case "touch":
            for path in (sandbox.root / "lessons").rglob("*.md"):
                os.utime(path, (number, number))
        case "paper":
            sandbox.put("hornbook.toml", f'{SETTINGS}paper = "{dice.choice(["a4", "letter"])}"\n')
        case "theme":
            sandbox.put("t.css", f":root {{ --accent: #7a1f{number % 90 + 10}; }}\n")
            sandbox.put("hornbook.toml", f'{SETTINGS}theme = "t.css"\n')
        case "bank":
            sandbox.put("lessons/_bank/a.yaml", f"questions:\n  - {{open: 'Who, {number % 5}?', id: who, tags: [x]}}\n")
        case "draw":
            sandbox.put("lessons/_bank/a.yaml", "questions:\n  - {open: 'Who?', id: who, tags: [x]}\n")
            sandbox.lesson(spec + "questions:\n  - draw: who\n", slug=slug)
        case "image":
            sandbox.put(f"lessons/{slug}/map.png", png(20 + number % 3, 20))
            sandbox.lesson(spec, ARTICLE + "\n![A map](map.png)\n", slug=slug)
        case "remove":
            shutil.rmtree(sandbox.root / "lessons" / slug, ignore_errors=True)
            sandbox.lesson(slug="river")
        case "lose":
            for path in sorted((sandbox.root / "output").glob("*/*"))[number % 2 :: 2]:
                path.unlink()
        case "fault":
            sandbox.lesson("titel: x\n", slug=slug)
        case _:
            sandbox.lesson(spec + f"id: the-{number % 2}\n", slug=slug)
    return slug


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_a_build_equals_a_clean_one(sandbox: Sandbox, tmp_path: Path, seed: int) -> None:
    sandbox = Sandbox(tmp_path / "project")
    dice = random.Random(seed)
    sandbox.put("hornbook.toml", SETTINGS)
    sandbox.lesson()
    for _ in range(6):
        for _ in range(dice.randint(1, 3)):
            edit(sandbox, dice)
        code = sandbox.run("build").code
        assert code in {0, 1}
        clean = clean_build(sandbox, tmp_path)
        there = outputs(sandbox.root / "output")
        assert {name: there.get(name) for name in clean} == clean
        assert not any(".new" in name for name in there)
        assert sandbox.run("build").out == "", "nothing is left to do"
