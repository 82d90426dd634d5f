"""The distance of answer rules by grade."""

from __future__ import annotations

import pytest

from toolkit.model.pitch import BY_GRADE, NARROWEST, USUAL, WIDEST, pitch_for


@pytest.mark.parametrize(
    ("grades", "pitch"),
    [
        (None, USUAL), ("", USUAL), ("all", USUAL), ("K", 15.0), ("K-2", 15.0), ("PreK", 15.0),
        ("Kindergarten", 15.0), ("TK-1", 15.0),
        ("1", 15.0), ("2-3", 12.0), ("3", 12.0), ("4-5", 10.0), ("5", 10.0), ("6-8", 8.7), ("6-9", 8.7),
        ("9-12", 8.7), ("10", 8.7),
        ("11-12", 7.1), ("12", 7.1), ("13", 7.1), ("college", 7.1), ("University", 7.1), ("8.º a 10.º", 8.7),
        ("Grade 4", 10.0),
        ("lớp 4", 10.0), ("الصف ٤", 10.0), ("đại học", 7.1), ("jusqu’en 1989", USUAL),
    ],
)  # fmt: skip  # a table
def test_the_youngest_grade_decides(grades: str | None, pitch: float) -> None:
    assert pitch_for(grades) == pitch


def test_who_is_older_writes_narrower() -> None:
    pitches = [pitch for _, pitch in BY_GRADE]
    assert pitches == sorted(pitches, reverse=True)
    assert all(NARROWEST <= pitch <= WIDEST for pitch in pitches)
