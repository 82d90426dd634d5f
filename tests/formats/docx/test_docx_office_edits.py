"""What a person does to a sheet in LibreOffice is what `read` tells, and nothing else.

Each edit is made with the program's own commands: untracked, tracked, and tracked and then accepted; and saved
once more, and by way of OpenDocument. Then the same without a bookmark in the file, where only words can say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import office_uno
import pull_samples as samples
import pytest

from toolkit.formats.docx.reading import read

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Edit:
    """An edit: its steps in LibreOffice, and what they are in the lesson, with or without bookmarks in the file."""

    name: str
    steps: Sequence[office_uno.Step]
    told: Sequence[str]
    sheet: str = "worksheet"
    audience: str = "student"


def select(words: str) -> office_uno.Step:
    return ("select", words)


def typed(words: str) -> office_uno.Step:
    return ("type", words)


def press(key: str) -> office_uno.Step:
    return ("press", key)


ENTER, DELETE, BACK, CUT, COPY, PASTE = map(press, ("InsertPara", "Delete", "SwBackspace", "Cut", "Copy", "Paste"))
UP = "sections/up/questions"
DOWN = "sections/down/questions"
WHO = ("blocks", "Who was first", "Downstream")
H = "handout"
ART = "article"
EDITS = (
    Edit("nothing", [], []),
    # -- words
    Edit("option", [("after", "On the"), typed(" high")], [f"{UP}/settle/options/1 = On the high mountain slopes"]),
    Edit("prompt", [select("down above"), typed("near")], [f"{UP}/slow/open = Why does the water slow near the town?"]),
    Edit(
        "bold",
        [select("daily life"), press("Bold")],
        [f"{DOWN}/life/open = How did the dike change **daily life** in the town?"],
    ),
    Edit("italic", [select("older"), press("Italic")], [f"{ART}/opening/1 = The river is *older* than the town."], H),
    Edit(
        "link",
        [select("farmers alone"), ("link", "https://example.org/")],
        [f"{DOWN}/cost/open = Which cost of the dike was paid by [farmers alone](https://example.org/)?"],
    ),
    Edit("title", [("after", "The River"), typed(" Slowly")], ["title = The River Slowly Bends"]),
    Edit("summary", [select("live with mud"), typed("use mud")], ["summary = A town by a river learns to use mud."], H),
    Edit(
        "article",
        [select("clay and stone"), typed("clay")],
        [f"{ART}/downstream/1 = The town built a dike of clay. It took eleven summers and mo... money in the chest."],
        H,
    ),
    Edit(
        "retyped",
        [("paragraph", "Which cost"), typed("Who paid, and what?")],
        [f"{DOWN}/cost/open = Who paid, and what?", f"W916 {DOWN}/cost/open"],
    ),
    Edit(
        "gloss",
        [select("Fine earth"), typed("Soil")],
        ["sections/up/vocabulary/silt/means = Soil that water carries."],
        H,
    ),
    Edit(
        "annotation",
        [("after", "A keeper looks"), typed(" far")],
        ["bibliography/marsh1990/annotation = A keeper looks far back."],
        H,
    ),
    Edit("person", [select("the plan"), typed("a sketch")], ["people/1/note = She drew a sketch of the gate."], H),
    Edit("event", [select("higher banks"), typed("banks")], ["chronology/law/event = A law pays for banks."], H),
    Edit(
        "model answer",
        [select("is flat"), typed("is level")],
        [f"{UP}/slow/answer = The land is level there."],
        "worksheet",
        "teacher",
    ),
    Edit(
        "short answer",
        [("after", "the keeper"), typed("’s son")],
        [f"{UP}/who/answer = the keeper’s son"],
        "worksheet",
        "teacher",
    ),
    # -- questions
    Edit(
        "question before",
        [("before", "Which cost"), typed("Who worked on it?"), ENTER],
        [f"{DOWN} + life + question: Who worked on it?"],
    ),
    Edit(
        "paragraph of a prompt",
        [("behind", "Which cost"), ENTER, typed("Think of land.")],
        [f"{DOWN}/cost/open + open + text: Think of land."],
    ),
    Edit(
        "option more",
        [("behind", "In the wells"), ENTER, typed("In no place")],
        [f"{UP}/settle/options + 4 + option: In no place"],
    ),
    Edit("option less", [("paragraph", "Far out at sea"), DELETE, DELETE], [f"- {UP}/settle/options/3"]),
    Edit(
        "option moved",
        [("before", "Far out at sea"), press("MoveUp")],
        [f"{UP}/settle/options/2 -> {UP}/settle/options after 3"],
    ),
    Edit(
        "question copied",
        [WHO, COPY, ("before", "Who was first"), PASTE, select("Who was first"), typed("What man was last")],
        [f"{UP} + settle + question: What man was last to measure the depth? [1]"],
    ),
    Edit("question less", [("blocks", "How did the dike", "Which cost"), DELETE], [f"- {DOWN}/life"]),
    Edit("last question less", [WHO, DELETE], [f"- {UP}/who"]),
    Edit("question moved", [WHO, CUT, ("before", "Why does the water"), PASTE], [f"{UP}/who -> {UP} after ^"]),
    Edit(
        "question moved to another section",
        [("blocks", "Who was first", "How did the dike"), CUT, ("before", "Which cost"), PASTE],
        [f"{UP}/who -> {DOWN} after life"],
        H,
    ),
    Edit(
        "question moved to those on the whole lesson",
        [("blocks", "Who was first", "How did the dike"), CUT, ("before", "Write what happened"), PASTE],
        [f"{UP}/who -> questions after fill"],
        H,
    ),
    Edit(
        "question moved over a border",
        [("before", "Who was first"), press("MoveDown")],
        [f"{UP}/who -> {DOWN} after life"],
        H,
    ),
    Edit(
        "question moved from those on the whole lesson",
        [("before", "What would you"), press("MoveUp"), press("MoveUp")],
        [f"questions/instead -> {UP} after who"],
        H,
    ),
    Edit("lines more", [("lines", "How did the dike", 2), press("InsertRowsAfter")], [f"{DOWN}/life lines 4 -> 5"]),
    Edit("lines less", [("lines", "How did the dike", 2), press("DeleteRows")], [f"{DOWN}/life lines 4 -> 3"]),
    Edit("answers typed", [("lines", "How did the dike", 1), typed("They stayed dry.")], [f"W911 {DOWN}/life"]),
    Edit(
        "gap filled",
        [select("keeper took the"), press("GoRight"), press("GoRight"), typed("depth")],
        ["W911 questions/fill"],
    ),
    Edit("cell filled", [("after", "In 1610"), press("GoRight"), typed("the bank")], ["W911 questions/years"]),
    # -- paragraphs and rows
    Edit(
        "split",
        [("after", "drops its silt."), ENTER],
        [
            f"{ART}/upstream/1 = The water slows in the plain and drops its silt.",
            f"{ART}/upstream + 1 + paragraph: Every spring the bed lies a little higher than before.",
        ],
        H,
    ),
    Edit(
        "merged",
        [("behind", "for nothing"), DELETE],
        [
            f"{ART}/upstream/2 = Farmers welcomed the mud at first, because it fed their fiel...me nearer each year.",
            f"- {ART}/upstream/3",
        ],
        H,
    ),
    Edit(
        "paragraph moved",
        [("before", "Then the floods"), press("MoveUp")],
        [f"{ART}/upstream/2 -> {ART}/upstream after 3"],
        H,
    ),
    Edit(
        "paragraph more",
        [("behind", "nearer each year"), ENTER, typed("Some families left.")],
        [f"{ART}/upstream + 3 + paragraph: Some families left."],
        H,
    ),
    Edit("paragraph less", [("paragraph", "Farmers welcomed"), DELETE, DELETE], [f"- {ART}/upstream/2"], H),
    Edit("cell", [select("two metres"), typed("three metres")], [f"{ART}/downstream/2/2/2 = three metres"], H),
    Edit(
        "row more",
        [select("two metres"), press("InsertRowsAfter"), press("GoDown"), typed("four metres")],
        [f"{ART}/downstream/2 + 2 + cell:  | cell: four metres | cell: "],
        H,
    ),
    Edit("row less", [select("two metres"), press("DeleteRows")], [f"- {ART}/downstream/2/2"], H),
    Edit("event less", [select("higher banks"), press("DeleteRows")], ["- chronology/law"], H),
    Edit("date less", [select("1958"), press("DeleteRows")], ["- chronology/law"]),
    # -- all at once
    Edit(
        "six",
        [
            ("after", "The River"),
            typed(" Slowly"),
            ("paragraph", "Far out at sea"),
            DELETE,
            DELETE,
            ("before", "Which cost"),
            typed("Who worked on it?"),
            ENTER,
            ("lines", "What would you", 1),
            press("DeleteRows"),
            select("daily life"),
            press("Bold"),
            WHO,
            CUT,
            ("before", "Why does the water"),
            PASTE,
        ],
        [
            "title = The River Slowly Bends",
            f"{DOWN}/life/open = How did the dike change **daily life** in the town?",
            "questions/instead lines 5 -> 4",
            f"- {UP}/settle/options/3",
            f"{UP}/who -> {UP} after ^",
            f"{DOWN} + life + question: Who worked on it?",
        ],
    ),
)

# LibreOffice does not track that words become a link.
_UNTRACKED = {"link"}
# LibreOffice 7.4 writes tags that do not match where something is tracked in a content control: nothing can read it.
_BROKEN = {"gap filled"}


@pytest.fixture(scope="module")
def program() -> Iterator[office_uno.Office]:
    python = office_uno.python()
    if not office_uno.available() or python is None:
        pytest.skip("no LibreOffice that Python can drive: install libreoffice-writer-nogui and python3-uno")
    with office_uno.running(python) as one:
        yield one


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_is_what_is_told(edit: Edit, program: office_uno.Office) -> None:
    source = samples.built(edit.sheet, edit.audience)
    saved, tracked, accepted, again, through = program.ways(source, edit.steps)
    expected = sorted(edit.told)
    ways = {"saved": saved, "accepted": accepted, "saved twice": again, "through ODT": through}
    if edit.name not in _BROKEN:
        ways["tracked"] = tracked
        assert samples.changes(tracked, "original") == (expected if edit.name in _UNTRACKED else [])
        assert bool(read(tracked).tracked) == bool(edit.steps) or edit.name in _UNTRACKED
    assert {way: sorted(samples.changes(data)) for way, data in ways.items()} == dict.fromkeys(ways, expected)
    assert sorted(samples.changes(samples.stripped(saved))) == expected
