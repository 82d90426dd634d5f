"""Bibliography records: CSL-JSON 1.0.2, the data model of the Citation Style Language.

Field names and types are those of the CSL 1.0.2 specification (appendix III and IV), so that a record
copied out of a reference manager is a record here. Names may also be written as one string.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from toolkit.model.fields import Edtf, Plain, Prose, Record, WebAddress, wrong
from toolkit.model.quoting import quoted

RecordType: TypeAlias = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip  # the list of the specification, in its order


class Name(Record):
    """One person or institution. `literal` is a name that has no parts: an institution, a single name."""

    family: Plain | None = Field(None, description="Family name.", examples=["Duiker"])
    given: Plain | None = Field(None, description="Given names.", examples=["William J."])
    suffix: Plain | None = Field(None, description="What follows the name.", examples=["Jr."])
    literal: Plain | None = Field(None, description="A name without parts.", examples=["United Nations"])
    particle: Plain | None = Field(
        None, alias="non-dropping-particle", description="A particle that belongs to the family name.", examples=["van"]
    )
    script: Plain | None = Field(
        None,
        description="The whole name in its own script, where the rest is romanised; a list of sources prints both.",
        examples=["周達觀"],
    )
    dropping: Plain | None = Field(
        None, alias="dropping-particle", description="A particle that belongs to the given name.", examples=["de"]
    )


def _name(value: object) -> object:
    """Return a name written as one string ("Family, Given, Jr.", or a literal) as a mapping."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",")]
    if not all(parts) or len(parts) > 3:
        raise wrong("L204", f"{quoted(value)} is not a name", hint='write "Family, Given", or a name without a comma')
    if len(parts) == 1:
        return {"literal": parts[0]}
    return dict(zip(("family", "given", "suffix"), parts, strict=False))


def _names(value: object) -> object:
    return [value] if isinstance(value, (str, Mapping)) else value


def _date_parts(value: object) -> object:
    """Return a date in CSL-JSON's own form ({"date-parts": [[1989, 9]]}) as EDTF text."""
    if isinstance(value, Mapping):
        for key in ("raw", "literal"):
            if key in value:
                return value[key]
        with suppress(KeyError, TypeError, ValueError):  # parts that are no numbers; the type of dates says so
            return "/".join(
                "-".join(f"{int(str(n)):0{2 if i else 4}d}" for i, n in enumerate(p)) for p in value["date-parts"]
            )
    return value


OneName = Annotated[Name, BeforeValidator(_name, json_schema_input_type=str | Name)]
Names = Annotated[
    tuple[OneName, ...],
    BeforeValidator(_names, json_schema_input_type=str | Name | list[str | Name]),
    Field(min_length=1),
]
When = Annotated[
    Edtf,
    BeforeValidator(_date_parts),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "edtf"}, {"type": "object"}]}),
]
"""A date as EDTF, or in the form that CSL-JSON has for it."""


def _text(alias: str, description: str, example: str) -> Any:  # noqa: ANN401  # what pydantic's Field returns
    return Field(None, alias=alias, description=description, examples=[example])


