"""Whatever bytes a lesson, an article or a bibliography holds: a value, or diagnostics that an author can use."""

from __future__ import annotations

import contextlib
import json
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox import REPOSITORY

from toolkit.citations import bibtex, csljson
from toolkit.citations.files import RawBibliography
from toolkit.model import markup
from toolkit.model import text as t
from toolkit.model.citing import split_citations, written
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.project import Project
from toolkit.model.specification import LessonSpec
from toolkit.source import article, lesson, specification, tree

EXAMPLES = REPOSITORY / "tests" / "examples" / "good"
LESSON = (EXAMPLES / "every-field" / "lesson.yaml").read_text(encoding="utf-8")
ARTICLE = (EXAMPLES / "vietnamese" / "article.md").read_text(encoding="utf-8")
BIBTEX = (EXAMPLES / "sources-in-bibtex" / "sources.bib").read_text(encoding="utf-8")
CSL = (EXAMPLES / "sources-in-csl-json" / "sources.json").read_text(encoding="utf-8")

YAML_TOKENS = [
    "title: ", "title: River\n", "sections:\n", "  - ", "heading: Upstream\n", "questions:\n", "      - ", "open: ",
    "choose: ", "options: ", "correct: ", "short: ", "answer: ", "lines: ", "points: ", "Why?\n", "3\n", "-1\n",
    "chronology: ", "date: ", "1953-02", "event: ", "cite: ", "bibliography: ", "reed1960: ", "type: book", "images: ",
    "vocabulary: ", "article: ", "article.md", "article.source.author: ", "[", "]", "{", "}", ", ", ": ", "? ", "- ",
    "\n", "\n  ", "\n    ", "    ", "\t", "|\n", ">-\n", "'", '"', "\\", "\\x1b", "\\u202e", "#", " # x", "&a ", "*a ",
    "<<: ", "!!int ", "!x ", "%YAML 1.1\n", "---\n", "...\n", "@", "`", "[@reed1960, 3]", "@low", "<b>", "*", "**",
    "](javascript:x)", "![a](b.png)", "\u0301", "\u200b", "🌊", "មេ", "\r\n", "\ufeff", "null", "~", "yes", "1e3",
    "0x1F",
]  # fmt: skip  # a list reads better in lines than one a line
MARKDOWN_TOKENS = [
    "# ", "## ", "### ", "- ", "1. ", "> ", "    ", "\n", "\n\n", "  \n", "| a | b |\n", "|---|:-:|\n",
    "| 1 | 2 | 3 |\n", "*", "**", "_", "`", "```\n", "~~~", "[", "]", "(", ")", "[x](https://e.org)", "[x](//e)", "![",
    "![a](b.png)", '![](images/a%20b.png "c")', "<b>", "</b>", "<!--", "-->", "<https://e.org>", "[^1]", "[^1]: ",
    "^[", "[^a]: x", "[r]: https://e.org", "[r]", "@key", "[@key, 3; -@other]", "@{a b}", "\\", "\\@", "&amp;",
    "&#x202e;", "&#0;", "***", "===\n", "---\n", "word", "từ", "ទន្លេ", "النهر", "🌊", "\u00a0", "\t", "\r\n",
    "\ufdd0", "\x07",
]  # fmt: skip  # a list reads better in lines than one a line
BIB_TOKENS = [
    "@book", "@", "{", "}", "(", ")", "key", ",", "=", " = ", "title", "author", "year", "month", "sep", '"', "#",
    "and", "{\\'E}", "\\", "$", "$$", "\\emph{", "%", "~", "--", "\n", "@string{a = {b}}", "@comment{", "1960",
    "url", "a" * 300,
]  # fmt: skip  # a list reads better in lines than one a line
JSON_TOKENS = [
    "[", "]", "{", "}", ",", ":", '"', '"id"', '"title"', '"type"', '"book"', '"issued"', '{"date-parts": [[1960, 2]]}',
    "null", "true", "1", "-1e999", "NaN", "Infinity", "9" * 5000, '"\\ud800"', '"\\u0000"', "\\", "\n", "\t", "/*x*/",
]  # fmt: skip  # a list reads better in lines than one a line


