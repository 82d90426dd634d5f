"""What of the article is printed: the author leaves out sections, and of others takes an excerpt."""

from __future__ import annotations

from toolkit.model.lesson import Lesson


def printed(lesson: Lesson, index: int) -> range:
    """Return the positions of the blocks of the article's section `index` that are printed, counting from 0."""
    excerpts = dict(zip(lesson.paired, (section.excerpt for section in lesson.spec.sections), strict=True))
    count = 0 if index in lesson.omitted else len(lesson.article.sections[index].blocks)
    return taken(count, excerpts.get(index))


def taken(count: int, excerpt: str | None) -> range:
    """Return the positions that `excerpt` ("2-4", counting from 1) takes of `count` blocks; all where it is None."""
    if not excerpt:
        return range(count)
    first, _, last = excerpt.partition("-")
    return range(count)[int(first) - 1 : int(last or first)]
