"""The parts of a printed reference that are known by their form: dates, imprints, journals, editions, addresses."""

from __future__ import annotations

import re
from typing import Any, Final

Data = dict[str, Any]

_MONTHS: Final = "January February March April May June July August September October November December".split()  # noqa: SIM905  # the calendar reads better in a line
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_SEASON = r"(?:Spring|Summer|Autumn|Fall|Winter)"
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
DATE: Final = (
    rf"(?:(?:\d{{1,2}}\s)?(?:{_MONTH}(?:\s?[/–-]\s?{_MONTH})?|{_SEASON})(?:\s\d{{1,2}})?,?\s)?"
    r"(?:ca?\.\s)?\d{4}(?:[–-]\d{2,4})?"
)
_YEAR_FIRST = rf"\d{{4}}[a-z]?(?:,\s(?:{_MONTH}|{_SEASON})(?:\s\d{{1,2}})?)?"

_STATE = r"(?:[A-Z]{2}|(?:[A-Z]\.\s?){2,3}|[A-Z][a-z]{1,5}\.|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
_TOWN = r"(?:(?:Ste?|Ft|Mt)\.\s)?[A-ZÀ-Þ][\w’'\-]*(?:\s(?:[a-z]{1,3}\s)?[A-ZÀ-Þ][\w’'\-]*){0,3}"
_PLACE = rf"{_TOWN}(?:,?\s{_STATE})?(?:(?:;|,| and)\s{_TOWN}(?:,\s{_STATE})?)?"
_PUBLISHER = r"(?:[^:;()\[\]“”]|\((?!\d{4}|New |London)[^()]{1,30}\))+?"
IMPRINT: Final = re.compile(
    rf"(?P<open>\()?(?!Reprint|Rev\.|In )(?P<place>{_PLACE})\s?[:;]\s(?P<publisher>{_PUBLISHER}),\s"
    rf"(?:(?P<month>{_MONTH}),?\s)?"
    rf"\[?(?P<year>(?:ca?\.\s?)?\d{{4}}(?:[–-]\d{{2,4}})?)\]?(?:,\sreprinted\s(?P<reprint>\d{{4}}))?(?P<close>\))?(?=[.,;)\s]|$)"
)
IMPRINT_WITHOUT_YEAR: Final = re.compile(rf"(?P<place>{_PLACE}):\s(?P<publisher>[^:;()\[\]“”]+?)(?<!\b[A-Z])\.(?=\s|$)")
# Chicago has left out the place since its 18th edition.
PUBLISHER_ALONE: Final = re.compile(
    r"(?P<publisher>(?:[A-Z]\.\s?)*[A-ZÀ-Þ][^.:;()“”]*(?:(?<=\b[A-Z])\.[^.:;()“”]+)*)\.(?=\s|$)"
)
IMPRINT_WITHOUT_PLACE: Final = re.compile(
    r"(?P<open>\()?(?P<publisher>(?:[A-Z]\.\s?)*[A-ZÀ-Þ](?:[^.,:;()“”]|\.(?=,)|\b[A-Z]\.(?=\s?[A-Z])|,\s(?=Inc|Ltd|Sons))*),\s"
    r"(?P<year>\d{4})(?P<close>\))?(?=[.,;]|\s|$)"
)

