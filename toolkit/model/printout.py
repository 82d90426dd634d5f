"""The Printout: one sheet of one lesson in one edition, as a document tree without a format.

The waist of the program. `compose` makes it; every writer in `formats` draws it and adds nothing. All
words on it are already in the reader's language, numbered, cited and, for students, without answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from toolkit.model import text
from toolkit.model.choices import Audience as Audience
from toolkit.model.choices import Level as Level
from toolkit.model.choices import Paper as Paper
from toolkit.model.choices import PdfVariant as PdfVariant
from toolkit.model.chronologies import Asked as Asked
from toolkit.model.chronologies import Card as Card
from toolkit.model.chronologies import CardSheet as CardSheet
from toolkit.model.chronologies import Chronology as Chronology
from toolkit.model.chronologies import Dated as Dated
from toolkit.model.chronologies import Moment as Moment
from toolkit.model.chronologies import Timeline as Timeline
from toolkit.model.letterhead import PLAIN_PAPER, Letterhead
from toolkit.model.presentation import Manner, Presentation, manner_of
from toolkit.model.response import Response
from toolkit.model.text import Blocks, Inlines
from toolkit.model.theme import UNTHEMED, Theme
from toolkit.model.typeface import Typeface

Direction: TypeAlias = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Edition:
    """For whom a sheet is printed, and how.

    `pitch` is the distance of answer rules in mm; `course` the line of the school or course, "" for none.
    `version` is the name of a version of the questions ("A"), "" for the questions as they are written.
    """

    audience: Audience = "student"
    paper: Paper = "letter"
    pitch: float = 8.7
    course: str = ""
    version: str = ""
    level: Level = "core"
    presentation: Presentation = "standard"
    theme: Theme = UNTHEMED
    pdf_variant: PdfVariant = "ua-1"
    letterhead: Letterhead = PLAIN_PAPER
    embed_fonts: bool = False


@dataclass(frozen=True, slots=True)
class Gloss:
    """The explanation of a term; stands before the paragraph it belongs to, printed in the margin."""

    term: Inlines
    part: str
    definition: Inlines
    translation: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A labelled note to the teacher, printed in the margin beside its task ("Look for", "Standards")."""

    label: str
    content: Blocks
    address: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A labelled box under a task, for the teacher ("Model answer")."""

    label: str
    content: Blocks
    address: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document set apart before the question on it: "Document A", its text or picture, its source line."""

    label: str
    content: Blocks
    credit: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class Task:
    """A question as printed: its number, its stem, the way to answer, and what teachers see beside it.

    `points` is "" or printed text ("2 pts"). `response` is None where a sheet shows no room to answer
    (a handout read in class). `asides` and `models` are empty for students. `exhibits` stand before the
    stem; `parts` follow it, numbered (a), (b), (c), each with its own points and response.
    """

    number: str
    stem: Blocks
    points: str
    response: Response | None
    address: str
    asides: tuple[Aside, ...] = ()
    models: tuple[Model, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    parts: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One formatted bibliography entry with its annotation (which may be empty)."""

    content: Inlines
    annotation: Blocks
    address: str


@dataclass(frozen=True, slots=True)
class SourceList:
    """Bibliography entries, in the order of the style; hanging indents."""

    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the lesson's pacing. `time` is printed text ("0–6")."""

    time: str
    step: Inlines
    ready: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The pacing table of the teacher's edition. `header` labels its three columns."""

    header: tuple[str, str, str]
    steps: tuple[Step, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A name or a term with what is said of it. `detail` is set small beside the name (dates, role)."""

    name: Inlines
    detail: Inlines
    content: Blocks
    address: str


@dataclass(frozen=True, slots=True)
class FactList:
    """People, vocabulary, standards: names with their explanation."""

    facts: tuple[Fact, ...]


Block: TypeAlias = text.Block | Gloss | Aside | Task | Chronology | Timeline | CardSheet | SourceList | Plan | FactList

PartKind: TypeAlias = Literal[
    "plan", "reading", "people", "vocabulary", "chronology", "questions", "key", "sources", "credits"
]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of blocks that is set in one manner. Its heading, if any, is its first block.

    kind        what it holds
    plan        objectives, standards, pacing (teacher)
    reading     the article, with Gloss blocks before their paragraphs; set to the fixed measure
    people      a FactList
    vocabulary  a FactList: the terms that no paragraph of this sheet could carry
    chronology  a Timeline, a Chronology, or what students do with them
    questions   instructions and Tasks, with headings by section
    key         the numbers and answers of every version, as tables (teacher)
    sources     further reading: a SourceList
    credits     attribution and licences, small
    """

    kind: PartKind
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A blank to fill in at the head of a sheet. `share` is its part of the line's width."""

    label: str
    share: float


@dataclass(frozen=True, slots=True)
class Opener:
    """The head of page 1. `band` is the teacher's warning, "" for students."""

    kicker: str
    title: Inlines
    dek: Inlines
    fields: tuple[Field, ...]
    band: str
    address: str = "title"
    dek_address: str = "summary"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every page carries. `page` has the places {page} and {pages} ("{page} / {pages}")."""

    head_left: str
    head_right: str
    foot: str
    page: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself. `keywords` in order; `identifier` is the target's name."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    rights: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A vetted image: its bytes, media type, and size in pixels."""

    file: str
    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Printout:
    """One sheet of one lesson in one edition. `sheet` is "handout" or "worksheet".

    `typefaces` are those of the project, for words that none of the program's own has.
    """

    sheet: str
    audience: Audience
    language: str
    direction: Direction
    paper: Paper
    metadata: Metadata
    opener: Opener
    furniture: Furniture
    parts: tuple[Part, ...]
    pictures: tuple[Picture, ...] = ()
    typefaces: tuple[Typeface, ...] = ()
    presentation: Presentation = "standard"
    theme: Theme = UNTHEMED
    pdf_variant: PdfVariant = "ua-1"
    letterhead: Letterhead = PLAIN_PAPER
    embed_fonts: bool = False

    @property
    def manner(self) -> Manner:
        """Return what its presentation changes of the usual sheet."""
        return manner_of(self.presentation)
