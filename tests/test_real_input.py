"""Twenty articles that nobody of this project wrote become lessons, and eighty files, without an error or a warning."""

from __future__ import annotations

import html
import io
import json
import re
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
import pytest
from sandbox import REPOSITORY, Sandbox, png

from toolkit.build.store import RECORD
from toolkit.model.lesson import folded

INPUTS = REPOSITORY.parent / "shared" / "inputs" / "articles" / "country-guides"
HOW_MANY = 20
FILES = ("handout.pdf", "handout-teacher.pdf", "worksheet.docx", "worksheet-teacher.docx")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not INPUTS.is_dir(), reason="UNTESTED: the real articles are not beside this repository"),
]


@dataclass(frozen=True)
class Guide:
    """An article with what its publisher says it contains."""

    slug: str
    markdown: str
    gold: dict[str, Any]

    @cached_property
    def title(self) -> str:
        return re.search(r"^# (.+)$", self.markdown, re.M)[1]  # type: ignore[index]  # every guide has one

    @cached_property
    def headings(self) -> list[str]:
        """The headings below the title, as gold has them: sections, and under them the titles of the chronology."""
        return [words for _, words in re.findall(r"^(##+) (.+)$", self.markdown, re.M)]

    @cached_property
    def article(self) -> str:
        """The article as a teacher would have to mend it: pictures in the lesson's own folder and described, and
        links that lead somewhere outside the site they were written for."""
        described = re.sub(r"!\[\]\(([^)]+)\)", "![A flag](images/flag.png)", self.markdown)
        return re.sub(r"\]\((?=departmenthistory/)", "](https://history.state.gov/", described)

    @cached_property
    def paragraphs(self) -> list[str]:
        """The text of the article, block by block, marks taken off."""
        blocks = re.split(r"\n\s*\n|\n(?=[-*] )", self.markdown)
        words = [
            re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", b) for b in blocks if b.strip() and not b.startswith(("#", "!["))
        ]
        return [re.sub(r"^[-*>] |[*_`\\]", "", word.strip()) for word in words]

    @cached_property
    def paired(self) -> list[tuple[str, str]]:
        """Each heading with the one above it, that one only where it must be said which of two is meant.

        Left out is a heading that stands twice and once without any above it: nothing can say which then.
        """
        known = Counter(map(folded, self.headings))
        above: list[tuple[int, str]] = []
        pairs = []
        for marks, heading in re.findall(r"^(##+) (.+)$", self.markdown, re.M):
            above = [(level, words) for level, words in above if level < len(marks)]
            if known[folded(heading)] == 1:
                pairs.append((heading, ""))
            elif above:
                pairs.append((heading, above[-1][1]))
            above.append((len(marks), heading))
        return pairs

    @cached_property
    def events(self) -> list[dict[str, str]]:
        """The chronology; gold has a few headings without a date."""
        return [event for event in self.gold["chronology"] if event["edtf"]]

    def lesson(self) -> dict[str, Any]:
        gold = self.gold
        cite = {"cite": "source1"} if gold["references"] else {}
        references = {f"source{n}": _webpage(title) for n, title in enumerate(gold["references"], start=1)}
        return {
            "title": self.title,
            "grades": "9-12",
            "article": {"source": {"publisher": "Office of the Historian", "licence": "CC0 1.0"}},
            "sections": [_section(n, *pair) for n, pair in enumerate(self.paired)],
            "chronology": [
                {"date": event["edtf"], "event": event["title"], "section": event["title"], **cite}
                for event in self.events
            ],
            "bibliography": references,
        }


def _webpage(title: str) -> dict[str, str]:
    known = {"accessed": "2024-05", "URL": "https://history.state.gov/countries", "annotation": "Where to read on."}
    return {"type": "webpage", "title": title, **known}


def _section(number: int, heading: str, under: str) -> dict[str, Any]:
    """Return a section of a lesson; the kinds of question take turns."""
    asked: list[dict[str, Any]] = [
        {"open": f"What does “{heading}” tell of?", "answer": "It tells of a step between two states.", "lines": 4},
        {"short": "Which year does it name first?", "answer": "The first one."},
        {"choose": "What is it about?", "options": ["Trade", "Relations", "War"], "correct": "Relations"},
    ]
    question = {**asked[number % 3], "points": 1, "depth": "understand"}
    return {"heading": heading, **({"under": under} if under else {}), "questions": [question]}


def chosen() -> Iterator[Guide]:
    """Yield the guides, from the shortest article to the longest in even steps."""
    files = sorted((INPUTS / "md").glob("*.md"), key=lambda path: (path.stat().st_size, path.name))
    for step in range(HOW_MANY):
        path = files[round(step * (len(files) - 1) / (HOW_MANY - 1))]
        gold = json.loads((INPUTS / "gold" / f"{path.stem}.json").read_text("utf-8"))
        yield Guide(path.stem, path.read_text("utf-8"), gold)


