"""The lesson specification: what an author writes in `lesson.yaml`.

Every field has a description and an example; the published JSON Schema is made from them. The kinds of
question are not known here: `source.specification` completes `LessonSpec` with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from toolkit.model.bibliographies import Bibliography as Bibliography
from toolkit.model.dates import Era
from toolkit.model.event import EVENTS_FROM_FILES, MOST_CATEGORIES, Activity, Showing
from toolkit.model.event import Event as Event
from toolkit.model.fields import (
    FROZEN,
    Edtf,
    FrozenMap,
    Identifier,
    Language,
    Line,
    Minutes,
    Plain,
    Prose,
    Record,
    WebAddress,
    wrong,
)
from toolkit.model.indexing import IndexTerm
from toolkit.model.level import LEVELS, Level
from toolkit.model.records import Names, When
from toolkit.model.versions import AnyVersions

if TYPE_CHECKING:
    from toolkit.model.question import Question

    AnyQuestion: TypeAlias = Question


def _sentence_as(key: str, model: type[Record]) -> BeforeValidator:
    """Return a validator that takes a bare text for a mapping of `model` with the single key `key`."""
    return BeforeValidator(
        lambda value: {key: value} if isinstance(value, str) else value, json_schema_input_type=str | model
    )


class Person(Record):
    """Somebody the reader meets."""

    name: Plain = Field(description="The name as printed.", examples=["Hun Sen"])
    role: Line | None = Field(None, description="Who the person was in this story.", examples=["prime minister"])
    dates: Edtf | None = Field(None, description="Life dates, as an EDTF interval.", examples=["1952/.."])
    note: Prose | None = Field(None, description="What the reader should know.", examples=["Led the government."])


class Standard(Record):
    """A curriculum standard the lesson serves."""

    id: Plain = Field(description="Its identifier in the framework.", examples=["D2.His.1.9-12"])
    text: Line = Field(description="What it asks for.", examples=["Evaluate how context shapes events."])
    case: Plain | None = Field(
        None,
        description="Its GUID in the 1EdTech CASE registry.",
        examples=["6b3a1b5e-7e0e-11e8-8a5f-0242ac120002"],
        pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
    )


class Step(Record):
    """One step of the lesson's plan."""

    minutes: Minutes = Field(description="How long it takes.", examples=[10])
    step: Line = Field(description="What the class does.", examples=["Silent reading; mark one line to question."])
    ready: Line | None = Field(None, description="What to have ready.", examples=["Handout, pencils"])


class Word(Record):
    """A term with its explanation. A bare text is the explanation."""

    means: Line = Field(description="What it means here.", examples=["A stronger state that arms a weaker one."])
    part: Plain | None = Field(None, description="Part of speech.", examples=["noun"])
    translation: Line | None = Field(None, description="The word in the reader's other language.", examples=["patrón"])


Vocabulary: TypeAlias = Annotated[
    Mapping[Plain, Annotated[Word, _sentence_as("means", Word)]],
    *FROZEN,
]


class Origin(Record):
    """Where the article comes from, and on what terms."""

    title: Plain | None = Field(None, description="Title of the original.", examples=["Vietnam Withdraws"])
    author: Names | None = Field(None, description="Who wrote it.", examples=["Womack, Sarah"])
    publisher: Plain | None = Field(None, description="Who published it.", examples=["Office of the Historian"])
    date: When | None = Field(None, description="When it was published (EDTF).", examples=["2008"])
    url: WebAddress | None = Field(None, description="Where it can be read.", examples=["https://history.state.gov"])
    licence: Plain | None = Field(None, description="On what terms it is used.", examples=["CC BY 4.0"])
    adapted: Line | None = Field(None, description="What was changed.", examples=["Shortened; headings added."])


class ArticleFile(Record):
    """The article: its file, where it comes from, and what of it is not printed. A bare text is the file."""

    file: Plain = Field(
        "article.md", description="The article's file, in the lesson's folder.", examples=["article.md"]
    )
    source: Origin | None = Field(
        None, description="Where the text comes from.", examples=[{"author": "Womack, Sarah", "licence": "CC BY 4.0"}]
    )
    omit: tuple[Line, ...] = Field(
        (), description="Headings whose sections are left out of the printed reading.", examples=[["References"]]
    )


