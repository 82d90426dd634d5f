"""hornbook pull: edits made in Word come back into lesson.yaml and article.md, and nothing else changes there."""

from __future__ import annotations

import difflib
import json
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from shutil import copytree

import docx
import pytest
from lxml import etree
from lxml.etree import _Element
from sandbox import REPOSITORY, Sandbox
from word_edits import Edit, W, copied, edited, emboldened, moved, paragraph, retyped, without

SPEC = """\
# A lesson with every comment that an author may leave.
title: The River Bends
summary: >-
  A town and its river, told in a page so that
  it can be read in a lesson.
article:
  source: {author: "Reed, Ada", licence: CC0}

sections:
  - heading: Upstream   # as in the article
    vocabulary:
      silt: Fine earth that water carries.
    questions:
      # the first one is easy
      - open: Why does the water slow, as [@reed1960, 12] says?
        answer: The land is flat there.
        lines: 4

      - choose: 'What does the river drop?'
        options: [sand, silt, "salt, if any"]
        correct: silt
        explain: It is the lightest that can sink.

      # the third one is for a quick class
      - open: >-
          Draw the river and name
          what you see.
        lines: 5

questions:
  - open: Who builds the dike?
    lines: 3
chronology:
  - {date: 1953-02-01, event: The dike breaks., cite: reed1960}
  - {date: 1960, event: The dike is mended.}
bibliography:
  reed1960: {type: book, author: "Reed, Ada", title: Rivers, publisher: Delta, issued: 1960, annotation: On rivers.}
"""
ARTICLE = """\
# The River Bends

The river is older than the town, and it was *here*
before the first house [@reed1960].

## Upstream

The water slows and drops its silt.

It does so every year.

## Downstream

The town builds a dike.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the lesson built as Word files, which no test changes."""
    home = Sandbox(tmp_path_factory.mktemp("built"))
    home.lesson(SPEC, ARTICLE)
    assert home.run("build", "river", "--format", "docx").code == 0
    return home.root


@pytest.fixture
def town(built: Path, tmp_path: Path) -> Sandbox:
    """Return a project with the lesson built as Word files."""
    copytree(built, tmp_path / "town")
    return Sandbox(tmp_path / "town")


def sheet(town: Sandbox, name: str, target: str, *edits: Edit) -> str:
    edited(town.root / "output/river" / name, town.root / target, *edits)
    return target


def difference(town: Sandbox, name: str, before: str) -> list[str]:
    now = (town.root / "lessons/river" / name).read_bytes().decode()
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:3] not in ("---", "+++") and not line.startswith("@@")]


PROMPT = retyped("What does the river drop?", "What does the river leave behind?")


def test_without_apply_nothing_is_written(town: Sandbox) -> None:
    result = town.run("pull", sheet(town, "worksheet.docx", "a.docx", PROMPT))
    assert result.code == 0
    assert "question 2, prompt" in result.out
    assert "- What does the river drop?" in result.out
    assert "+ What does the river leave behind?" in result.out
    assert "--apply" in result.err
    assert difference(town, "lesson.yaml", SPEC) == difference(town, "article.md", ARTICLE) == []
    assert max(map(len, result.out.splitlines())) <= 80


def test_only_the_edited_words_change(town: Sandbox) -> None:
    edits = (
        PROMPT,
        retyped("Why does the water slow", "Why does the great river slow"),
        retyped("salt, if any", "salt, or lime"),
        retyped("silt", "mud"),  # the right option, which `correct` repeats
        retyped("The River Bends", "The River Turns"),
    )
    result = town.run("pull", sheet(town, "worksheet.docx", "a.docx", *edits), "--apply")
    assert result.code == 0, result.out
    assert difference(town, "lesson.yaml", SPEC) == [
        "-title: The River Bends",
        "+title: The River Turns",
        "-      - open: Why does the water slow, as [@reed1960, 12] says?",
        "+      - open: Why does the great river slow, as [@reed1960, 12] says?",
        "-      - choose: 'What does the river drop?'",
        '-        options: [sand, silt, "salt, if any"]',
        "-        correct: silt",
        "+      - choose: 'What does the river leave behind?'",
        '+        options: [sand, mud, "salt, or lime"]',
        "+        correct: mud",
    ]
    assert difference(town, "article.md", ARTICLE) == []


