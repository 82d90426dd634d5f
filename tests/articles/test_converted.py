"""Files of other programs: made here by pandoc and by ourselves, so that what they hold is known."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import drafted
import pypandoc  # type: ignore[import-untyped]  # it has no types
import pytest
from sandbox import Sandbox

from toolkit.articles import archives, report
from toolkit.articles.draft import Drawn
from toolkit.articles.readers import guess, read_named
from toolkit.articles.sources import Source, Unreadable

TEXT = """---
title: Why the Sea Is Salty
author: Ann Lee
lang: en
---

Rain takes *minerals* out of rocks[^1], and “rivers” carry them to the sea at 10 < 20 km.

# Where from

| Sea | Salt |
|-----|------|
| Baltic | 8 |

- one
- two

> A quotation.

[^1]: Slowly.

# Discussion Questions

1. Why?
2. How much?

# Glossary

brine
:   water with salt
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Sea Salt | The Site</title><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2020-01-02T03:04:05Z"><link rel="canonical" href="https://a.org/x/salt">
<script type="application/ld+json">{"@type":"Article","license":"https://creativecommons.org/licenses/by/4.0/"}</script>
</head><body><header class="site-header"><a href="/">The Site</a></header><nav><a href="/a">Home</a></nav>
<div class="cookie-banner">We use cookies.</div>%s<footer>Imprint</footer></body></html>"""
ARTICLE = """<h1>Why the <em>Sea</em> Is Salty</h1><p>Rain takes minerals out of rocks, and <a href="../big">rivers</a>
carry them to the sea. It never goes back, for only water rises into the clouds; what is left behind grows.</p>
<aside class="sidebar">Most read</aside>
<h2>Where from</h2><figure>
<img src="a.png" alt="A map"><figcaption>Salt</figcaption></figure>
<p>From the rocks of the land, and from the hot springs on the floor of the ocean, say those who went down there.</p>
<h2>Review Questions</h2><ol><li>Why?</li><li>How?</li></ol>"""


def made(form: str) -> bytes:
    words = [pypandoc.get_pandoc_path(), "--from=markdown", f"--to={form}", "--output=-"]
    return subprocess.run(words, input=TEXT.encode(), capture_output=True, check=True).stdout


@pytest.mark.parametrize("form", ["docx", "odt", "epub"])
def test_what_pandoc_wrote_is_read_back(form: str) -> None:
    source = Source(f"salt.{form}", made(form))
    assert guess(Source("salt", source.data)) == form
    found = drafted.guessed(source.name, source.data)
    assert (found.title, found.provenance.author) == ("Why the Sea Is Salty", "Ann Lee")
    # OpenDocument has no lists of terms: there, they are paragraphs, and stay in the reading with their heading.
    assert drafted.headings(found) == ["Where from", "Glossary"][: 2 if form == "odt" else 1]
    assert any(
        words.startswith("Rain takes *minerals* out of rocks[^1], and “rivers” carry")
        for words in drafted.paragraphs(found)
    )
    shapes = [block.shape for block in found.blocks if block.markdown != "Ann Lee"]
    assert shapes[:5] == ["paragraph", "heading", "table", "list", "quote"]
    assert shapes[-1] == "note"
    assert [one.prompt for one in found.questions] == ["Why?", "How much?"]
    assert form == "odt" or [(one.term, one.means) for one in found.terms] == [("brine", "water with salt")]
    assert "converted to Markdown" in report.text(found, source, Drawn())


@pytest.mark.parametrize(
    "body", [f"<main><article>{ARTICLE}</article></main>", f"<div id='c'><div class='post'>{ARTICLE}</div></div>"]
)
def test_a_page_without_its_menus(body: str) -> None:
    found = drafted.guessed("page", (PAGE % body).encode())
    assert (found.title, found.language) == ("Why the Sea Is Salty", "en")
    told = found.provenance
    assert (told.author, told.date, told.url) == ("Ann Lee", "2020-01-02", "https://a.org/x/salt")
    assert told.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert drafted.headings(found) == ["Where from"]
    assert drafted.paragraphs(found)[0].startswith(
        "Rain takes minerals out of rocks, and [rivers](<https://a.org/big>)"
    )
    assert [(one.file, one.caption) for one in found.images] == [("a.png", "Salt")]
    assert [one.prompt for one in found.questions] == ["Why?", "How?"]
    removed = " ".join(found.text.split("\n")[p.line - 1] for p in found.pieces if p.fate == "removed")
    assert all(words in removed for words in ("We use cookies.", "Home", "Imprint", "Most read"))
    assert "cookies" not in " ".join(block.markdown for block in found.blocks)


def test_a_page_in_an_encoding_that_it_names() -> None:
    page = "<html><meta charset='iso-8859-2'><title>Łódź</title><body><p>Łódź leży w Polsce.</p></body></html>"
    assert drafted.guessed("a.html", page.encode("iso-8859-2")).title == "Łódź"


@pytest.fixture(scope="module")
def handout(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    sandbox = Sandbox(tmp_path_factory.mktemp("pdf"))
    sandbox.lesson()
    sandbox.run("build", "--format", "pdf")
    return next(sandbox.root.glob("output/**/handout.pdf")).read_bytes()


def test_our_own_handouts_are_read_back(handout: bytes) -> None:
    found = drafted.guessed("handout", handout)
    assert found.reader == "pdf"
    assert found.title
    assert drafted.paragraphs(found)


def test_headings_that_are_only_bold_and_numbers_that_are_only_typed() -> None:
    document = docx.Document()
    for words, bold in (
        ("The Treaty of Ghent", True), ("The war ended in 1814 with a treaty that gave nobody anything.", False),
        ("Causes", True), ("There were many.", False),
        ("Discussion Questions", True), ("1. Why?", False), ("2. How?", False),
    ):  # fmt: skip  # pairs
        document.add_paragraph().add_run(words).bold = bold
    stream = io.BytesIO()
    document.save(stream)
    found = drafted.guessed("ghent.docx", stream.getvalue())
    assert (found.title, found.provenance.author) == ("The Treaty of Ghent", "")
    assert [(block.markdown, block.level) for block in found.blocks if block.level] == [("Causes", 2)]
    assert [one.prompt for one in found.questions] == ["Why?", "How?"]
    assert {doubt.question for doubt in found.doubts} == {"taken for a heading"}


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return stream.getvalue()


def repacked(**parts: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made("docx"))) as packed:
        return archive({name: packed.read(name) for name in packed.namelist()} | parts)


BOMB = b"<a>" + bytes(41_000_000)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a bomb": lambda: repacked(**{"word/huge.xml": BOMB}),
    "entities": lambda: repacked(**{"word/document.xml": ENTITIES}),
    "wide entities": lambda: repacked(**{"word/document.xml": ENTITIES.decode().encode("utf-16")}),
    "no XML": lambda: repacked(**{"word/document.xml": b"<broken"}),
    "cut short": lambda: made("docx")[:2000],
    "a locked page": lambda: b"%PDF-1.7\n" + bytes(400),
    "a PDF cut short": lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    "an empty page": lambda: b"<html><body></body></html>",
    "a page of menus": lambda: b"<html><body><nav>Home</nav></body></html>",
    "parts without end": lambda: repacked(**{f"word/{n}.txt": b"" for n in range(6000)}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_and_broken_files_are_refused_with_a_reason(what: str) -> None:
    data = HOSTILE[what]()
    name = {b"PK": "a.docx", b"%P": "a.pdf", b"<h": "a.html"}[data[:2]]
    with pytest.raises(Unreadable) as refused:
        read_named(guess(Source(name, data)), Source(name, data))
    assert refused.value.reason


def test_the_pictures_of_an_archive_can_be_had() -> None:
    source = Source("a.docx", repacked(**{"word/media/image1.png": b"PNG"}))
    assert archives.member(source, "media/image1.png") == b"PNG"
    with pytest.raises(Unreadable):
        archives.member(source, "media/image2.png")


WORD = sorted((Path(__file__).parents[3] / "shared/inputs/docx").glob("*.docx"))


@pytest.mark.parametrize("path", WORD or [None], ids=lambda path: path.stem if path else "none")
def test_word_files_of_other_programs(path: Path | None) -> None:
    if path is None:
        pytest.skip("the Word files of other programs are not there: ../shared/inputs/docx")
    try:
        drafted.guessed(path.name, path.read_bytes())
    except Unreadable:
        assert path.stem in ("empty", "external-picture")  # those that hold no word
