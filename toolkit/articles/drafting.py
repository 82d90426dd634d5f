"""A manuscript made ready to be a draft: what its prose and references tell, and the images that can be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from toolkit.articles import cited, happenings, lawful, pictures
from toolkit.articles.draft import Drawn
from toolkit.articles.manuscript import Block, Doubt, IndexTerm, Manuscript, Picture
from toolkit.articles.markdown_text import escaped
from toolkit.articles.sources import Unreadable


def dated(manuscript: Manuscript) -> Manuscript:
    """Return `manuscript` with the date that its title ends in, where the source gives no other."""
    if manuscript.date or not happenings.is_english(manuscript):
        return manuscript
    return replace(manuscript, date=happenings.date_of_title(manuscript.title))


def drawn(manuscript: Manuscript) -> Drawn:
    """Return what can be read out of a manuscript: its dated statements, and the records of its references."""
    found = cited.records(manuscript)
    return Drawn(
        happenings.happenings(manuscript),
        found.records,
        found.unread,
        "" if happenings.is_english(manuscript) else "no dates were looked for: they are found in English texts only",
    )


def with_images(manuscript: Manuscript, placed: Mapping[str, str]) -> Manuscript:
    """Return `manuscript` with only the images of `placed`: a name in the source, and the file in the lesson's folder.

    What the source says of the others is a doubt, so that nothing is lost. Raise Unreadable where there is no text.
    """
    blocks = tuple(
        block for block in (_with_files(block, placed) for block in manuscript.blocks) if block.markdown.strip()
    )
    if blocks == manuscript.blocks and blocks and not manuscript.images:
        return manuscript
    if not any(block.shape != "heading" for block in blocks):  # images or a title alone: what they are is the text
        told = [one.caption or lawful.words(one.alt or one.file) for one in manuscript.images]
        blocks += tuple(Block("paragraph", words, (1, 1)) for words in dict.fromkeys(told or [_title(manuscript)]))
    shown = {one.file: replace(one, file=placed[one.file]) for one in manuscript.images if one.file in placed}
    lost = tuple(_lost(one) for one in dict.fromkeys(manuscript.images) if one.file not in placed)
    blocks, more = lawful.blocks(blocks)
    index = tuple(_moved(term, manuscript.blocks, blocks) for term in manuscript.index)
    doubts = (*manuscript.doubts, *lost, *more)
    return replace(manuscript, blocks=blocks, images=tuple(shown.values()), index=index, doubts=doubts)


def _title(manuscript: Manuscript) -> str:
    if not manuscript.title:
        raise Unreadable("there is no text in it")
    return escaped(manuscript.title)


def _moved(term: IndexTerm, old: tuple[Block, ...], new: tuple[Block, ...]) -> IndexTerm:
    """Return a term of the index with the new position of its block."""
    if not 0 <= term.block < len(old):
        return term
    lines = old[term.block].lines
    return replace(term, block=next((n for n, block in enumerate(new) if block.lines == lines), -1))


def _with_files(block: Block, placed: Mapping[str, str]) -> Block:
    """Return a block that names the images by their new files, without those that have none."""

    def renamed(found: re.Match[str]) -> str:
        file = found["file"].strip("<>")
        if file not in placed:
            return ""
        return f"![{found['alt']}]({placed[file]})"

    return replace(block, markdown=pictures.IMAGE.sub(renamed, block.markdown).strip("\n"))


def _lost(picture: Picture) -> Doubt:
    said = "; ".join(
        f"{name}: {' '.join(words.split())}"
        for name, words in (("alt", picture.alt), ("caption", picture.caption), ("credit", picture.credit))
        if words
    )
    question = (
        "this image is left out: it is not there, or not of a kind that is printed; "
        "copy it to images/ as PNG or JPEG and name it in the article"
    )
    return Doubt(picture.line, picture.file, f"{question}{f' ({said})' if said else ''}")