@pytest.mark.parametrize(
    ("name", "edits", "file", "expected"),
    [
        pytest.param(
            "handout.docx",
            (retyped("older than the town", "older than any town"), emboldened("every year")),
            "article.md",
            [
                "-The river is older than the town, and it was *here*",
                "+The river is older than any town, and it was *here*",
                "-It does so every year.",
                "+It does so **every year**.",
            ],
            id="the article keeps its lines and citations",
        ),
        pytest.param(
            "worksheet-teacher.docx",
            (retyped("The land is flat", "The ground is flat"), retyped("the lightest", "the finest")),
            "lesson.yaml",
            [
                "-        answer: The land is flat there.",
                "+        answer: The ground is flat there.",
                "-        explain: It is the lightest that can sink.",
                "+        explain: It is the finest that can sink.",
            ],
            id="a teacher's sheet brings back answers",
        ),
    ],
)
def test_what_was_retyped_is_all_that_differs(
    town: Sandbox, name: str, edits: tuple[Edit, ...], file: str, expected: list[str]
) -> None:
    result = town.run("pull", sheet(town, name, "a.docx", *edits), "--apply")
    assert result.code == 0, result.out
    before = {"article.md": ARTICLE, "lesson.yaml": SPEC}
    assert {one: difference(town, one, text) for one, text in before.items()} == {one: [] for one in before} | {
        file: expected
    }


def test_a_folded_text_stays_folded(town: Sandbox) -> None:
    edits = (retyped("told in a page", "told in two pages"), retyped("On rivers.", "On rivers and towns."))
    assert town.run("pull", sheet(town, "handout.docx", "a.docx", *edits), "--apply").code == 0
    assert difference(town, "lesson.yaml", SPEC) == [
        "-  A town and its river, told in a page so that",
        "-  it can be read in a lesson.",
        "+  A town and its river, told in two pages so",
        "+  that it can be read in a lesson.",
        SPEC.splitlines()[-1].join(["-", ""]),
        SPEC.splitlines()[-1].replace("On rivers.", "On rivers and towns.").join(["+", ""]),
    ]


def test_what_is_deleted_goes_with_its_answer_and_its_comment(town: Sandbox) -> None:
    edit = without("Draw the river", until="Looking at the whole")
    result = town.run("pull", sheet(town, "worksheet.docx", "a.docx", edit), "--apply")
    assert result.code == 0, result.out
    assert difference(town, "lesson.yaml", SPEC) == [
        "-      # the third one is for a quick class",
        "-      - open: >-",
        "-          Draw the river and name",
        "-          what you see.",
        "-        lines: 5",
        "-",
    ]


def test_new_questions_options_and_paragraphs(town: Sandbox) -> None:
    options = (copied("salt, if any", "Stones"),)
    assert town.run("pull", sheet(town, "worksheet.docx", "a.docx", *options), "--apply").code == 0
    assert difference(town, "lesson.yaml", SPEC) == [
        '-        options: [sand, silt, "salt, if any"]',
        '+        options: [sand, silt, "salt, if any", Stones]',
    ]
    words = "Later it floods: nobody knows why."
    assert town.run("pull", sheet(town, "handout.docx", "b.docx", copied("It does so", words)), "--apply").code == 0
    assert difference(town, "article.md", ARTICLE) == ["+Later it floods: nobody knows why.", "+"]


def test_a_moved_question_takes_its_lines(town: Sandbox) -> None:
    edit = moved("Draw the river", "Looking at the whole", "Upstream")
    result = town.run("pull", sheet(town, "worksheet.docx", "a.docx", edit), "--apply")
    assert result.code == 0, result.out
    now = (town.root / "lessons/river/lesson.yaml").read_text("utf-8")
    assert now.index("# the third one") < now.index("# the first one") < now.index("'What does the river drop?'")
    assert sorted(filter(None, now.splitlines())) == sorted(filter(None, SPEC.splitlines()))


def test_a_question_goes_to_another_list_once(town: Sandbox) -> None:
    edit = moved("Draw the river", "Looking at the whole", "Looking at the whole")
    name = sheet(town, "worksheet.docx", "a.docx", edit)
    assert town.run("pull", name, "--apply").code == 0
    now = (town.root / "lessons/river/lesson.yaml").read_text("utf-8")
    assert "\nquestions:\n  # the third one is for a quick class\n  - open: >-\n      Draw the river and name\n" in now
    assert town.run("pull", name, "--apply").err == "nothing to bring back\n"
    assert (town.root / "lessons/river/lesson.yaml").read_text("utf-8") == now


def test_answer_lines_are_counted(town: Sandbox) -> None:
    def longer(root: _Element) -> None:
        table = paragraph(root, "Draw the river").getnext()
        assert table is not None
        table.append(deepcopy(table[-1]))

    assert town.run("pull", sheet(town, "worksheet.docx", "a.docx", longer), "--apply").code == 0
    assert difference(town, "lesson.yaml", SPEC) == ["-        lines: 5", "+        lines: 6"]


