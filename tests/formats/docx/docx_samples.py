"""Printouts for the tests of the Word format: every block, response, audience and direction there is."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image

from toolkit.model.diagnostics import Diagnostic
from toolkit.model.printout import (
    Aside,
    Audience,
    Block,
    Chronology,
    Direction,
    Fact,
    FactList,
    Field,
    Furniture,
    Gloss,
    Metadata,
    Model,
    Moment,
    Opener,
    Paper,
    Part,
    Picture,
    Plan,
    Printout,
    SourceEntry,
    SourceList,
    Step,
    Task,
)
from toolkit.model.response import Choice, Entry, Option, Writing
from toolkit.model.text import Block as TextBlock
from toolkit.model.text import (
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Term,
    Text,
)

KEY_WORDS = ("ceasefire-key", "model-key", "entry-key", "aside-key")


def words(text: str) -> Inlines:
    """Return plain words."""
    return (Text(text),)


def prose(text: str, address: str = "", role: str = "") -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph(words(text), address, role)


def picture(file: str = "canal.webp", form: str = "WEBP", size: tuple[int, int] = (640, 240)) -> Picture:
    """Return a drawing of a canal between two banks."""
    image = Image.new("RGB", size, "#d9c9a3")
    image.paste("#4f8aa8", (0, size[1] // 3, size[0], 2 * size[1] // 3))
    buffer = BytesIO()
    image.save(buffer, form)
    return Picture(file, buffer.getvalue(), f"image/{form.lower()}", *size)


def furniture() -> Furniture:
    """Return running lines."""
    return Furniture("Fourteen ships", "Questions", "Unit 3 · Trade routes · CC0", "{page} / {pages}")


def metadata(title: str = "Fourteen ships") -> Metadata:
    """Return what a file says of itself."""
    return Metadata(title, "A. Designer", "History", ("canals", "trade"), "CC0", "fourteen-ships/worksheet")


def opener(audience: Audience = "student") -> Opener:
    """Return the head of a sheet."""
    return Opener(
        kicker="Reading 3.2",
        title=words("Fourteen Ships in a Lake"),
        dek=words("In June 1967 a war closed the Suez Canal. The ships that were in it stayed for eight years."),
        fields=(Field("Name", 2.6), Field("Date", 1), Field("Class", 1)),
        band="Teacher edition — do not copy for students" if audience == "teacher" else "",
    )


def gloss(term: str, part: str, definition: str, translation: str = "") -> Gloss:
    """Return a gloss."""
    shown = words(translation) if translation else ()
    return Gloss(words(term), part, words(definition), shown, f"sections/closing/vocabulary/{term}")


def reading() -> Part:
    """Return a reading with glosses, a note, links, a list, a quotation, a table and a picture."""
    note = Note((prose("Egypt sank ships at both ends to close the canal."),), 1)
    return Part(
        "reading",
        (
            Heading(2, words("A war of six days"), "sections/closing/heading"),
            gloss("convoy", "noun", "A group of ships that travel together.", "convoi"),
            gloss("blockade", "noun", "The closing of a way so that nothing can pass."),
            Paragraph(
                (
                    Text("On the morning of June 5, 1967, a northbound "),
                    Term(words("convoy"), "sections/closing/vocabulary/convoy"),
                    Text(" was halfway through the canal when fighting began. The "),
                    Term(words("blockade"), "sections/closing/vocabulary/blockade"),
                    Text(" that followed"),
                    note,
                    Text(" held fourteen ships in the "),
                    Emphasis(words("Great Bitter Lake")),
                    Text(", under "),
                    Strong((Text("eight different "), Emphasis(words("flags")))),
                    Text(". Sand blew over their decks until people called them the "),
                    Link(words("Yellow Fleet"), "https://example.org/yellow-fleet"),
                    Text("."),
                ),
                "sections/closing/p1",
            ),
            gloss("crew", "noun", "The people who work on a ship."),
            prose(
                "The crews could not leave their ships without an owner, so they were changed every few months. "
                "They shared engines, doctors and a swimming pool, and printed stamps that post offices accepted.",
                "sections/closing/p2",
            ),
            prose("[…]", "", "omission"),
            Heading(3, words("What waiting cost"), "sections/cost/heading"),
            prose("Every cargo between Asia and Europe now went round Africa:", "sections/cost/p1"),
            BulletList(
                (
                    (prose("two weeks more at sea;"),),
                    (prose("larger ships, which pay on the long way;"), prose("some too large for any canal.")),
                    (
                        prose("and two new habits:"),
                        OrderedList(((prose("tankers by size,"),), (prose("oil by pipe."),))),
                    ),
                ),
                "sections/cost/p2",
            ),
            Quote((prose("We were the only fleet in the world that never moved.", "sections/cost/p3"),)),
            Table(
                (words("Route"), words("Distance (km)"), words("Days")),
                (
                    (words("Through the canal"), words("11,700"), words("24")),
                    (words("Round the Cape of Good Hope"), words("19,900"), words("41")),
                ),
                ("", "right", "right"),
                words("From the Gulf to Rotterdam, at about 11 knots"),
                "sections/cost/p4",
            ),
            Figure(
                "canal.webp",
                "A band of blue water between two banks of sand.",
                words("The canal north of the lake."),
                words("Drawing: the authors, CC0."),
                address="sections/cost/p5",
            ),
            Rule(),
            CodeBlock("north  <-- lake -->  south\n  162 km", "sections/cost/p6"),
            Paragraph(
                (
                    Text("See "),
                    Link(words("the first section"), "#sections/closing/heading"),
                    LineBreak(),
                    Code("km = 162"),
                ),
                "sections/cost/p7",
            ),
        ),
    )


def choice(address: str, many: bool, key: frozenset[int] | None, options: tuple[str, ...]) -> Choice:
    """Return a choice of `options`, lettered from A."""
    letters = "ABCDEFGH"
    return Choice(
        tuple(Option(letters[i], words(text), f"{address}/options/{i + 1}") for i, text in enumerate(options)),
        many,
        key,
    )


def questions(audience: Audience) -> Part:
    """Return one question of every sort; for the teacher with answers and notes."""
    teacher = audience == "teacher"
    blocks: list[Block] = [
        Heading(2, words("Questions"), "questions/heading"),
        prose(
            "Answer in full sentences where there are lines. Mark ○ once; where there are ☐, mark all.",
            "",
            "instructions",
        ),
        Task(
            "1",
            (prose("How long did the ships stay in the lake?", "questions/stay/prompt"),),
            "1 pt",
            choice(
                "questions/stay", False, frozenset({2}) if teacher else None, ("Six days", "Two years", "Eight years")
            ),
            "questions/stay",
            asides=(Aside("Look for", (prose("aside-key: from 1967 to 1975, not 1973."),), "questions/stay/look_for"),)
            if teacher
            else (),
        ),
        Task(
            "2",
            (prose("Which of these did the crews share? Mark two.", "questions/share/prompt"),),
            "2 pts",
            choice(
                "questions/share",
                True,
                frozenset({0, 3}) if teacher else None,
                ("doctors", "flags", "owners", "a pool"),
            ),
            "questions/share",
        ),
        Task(
            "3",
            (prose("Name the lake in which most of the ships lay.", "questions/lake/prompt"),),
            "1 pt",
            Entry(70, 9, "Space for a short answer.", words("entry-key: Great Bitter Lake") if teacher else None),
            "questions/lake",
        ),
        Task(
            "4",
            (
                prose(
                    "Which of the changes that the closing brought outlived it, and why? Use the table and two details "
                    "from the reading, and say what you would want to know besides.",
                    "questions/change/prompt",
                ),
                Quote((prose("Larger ships pay on the long way."),)),
            ),
            "4 pts",
            Writing(5, 8.7, "Space for the answer, 5 lines."),
            "questions/change",
            asides=(Aside("Standards", (prose("aside-key: RH.9-10.1"),)),) if teacher else (),
            models=(
                Model(
                    "Model answer",
                    (
                        prose("model-key: The larger ships, because"),
                        BulletList(((prose("they paid on the long way,"),), (prose("and went on paying."),))),
                        prose("The pipelines outlived it too."),
                    ),
                    "questions/change/answer",
                ),
            )
            if teacher
            else (),
        ),
        Task(
            "5", (prose("Talk about it: who should own a canal?", "questions/own/prompt"),), "", None, "questions/own"
        ),
    ]
    return Part("questions", tuple(blocks))


def moments() -> tuple[Moment, ...]:
    """Return dated events."""
    events = (
        ("June 5, 1967", "War begins; the canal is closed with ships in it."),
        ("Oct. 1969", "The crews form an association and print their own stamps."),
        ("March 1974", "Navies begin to clear mines and wrecks."),
        ("June 5, 1975", "The canal opens again."),
    )
    return tuple(Moment(date, words(event), f"chronology/{i}") for i, (date, event) in enumerate(events, start=1))


def chronology(blank: bool = False) -> Part:
    """Return the chronology, or the one to fill in."""
    shown = tuple(replace(moment, event=()) for moment in moments()) if blank else moments()
    table = Chronology(
        ("Date", "Event"), shown, "Four events from 1967 to 1975.", blank, 2 if blank else 1, 8.7, "Write."
    )
    title = "Build the chronology" if blank else "The events in order"
    return Part("chronology", (Heading(2, words(title), "chronology/heading"), table))


def plan() -> Part:
    """Return the teacher's pacing."""
    steps = (
        Step("0–6", words("Silent reading; mark one line to question."), words("Reading 3.2"), "pacing/1"),
        Step("6–20", words("Chronology in pairs."), (), "pacing/2"),
    )
    return Part(
        "plan",
        (
            Heading(2, words("Lesson plan")),
            BulletList(((prose("Explain why a closed way changes what is built.", "objectives/1"),),)),
            Plan(("Min.", "Step", "Have ready"), steps, "The steps of the lesson with their times."),
        ),
    )


