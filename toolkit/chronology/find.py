"""Dates in English prose: `find` returns each with its EDTF, its words, its place and its sentence.

A date that a text does not say in full is completed from its neighbours ("that August", "the following year") and
marked as inferred, with the reason. What is no date is left alone: page numbers, quantities, resolutions, serial
numbers, "May" the verb. Reading takes time in proportion to the text, whatever it holds.
"""

from dataclasses import dataclass

from toolkit.chronology.prose.classes import classify
from toolkit.chronology.prose.grammar import begins
from toolkit.chronology.prose.readings import read_phrase
from toolkit.chronology.prose.resolution import Resolver, anchor_of
from toolkit.chronology.prose.tokens import Sentences, Token, tokenize
from toolkit.chronology.prose.values import Reading, Relative
from toolkit.model.dates import HistoricalDate, Within


@dataclass(frozen=True, slots=True)
class Finding:
    """A date in a text: `edtf` parses, `text` is what is printed from `offset` up to `end` (in characters).

    `inferred` is set where part of the date comes from the text around it; `reason` says from where, or why the date
    may mean something else. Both empty: the words say this date and no other.
    """

    edtf: str
    text: str
    offset: int
    end: int
    sentence: str
    within: Within | None = None
    inferred: bool = False
    reason: str = ""


def find(text: str, *, context: HistoricalDate | None = None) -> tuple[Finding, ...]:
    """Return the dates of an English text in order of their place, none overlapping another.

    `context` is a date that the text is known to be about (a lesson's, an article's): it gives the year to "in May"
    before the text itself names one.
    """
    tokens = tokenize(text)
    letters = classify(tokens)
    readings = _readings(tokens, letters)
    sentences = Sentences(text)
    numbers = [sentences.number(tokens[reading.start].start) for reading in readings]
    resolver = Resolver(letters, [token.text for token in tokens], anchor_of(context))
    found = []
    for date in resolver.resolve(readings, numbers):
        start, end = tokens[date.start].start, tokens[date.end - 1].end
        sentence = sentences.text(sentences.number(start))
        found.append(Finding(date.edtf, text[start:end], start, end, sentence, date.within, date.inferred, date.reason))
    return tuple(found)


def _readings(tokens: list[Token], letters: str) -> list[Reading | Relative]:
    """Return what the phrases of a text mean, from left to right."""
    readings: list[Reading | Relative] = []
    at = 0
    while at < len(letters):
        reading = read_phrase(tokens, letters, at) if begins(letters, at) else None
        if reading:
            readings.append(reading)
        at = reading.end if reading else at + 1
    return readings