_EDITION = re.compile(
    r"(?P<number>\d{1,2})(?:st|nd|rd|th|d)\s(?P<more>rev(?:ised|\.)?\s|enl\.\s)?ed(?:ition|n)?\.?|"
    r"(?P<word>First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)\s[Ee]d(?:ition|\.)|"
    r"(?P<text>(?:[Rr]ev(?:ised)?\.?|[Nn]ew|[Ee]nl(?:arged)?\.?|[Ii]llustrated)(?:\s(?:and|&)\s\w+\.?)?\s[Ee]d(?:ition)?\.?)"
)
_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth".split()  # noqa: SIM905  # the same
_VOLUME = re.compile(r"[Vv]ol(?:ume)?\.?\s(?P<volume>\d+|[IVXLC]+)\b(?:\sof\s(?P<whole>[^.]+))?")
_VOLUMES = re.compile(r"(?P<number>\d+)\s[Vv]ols?\.")
PAGES: Final = r"[A-Za-z]?\d+(?:[–-][A-Za-z]?\d+)?(?:,\s\d+[–-]\d+)*"
_VOL = r"(?:\d+(?:-[IVX]+|-[A-Z])?|[IVXLC]+)"
_NUMBER = r"[\w]+(?:[–/-]\w+)?"
_JOURNALS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # Chicago: Asian Survey 29, no. 3 (March 1989): 17-18; also 17(1983), 40-63, and Vol. 7, No. 4 (Winter, 1943)
        rf"(?P<name>[^“”]{{3,120}}?),?\s(?:[Vv]ol\.\s)?(?P<volume>{_VOL})(?:,\s[Nn]os?\.\s(?P<issue>{_NUMBER}))?,?\s?"
        rf"\((?:(?P<issue2>\d+),\s)?(?P<date>(?:{_SEASON},\s)?{DATE})\)(?:[:,]\s(?:pp?\.\s)?(?P<page>{PAGES}))?",
        # MLA: Asian Survey, vol. 29, no. 3, Mar. 1989, pp. 17-18
        rf"(?P<name>[^“”]{{3,120}}?)(?:,\svol\.\s(?P<volume>{_VOL}))?(?:,\snos?\.\s(?P<issue>{_NUMBER}))?,\s(?P<date>{DATE})"
        rf"(?:,\spp?\.\s(?P<page>{PAGES}))?(?=[.,]|$)",
        # Chicago author-date: Asian Survey 29 (3): 17-18
        rf"(?P<name>[^“”]{{3,120}}?)\s(?P<volume>{_VOL})(?:\s\((?P<issue>{_NUMBER})\))?:\s(?P<page>{PAGES})",
        # a newspaper or magazine without number: Time, January 22, 1979, 32; and plain: Time (January 22, 1979): 32
        rf"(?P<name>[^“”]{{3,120}}?)\s\((?P<date>{DATE})\)(?:[:,]\s(?P<page>{PAGES}))?",
        # volume and issue: Southwestern Historical Quarterly, 13:3, 155-256
        rf"(?P<name>[^“”]{{3,120}}?),?\s(?P<volume>\d+):(?P<issue>\d+),\s(?P<page>{PAGES})",
    )
)
# APA: Asian Survey, 29(3), 17-18. The names of journals are shortened with full stops; a number tells where they end.
_APA_JOURNALS: Final = (
    re.compile(
        rf"(?P<name>[^“”]{{3,120}}?),\s(?P<volume>{_VOL})(?:\s?\((?P<issue>{_NUMBER})\))?(?:,\s(?P<page>{PAGES}))?(?=\.|$)"
    ),
    re.compile(rf"(?P<name>[^“”]{{3,120}}?)(?:,\s(?P<page>{PAGES}))?(?=\.|$)"),
)
_NEWSPAPER = re.compile(
    r"\b(?:Times|Post|News|Herald|Tribune|Gazette|Daily|Guardian|Telegraph|Journal-\w+|Le Monde|Star)\b"
)

_DOI = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|[Dd][Oo][Ii]:\s?)(10\.\S+?)(?=[.,;]?(?:\s|$))[.,;]?")
_URL = re.compile(
    r"\s*(?:(?:Retrieved|Accessed)\s(?P<before>[^.]{4,24}?),?\s(?:from|at)\s)?<?(?P<url>https?://[^\s<>]+?)>?(?=[.,;)]*(?:\s|$))"
    rf"(?:\s\((?:accessed|read)\s(?P<plain>{DATE})\))?[.,;]?"
)
_ACCESSED = re.compile(rf"[,.]?\s\(?[Aa]ccessed:?\s(?:on\s)?(?P<date>{DATE})\)?\.?")


