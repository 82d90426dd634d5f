"""Every reader on everything: which reads what, that nothing breaks one, and that nothing is lost."""

from __future__ import annotations

import time
from importlib import import_module
from pathlib import Path

import drafted
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.articles import report
from toolkit.articles.draft import Drawn
from toolkit.articles.readers import READERS, TEXTS, guess, read_named
from toolkit.articles.sources import Source, Unreadable

INPUTS = Path(__file__).parents[3] / "shared/inputs"
# What markup is made of, so that a fuzzer meets it; words among it.
TOKENS = (
    "\n", "\n", "\n\n", " ", "    ", "\t", "# ", "## ", "#", "> ", "- ", "1. ", "* ", "*", "**", "_", "`", "```\n", "[",
    "]", "(", ")", "](", "![", "[^1]", "[^1]: ", "[a]: b", "<b>", "</b>", "<!--", "-->",
    "<table><tr><td>",
    "</td></tr></table>", "<script>", "</p>", "<br>", "<", ">", "&amp;", "&#x202e;", "|", "| --- |\n", "===\n", "---\n",
    ": ", "@a", "{", "}",
    "\\", "Questions", "Key Terms", "Answers", "References",
    "Summary of Event", "[kw]", "[g]", "[c]", "Topic;subtopic", "• ",
    "A. ", "Answer: B", "See also", "Hanoi left in 1989.",
    "the army", "Khmer Rouge Khmer Rouge", "?", "ខ្មែរ", "Việt Nam",
    "\u0000", "\u202e", "\ufeff", "\r\n", "https://a.org", "x.png",
    "Key Figures", "By ", "— Ann Lee", "^[", "$", "~~", "+++\n",
)  # fmt: skip  # a list of tokens
texts = st.lists(st.sampled_from(TOKENS) | st.text(max_size=6), max_size=60).map("".join)


@pytest.mark.parametrize("reader", [name for name in TEXTS if name != "html"])
@given(text=texts)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_a_reader_or_is_lost(reader: str, text: str) -> None:
    source = Source(f"a.{reader}", text.encode("utf-8", "surrogatepass"))
    try:
        manuscript = read_named(reader, source)
    except Unreadable:
        return
    drafted.check(source, manuscript)
    assert max(map(len, report.text(manuscript, source, Drawn()).split("\n"))) <= 200


@given(data=st.binary(max_size=300) | texts.map(lambda text: text.encode("utf-16", "surrogatepass")))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_break_the_guess(data: bytes) -> None:
    source = Source("a.dat", data)
    try:
        name = guess(source)
    except Unreadable:
        return
    if name in TEXTS and name != "html":
        drafted.check(source, read_named(name, source))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    text = "# Tiếng Việt\n\nNước Việt Nam.\n\n## ភាសាខ្មែរ\n\nកម្ពុជា។ Plain words, enough of them to tell.\n"
    manuscript = drafted.guessed("a.md", text.replace("\n", end).encode(encoding))
    assert manuscript.title == "Tiếng Việt"
    assert drafted.headings(manuscript) == ["ភាសាខ្មែរ"]
    assert drafted.paragraphs(manuscript)[0] == "Nước Việt Nam."


def test_windows_letters_and_one_broken_byte() -> None:
    assert drafted.guessed("a.txt", "Café\n\n“Naïve” prose.\n".encode("cp1252")).title == "Café"
    broken = "Nước Việt Nam\n\nMột câu dài hơn về nước Việt Nam.".encode().replace("câu".encode(), b"c\xe2u")
    assert drafted.guessed("a.txt", broken).title == "Nước Việt Nam"


def test_an_editor_s_bracket_is_no_mark_of_an_index() -> None:
    assert guess(Source("a.txt", b"Title\n\n[I]t is clear that this is a quotation.\n")) == "txt"


NO_TEXTS = {
    "empty": b"",
    "blank": b" \n\t\n",
    "image": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "noise": bytes(range(256)) * 20,
    "archive": b"PK\x03\x04" + bytes(60),
    "rich text": b"{\\rtf1 hello}",
}


@pytest.mark.parametrize("what", NO_TEXTS)
def test_what_is_no_text_is_refused_with_a_reason(what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        guess(Source("file.txt", NO_TEXTS[what]))
    assert refused.value.reason
    with pytest.raises(Unreadable):
        read_named("md", Source("file.txt", NO_TEXTS[what][:4] and NO_TEXTS["noise"]))


LONG = {
    "a line of words": "word and more. " * 120_000,
    "a line without spaces": "x" * 1_700_000,
    "many paragraphs": "A sentence about the war of 1914.\n\n" * 20_000,
    "brackets": "[" * 33_000,
    "angles": "<a " * 17_000,
    "comments": "<!--" * 17_000,
    "stars": "**a " * 17_000,
    "ticks": "` `` " * 17_000,
    "quotations": ">" * 33_000,
    "lists": "- " * 33_000,
    "headings": "## Causes\n\nText of it.\n\n" * 1_700,
    "labels": "[a][b]\n\n[b]: https://a.org\n\n" * 1_700,
    "notes": "".join(f"Text[^{n}].\n\n[^{n}]: note\n\n" for n in range(1_000)),
    "pictures": "![a](b.png)\n\n" * 3_300,
    "questions": "## Review Questions\n\n1. Why?\n2. How?\n\n" * 1_300,
    "index": "Topic;subtopic\n" * 17_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("what", LONG)
@pytest.mark.parametrize("reader", ["encyclopedia", "md", "txt"])
def test_large_texts_take_no_time_without_end(reader: str, what: str) -> None:
    source = Source("a.txt", LONG[what].encode())
    start = time.process_time()
    read_named(reader, source)
    assert time.process_time() - start < 4  # s of the processor; most need less than one


def everything() -> list[Path]:
    folders = [INPUTS / "encyclopedia", *sorted((INPUTS / "articles").glob("*/*"))]
    folders = [folder for folder in folders if folder.name in ("encyclopedia", "md", "txt")]
    return [path for folder in folders for path in sorted(folder.glob("*")) if path.is_file()]


@pytest.mark.slow
def test_the_reader_of_every_input_is_guessed_and_its_draft_is_valid() -> None:
    paths = everything()
    if not paths:
        pytest.skip(f"the articles are not there: {INPUTS}")
    wrong = {}
    for path in paths:
        source = Source(path.name, path.read_bytes())
        wanted = "encyclopedia" if path.parent.name == "encyclopedia" else path.parent.name
        nameless = guess(Source("article", source.data))
        if guess(source) != wanted or (nameless == "encyclopedia") != (wanted == "encyclopedia"):
            wrong[path.name] = (guess(source), nameless)
        drafted.check(source, read_named(wanted, source))
    assert wrong == {}


def test_every_reader_says_how_likely_it_is() -> None:
    for name in READERS:
        assert 0 <= import_module(READERS[name]).likely(Source("a.txt", b"Some words.")) <= 1
