"""Citations in running text, in pandoc's syntax."""

from __future__ import annotations

import pytest

from toolkit.model.citing import split_citations, written
from toolkit.model.text import Citation, Cite, Text


def group(*cites: Cite) -> Citation:
    return Citation(cites)


def named(key: str, locator: str = "") -> Citation:
    return Citation((Cite(key, locator=locator),), in_text=True)


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("", ()),
        ("No source.", (Text("No source."),)),
        ("[@reed]", (group(Cite("reed")),)),
        ("[@reed, 12-14]", (group(Cite("reed", locator="12-14")),)),
        ("[@reed 12]", (group(Cite("reed", locator="12")),)),
        ("[see @reed, ch. 2, fig. 3]", (group(Cite("reed", "see", "ch. 2, fig. 3")),)),
        ("[-@reed]", (group(Cite("reed", suppress_author=True)),)),
        ("[@reed; see -@low, 3]", (group(Cite("reed"), Cite("low", "see", "3", suppress_author=True)),)),
        ("As @reed says.", (Text("As "), named("reed"), Text(" says."))),
        ("As @reed [12] says.", (Text("As "), named("reed", "12"), Text(" says."))),
        ("As @reed.", (Text("As "), named("reed"), Text("."))),
        ("(@reed)", (Text("("), named("reed"), Text(")"))),
        ("@reed's", (named("reed"), Text("'s"))),
        ("@reed:1953a_b", (named("reed:1953a_b"),)),
        ("@reed--low", (named("reed"), Text("--low"))),
        ("@müller1931 and @東京", (named("müller1931"), Text(" and "), named("東京"))),
        ("[@{https://example.org/a_b?c}, 3]", (group(Cite("https://example.org/a_b?c", locator="3")),)),
        ("ada@example.org", (Text("ada@example.org"),)),
        ("[ada@example.org]", (Text("[ada@example.org]"),)),
        ("a @ b, @!", (Text("a @ b, @!"),)),
        ("[sic]", (Text("[sic]"),)),
        ("@reed [@low]", (named("reed"), Text(" "), group(Cite("low")))),
        ("[[@reed]]", (Text("["), group(Cite("reed")), Text("]"))),
    ],
)
def test_what_a_text_cites(text: str, nodes: tuple[object, ...]) -> None:
    assert split_citations(text) == nodes


@pytest.mark.parametrize("text", ["[@reed and @low]", "[@reed; see also]", "[@reed;]"])
def test_brackets_that_hold_more_than_citations_stay(text: str) -> None:
    nodes = split_citations(text)
    assert nodes[0] == Text("[")
    assert nodes[1] == named("reed")
    assert isinstance(nodes[-1], Text)
    assert nodes[-1].text.endswith("]")


@pytest.mark.parametrize("key", ["reed1960", "flood:1953", "a-b", "https://example.org", "a--b", "a."])
def test_how_a_key_is_written_is_how_it_is_read(key: str) -> None:
    assert split_citations(f"[{written(key)}]") == (group(Cite(key)),)


@pytest.mark.parametrize("piece", ["[ @a ", "@a [", "@a:", "-@", "[@a;", "@{", "[["])
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    split_citations(piece * 50_000)  # quadratic, this would take minutes