def facts() -> Part:
    """Return people."""
    people = (
        Fact(
            words("Gamal Abdel Nasser"),
            words("1918–1970, president of Egypt"),
            (prose("Closed the canal.", "people/nasser/note"),),
            "people/nasser",
        ),
        Fact(
            words("Anwar Sadat"), (), (prose("Opened it again."), prose("He sailed the first convoy.")), "people/sadat"
        ),
    )
    return Part("people", (Heading(2, words("People")), FactList(people)))


def sources() -> Part:
    """Return further reading and credits."""
    entries = (
        SourceEntry(
            (Text("Karabell, Zachary. "), Emphasis(words("Parting the Desert")), Text(". New York: Knopf, 2003.")),
            (prose("How the canal was dug."),),
            "bibliography/karabell2003",
        ),
        SourceEntry(
            words("Farnie, D. A. East and West of Suez. Oxford: Clarendon Press, 1969."), (), "bibliography/farnie1969"
        ),
    )
    return Part("sources", (Heading(2, words("Further reading")), SourceList(entries)))


def credit_part() -> Part:
    """Return the small print."""
    return Part("credits", (Heading(2, words("Text and images")), prose("Text: the authors. CC0.", "", "credit")))


def sheet(audience: Audience = "student", paper: Paper = "letter", *, blank: bool = True) -> Printout:
    """Return a sheet with everything on it."""
    parts = (
        *((plan(),) if audience == "teacher" else ()),
        reading(),
        facts(),
        questions(audience),
        chronology(blank),
        sources(),
        credit_part(),
    )
    return Printout(
        "worksheet", audience, "en", "ltr", paper, metadata(), opener(audience), furniture(), parts, (picture(),)
    )


