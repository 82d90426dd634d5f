"""The language of a text that does not say it: by its script, and among those in Latin letters by its little words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from types import MappingProxyType
from typing import Final

from toolkit.model.scripts import script

_SAMPLE: Final = 20_000  # characters
_FEWEST: Final = 40  # words or, where a script has no spaces, letters: in less, one quotation decides
_SHARE: Final = 0.12  # of the words: a fifth to a third of running prose are little words, of a list of names few
_AHEAD: Final = 1.3  # times the second: neighbours such as Spanish and Portuguese share half of them

# The language that nearly every text in a script is in. Cyrillic and Arabic letters write many: those stay unsaid.
_BY_SCRIPT: Final = MappingProxyType(
    {"Khmr": "km", "Thai": "th", "Hebr": "he", "Hang": "ko", "Grek": "el", "Hira": "ja", "Kana": "ja", "Hani": "zh"}
)
_LITTLE: Final = MappingProxyType(
    {
        "en": "the of and to in was were is that by for with as from his their which had on this it be not are",
        "es": "el la los las de del y en que por con para se su fue una un al es como más pero sus lo",
        "fr": "le la les des du de et en que qui dans par pour une un est sur au aux avec il plus ne ce",
        "de": "der die das und in den von zu mit des im dem ein eine war auf für ist nicht sich als auch nach wurde",
        "it": "il la le gli di del della e in che per con una un è i dei delle nel si da più non come al",
        "pt": "o a os as de do da dos das e em que por com para uma um se no na foi não ao mais é",
        "nl": "de het een van en in dat die op te zijn voor met werd door aan niet is als ook bij naar uit om",
        "vi": "và của là các có được trong cho một những với không đã người này từ để khi ở năm về đến",
    }
)


def guessed(text: str) -> str:
    """Return the language of `text` as a tag (BCP 47), "" where its words do not decide it."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    letters = Counter(filter(None, map(script, sample)))
    main, number = letters.most_common(1)[0] if letters else ("", 0)
    if {"Hira", "Kana"} & set(letters) and letters["Hira"] + letters["Kana"] > 0.1 * letters["Hani"] > 0:
        return "ja"
    if main != "Latn":
        return _BY_SCRIPT.get(main, "") if number >= _FEWEST and number > 0.6 * letters.total() else ""
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    if len(words) < _FEWEST:
        return ""
    counts = Counter(words)
    scores = {name: sum(counts[word] for word in little.split()) for name, little in _LITTLE.items()}
    (best, most), (_, second) = Counter(scores).most_common(2)
    return best if most >= _SHARE * len(words) and most >= _AHEAD * second else ""
