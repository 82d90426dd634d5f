"""The project file, `hornbook.toml`: what holds for every lesson of a folder."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from toolkit.model.choices import PdfVariant
from toolkit.model.dates import Era
from toolkit.model.fields import Language, Plain, Record
from toolkit.model.level import Level
from toolkit.model.pitch import NARROWEST, WIDEST
from toolkit.model.presentation import Presentation

Sheet = Literal["handout", "worksheet"]
Edition = Literal["student", "teacher"]
Format = Plain


class Project(Record):
    """Settings of a project. Every key has a default; the file may be absent."""

    title: Plain | None = Field(None, description="The course or school, printed in the foot.", examples=["History 10"])
    language: Language = Field("en", description="The language of lessons that name none.", examples=["en", "es"])
    era: Era | None = Field(
        None, description='How lessons that do not say name years before our era: "bce" or "bc".', examples=["bc"]
    )
    paper: Literal["letter", "a4"] = Field("letter", description="The size of the paper.", examples=["a4"])
    lessons: Plain = Field("lessons", description="The folder that holds the lessons.", examples=["lessons"])
    output: Plain = Field("output", description="The folder that builds write to.", examples=["output"])
    style: Plain = Field(
        "plain", description="The citation style of lessons that name none.", examples=["mla", "styles/house.csl"]
    )
    fonts: tuple[Plain, ...] = Field(
        (),
        description="Families of fonts of this machine that words may be set in, besides those in the folder fonts/.",
        examples=[["Noto Serif CJK SC"]],
    )
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)] = Field(
        ("student", "teacher"), description="Whom to print for.", examples=[["student", "teacher"]]
    )
    targets: Annotated[tuple[Plain, ...], Field(min_length=1)] = Field(
        ("handout.pdf", "worksheet.docx"),
        description="What `hornbook build` makes when it is not told.",
        examples=[["handout.pdf", "worksheet.docx", "handout.html"]],
    )
    levels: Annotated[tuple[Level, ...], Field(min_length=1)] = Field(
        ("core",), description="The levels to print of lessons that have them.", examples=[["core", "support"]]
    )
    presentations: Annotated[tuple[Presentation, ...], Field(min_length=1)] = Field(
        ("standard",),
        description='How to set the sheets: "standard", "large-print", "dyslexia", "photocopy".',
        examples=[["standard", "large-print"]],
    )
    theme: Plain | None = Field(
        None, description="A CSS file with the school's colours, faces, sizes and logo.", examples=["school.css"]
    )
    reference: Plain | None = Field(
        None,
        description="A Word file or template of the school, whose styles, header, footer and page Word sheets take.",
        examples=["school.docx"],
    )
    embed_fonts: bool = Field(
        False,
        description="Put the program's own fonts into Word files, for machines without those of Office.",
        examples=[True],
    )
    marks: bool = Field(
        False, description="Print a table of the points on every worksheet that has points.", examples=[True]
    )
    pitch: Annotated[float, Field(ge=NARROWEST, le=WIDEST)] | None = Field(
        None, description="The distance of answer lines in mm; by the lesson's grades if absent.", examples=[8.7, 7.1]
    )
    pdf_variant: PdfVariant = Field(
        "ua-1",
        description='The standard of the PDF files: "ua-1", or "a-2a" or "a-3a" for archives, which are PDF/UA too.',
        examples=["a-3a"],
    )
    verify: bool | None = Field(
        None,
        description="Check that every PDF is accessible, and fail those that are not; in CI only if absent.",
        examples=[True],
    )