def arabic(audience: Audience = "student") -> Printout:
    """Return a sheet that runs from the right."""
    letters = ("أ", "ب", "ج", "د", "هـ")
    options = ("أبريل", "أغسطس", "سبتمبر", "ديسمبر", "UNTAC 1992")
    parts = (
        Part(
            "reading",
            (
                Heading(2, words("قناة مغلقة"), "sections/a/heading"),
                Gloss(words("قافلة"), "اسم", words("مجموعة سفن تسير معًا."), words("convoy"), "vocabulary/a"),
                prose("في 5 يونيو 1967 أُغلقت القناة (Suez Canal) وبقيت فيها السفن ثماني سنوات.", "sections/a/p1"),
                Table((words("الطريق"), words("الأيام")), ((words("عبر القناة"), words("24")),), ("left", "right")),
            ),
        ),
        Part(
            "questions",
            (
                Heading(2, words("الأسئلة")),
                Task(
                    "1",
                    (prose("متى أُغلقت القناة؟", "questions/q1/prompt"),),
                    "درجة واحدة",
                    Choice(
                        tuple(
                            Option(a, words(b), f"questions/q1/{i}")
                            for i, (a, b) in enumerate(zip(letters, options, strict=True))
                        ),
                        False,
                        frozenset({2}) if audience == "teacher" else None,
                    ),
                    "questions/q1",
                ),
                Task("2", (prose("لماذا طال الانتظار؟"),), "درجتان", Writing(3, 8.7, "مساحة للإجابة."), "questions/q2"),
            ),
        ),
        Part(
            "chronology",
            (Chronology(("التاريخ", "الحدث"), (Moment("1967", words("إغلاق القناة"), "c/1"),), "حدث واحد"),),
        ),
    )
    head = Opener(
        "القراءة 3",
        words("سفن في بحيرة"),
        words("حرب أغلقت قناة السويس."),
        (Field("الاسم", 2.6), Field("التاريخ", 1)),
        "",
    )
    running = Furniture("سفن في بحيرة", "الأسئلة", "الوحدة 3", "{page} / {pages}")
    return Printout("worksheet", audience, "ar", "rtl", "a4", metadata("سفن في بحيرة"), head, running, parts)


def only(*blocks: Block | TextBlock, pictures: tuple[Picture, ...] = (), language: str = "en") -> Printout:
    """Return a sheet whose only part holds `blocks`."""
    direction: Direction = "rtl" if language in ("ar", "he", "fa") else "ltr"
    head = Opener("", words("T"), (), (), "")
    running = Furniture("", "", "", "{page}")
    part = Part("questions", blocks)
    return Printout("worksheet", "student", language, direction, "letter", metadata(), head, running, (part,), pictures)


def unreported(diagnostic: Diagnostic) -> None:
    """Fail, as nothing was to be reported."""
    raise AssertionError(diagnostic)
