"""The Word format: a Printout as an editable .docx, with a hidden bookmark on every block an author wrote.

oxml, names           elements and the names in the base document
base_*, make_base     the script that makes templates/worksheet/base.docx
draft                 what grows while a document is written; numbering, bookmarks, languages serve it
inline, paragraphs    runs and paragraphs
blocks, tables, figures, ruling          the text of an article, and rules to write on
tasks, items, exhibits                   a question: its number, parts, documents, what teachers see beside it
answers, grids, frames                   the room to answer in, and for the teacher the key in it
lessons, furniture, properties           what makes it a lesson and a sheet
writer, archive       the document put together, and its bytes
embedding             fonts inside the file, where that is asked for
school                a school's letterhead: its styles, header and footer, page
reading               an edited file compared with what it was built from, which the file itself carries
stamp                 what a file says of its making, and whether it was edited since; loads no python-docx
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.formats import Writer
    from toolkit.formats.docx.writer import write

__all__ = ["write"]


def __getattr__(name: str) -> Writer:
    """Return `write`, loaded when it is asked for: a build that only looks at stamps needs no python-docx."""
    if name != "write":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from toolkit.formats.docx.writer import write

    return write