def test_the_second_time_nothing_changes(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", PROMPT, copied("salt, if any", "Stones"))
    assert town.run("pull", name, "--apply").code == 0
    whole = (town.root / "lessons/river/lesson.yaml").read_bytes()
    again = town.run("pull", name, "--apply")
    assert (again.code, again.err) == (0, "nothing to bring back\n")
    assert "in the lesson already" in again.out
    assert (town.root / "lessons/river/lesson.yaml").read_bytes() == whole
    assert town.run("build", "river", "--format", "docx").code == 0
    built = town.run("pull", "output/river/worksheet.docx", "output/river/handout.docx", name)
    assert (built.code, built.err) == (0, "nothing to bring back\n")


def test_files_as_they_were_built_bring_nothing_back(town: Sandbox) -> None:
    names = [f"output/river/{name}" for name in town.files("output/river")]
    result = town.run("pull", *names)
    assert (result.code, result.err) == (0, "nothing to bring back\n")


def test_an_edit_on_both_sides_is_a_conflict(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", PROMPT, retyped("Who builds", "Who raises"))
    theirs = SPEC.replace("'What does the river drop?'", "'What does the river carry?'")
    town.lesson(theirs, ARTICLE)
    result = town.run("pull", name, "--apply")
    assert result.code == 1
    assert "conflict: question 2, prompt" in result.out
    for words in ("was      What does the river drop?", "leave behind?", "today    What does the river carry?"):
        assert words in result.out
    assert difference(town, "lesson.yaml", theirs) == [
        "-  - open: Who builds the dike?",
        "+  - open: Who raises the dike?",
    ]


def test_edits_of_different_words_are_merged(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", retyped("What does", "Which load does"))
    town.lesson(SPEC.replace("the river drop?'", "the old river drop?'"), ARTICLE)
    assert town.run("pull", name, "--apply").code == 0
    assert "- choose: 'Which load does the old river drop?'" in (town.root / "lessons/river/lesson.yaml").read_text()


def test_an_item_is_found_again_where_it_stands_now(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", PROMPT)
    new = "    questions:\n      - short: A new first question?\n"
    town.lesson(SPEC.replace("    questions:\n", new, 1), ARTICLE)
    assert town.run("pull", name, "--apply").code == 0
    assert difference(town, "lesson.yaml", SPEC.replace("    questions:\n", new, 1)) == [
        "-      - choose: 'What does the river drop?'",
        "+      - choose: 'What does the river leave behind?'",
    ]


def test_what_was_deleted_in_the_lesson_is_not_made_anew(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", retyped("Draw the river", "Paint the river"))
    start = SPEC.index("      # the third one")
    town.lesson(SPEC[:start].rstrip() + "\n\n" + SPEC[SPEC.index("questions:\n  - open: Who") :], ARTICLE)
    result = town.run("pull", name)
    assert result.code == 1
    assert "it is not in the lesson any more" in result.out


def test_a_deletion_of_what_changed_since_is_a_conflict(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", without("Draw the river", until="Looking at the whole"))
    town.lesson(SPEC.replace("what you see.", "all that you can see."), ARTICLE)
    result = town.run("pull", name)
    assert result.code == 1
    assert "its words have changed in the lesson since" in result.out


def test_two_teachers_are_merged_and_their_conflict_names_the_file(town: Sandbox) -> None:
    anna = sheet(town, "worksheet.docx", "anna.docx", PROMPT, retyped("Who builds", "Who raises"))
    ben = sheet(
        town, "worksheet.docx", "ben.docx", retyped("What does the river drop?", "What does the river bring?"),
        retyped("Draw the river", "Sketch the river"),
    )  # fmt: skip  # reads as a call
    result = town.run("pull", anna, ben, "--apply")
    assert result.code == 1
    assert "in anna.docx" in result.out
    now = (town.root / "lessons/river/lesson.yaml").read_text("utf-8")
    assert "What does the river leave behind?" in now
    assert "Who raises" in now
    assert "Sketch the river" in now
    assert "bring?" not in now


BANK = """\
title: Habits
tags: [habit]
questions:
  - open: Who made this source?   # ask it always
    id: maker
    lines: 3
  - open: When was it made?
    id: time
    lines: 3
"""


def test_a_question_of_the_bank_is_changed_in_the_bank(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/habits.yaml", BANK)
    sandbox.lesson(SPEC.replace("  - open: Who builds the dike?\n    lines: 3\n", "  - draw: [maker, time]\n"), ARTICLE)
    assert sandbox.run("build", "river", "--format", "docx", "--edition", "student").code == 0
    anna = sheet(sandbox, "worksheet.docx", "anna.docx", retyped("Who made this source", "Who wrote this source"))
    ben = sheet(sandbox, "worksheet.docx", "ben.docx", retyped("When was it made", "When was it written"))
    result = sandbox.run("pull", anna, ben, "--apply")
    assert result.code == 0, result.out
    now = (sandbox.root / "lessons/_bank/habits.yaml").read_text("utf-8")
    assert now == BANK.replace("Who made", "Who wrote").replace("it made", "it written")
    carl = sheet(sandbox, "worksheet.docx", "carl.docx", retyped("Who made this", "Who drew this"))
    assert sandbox.run("pull", carl).code == 1


def test_an_edit_that_breaks_the_lesson_is_left_out(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", without("silt", until="salt, if any"), PROMPT)
    result = town.run("pull", name, "--apply")
    assert "is not among the options" in result.out
    assert difference(town, "lesson.yaml", SPEC) == [
        "-      - choose: 'What does the river drop?'",
        "+      - choose: 'What does the river leave behind?'",
    ]


def test_a_prompt_that_is_half_new_asks_for_its_key(town: Sandbox) -> None:
    edit = retyped("What does the river drop?", "Name whatever sinks here first of all")
    assert "check the answer key" in town.run("pull", sheet(town, "worksheet.docx", "a.docx", edit)).out


def test_an_edit_of_a_citation_is_told_and_not_made(town: Sandbox) -> None:
    edit = retyped("Reed 1960, 12", "Reed 1961, 12")
    result = town.run("pull", sheet(town, "worksheet.docx", "a.docx", edit), "--apply")
    assert "touches a citation" in result.out
    assert difference(town, "lesson.yaml", SPEC) == []


def commented(words: str, said: str, author: str = "Anna") -> Callable[[Path], None]:
    """Return what puts a comment on the paragraph with `words` into a file."""

    def write(path: Path) -> None:
        document = docx.Document(str(path))
        found = next(one for one in document.paragraphs if words in one.text)
        document.add_comment(found.runs, text=said, author=author)
        document.save(str(path))

    return write


def test_comments_are_told_and_written_where_they_stand(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx")
    commented("What does the river drop", "Too easy for grade 8?")(town.root / name)
    result = town.run("pull", name)
    assert "comment by Anna: Too easy for grade 8?" in result.out
    assert result.err == "nothing to bring back\n"

    assert town.run("pull", name, "--comments", "--apply").code == 0
    [line] = difference(town, "lesson.yaml", SPEC)
    assert line.startswith("+      # Anna: ")
    assert line.endswith("Too easy for grade 8?")
    assert town.run("pull", name, "--comments", "--apply").err == "nothing to bring back\n"


def tracked(old: str, new: str) -> Edit:
    """Return an edit of a run that Word tracked: `old` deleted, `new` put in."""

    def edit(root: _Element) -> None:
        node = next(node for node in root.iter(f"{W}t") if old in (node.text or ""))
        run = node.getparent()
        assert run is not None
        before, _, behind = (node.text or "").partition(old)
        for text, tag in ((before, ""), (old, "del"), (new, "ins"), (behind, "")):
            piece = deepcopy(run)
            inner = piece.find(f"{W}t")
            assert inner is not None
            inner.text = text
            inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if tag == "del":
                inner.tag = f"{W}delText"
            if tag:
                holder = etree.Element(f"{W}{tag}")
                holder.set(f"{W}author", "Ben")
                holder.set(f"{W}id", "900")
                holder.append(piece)
                piece = holder
            run.addprevious(piece)
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)

    return edit


def test_tracked_changes_are_read_as_accepted_or_as_they_were(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", tracked("drop", "leave"))
    result = town.run("pull", name)
    assert "+ What does the river leave?" in result.out
    assert "by Ben" in result.out
    original = town.run("pull", name, "--original")
    assert (original.code, original.err) == (0, "nothing to bring back\n")


def test_a_file_that_forgot_its_base_is_read_beside_it(town: Sandbox) -> None:
    name = sheet(town, "worksheet.docx", "a.docx", PROMPT)
    with zipfile.ZipFile(town.root / name) as package, zipfile.ZipFile(town.root / "bare.docx", "w") as bare:
        for item in package.infolist():
            if not item.filename.startswith(("customXml/", "docProps/custom")):
                bare.writestr(item, package.read(item))
    assert town.run("pull", "bare.docx").code == 1
    result = town.run("pull", "bare.docx", "--base", "output/river/worksheet.docx", "--apply")
    assert result.code == 0, result.out
    assert len(difference(town, "lesson.yaml", SPEC)) == 2


def test_a_patch_is_taken_by_git(town: Sandbox) -> None:
    def git(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *args], cwd=town.root, capture_output=True, text=True, check=False)

    assert git("init", "-q").returncode == 0
    handout = sheet(town, "handout.docx", "b.docx", retyped("builds a dike", "builds its dike"))
    result = town.run("pull", sheet(town, "worksheet.docx", "a.docx", PROMPT), handout, "--patch")
    assert result.code == 0
    assert difference(town, "lesson.yaml", SPEC) == []
    town.put("edits.patch", result.out)
    done = git("apply", "edits.patch")
    assert done.returncode == 0, done.stderr
    assert len(difference(town, "lesson.yaml", SPEC)) == 2
    assert len(difference(town, "article.md", ARTICLE)) == 2


def test_windows_line_ends_and_a_byte_order_mark_stay(sandbox: Sandbox) -> None:
    spec = ("\ufeff" + SPEC).replace("\n", "\r\n")
    sandbox.lesson(spec, ARTICLE.replace("\n", "\r\n"))
    assert sandbox.run("build", "river", "--format", "docx").code == 0
    handout = sheet(sandbox, "handout.docx", "b.docx", copied("It does so", "And then?"))
    worksheet = sheet(sandbox, "worksheet.docx", "a.docx", PROMPT)
    assert sandbox.run("pull", worksheet, handout, "--apply").code == 0
    now = (sandbox.root / "lessons/river/lesson.yaml").read_bytes().decode()
    assert now == spec.replace("the river drop?", "the river leave behind?")
    article = (sandbox.root / "lessons/river/article.md").read_bytes().decode()
    assert article == ARTICLE.replace("every year.\n", "every year.\n\nAnd then?\n").replace("\n", "\r\n")


def test_json_tells_everything(town: Sandbox) -> None:
    data = json.loads(town.run("pull", sheet(town, "worksheet.docx", "a.docx", PROMPT), "--json").out)
    assert data["changed"] == ["lessons/river/lesson.yaml"]
    assert data["applied"] is False
    [file] = data["files"]
    assert (file["lesson"], file["sheet"], file["edition"]) == ("river", "worksheet", "student")
    [edit] = file["edits"]
    assert (edit["state"], edit["edit"], edit["place"]) == ("applied", "reworded", "question 2, prompt")
    assert (edit["before"], edit["after"]) == ("What does the river drop?", "What does the river leave behind?")
    assert (edit["file"], edit["line"]) == ("lessons/river/lesson.yaml", 19)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken", b"%PDF-1.7", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_sheet_is_told_in_one_diagnostic(town: Sandbox, content: bytes) -> None:
    town.put("x.docx", content)
    result = town.run("pull", "x.docx", "--apply")
    assert result.code == 1
    assert result.out.count("error[W9") == 1
    assert difference(town, "lesson.yaml", SPEC) == []


def test_a_file_of_another_project_names_its_lesson(town: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Sandbox(tmp_path_factory.mktemp("other"))
    other.lesson(slug="brook")
    name = sheet(town, "worksheet.docx", "a.docx", PROMPT)
    elsewhere = other.put("a.docx", (town.root / name).read_bytes())
    result = other.run("pull", elsewhere.name)
    assert result.code == 1
    assert "error[W920]" in result.out
    assert "'river'" in result.out


def test_one_that_is_missing_does_not_keep_the_others(town: Sandbox) -> None:
    result = town.run("pull", "gone.docx", sheet(town, "worksheet.docx", "a.docx", PROMPT), "--apply")
    assert result.code == 1
    assert "there is no such file" in result.out
    assert len(difference(town, "lesson.yaml", SPEC)) == 2


def test_apply_and_patch_exclude_each_other(town: Sandbox) -> None:
    result = town.run("pull", "a.docx", "--apply", "--patch")
    assert result.code == 2
    assert "choose one" in result.err


def test_the_sample_lessons_come_back_as_they_are(tmp_path: Path) -> None:
    """Every sheet of a sample lesson, built and pulled, changes nothing; its first paragraph edited changes a line."""
    copytree(REPOSITORY / "lessons", tmp_path / "lessons")
    home = Sandbox(tmp_path)
    assert home.run("build", "why-the-sea-is-salty", "--format", "docx").code == 0
    names = [f"output/why-the-sea-is-salty/{name}" for name in home.files("output/why-the-sea-is-salty")]
    result = home.run("pull", *names)
    assert (result.code, result.err) == (0, "nothing to bring back\n")
