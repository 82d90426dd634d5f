"""Printed words carried into Markdown: three ways of one text, atoms that stay, marks read as they were meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model import marking, markup, merging
from toolkit.model import text as t
from toolkit.model.tokens import tokens, words_of
from toolkit.source.revise_words import carry

I = markup.inlines  # noqa: E741  # printed words, as they would be read


@pytest.mark.parametrize(
    ("source", "before", "after", "today", "state", "wanted"),
    [
        # only the sheet changed, only the lesson did, both did the same
        ("a b c", "a b c", "a X c", "a b c", "applied", "a X c"),
        ("a b Y", "a b c", "a b c", "a b Y", "already", "a b Y"),
        ("a X c", "a b c", "a X c", "a X c", "already", "a X c"),
        # both did, in other places and in the same
        ("one two Y", "one two three", "X two three", "one two Y", "applied", "X two Y"),
        ("one Y three", "one two three", "one X three", "one Y three", "conflict", ""),
        ("one two three Y", "one two three", "one two three X", "one two three Y", "conflict", ""),
        ("one two", "one two three", "one two three four", "one two", "conflict", ""),
        ("two three", "one two three", "one two", "two three", "applied", "two"),
        # marks
        ("one two", "one two", "one **two**", "one two", "applied", "one **two**"),
        ("one **two**", "one **two**", "one two", "one **two**", "applied", "one two"),
        ("one __two__ x", "one **two** x", "one **two** y", "one **two** x", "applied", "one __two__ y"),
        ("*one two* three", "*one two* three", "*one* three", "*one two* three", "applied", "*one* three"),
        ("one", "one", "[one](https://e.org/a)", "one", "applied", "[one](https://e.org/a)"),
        ("[a](https://e.org/a) x", "[a](https://e.org/a) x", "a x", "[a](https://e.org/a) x", "applied", "a x"),
        # what is printed in other words than it is written
        ("one [@a, 12] two", "one (A 12) two", "one (A 12) three", "one (A 12) two", "applied", "one [@a, 12] three"),
        ("one [@a, 12] two", "one (A 12) two", "one (A 13) two", "one (A 12) two", "reported", ""),
        ("one [@a, 12] two", "one (A 12) two", "one two", "one (A 12) two", "reported", ""),
        ("one @a two", "one Ann (12) two", "one Ann (12) and two", "one Ann (12) two", "applied", "one @a and two"),
        ("of it [@a].", "of it (A n.d.).", "of all (A n.d.).", "of it (A n.d.).", "applied", "of all [@a]."),
        ("see {line: x/2} now", "see lines 3–4 now", "see lines 3–4 here", "see lines 3–4 now", "applied",
         "see {line: x/2} here"),
        ("see {line: x/2} now", "see lines 3–4 now", "see lines 3–5 now", "see lines 3–4 now", "reported", ""),
        ("one \\* two & three", "one \\* two & three", "one \\* two & four", "one \\* two & three", "applied",
         "one \\* two & four"),
        ("one", "one", "one \\*two\\*", "one", "applied", "one \\*two\\*"),
        ("one", "one", "one \\[\\@b\\]", "one", "applied", "one \\[\\@b\\]"),
    ],
)  # fmt: skip  # one case a line
def test_three_ways(source: str, before: str, after: str, today: str, state: str, wanted: str) -> None:
    found = carry(source, I(before), I(after), I(today))
    assert (found.state, found.markdown) == (state, wanted or found.markdown)
    assert bool(found.reason) == (state in {"conflict", "reported"})


def test_notes_and_gaps_stay_where_they_are() -> None:
    note = (t.Text("The town"), t.Note((), 1), t.Text(" builds."))
    changed = (t.Text("The city"), t.Note((), 1), t.Text(" builds."))
    assert carry("The town[^a] builds.", note, changed, note).markdown == "The city[^a] builds."
    assert carry("The town[^a] builds.", note, (t.Text("The town builds."),), note).state == "reported"
    gap = (t.Text("A "), t.Gap(1, 0), t.Text(" paddle"))
    after = (t.Text("The "), t.Gap(1, 0), t.Text(" paddle"))
    assert carry("A {wooden} paddle", gap, after, gap, gaps=True).markdown == "The {wooden} paddle"
    assert carry("A {wooden} paddle", gap, (t.Text("A paddle"),), gap, gaps=True).state == "reported"


def test_more_may_be_printed_than_is_written() -> None:
    printed, after = I("1952–, premier of the south (Lee 1990)."), I("1952–, leader of the south (Lee 1990).")
    assert carry("premier of the south", printed, after, printed, within=True).markdown == "leader of the south"
    late = I("1953–, premier of the south (Lee 1990).")
    assert carry("premier of the south", printed, late, printed, within=True).state == "reported"


def test_a_word_of_half_a_mark_is_marked_whole_where_markdown_cannot_say_it() -> None:
    content = (t.Text("say"), t.Strong((t.Text("(hi)"),)), t.Text("you"))
    assert marking.markdown(content) == "**say(hi)you**"
    assert marking.markdown((t.Text("Civil wa"), t.Emphasis((t.Text("r"),)))) == "Civil wa*r*"


# -- properties --------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["war", "peace,", "(1989)", "“quoted”", "it's", "a*b", "x_y_z", "[1]", "&amp;", "<b>", "@home", "1.", "#",
     "`", "\\",
     "Việt", "!", "–", "https://e.org", "{gap}", "*", "_", "**", "e.g.", "~~x~~"]
)  # fmt: skip  # words read better in lines
PLAIN = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LEAVES = PLAIN.map(t.Text)


def marked(inner: st.SearchStrategy[t.Inline]) -> st.SearchStrategy[t.Inline]:
    content = st.lists(inner, min_size=1, max_size=3).map(tuple)
    links = st.sampled_from(["https://e.org/a", "https://e.org/(b)", "mailto:a@e.org"])
    return content.map(t.Emphasis) | content.map(t.Strong) | st.builds(t.Link, LEAVES.map(lambda leaf: (leaf,)), links)


CONTENT = st.lists(st.recursive(LEAVES, marked, max_leaves=5), min_size=1, max_size=5).map(tuple)


@settings(max_examples=120, deadline=None)
@given(CONTENT)
def test_runs_to_markdown_and_back(content: t.Inlines) -> None:
    """What is written of runs is read as the same words, with the same marks or marks round whole words."""
    wanted = tokens(content)
    written = marking.markdown(content)
    if written is None:
        return  # told to the teacher: no Markdown says it
    found = tokens(markup.inlines(written))
    assert words_of(found) == words_of(wanted)
    assert found in (wanted, marking.snapped(wanted))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS.filter(str.isalnum) | st.just("war"), min_size=1, max_size=8).map(" ".join))
def test_plain_words_are_always_written(words: str) -> None:
    assert marking.markdown((t.Text(words),)) is not None


@settings(max_examples=150, deadline=None)
@given(st.text("abc ", max_size=12), st.text("abc ", max_size=12), st.text("abc ", max_size=12))
def test_a_merge_is_the_side_that_changed(base: str, mine: str, theirs: str) -> None:
    assert "".join("".join(c.mine) for c in merging.merge(base, mine, base)) == mine
    assert "".join("".join(c.theirs) for c in merging.merge(base, base, theirs)) == theirs
    chunks = merging.merge(base, mine, theirs)
    for which, whole in (("base", base), ("mine", mine), ("theirs", theirs)):
        assert "".join("".join(getattr(chunk, which)) for chunk in chunks) == whole
    both = merging.merge(base, mine, mine)
    assert all(chunk.side in {"same", "both"} for chunk in both)


@settings(max_examples=80, deadline=None)
@given(CONTENT, CONTENT)
def test_any_edit_of_plain_markdown_is_carried_whole(old: t.Inlines, new: t.Inlines) -> None:
    source, wanted = marking.markdown(old), marking.markdown(new)
    if not source or not wanted or "@" in source or "{" in source:
        return
    before = markup.inlines(source)
    found = carry(source, before, markup.inlines(wanted), before)
    assert found.state in {"applied", "already"}, found
    assert tokens(markup.inlines(found.markdown)) in (tokens(markup.inlines(wanted)), marking.snapped(tokens(new)))