class SourceRecord(Record):
    """One source: a book, an article, a film, a document. Keys are CSL variables."""

    type: RecordType = Field(description="What kind of source it is, in CSL's words.", examples=["book", "chapter"])
    title: Plain = Field(description="The title as printed.", examples=["Vietnam Since the Fall of Saigon"])
    title_sentence: Plain | None = _text(
        "title-sentence", "The title in sentence case, for styles that print it so.", "Vietnam since the fall of Saigon"
    )
    title_script: Plain | None = _text(
        "title-script", "The title in its own script, where it is romanised.", "真臘風土記"
    )
    title_short: Plain | None = _text("title-short", "The title before the colon.", "When the War Was Over")
    author: Names | None = Field(
        None, description='Authors: "Family, Given", or a list of them.', examples=["Duiker, William J."]
    )
    editor: Names | None = Field(None, description="Editors.", examples=[["Ablin, David A.", "Hood, Marlowe"]])
    translator: Names | None = Field(None, description="Translators.", examples=["Wong, Loung"])
    director: Names | None = Field(None, description="Directors of a film.", examples=["Panh, Rithy"])
    interviewer: Names | None = Field(None, description="Who asked.", examples=["Thayer, Nate"])
    recipient: Names | None = Field(None, description="To whom a letter was sent.", examples=["Sihanouk, Norodom"])
    container_author: Names | None = Field(
        None, alias="container-author", description="Authors of the book a chapter is in.", examples=["Kiernan, Ben"]
    )
    collection_editor: Names | None = Field(
        None, alias="collection-editor", description="Editors of the series.", examples=["Chandler, David"]
    )
    original_author: Names | None = Field(
        None, alias="original-author", description="Author of the original.", examples=["Zhou, Daguan"]
    )
    chair: Names | None = Field(None, description="Who chaired a meeting.", examples=["Ali, Sastroamidjojo"])
    compiler: Names | None = Field(None, description="Who compiled a collection.", examples=["Bevans, Charles I."])
    composer: Names | None = Field(None, description="Composers.", examples=["Sinn, Sisamouth"])
    contributor: Names | None = Field(None, description="Who else took part.", examples=["Hammer, Ellen"])
    curator: Names | None = Field(None, description="Who chose the pieces of an exhibition.", examples=["Ly, Daravuth"])
    editor_translator: Names | None = Field(
        None, alias="editor-translator", description="Who edited and translated.", examples=["Jacob, Judith M."]
    )
    guest: Names | None = Field(None, description="Guests of a broadcast.", examples=["Chandler, David"])
    host: Names | None = Field(None, description="Hosts of a broadcast.", examples=["Lehrer, Jim"])
    illustrator: Names | None = Field(None, description="Illustrators.", examples=["Vann, Nath"])
    narrator: Names | None = Field(None, description="Narrators.", examples=["Garnett, Daniel"])
    organizer: Names | None = Field(None, description="Who organized an event.", examples=["Asia Society"])
    performer: Names | None = Field(None, description="Performers.", examples=["Ros, Serey Sothea"])
    producer: Names | None = Field(None, description="Producers.", examples=["Puttnam, David"])
    reviewed_author: Names | None = Field(
        None, alias="reviewed-author", description="Author of the work under review.", examples=["Becker, Elizabeth"]
    )
    script_writer: Names | None = Field(
        None, alias="script-writer", description="Who wrote the script.", examples=["Robinson, Bruce"]
    )
    series_creator: Names | None = Field(
        None, alias="series-creator", description="Who created a series.", examples=["Burns, Ken"]
    )
    issued: When | None = Field(None, description="When it was published (EDTF).", examples=["1989", "1989-06-29"])
    original_date: When | None = Field(
        None, alias="original-date", description="When a reprint first came out.", examples=["1986"]
    )
    accessed: When | None = Field(None, description="When a web page was read.", examples=["2026-03-01"])
    event_date: When | None = Field(
        None, alias="event-date", description="When an event took place.", examples=["1991"]
    )
    available_date: When | None = Field(
        None, alias="available-date", description="When it came out ahead of print.", examples=["1989-05"]
    )
    submitted: When | None = Field(None, description="When it was handed in or filed.", examples=["1988-11"])
    publisher: Plain | None = _text("publisher", "The publisher.", "Ohio University Center for International Studies")
    publisher_place: Plain | None = _text("publisher-place", "Where it was published.", "Athens, OH")
    original_publisher: Plain | None = _text("original-publisher", "Who published the original.", "Simon & Schuster")
    original_title: Plain | None = _text("original-title", "The title in its own language.", "Zhenla fengtu ji")
    container_title: Plain | None = _text("container-title", "The journal, book or site it is in.", "Asian Survey")
    container_title_sentence: Plain | None = _text(
        "container-title-sentence", "The title of the book with the capitals of a sentence.", "A history of Cambodia"
    )
    collection_title: Plain | None = _text("collection-title", "The series it is in.", "Southeast Asia Series")
    collection_number: Plain | None = _text("collection-number", "Its number in the series.", "56A")
    volume: Plain | None = _text("volume", "The volume.", "43")
    number_of_volumes: Plain | None = _text("number-of-volumes", "How many volumes there are.", "2")
    issue: Plain | None = _text("issue", "The issue of a journal.", "3")
    number: Plain | None = _text("number", "The number of a report or document.", "S/23177")
    page: Plain | None = _text("page", "Pages, first to last.", "17-18")
    number_of_pages: Plain | None = _text("number-of-pages", "How many pages it has.", "202")
    edition: Plain | None = _text("edition", "The edition.", "2")
    version: Plain | None = _text("version", "The version.", "1.2")
    genre: Plain | None = _text("genre", "What kind of thesis, report or film.", "PhD diss.")
    medium: Plain | None = _text("medium", "What it is recorded on.", "DVD")
    dimensions: Plain | None = _text("dimensions", "Its size or running time.", "101 min.")
    archive: Plain | None = _text("archive", "The archive that holds it.", "Documentation Center of Cambodia")
    archive_place: Plain | None = _text("archive-place", "Where the archive is.", "Phnom Penh")
    archive_location: Plain | None = _text("archive_location", "Its place in the archive.", "Box 4, D21516")
    call_number: Plain | None = _text("call-number", "Its shelf mark.", "DS554.8")
    event_title: Plain | None = _text("event-title", "The conference or event.", "Paris Conference on Cambodia")
    event_place: Plain | None = _text("event-place", "Where the event took place.", "Paris")
    authority: Plain | None = _text("authority", "The body that made a law or document.", "UN Security Council")
    section: Plain | None = _text("section", "The section of a newspaper or law.", "A")
    url: WebAddress | None = _text("URL", "Its web address.", "https://peacemaker.un.org/cambodiaparisagreement91")
    doi: Plain | None = _text("DOI", "Its DOI, without a web address.", "10.2307/2644521")
    isbn: Plain | None = _text("ISBN", "Its ISBN.", "9780896801592")
    issn: Plain | None = _text("ISSN", "The ISSN of its journal.", "0004-4687")
    original_publisher_place: Plain | None = _text(
        "original-publisher-place", "Where the original was published.", "New York"
    )
    container_title_short: Plain | None = _text(
        "container-title-short", "The short name of its journal.", "Far E. Econ. Rev."
    )
    volume_title: Plain | None = _text(
        "volume-title", "The title of the volume, where `title` is that of the whole.", "The Age of Reform"
    )
    part_number: Plain | None = _text("part-number", "The number of the part.", "2")
    part_title: Plain | None = _text("part-title", "The title of the part.", "The War")
    chapter_number: Plain | None = _text("chapter-number", "The number of the chapter.", "6")
    printing_number: Plain | None = _text("printing-number", "Which printing it is.", "3")
    supplement_number: Plain | None = _text("supplement-number", "The number of the supplement.", "1")
    archive_collection: Plain | None = _text("archive_collection", "The collection in the archive.", "Kissinger papers")
    jurisdiction: Plain | None = _text("jurisdiction", "The place where a law or judgment holds.", "us")
    division: Plain | None = _text("division", "The division of a court or body.", "Third Committee")
    license: Plain | None = _text("license", "On what terms it may be used.", "CC BY 4.0")
    scale: Plain | None = _text("scale", "The scale of a map.", "1:50,000")
    references: Plain | None = _text("references", "What is noted of a legal source.", "cert. denied")
    reviewed_title: Plain | None = _text(
        "reviewed-title", "The title of the work that a review is about.", "When the War Was Over"
    )
    reviewed_genre: Plain | None = _text("reviewed-genre", "The kind of work that a review is about.", "book")
    pmid: Plain | None = _text("PMID", "Its number in PubMed.", "26957754")
    pmcid: Plain | None = _text("PMCID", "Its number in PubMed Central.", "PMC4756000")
    language: Plain | None = _text("language", "The language it is written in.", "fr")
    source: Plain | None = _text("source", "The catalogue or site it was found in.", "Internet Archive")
    status: Plain | None = _text("status", "What state it is in.", "forthcoming")
    abstract: Prose | None = Field(None, description="Its abstract. Not printed.", examples=["Traces the ..."])
    keyword: Plain | None = _text("keyword", "Words to find it by. Not printed.", "Cambodia; war")
    kind: Literal["primary", "secondary", "audiovisual"] | None = Field(
        None,
        description="Where it stands in a list that is grouped; films, recordings and pictures are audiovisual.",
        examples=["primary"],
    )
    annotation: Prose | None = Field(
        None,
        description="What the reader gets from it, in your words: printed under the entry.",
        examples=["Chapters 6 and 9 follow the decision to invade and the decision to leave."],
    )