class Section(Record):
    """A section of the article, named by its heading, and what goes with it."""

    heading: Line = Field(description="The heading, as it stands in the article.", examples=["The price of a war"])
    under: Line | None = Field(
        None, description="The heading above it, where a heading stands twice.", examples=["Recognition"]
    )
    id: Identifier | None = Field(None, description="A short name that stays.", examples=["price"])
    excerpt: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?$")] | None = Field(
        None, description="Print only these paragraphs of the section, first to last.", examples=["2-4"]
    )
    vocabulary: Vocabulary = Field(
        default_factory=FrozenMap,
        description="Terms of this section; printed beside their line.",
        examples=[{"patron": "A ..."}],
    )
    questions: tuple[AnyQuestion, ...] = Field(
        (), description="Questions on this section.", examples=[[{"open": "Which cost weighed most?", "lines": 4}]]
    )
    note: Prose | None = Field(
        None, description="A note to the teacher on this section.", examples=["Pause here for a show of hands."]
    )


class Image(Record):
    """What is printed with an image of the article, and said in its place."""

    alt: Plain | None = Field(None, description="What it shows, for who cannot see it.", examples=["Map of ..."])
    decorative: bool = Field(False, description="True where it says nothing the text does not.", examples=[True])
    caption: Line | None = Field(None, description="Printed under it.", examples=["The border camps in 1985."])
    credit: Line | None = Field(None, description="Who made it, on what terms.", examples=["Drawn for this lesson."])


class Related(Record):
    """Another lesson to read before or after. A bare text is its title."""

    title: Line | None = Field(None, description="Its title.", examples=["The Khmer Rouge Take Power"])
    lesson: Identifier | None = Field(None, description="Its folder, where it is in this project.", examples=["paris"])
    note: Line | None = Field(None, description="How it is related.", examples=["What came before."])


class Rights(Record):
    """Who owns the lesson, and on what terms it may be copied. A bare text is the licence."""

    licence: Plain = Field(description="The licence.", examples=["CC BY 4.0"])
    holder: Plain | None = Field(None, description="Who owns it.", examples=["Hornbook contributors"])
    year: Plain | None = Field(None, description="Since when.", examples=["2026"])


