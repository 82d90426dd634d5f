"""The language of a text by its words alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.articles.tongue import guessed

TEXTS = Path(__file__).parents[3] / "shared/inputs/languages/udhr"
UNSAID = {"ar": "", "hi": "", "ru": "", "zh-Hant": "zh"}  # a script of many languages; one language in two scripts


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")) or [None], ids=lambda path: path.stem if path else "none")
def test_one_text_in_many_languages(path: Path | None) -> None:
    if path is None:
        pytest.skip(f"the texts in many languages are not there: {TEXTS}")
    assert guessed(path.read_text("utf-8")) == UNSAID.get(path.stem, path.stem)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El pueblo levantó un molino en 1871.", ""),
        ("Nome, Cognome, Via, 12; " * 20, ""),
        ("O povo levantou um moinho na margem do rio, e em 1880 ele se queimou. Não foi o único da região, que não "
         "tinha água para os campos, e por isso os homens foram para a cidade com as suas famílias, uma a uma.", "pt"),
        ("Het volk bouwde een molen aan de rivier, en in 1880 brandde die af. Het was niet de enige van de streek "
         "en die geen water voor het land had, en door dat gebrek zijn de mannen met het gezin naar de stad.", "nl"),
        ("Il popolo costruì un mulino sulla riva del fiume, e nel 1880 si bruciò. Non era il solo della regione, che "
         "non aveva acqua per i campi, e per questo gli uomini si trasferirono in città con le famiglie, una a una.",
         "it"),
    ],
)  # fmt: skip
def test_what_decides_and_what_does_not(text: str, language: str) -> None:
    assert guessed(text) == language
