"""What the kinds and fields of BibTeX and BibLaTeX are in CSL.

Names and meanings are those of the BibLaTeX manual (3.20), sections 2.1 and 2.2; those of CSL its specification
(1.0.2), appendices III and IV.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

KINDS: Final = MappingProxyType(
    {
        "article": "article-journal", "review": "review", "suppperiodical": "article-journal", "book": "book",
        "mvbook": "book", "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
        "incollection": "chapter", "suppcollection": "chapter", "inproceedings": "paper-conference",
        "conference": "paper-conference", "proceedings": "book", "mvproceedings": "book", "collection": "book",
        "mvcollection": "book", "reference": "book", "mvreference": "book", "inreference": "entry-encyclopedia",
        "commentary": "book", "manual": "report", "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis",
        "report": "report", "techreport": "report", "online": "webpage", "electronic": "webpage", "www": "webpage",
        "misc": "document", "unpublished": "manuscript", "letter": "personal_communication",
        "video": "motion_picture", "movie": "motion_picture", "audio": "song", "music": "song", "image": "graphic",
        "artwork": "graphic", "performance": "performance", "dataset": "dataset", "software": "software",
        "softwareversion": "software", "softwaremodule": "software", "codefragment": "software",
        "periodical": "periodical", "legislation": "legislation", "legal": "treaty", "jurisdiction": "legal_case",
        "standard": "standard", "patent": "patent", "map": "map", "newspaper": "article-newspaper",
        "magazine": "article-magazine", "interview": "interview", "speech": "speech", "other": "document",
    }
)  # fmt: skip  # a table reads better in lines than one pair a line

# What kind of thesis the kind of the entry says, where no field does.
GENRES: Final = MappingProxyType({"phdthesis": "PhD diss.", "mastersthesis": "Master’s thesis"})
# The `type` field of BibLaTeX holds keys of its localisation (its manual, 4.9.2.13).
GENRE_KEYS: Final = MappingProxyType(
    {"phdthesis": "PhD diss.", "mathesis": "Master’s thesis", "bathesis": "Bachelor’s thesis",
     "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
     "patent": "Patent", "patentus": "U.S. patent", "patenteu": "European patent", "patentde": "German patent",
     "patentfr": "French patent", "patentuk": "British patent", "software": "Software", "datacd": "Data CD",
     "audiocd": "Audio CD"}
)  # fmt: skip  # pairs read better in lines

# Fields of one text. Where two of them are one in CSL, the first of an entry wins, unless they are in JOINED.
FIELDS: Final = MappingProxyType(
    {
        "title": "title", "shorttitle": "title-short", "journal": "container-title", "journaltitle": "container-title",
        "shortjournal": "container-title-short", "booktitle": "container-title", "maintitle": "volume-title",
        "publisher": "publisher", "institution": "publisher", "school": "publisher", "organization": "publisher",
        "address": "publisher-place", "location": "publisher-place", "place": "publisher-place", "volume": "volume",
        "volumes": "number-of-volumes", "number": "issue", "issue": "issue", "part": "part-number",
        "chapter": "chapter-number", "pages": "page", "eid": "page", "pagetotal": "number-of-pages",
        "numpages": "number-of-pages", "edition": "edition", "series": "collection-title", "type": "genre",
        "howpublished": "medium", "url": "URL", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID",
        "pmcid": "PMCID", "language": "language", "langid": "language", "hyphenation": "language",
        "note": "annotation", "annotation": "annotation", "annote": "annotation", "addendum": "annotation",
        "abstract": "abstract", "keywords": "keyword", "origpublisher": "original-publisher",
        "origlocation": "original-publisher-place", "origtitle": "original-title", "eventtitle": "event-title",
        "venue": "event-place", "version": "version", "library": "archive", "lccn": "call-number",
        "callnumber": "call-number", "call-number": "call-number", "pubstate": "status", "eprinttype": "archive",
        "archiveprefix": "archive", "eprint": "archive_location", "license": "license", "copyright": "license",
        "reportnumber": "number", "running-time": "dimensions",
    }
)  # fmt: skip  # a table reads better in lines than one pair a line

# What joins two fields that are one in CSL; without an entry here the second is lost, and named.
JOINED: Final = MappingProxyType({"annotation": "\n\n", "publisher": "; ", "keyword": ", "})

# A report and a patent have a number of their own, a volume of a series one in the series; a journal numbers its
# issues (BibLaTeX manual, 2.3.9).
NUMBERED: Final = frozenset({"report", "patent", "standard", "legislation", "manuscript", "document", "legal_case"})
BOOKS: Final = frozenset({"book", "chapter", "paper-conference", "pamphlet", "entry-encyclopedia"})

NAMES: Final = MappingProxyType(
    {
        "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
        "director": "director", "illustrator": "illustrator", "composer": "composer", "compiler": "compiler",
        "interviewer": "interviewer", "recipient": "recipient", "narrator": "narrator", "performer": "performer",
        "serieseditor": "collection-editor", "collaborator": "contributor", "holder": "authority",
    }
)  # fmt: skip  # pairs read better in lines
# What `editortype` makes of an editor (BibLaTeX manual, 2.3.6).
EDITORS: Final = MappingProxyType(
    {"editor": "editor", "compiler": "compiler", "director": "director", "collaborator": "contributor",
     "organizer": "organizer", "performer": "performer", "narrator": "narrator", "producer": "producer"}
)  # fmt: skip  # pairs read better in lines

DATES: Final = MappingProxyType(
    {"date": "issued", "origdate": "original-date", "origyear": "original-date", "urldate": "accessed",
     "lastchecked": "accessed", "accessed": "accessed", "eventdate": "event-date"}
)  # fmt: skip  # pairs read better in lines

# Second halves of titles, and what they follow. What is added to a title is a sentence of its own.
SUBTITLES: Final = MappingProxyType(
    {"subtitle": ("title", ": "), "titleaddon": ("title", ". "), "booksubtitle": ("booktitle", ": "),
     "booktitleaddon": ("booktitle", ". "), "mainsubtitle": ("maintitle", ": "),
     "maintitleaddon": ("maintitle", ". "), "journalsubtitle": ("journaltitle", ": "),
     "eventtitleaddon": ("eventtitle", ", ")}
)  # fmt: skip  # pairs read better in lines

# Fields that LaTeX does not read: in an address, ~ and % are letters; in a date, ~ means about.
VERBATIM: Final = frozenset({"url", "doi", "eprint", "file", "year", *DATES})

# Languages by the names that babel and BibLaTeX know them by (BibLaTeX manual, table 2), as BCP 47 tags.
LANGUAGES: Final = MappingProxyType(
    {
        "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
        "canadian": "en-CA", "australian": "en-AU", "newzealand": "en-NZ", "german": "de", "ngerman": "de",
        "austrian": "de-AT", "naustrian": "de-AT", "swissgerman": "de-CH", "nswissgerman": "de-CH", "french": "fr",
        "francais": "fr", "canadien": "fr-CA", "acadian": "fr-CA", "spanish": "es", "mexican": "es-MX",
        "italian": "it", "portuguese": "pt", "brazilian": "pt-BR", "brazil": "pt-BR", "dutch": "nl", "danish": "da",
        "swedish": "sv", "norwegian": "no", "norsk": "nb", "nynorsk": "nn", "finnish": "fi", "icelandic": "is",
        "russian": "ru", "ukrainian": "uk", "polish": "pl", "czech": "cs", "slovak": "sk", "slovene": "sl",
        "slovenian": "sl", "croatian": "hr", "serbian": "sr", "bulgarian": "bg", "romanian": "ro", "hungarian": "hu",
        "greek": "el", "latin": "la", "turkish": "tr", "arabic": "ar", "hebrew": "he", "persian": "fa",
        "vietnamese": "vi", "thai": "th", "khmer": "km", "chinese": "zh", "japanese": "ja", "korean": "ko",
        "hindi": "hi", "catalan": "ca", "basque": "eu", "galician": "gl", "welsh": "cy", "irish": "ga",
        "estonian": "et", "latvian": "lv", "lithuanian": "lt", "indonesian": "id",
    }
)  # fmt: skip  # pairs read better in lines

# The words for an edition that entries spell out, as the number that a style prints in its own way.
ORDINALS: Final = MappingProxyType(
    {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
     "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12"}
)  # fmt: skip  # pairs read better in lines

# What an entry takes over from the one it refers to (BibLaTeX manual, appendix B): (from, to) kinds, then fields that
# change their names. All others keep theirs; none of KEPT is taken over.
_BOOK_TO_PART: Final = MappingProxyType(
    {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon", "author": "bookauthor",
     "shorttitle": ""}
)  # fmt: skip  # pairs read better in lines
_WHOLE_TO_BOOK: Final = MappingProxyType(
    {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon", "shorttitle": ""}
)
_JOURNAL_TO_ARTICLE: Final = MappingProxyType(
    {"title": "journaltitle", "subtitle": "journalsubtitle", "shorttitle": ""}
)
_PARTS: Final = ("inbook", "bookinbook", "suppbook", "incollection", "suppcollection", "inproceedings", "inreference")
_BOOKS: Final = ("book", "collection", "proceedings", "reference")
INHERITED: Final = MappingProxyType(
    {
        **{(book, part): _BOOK_TO_PART for book in _BOOKS for part in (*_PARTS, "conference")},
        **{(f"mv{book}", book): _WHOLE_TO_BOOK for book in _BOOKS},
        **{(f"mv{book}", part): _WHOLE_TO_BOOK for book in _BOOKS for part in _PARTS},
        **{("periodical", part): _JOURNAL_TO_ARTICLE for part in ("article", "suppperiodical", "review")},
    }
)
KEPT: Final = frozenset(
    {"crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "label", "options", "presort", "related",
     "relatedoptions", "relatedstring", "relatedtype", "shorthand", "shorthandintro", "sortkey", "ids", "file",
     "annotation", "annote", "note", "abstract", "keywords", "groups", "timestamp", "pages", "url", "urldate", "doi"}
)  # fmt: skip  # a set reads better in lines
