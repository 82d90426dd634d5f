"""The headings of other languages than English that say what a section holds, as their textbooks print them.

Spanish, French, German, Italian, Portuguese, Dutch, Vietnamese, Arabic; each a regular expression in small letters.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

NAMES_ABROAD: Final = MappingProxyType(
    {
        "objectives": r"objetivos(?: (?:de|del|da|do) .*)?|objectifs(?: (?:de|du|d').*)?|compétences visées"
        r"|(?:lern)?ziele|lernziel|obiettivi(?: (?:di|della) .*)?|(?:leer)?doelen|mục tiêu(?: \S+){0,3}"
        r"|الأهداف|أهداف الدرس",
        "questions": r"preguntas(?: \S+){0,3}|cuestionario|cuestiones|ejercicios|para (?:pensar|reflexionar|debatir)"
        r"|(?:comprueba|repasa) lo (?:que has )?aprendido"
        r"|questions(?: (?:de|sur|pour) .*)?|exercices|pour (?:réfléchir|aller plus loin)"
        r"|(?:verständnis|wiederholungs|diskussions|prüf)?fragen(?: (?:zum|zur) .*)?|aufgaben|übungen"
        r"|domande(?: \S+){0,3}|esercizi|verifica|perguntas(?: \S+){0,3}|exercícios|questões|para refletir"
        r"|vragen(?: \S+){0,3}|opdrachten|câu hỏi(?: \S+){0,3}|bài tập|الأسئلة|أسئلة(?: \S+){0,3}|تمارين",
        "answers": r"respuestas|solucion(?:es|ario)|réponses|corrigés?|solutions|antworten|lösungen"
        r"|risposte|soluzioni|respostas|gabarito|soluções|antwoorden|đáp án|trả lời|الأجوبة|الإجابات",
        "terms": r"glosario|vocabulario|términos clave|palabras clave|conceptos clave"
        r"|glossaire|vocabulaire|mots[- ]clés|lexique|glossar|(?:wichtige )?begriffe|worterklärungen|wortschatz"
        r"|glossario|parole chiave|termini chiave|glossário|vocabulário|palavras[- ]chave|termos[- ]chave"
        r"|woordenlijst|begrippen|từ vựng|thuật ngữ(?: \S+){0,3}|bảng thuật ngữ|المصطلحات|المفردات|معجم",
        "references": r"bibliograf[ií]a(?: \S+){0,3}|referencias(?: bibliográficas)?"
        r"|lecturas (?:recomendadas|adicionales)"
        r"|fuentes|para saber más|bibliographie|références|sources|lectures (?:complémentaires|recommandées)"
        r"|literatur(?:verzeichnis|hinweise|angaben)?|quellen(?:verzeichnis)?|weiterführende literatur|einzelnachweise"
        r"|riferimenti(?: bibliografici)?|letture consigliate|fonti|referências(?: bibliográficas)?|fontes"
        r"|leituras recomendadas|literatuur(?:lijst)?|bronnen|tài liệu tham khảo|đọc thêm|المراجع|المصادر",
        "related": r"véase también|ver también|voir aussi|articles connexes|siehe auch|vedi anche|voci correlate"
        r"|veja também|ver também|zie ook|xem thêm|انظر أيضًا|انظر أيضا",
    }
)