@dataclass(frozen=True)
class Built:
    """A project with a lesson for every guide, checked and built."""

    sandbox: Sandbox
    guides: list[Guide]
    checked: list[dict[str, Any]]
    check_code: int
    said: str
    build_code: int
    seconds: float

    def bytes_of(self, guide: Guide, file: str) -> bytes:
        return (self.sandbox.root / "output" / guide.slug / file).read_bytes()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sandbox = Sandbox(tmp_path_factory.mktemp("real"))
    guides = list(chosen())
    for guide in guides:
        # JSON is YAML; what a scalar means is said by its field, so that quotation marks change nothing.
        sandbox.lesson(json.dumps(guide.lesson(), ensure_ascii=False, indent=1), guide.article, guide.slug)
        sandbox.put(f"lessons/{guide.slug}/images/flag.png", png(300, 200))
    checked = sandbox.run("check", "--strict", "--no-notes", "--format", "json")
    start = time.perf_counter()
    build = sandbox.run("build")
    seconds = time.perf_counter() - start
    return Built(sandbox, guides, json.loads(checked.out), checked.code, build.err, build.code, seconds)


def squeezed(words: str) -> str:
    """Return the letters and digits of `words`: how lines end and which marks are used is the typesetter's."""
    words = unicodedata.normalize("NFKC", words)
    return "".join(char for char in words if char.isalnum())


def pdf(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def running_text(data: bytes, title: str) -> str:
    """Return the letters of the pages one after the other, without their heads and feet and the numbers of lines."""
    words = ""
    for page in pdf(data).pages:
        text = re.sub(r"Office of the Historian, CC0 1\.0 \d+ / \d+(\s\d+)*\s*$", "", page.extract_text())
        words += squeezed(text)
        for head in ("Reading · Teacher edition", "Reading"):
            words = words.removesuffix(squeezed(f"{title} {head}"))
    return words


def docx_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return html.unescape(re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode()))


def outline(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry)
        else:
            yield str(entry.title)


def test_the_guides_say_what_gold_says() -> None:
    """The test's own reading of the articles is right: their headings are those of the publisher's markup."""
    for guide in chosen():
        known = [s["title"] for s in guide.gold["sections"]] + [e["title"] for e in guide.gold["chronology"]]
        assert sorted(map(squeezed, guide.headings)) == sorted(filter(None, map(squeezed, known)))
        assert len(guide.headings) - len(guide.paired) == (guide.slug == "205-texas")


def test_the_check_has_nothing_to_say(built: Built) -> None:
    assert (built.check_code, built.checked) == (0, [])


def test_eighty_files_are_made_without_an_error_or_a_warning(built: Built) -> None:
    assert built.build_code == 0
    last = rf"{HOW_MANY * 4} made in \d+\.\d s; {HOW_MANY * 4} files up to date"
    assert re.fullmatch(last, built.said.splitlines()[-1])
    told = set(re.findall(r"(?:error|warning|note)\[\w+\]", built.said))
    assert told <= {"note[B715]"}  # a sheet that was set closer to save a page
    names = built.sandbox.files()
    assert names == sorted(f"{guide.slug}/{file}" for guide in built.guides for file in FILES)
    assert (built.sandbox.root / "output" / RECORD).is_file()
    print(f"\n{built.seconds:.1f} s, {1000 * built.seconds / len(names):.0f} ms a file")  # noqa: T201  # for -s


def test_every_paragraph_is_in_the_handout(built: Built) -> None:
    for guide in built.guides:
        for file in ("handout.pdf", "handout-teacher.pdf"):
            words = running_text(built.bytes_of(guide, file), guide.title)
            lost = [paragraph for paragraph in guide.paragraphs if squeezed(paragraph) not in words]
            assert lost == [], f"{guide.slug}/{file}"


def test_every_heading_is_in_the_outline_of_the_handout(built: Built) -> None:
    for guide in built.guides:
        titles = [squeezed(title) for title in outline(pdf(built.bytes_of(guide, "handout.pdf")).outline)]
        wanted = iter(titles)
        assert [heading for heading in guide.headings if squeezed(heading) not in wanted] == [], guide.slug


def test_every_question_is_on_the_worksheet_and_its_answer_on_the_teachers_only(built: Built) -> None:
    for guide in built.guides:
        student, teacher = (docx_text(built.bytes_of(guide, f)) for f in ("worksheet.docx", "worksheet-teacher.docx"))
        for section in guide.lesson()["sections"]:
            (question,) = section["questions"]
            prompt = squeezed(next(iter(question.values())))
            assert prompt in squeezed(student)
            assert prompt in squeezed(teacher)
        assert squeezed("It tells of a step between two states.") not in squeezed(student)
        assert squeezed("It tells of a step between two states.") in squeezed(teacher)


def test_every_event_is_in_the_handout(built: Built) -> None:
    for guide in built.guides:
        words = squeezed("".join(page.extract_text() for page in pdf(built.bytes_of(guide, "handout.pdf")).pages))
        assert [e["title"] for e in guide.events if squeezed(e["title"]) not in words] == []


def test_built_again_nothing_changes(built: Built) -> None:
    guide = built.guides[0]
    result = built.sandbox.run("build", guide.slug)
    assert (result.code, result.out, result.err) == (0, "", "4 files up to date\n")
