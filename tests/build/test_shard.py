"""build --shard: each machine makes its share, and all shares together are everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from sandbox import LESSON, Sandbox

from toolkit.build.shard import Shard

SLUGS = ("river", "rise", "sea")
FAST = 'targets = ["handout.html", "worksheet.html", "worksheet.docx"]\n'


@pytest.fixture
def school(sandbox: Sandbox) -> Sandbox:
    for slug in SLUGS:
        sandbox.lesson(LESSON, slug=slug)
    sandbox.put("hornbook.toml", FAST)
    return sandbox


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("count", [1, 2, 7, 40])
def test_each_target_is_in_one_share(count: int) -> None:
    names = [f"lesson-{number}/handout.pdf" for number in range(400)]
    shares = [[name for name in names if Shard(index, count).holds(name)] for index in range(1, count + 1)]
    assert sorted(name for share in shares for name in share) == sorted(names)
    assert all(share for share in shares), "shares are about equal"


def test_a_share_is_the_same_on_every_machine() -> None:
    # `printf river/handout.pdf | b2sum -l 64` is 582be0f1eeaa1825. Another draw would change everybody's shares.
    mine = 0x582BE0F1EEAA1825 % 40 + 1
    assert [index for index in range(1, 41) if Shard(index, 40).holds("river/handout.pdf")] == [mine]


@pytest.mark.parametrize("text", ["", "3", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1.5/2", " 1/2", "٣/٤"])
def test_what_is_no_share_is_wrong_usage(sandbox: Sandbox, text: str) -> None:
    sandbox.lesson()
    result = sandbox.run("build", "--shard", text)
    assert (result.code, result.out) == (2, "")
    assert "Invalid value for '--shard'" in result.err
    assert not (sandbox.root / "output").exists()


def test_the_shares_are_what_one_build_makes(school: Sandbox) -> None:
    assert school.run("build", "-o", "whole").code == 0
    whole = contents(school.root / "whole")
    parts: list[dict[str, bytes]] = []
    for index in (1, 2, 3):
        assert school.run("build", "--shard", f"{index}/3", "-o", f"part-{index}").code == 0
        parts.append(contents(school.root / f"part-{index}"))
    assert len(whole) == 18
    assert sum(map(len, parts)) == len(whole), "no file is in two shares"
    assert {name: data for part in parts for name, data in part.items()} == whole


def test_shares_of_one_folder_leave_each_others_files_alone(school: Sandbox) -> None:
    for index in (1, 2):
        assert school.run("build", "--shard", f"{index}/2").code == 0
    assert len(contents(school.root / "output")) == 18
    assert school.run("build").err == "18 files up to date\n"
    assert school.run("clean", "--orphans").code == 0
    assert len(contents(school.root / "output")) == 18


def test_a_share_of_named_lessons_asked_about(school: Sandbox) -> None:
    mine = [name for name in ("handout", "worksheet") if Shard(1, 2).holds(f"sea/{name}.html")]
    result = school.run("build", "sea", "--format", "html", "--edition", "student", "--shard", "1/2", "-n")
    assert [line.split(":")[0] for line in result.out.splitlines()] == [f"would make output/sea/{n}.html" for n in mine]
    assert school.run("build", "sea", "--shard", "1/2").code == 0
    assert school.run("build", "sea", "--shard", "1/2", "-q").code == 0
    assert school.run("build", "sea", "-q").code == 1


def test_every_share_tells_of_a_lesson_at_fault(school: Sandbox) -> None:
    school.lesson("titel: The Sea\n", slug="broken")
    for index in (1, 2):
        result = school.run("build", "--shard", f"{index}/2")
        assert result.code == 1
        assert "1 lesson at fault" in result.err
