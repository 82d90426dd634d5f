"""The project file, `hornbook.toml`: what holds for every lesson of a folder."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from toolkit.model.fields import Language, Plain, Record

Sheet = Literal["handout", "worksheet"]
Edition = Literal["student", "teacher"]
Format = Plain


class Project(Record):
    """Settings of a project. Every key has a default; the file may be absent."""

    title: Plain | None = Field(None, description="The course or school, printed in the foot.", examples=["History 10"])
    language: Language = Field("en", description="The language of lessons that name none.", examples=["en", "es"])
    paper: Literal["letter", "a4"] = Field("letter", description="The size of the paper.", examples=["a4"])
    lessons: Plain = Field("lessons", description="The folder that holds the lessons.", examples=["lessons"])
    output: Plain = Field("output", description="The folder that builds write to.", examples=["output"])
    style: Plain = Field(
        "plain", description="The citation style of lessons that name none.", examples=["mla", "styles/house.csl"]
    )
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)] = Field(
        ("student", "teacher"), description="Whom to print for.", examples=[["student", "teacher"]]
    )
    targets: Annotated[tuple[Plain, ...], Field(min_length=1)] = Field(
        ("handout.pdf", "worksheet.docx"),
        description="What `hornbook build` makes when it is not told.",
        examples=[["handout.pdf", "worksheet.docx", "handout.html"]],
    )
    pitch: Annotated[float, Field(ge=5, le=20)] = Field(
        8.7,  # US wide-ruled paper, 11/32 in; the usual pitch in secondary schools
        description="The distance of answer lines in mm.",
        examples=[8.7, 7.1],
    )