def date(text: str) -> str:
    """Return a printed date as EDTF, "" where it is none: "29 June 1989", "June 29, 1989", "Winter, 1943"."""
    text = text.strip(" .,[]()")
    year = re.search(r"\d{4}", text)
    if year is None:
        return ""
    about = "~" if re.match(r"ca?\.", text) else ""
    spread = re.search(r"(\d{4})[–-](\d{2,4})$", text)
    if spread:
        return f"{spread[1]}/{spread[1][: 4 - len(spread[2])]}{spread[2]}"
    season = re.search(_SEASON, text)
    months = [_month(found) for found in re.findall(_MONTH, text)]
    if season and not months:
        return f"{year[0]}-{_SEASONS[season[0].lower()]}"
    if len(months) == 2:
        return f"{year[0]}-{months[0]:02d}/{year[0]}-{months[1]:02d}"
    if not months:
        return year[0] + about
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text.replace(year[0], ""))
    return f"{year[0]}-{months[0]:02d}" + (f"-{int(day[0]):02d}" if day else "")


def _month(word: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(word[:3]))


def addresses(text: str, data: Data) -> str:
    """Return `text` without DOI, web address and the day it was read, which go into `data`."""
    if found := _DOI.search(text):
        data["DOI"] = found[1]
        text = text[: found.start()] + " " + text[found.end() :]
    if found := _URL.search(text):
        data["URL"] = found["url"]
        read = date(found["before"] or found["plain"] or "")
        text = text[: found.start()] + " " + text[found.end() :]
        if read:
            data["accessed"] = read
    if ("URL" in data or "DOI" in data) and (found := _ACCESSED.search(text)):
        data["accessed"] = date(found["date"])
        text = text[: found.start()] + " " + text[found.end() :]
    return re.sub(r"\s+([.,])(?=\s|$)", r"\1", text).strip()


def journal(text: str, data: Data, *, apa: bool = False) -> int:
    """Return the offset in `text` behind the journal that it begins with, which goes into `data`; 0 for none."""
    text = text[:500]
    matches = [pattern.match(text) for pattern in (_APA_JOURNALS if apa else _JOURNALS)]
    found = next((match for match in matches if match), None)
    if found is None:
        return 0
    groups = found.groupdict()
    data["container-title"] = groups["name"].strip(" ,*_")
    for key, value in (
        ("volume", groups.get("volume")),
        ("issue", groups.get("issue") or groups.get("issue2")),
        ("page", groups.get("page")),
    ):
        if value:
            data[key] = value
    if groups.get("date"):
        data["issued"] = date(groups["date"])
    data["type"] = _kind_of_article(data)
    return found.end()


def _kind_of_article(data: Data) -> str:
    """Return the kind of an article: with a day and no number of its year it is from a magazine or newspaper."""
    whole_day = len(str(data.get("issued", ""))) == 10
    if whole_day and "volume" not in data and _NEWSPAPER.search(data["container-title"]):
        return "article-newspaper"
    return "article-magazine" if whole_day and "issue" not in data else "article-journal"


def edition(text: str, data: Data) -> re.Match[str] | None:
    """Return where an edition stands in `text`, and put it into `data`."""
    found = _EDITION.search(text)
    if found and found["number"]:
        data["edition"] = found["number"] if not found["more"] else re.sub(r"\s?ed\w*\.?$", " ed.", found[0])
    elif found:
        word = found["word"]
        data["edition"] = str(_ORDINALS.index(word.lower()) + 1) if word else found["text"]
    return found


def volume(text: str, data: Data) -> re.Match[str] | None:
    """Return where a volume, or the number of volumes, stands in `text`, and put it into `data`."""
    found = _VOLUMES.search(text)
    if found:
        data["number-of-volumes"] = found["number"]
        return found
    found = _VOLUME.search(text)
    if found:
        data["volume"] = found["volume"]
        if found["whole"]:
            data["collection-title"] = found["whole"].strip()
    return found


def year_first(text: str) -> re.Match[str] | None:
    """Return the match of a date in parentheses, as APA has it behind the names: "(1989, June 29)."."""
    return re.search(rf"\((?P<date>{_YEAR_FIRST}|n\.d\.)\)[.,]\s", text[:500])
