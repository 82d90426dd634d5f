"""A citation style: what the school asks citations and lists of sources to look like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style of the Citation Style Language (CSL 1.0.2), read and found fit to be worked with.

    `name` is what the author wrote, `csl` the text of the style, with nothing left to be fetched. `notes`: it
    cites in footnotes. `lists`: it has a form for the list of sources. `sentence_case`: it prints titles as they
    are given it and expects "When the war was over"; other styles set their capitals themselves.
    """

    name: str
    identifier: str
    csl: str
    notes: bool
    lists: bool
    sentence_case: bool
