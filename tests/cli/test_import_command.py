"""hornbook import: drafts of lessons, what became of the sources, and lessons that are there already."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import docx
import pypandoc  # type: ignore[import-untyped]  # it has no types
import pytest
from sandbox import REPOSITORY, Sandbox, png

EXAMPLES = REPOSITORY / "tests/articles/examples"
INPUTS = REPOSITORY.parent / "shared/inputs"
ENTRY = INPUTS / "encyclopedia/vietnamese-troops-withdraw-from-cambodia.txt"
TEXT = """\
# The Mill

The town built a mill in 1871. In 1880 it burned down.

![The mill in flames](mill.png)

![](lost.png)

The town built no other.
"""


def test_a_source_becomes_a_lesson_that_is_valid(sandbox: Sandbox) -> None:
    sandbox.put("mill.md", TEXT)
    sandbox.put("mill.png", png())
    result = sandbox.run("import", "mill.md")
    assert (result.code, result.err) == (0, "1 lesson made\n")
    assert result.out == "made       lessons/the-mill: from mill.md, 2 to review\n"
    assert sandbox.files("lessons/the-mill") == ["article.md", "images/mill.png", "lesson.yaml"]
    lesson = sandbox.load("the-mill")
    assert [str(event.date) for event in lesson.spec.chronology] == ["1871", "1880"]
    assert [picture.file for picture in lesson.pictures] == ["images/mill.png"]
    words = (sandbox.root / "lessons/the-mill/lesson.yaml").read_text("utf-8")
    assert "lost.png" in words, "an image that is not there is told of"
    assert words.startswith("# yaml-language-server: $schema=../../lesson.schema.json\n")
    assert sandbox.run("check", "the-mill").code == 0
    assert sandbox.run("build", "the-mill").code == 0


def test_an_import_that_changes_nothing_says_so(sandbox: Sandbox) -> None:
    sandbox.put("mill.md", TEXT)
    sandbox.run("import", "mill.md")
    before = {name: (sandbox.root / "lessons" / name).read_bytes() for name in sandbox.files("lessons")}
    result = sandbox.run("import", "mill.md")
    assert (result.code, result.err) == (0, "1 unchanged\n")
    assert {name: (sandbox.root / "lessons" / name).read_bytes() for name in sandbox.files("lessons")} == before


def test_a_lesson_that_somebody_edited_is_never_written_over(sandbox: Sandbox) -> None:
    sandbox.put("mill.md", TEXT)
    sandbox.run("import", "mill.md")
    file = sandbox.root / "lessons/the-mill/article.md"
    edited = file.read_text("utf-8").replace("no other.", "no other. It had learned.")
    file.write_text(edited, "utf-8")
    result = sandbox.run("import", "mill.md")
    assert (result.code, result.err) == (3, "1 kept, for it is not the same\n")
    assert "  -The town built no other. It had learned.\n" in result.out
    assert "  +The town built no other.\n" in result.out
    assert max(map(len, result.out.splitlines())) <= 80
    assert file.read_text("utf-8") == edited
    assert "lines more; --diff 0 shows all" in sandbox.run("import", "mill.md", "--diff", "1").out


def test_sources_of_one_title_have_folders_of_their_own(sandbox: Sandbox) -> None:
    sandbox.put("a/mill.md", TEXT)
    sandbox.put("b/other.md", TEXT.replace("1880", "1881"))
    assert sandbox.run("import", "a", "b").code == 0
    assert {name.partition("/")[0] for name in sandbox.files("lessons")} == {"the-mill", "the-mill-2"}
    assert sandbox.run("import", "b/other.md").err == "1 unchanged\n"


def test_one_bad_file_does_not_stop_the_rest(sandbox: Sandbox) -> None:
    sandbox.put("in/bad.md", b"")
    sandbox.put("in/good.md", TEXT)
    sandbox.put("in/photo.png", png())
    sandbox.put("in/.hidden/x.md", TEXT)
    result = sandbox.run("import", "in")
    assert result.code == 1
    assert "in/bad.md:1:1: error[A101]: not imported: this is an empty file\n" in result.err
    assert result.err.endswith("1 lesson made, 1 source not imported, 1 other file passed over\n")
    assert sandbox.run("import", "in/photo.png", "gone.txt").code == 1
    assert sandbox.run("import", "in/good.md", "--as", "docx", "-n").code == 1


def test_a_dry_run_writes_nothing(sandbox: Sandbox) -> None:
    sandbox.put("mill.md", TEXT)
    result = sandbox.run("import", "mill.md", "-n")
    assert (result.code, result.err) == (0, "1 lesson would be made\n")
    assert sandbox.files(".") == ["mill.md"]


def test_processes_give_what_one_gives(sandbox: Sandbox) -> None:
    for path in EXAMPLES.glob("*.txt"):
        shutil.copy(path, sandbox.root / path.name)
    names = [path.name for path in sorted(EXAMPLES.glob("*.txt"))]
    assert sandbox.run("import", *names, "-o", "one", "-j", "1").code == 0
    assert sandbox.run("import", *names, "-o", "two", "-j", "2").code == 0
    files = sandbox.files("one")
    assert len(files) == 2 * len(names)
    assert files == sandbox.files("two")
    for name in files:
        assert (sandbox.root / "one" / name).read_bytes() == (sandbox.root / "two" / name).read_bytes()


def test_the_report_accounts_for_every_character(sandbox: Sandbox) -> None:
    shutil.copy(EXAMPLES / "telegraph.txt", sandbox.root)
    sandbox.put("bad.txt", b"")
    assert sandbox.run("import", "telegraph.txt", "bad.txt", "--report", "r.json").code == 1
    good, bad = json.loads((sandbox.root / "r.json").read_text("utf-8"))
    sizes = good["characters"]
    assert sizes["all"] == sizes["kept"] + sizes["removed"] + sizes["layout"] > 1000
    assert sum(piece["end"] - piece["start"] for piece in good["pieces"]) == sizes["all"]
    assert good["lesson"].startswith("lessons/")
    assert good["found"]["dated events"] >= 3
    assert bad["problem"] == "not imported: this is an empty file"
    printed = sandbox.run("import", "telegraph.txt", "--report", "-").out
    assert "  account   " in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_two_imports_give_the_same_bytes(sandbox: Sandbox) -> None:
    shutil.copy(EXAMPLES / "suffrage.txt", sandbox.root)
    sandbox.run("import", "suffrage.txt", "-o", "one")
    sandbox.spawn("import", "suffrage.txt", "-o", "two", env={"LC_ALL": "C", "PYTHONHASHSEED": "7"})
    names = sandbox.files("one")
    assert names == sandbox.files("two") != []
    assert all((sandbox.root / "one" / n).read_bytes() == (sandbox.root / "two" / n).read_bytes() for n in names)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfeT\x00h\x00e\x00 \x00m\x00i\x00l\x00l\x00", b"\xef\xbb\xbfThe mill\r\n\r\nburned in 1871.\r\n",
        "វិមាន\n\nប្រាសាទ​អង្គរ​វត្ត".encode(), "Cối xay\n\nNăm 1871, thị trấn xây cối xay.".encode(),
        b"\xe9t\xe9\n\n\x80\x99", b"a " * 400_000, b"# " * 1000, b"[" * 2000, b"<p>" * 500,
    ],
)  # fmt: skip  # bytes read better in lines
def test_whatever_a_text_holds_there_is_a_lesson_or_a_line(sandbox: Sandbox, data: bytes) -> None:
    sandbox.put("x.txt", data)
    result = sandbox.run("import", "x.txt")
    if result.code == 1:
        assert "error[A101]" in result.err
        assert "fault of hornbook" not in result.err
        return
    assert result.code == 0
    checked = sandbox.run("check", "--no-notes")
    assert checked.code == 0, checked.out


def test_the_encyclopedia_entry_is_a_lesson_that_builds(sandbox: Sandbox) -> None:
    if not ENTRY.is_file():
        pytest.skip(f"the encyclopedia entry is not there: {ENTRY}")
    assert sandbox.run("import", str(ENTRY)).code == 0
    slug = "vietnamese-troops-withdraw-from-cambodia"
    spec = sandbox.load(slug).spec
    assert (len(spec.people), len(spec.places), len(spec.categories), len(spec.keywords)) == (6, 2, 3, 4)
    assert len({entry.term for entry in spec.index}) == 7
    assert {"summary-of-event/1", "significance/5"} == set(spec.index[0].at)
    assert len(spec.related) == 3
    assert len(sandbox.load(slug).sources) == 6
    assert len(spec.chronology) == 30
    assert sandbox.run("check").code == 0
    assert sandbox.run("build").code == 0
    assert len([name for name in sandbox.files() if name.endswith((".pdf", ".docx"))]) == 4


def _sample(every: int) -> list[Path]:
    found = [path for form in ("md", "txt") for path in sorted(INPUTS.glob(f"articles/*/{form}/*.{form}"))]
    return found[::every]


def test_drafts_of_real_articles_are_valid(sandbox: Sandbox) -> None:
    if not _sample(1):
        pytest.skip(f"the articles are not there: {INPUTS}")
    sample = _sample(30)
    assert len(sample) >= 30
    assert sandbox.run("import", *map(str, sample), "-j", "2").code == 0
    checked = sandbox.run("check", "--no-notes", "--format", "json")
    assert checked.code == 0, [d for d in json.loads(checked.out) if d["severity"] == "error"]


@pytest.mark.slow
def test_drafts_of_real_articles_build(sandbox: Sandbox) -> None:
    if not _sample(1):
        pytest.skip(f"the articles are not there: {INPUTS}")
    sample = _sample(150)
    assert sandbox.run("import", *map(str, sample)).code == 0
    built = sandbox.run("build", "--format", "pdf", "--format", "docx", "--edition", "student")
    assert built.code == 0, built.err


@pytest.mark.parametrize("form", ["docx", "odt", "epub"])
def test_the_pictures_in_a_source_come_along(form: str, sandbox: Sandbox) -> None:
    document = docx.Document()
    document.core_properties.title = "The Mill"
    document.add_paragraph("The town built a mill in 1871. In 1880 it burned down, and nobody knows why.")
    document.add_picture(io.BytesIO(png()))
    document.inline_shapes[0]._inline.docPr.set("descr", "The mill in flames")
    document.add_paragraph("The town built no other.")
    stream = io.BytesIO()
    document.save(stream)
    data = stream.getvalue()
    if form != "docx":
        words = [pypandoc.get_pandoc_path(), "--from=docx", f"--to={form}", "--output=-"]
        data = subprocess.run(words, input=data, capture_output=True, check=True).stdout
    sandbox.put(f"mill.{form}", data)
    result = sandbox.run("import", f"mill.{form}")
    assert (result.code, result.err) == (0, "1 lesson made\n")
    (lesson,) = (sandbox.load(path.name) for path in (sandbox.root / "lessons").iterdir())
    (picture,) = lesson.pictures
    assert (picture.width, picture.height) == (30, 20)
    # OpenDocument as pandoc writes it has no description: the draft says so, and asks for one.
    said = "An image that the source does not describe" if form == "odt" else "The mill in flames"
    assert lesson.spec.images[picture.file].alt == said
    assert sandbox.run("check").code == 0
    assert sandbox.run("build", "--format", "pdf", "--edition", "student").code == 0
