"""What a heading says that its section holds, in the languages whose textbooks are read."""

from __future__ import annotations

import pytest

from toolkit.articles.purposes import purpose
from toolkit.articles.purposes_abroad import NAMES_ABROAD

HEADINGS = {
    "Review Questions": "questions", "Preguntas de repaso": "questions", "Questions de compréhension": "questions",
    "Verständnisfragen": "questions", "Domande": "questions", "Exercícios": "questions", "Câu hỏi ôn tập": "questions",
    "الأسئلة": "questions", "**Objectifs**": "objectives", "Lernziele": "objectives", "Mục tiêu": "objectives",
    "Solucionario": "answers", "Lösungen": "answers", "Glosario": "terms", "Mots-clés": "terms", "3. Begriffe": "terms",
    "Bibliografía": "references", "Bibliographie": "references", "Tài liệu tham khảo": "references",
    "Literaturverzeichnis": "references", "المراجع": "references", "Siehe auch": "related", "Véase también:": "related",
    "La guerra": "", "Die Frage der Grenzen": "", "Sources of the Nile": "", "Fuentes del Nilo": "",
    "Lösung der Krise": "", "Preguntas que la guerra dejó sin respuesta": "",
}  # fmt: skip


@pytest.mark.parametrize(("heading", "held"), HEADINGS.items())
def test_a_heading_says_what_its_section_holds(heading: str, held: str) -> None:
    assert purpose(heading) == held


def test_every_purpose_of_another_language_is_one_of_ours() -> None:
    assert set(NAMES_ABROAD) <= {*HEADINGS.values()}