def tokens(words: list[str], most: int = 40) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), max_size=most).map("".join)


def mutated(text: str, words: list[str]) -> st.SearchStrategy[str]:
    """Return texts that are `text` with a few pieces cut out, doubled, or put in."""

    def changed(changes: list[tuple[int, int, str]]) -> str:
        result = text
        for at, length, inserted in changes:
            place = at % (len(result) + 1)
            result = result[:place] + inserted + result[place + length :]
        return result

    places = st.integers(0, len(text))
    return st.lists(st.tuples(places, st.integers(0, 12), st.sampled_from(["", *words])), min_size=1, max_size=4).map(
        changed
    )


def usable(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Fail where a diagnostic has no place, or words that no terminal can print in one line."""
    assert diagnostics
    assert len(diagnostics) < 500
    for diagnostic in diagnostics:
        assert diagnostic.span, diagnostic
        assert diagnostic.span.line > 0
        assert diagnostic.span.column > 0
        for words in (diagnostic.message, diagnostic.hint):
            words.encode("utf-8")
            assert not any(ord(char) < 0x20 or 0x7F <= ord(char) <= 0x9F for char in words), words
            assert not any(char in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e" for char in words), words
            assert len(words) < 600, words
        assert diagnostic.message.strip()


@contextlib.contextmanager
def folder(**files: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "river"
        place.mkdir()
        for key, data in {"article_md": b"## Upstream\n\nFlat.\n", **files}.items():
            (place / key.replace("_", ".")).write_bytes(data)
        yield place


def load(data: bytes, **files: bytes) -> None:
    with folder(lesson_yaml=data, **files) as place:
        try:
            loaded = lesson.load(place / "lesson.yaml", Project())
        except LessonError as error:
            usable(error.diagnostics)
            return
        if loaded.notices:
            usable(loaded.notices)
        assert hash(loaded.lesson) == hash(pickle.loads(pickle.dumps(loaded.lesson)))
        round_trip(loaded.lesson.spec)


def round_trip(spec: LessonSpec) -> None:
    text = json.dumps(spec.dump(), ensure_ascii=False)
    composed = tree.compose(text, "lesson.yaml")
    assert composed.root, composed.problems
    read = specification.read(composed.root, text)
    assert not read.problems
    assert read.spec == spec


@settings(max_examples=150, deadline=2000)
@given(st.binary(max_size=300))
def test_a_lesson_of_any_bytes(data: bytes) -> None:
    load(data)


@settings(max_examples=100, deadline=2000)
@given(st.text(max_size=300))
def test_a_lesson_of_any_text(text: str) -> None:
    load(text.encode("utf-8", "surrogatepass"))
    load(f"title: {text}".encode("utf-8", "surrogatepass"))


@settings(max_examples=400, deadline=2000)
@given(tokens(YAML_TOKENS))
def test_a_lesson_of_yaml_tokens(text: str) -> None:
    load(text.encode())


@settings(max_examples=200, deadline=2000)
@given(mutated(LESSON, YAML_TOKENS))
def test_a_lesson_that_was_changed_here_and_there(text: str) -> None:
    load(text.encode())


@settings(max_examples=120, deadline=2000)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_in_a_field_is_kept_or_refused(text: str) -> None:
    spec = {"title": "River", "summary": text, "places": [text], "questions": [{"open": text, "answer": text}]}
    load(json.dumps(spec, ensure_ascii=False).encode())


@settings(max_examples=150, deadline=2000)
@given(st.one_of(tokens(MARKDOWN_TOKENS, 60), mutated(ARTICLE, MARKDOWN_TOKENS), st.text(max_size=200)))
def test_an_article_of_any_text(text: str) -> None:
    load(b"title: River\n", article_md=text.encode("utf-8", "surrogatepass"))


@settings(max_examples=50, deadline=2000)
@given(st.binary(max_size=200))
def test_an_article_of_any_bytes(data: bytes) -> None:
    load(b"title: River\n", article_md=data)


@settings(max_examples=200, deadline=2000)
@given(tokens(MARKDOWN_TOKENS, 60))
def test_an_article_is_read_without_files(text: str) -> None:
    for problem in article.read(text, "article.md").problems:
        assert problem.span


@settings(max_examples=300, deadline=2000)
@given(st.one_of(tokens(MARKDOWN_TOKENS, 30), st.text(max_size=100)))
def test_markdown_of_any_text(text: str) -> None:
    for one_line in (True, False):
        found = markup.read(text, one_line=one_line)
        assert all(block.line < block.end for block in found.placed)


@settings(max_examples=200, deadline=2000)
@given(st.one_of(tokens(BIB_TOKENS), mutated(BIBTEX, BIB_TOKENS), st.text(max_size=100)))
def test_a_bibtex_file_of_any_text(text: str) -> None:
    read_whole(bibtex.read(text))
    load(b"title: River\nbibliography: sources.bib\n", sources_bib=text.encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=2000)
@given(st.one_of(tokens(JSON_TOKENS), mutated(CSL, JSON_TOKENS), st.text(max_size=100)))
def test_a_json_file_of_any_text(text: str) -> None:
    read_whole(csljson.read(text))
    load(b"title: River\nbibliography: sources.json\n", sources_json=text.encode("utf-8", "surrogatepass"))


JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)
CSL_KEYS = st.sampled_from(["id", "type", "title", "author", "issued", "volume", "note", "URL", "DOI", "season", "x"])


@settings(max_examples=150, deadline=2000)
@given(st.lists(st.dictionaries(CSL_KEYS, JSON_VALUES, max_size=6), max_size=3), st.booleans())
def test_a_json_file_of_records_with_any_values(records: list[dict[str, object]], ascii_only: bool) -> None:
    text = json.dumps(records, ensure_ascii=ascii_only, indent=1)
    read_whole(csljson.read(text))
    load(b"title: River\nbibliography: sources.json\n", sources_json=text.encode("utf-8", "surrogatepass"))


def read_whole(found: RawBibliography) -> None:
    for fault in (*found.faults, *found.left_out):
        assert fault.message
        assert fault.place.line > 0
        assert fault.place.column > 0


CITING = [
    "[",
    "]",
    "@a",
    "@b-c",
    "@{x y}",
    "@{http://e.org/}",
    "-@a",
    ";",
    ",",
    " ",
    "see ",
    "p. 3",
    "a@b.c",
    "\\",
    "é",
    ".",
]


def _written(node: t.Inline) -> list[str]:
    """Return what the author wrote for a node, in order, brackets and signs left out."""
    match node:
        case t.Text(text):
            return [text]
        case t.Citation(cites):
            return [piece for cite in cites for piece in (cite.prefix, written(cite.key), cite.locator)]
        case _:
            raise AssertionError(node)


@settings(max_examples=400, deadline=2000)
@given(st.one_of(tokens(CITING, 25), st.text(max_size=60)))
def test_no_letter_is_lost_when_citations_are_split(text: str) -> None:
    nodes = split_citations(text)
    at = 0
    for node in nodes:
        for piece in _written(node):
            # Every piece stands behind the one before it; braces around a key may be the author's choice.
            found = text.find(piece, at)
            if found < 0 and piece.startswith("@"):
                piece = f"@{{{piece[1:]}}}"  # the other way to write it
                found = text.find(piece, at)
            assert found >= 0, (piece, text[at:])
            assert not any(char.isalnum() for char in text[at:found]), text[at:found]
            at = found + len(piece)
    assert not any(char.isalnum() for char in text[at:])


@pytest.mark.parametrize(
    "text", ["", "\ufdd0", "[^", "![](", "|", "|\n|-", "<", "&#xfdd0;", "[a]: b", "\\", "    ", "[^1]: - [^1]: "]
)
def test_markdown_of_unfinished_signs(text: str) -> None:
    assert markup.read(text, article=True).placed is not None
