"""Hornbook: lesson specifications in, printable handouts and editable worksheets out.

The way of the data, and the rooms it passes through::

    source text --articles--> article.md + lesson.yaml (a draft)         hornbook import
    lesson.yaml --source--> Lesson --checks--> diagnostics               hornbook check
    Lesson + Edition --compose--> Printout --formats--> PDF, DOCX, HTML  hornbook build
    edited DOCX --formats.docx.reading--> Revisions --source.revise-->
        the same lesson.yaml and article.md                              hornbook pull

========== ==========================================================================================
model      the values: LessonSpec, Article, Lesson, Printout, rich text, dates, diagnostics. Knows no
           file and no format
questions  one file a kind of question; each maps itself to a Response
drawing    shapes and words at places: measured in the page's fonts, written as SVG or PNG
chronology dates in words, in the reader's language, and found in prose; a timeline laid out to scale;
           events from and to other programs' files
citations  bibliography records in (BibTeX, RIS, CSL-JSON, printed references), citation and entry text out,
           in any CSL style
source     lesson.yaml + article.md + images + the bank -> Lesson, with a position for every node; JSON
           Schema out; Revisions carried into the same files in place
articles   source text -> a draft of a lesson, with an account of every character: one file a reader
compose    Lesson + Edition -> Printout: numbering, labels, citations, and what a student may not see
checks     advice on a lesson that is valid: one file a rule
formats    Printout -> bytes: html, pdf, docx
build      targets, the plan (what is to be made, and why), the record of what was built, writing files whole
cli        one file a command; the only room that knows Click
========== ==========================================================================================

Imports go down only: model < drawing < {questions, chronology, citations} < source < {articles, compose} <
{checks, formats} < build < cli. Rooms in braces do not import each other; a test holds this.
``resources`` (packaged templates, fonts, labels) stands beside the model and imports nothing of ours.
"""

__version__ = "0.1.0"