class LessonSpec(Record):
    """A lesson: an article paired with questions, a chronology and a bibliography."""

    model_config = ConfigDict(defer_build=True, title="Hornbook lesson, version 1")

    title: Line = Field(description="The lesson's title.", examples=["Vietnam Leaves Cambodia"])
    id: Identifier | None = Field(
        None, description="Names the output folder; the lesson folder's name if absent.", examples=["vietnam-leaves"]
    )
    number: Plain | None = Field(None, description="Its number in the course.", examples=["7.3"])
    summary: Line | None = Field(
        None, description="One or two sentences under the title.", examples=["In 1989 Vietnam ended an occupation."]
    )
    language: Language | None = Field(
        None, description="The language of the lesson (BCP 47); the project's if absent.", examples=["en", "es-MX"]
    )
    date: Edtf | None = Field(None, description="When the event took place (EDTF).", examples=["1989-09"])
    places: tuple[Plain, ...] = Field((), description="Where.", examples=[["Cambodia", "Southeast Asia"]])
    categories: tuple[Plain, ...] = Field((), description="What sort of event.", examples=[["War", "Diplomacy"]])
    index: tuple[Annotated[IndexTerm, _sentence_as("term", IndexTerm)], ...] = Field(
        (), description="Index terms, a semicolon before a subtopic.", examples=[["Cambodia; Vietnamese occupation"]]
    )
    keywords: tuple[Plain, ...] = Field(
        (), description="Other forms of the title, for an index of titles.", examples=[["Cambodia, Withdrawal from"]]
    )
    people: tuple[Person, ...] = Field((), description="Who.", examples=[[{"name": "Hun Sen", "role": "premier"}]])
    subject: Plain | None = Field(None, description="The school subject.", examples=["World History"])
    grades: Plain | None = Field(None, description="The grades it is for.", examples=["9-12"])
    duration: Minutes | None = Field(None, description="Class time in minutes.", examples=[50])
    objectives: tuple[Line, ...] = Field(
        (), description="What students will be able to do.", examples=[["Weigh three causes of the withdrawal."]]
    )
    essential_question: Line | None = Field(
        None, description="The question the lesson turns on.", examples=["Can an army leave and a war end?"]
    )
    standards: tuple[Standard, ...] = Field(
        (), description="Curriculum standards.", examples=[[{"id": "D2.His.1.9-12", "text": "Evaluate ..."}]]
    )
    pacing: tuple[Step, ...] = Field(
        (), description="The plan, step by step.", examples=[[{"minutes": 10, "step": "Read."}]]
    )
    article: Annotated[ArticleFile, _sentence_as("file", ArticleFile)] = Field(
        default_factory=lambda: ArticleFile(),
        description="The text that students read.",
        examples=["article.md"],
    )
    sections: tuple[Section, ...] = Field(
        (), description="Sections of the article and their questions.", examples=[[{"heading": "The price of a war"}]]
    )
    questions: tuple[AnyQuestion, ...] = Field(
        (), description="Questions on the whole lesson.", examples=[[{"open": "Was it a defeat?", "lines": 8}]]
    )
    versions: AnyVersions | None = Field(
        None,
        description="Versions A, B, C of the questions, each in an order of its own: how many, or `count` and `seed`.",
        examples=[2, {"count": 3, "seed": "spring-2026"}],
    )
    marks: bool | None = Field(
        None, description="Print a table of the points on the worksheet, to write the marks in.", examples=[True]
    )
    vocabulary: Vocabulary = Field(
        default_factory=FrozenMap,
        description="Terms and what they mean; printed beside their line.",
        examples=[{"patron": "A ..."}],
    )
    images: Annotated[Mapping[Plain, Image], *FROZEN] = Field(
        default_factory=FrozenMap,
        description="The article's images, by file.",
        examples=[{"images/map.png": {"alt": "Map of ..."}}],
    )
    chronology: Annotated[tuple[Event, ...], EVENTS_FROM_FILES] = Field(
        (),
        description="Dated events, or a .csv or .json file in the lesson's folder that holds them.",
        examples=["events.csv", [{"date": "1989-09-26", "event": "The last units leave."}, {"file": "more.csv"}]],
    )
    era: Era | None = Field(
        None,
        description='How years before our era are named: "bce" (44 BCE, 79 CE) or "bc" (44 BC, AD 79); '
        "the custom of the language if absent.",
        examples=["bc"],
    )
    timeline: Showing | None = Field(
        None,
        description="How the handout shows the chronology: as a figure to scale, as a table, both ways, or not at all; "
        "both ways if absent and there are four events or more.",
        examples=["both"],
    )
    timeline_activity: Activity | None = Field(
        None,
        description="What students do with it on the worksheet: write the events beside the dates (also if absent), "
        "write the dates beside the events, place events on an empty line, cut out cards and sort them, or nothing.",
        examples=["line"],
    )
    bibliography: Bibliography | None = Field(
        None,
        description="Further reading: records by citation key; a .bib, .ris, .json or .yaml file in the lesson's "
        "folder; or keys of the bibliography beside the lessons' folders.",
        examples=["sources.bib", {"duiker1989": {"type": "book", "title": "Vietnam Since the Fall of Saigon"}}],
    )
    style: Plain | None = Field(
        None,
        description="The style of citations and sources: plain, apa, chicago, chicago-author-date, mla, turabian, "
        "turabian-author-date, or a .csl file beside the lesson or the project file; the project's if absent.",
        examples=["mla", "chicago", "styles/house.csl"],
    )
    works_cited: bool = Field(
        False,
        description='Print the sources that the sheet cites apart from the others, under "Works cited".',
        examples=[True],
    )
    group_sources: bool = Field(
        False,
        description="Print sources by kind: primary, secondary, audiovisual.",
        examples=[True],
    )
    related: tuple[Annotated[Related, _sentence_as("title", Related)], ...] = Field(
        (), description="Lessons to read before or after.", examples=[["The Khmer Rouge Take Power"]]
    )
    rights: Annotated[Rights, _sentence_as("licence", Rights)] | None = Field(
        None, description="Who owns the lesson, and how it may be copied.", examples=["CC BY 4.0"]
    )

    @model_validator(mode="after")
    def _categories_can_be_told_apart(self) -> Self:
        names = tuple(dict.fromkeys(event.category for event in self.chronology if event.category))
        if len(names) > MOST_CATEGORIES:
            position = next(n for n, event in enumerate(self.chronology) if event.category == names[MOST_CATEGORIES])
            message = f"a chronology has {MOST_CATEGORIES} categories at most; {names[MOST_CATEGORIES]!r} is one more"
            raise wrong("L204", message, at=("chronology", position, "category"))
        return self

    def all_questions(self) -> tuple[Question, ...]:
        """Return every question in printed order: section by section, then those on the whole lesson."""
        return tuple(q for section in self.sections for q in section.questions) + self.questions

    def levels(self) -> tuple[Level, ...]:
        """Return the levels that have a sheet of their own, `core` first; only that where no question names one."""
        named = {level for question in self.all_questions() for level in question.levels_named()}
        return tuple(level for level in LEVELS if level == "core" or level in named)

    @model_validator(mode="after")
    def _marks_have_points(self) -> Self:
        if self.marks and not any(question.total() for question in self.all_questions()):
            raise wrong("L204", "no question has points", at=("marks",), hint="give the questions `points:`")
        return self

    def dump(self) -> dict[str, Any]:
        """Return the lesson as plain data, defaults left out: what would be written to YAML."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
