"""What of the article is printed: the author leaves out sections, and of others takes an excerpt."""

from __future__ import annotations

from toolkit.model.lesson import Lesson


def printed(lesson: Lesson, index: int) -> range:
    """Return the positions of the blocks of the article's section `index` that are printed, counting from 0."""
    everything = range(0 if index in lesson.omitted else len(lesson.article.sections[index].blocks))
    excerpts = dict(zip(lesson.paired, (section.excerpt for section in lesson.spec.sections), strict=True))
    excerpt = excerpts.get(index)
    if not excerpt:
        return everything
    first, _, last = excerpt.partition("-")
    return everything[int(first) - 1 : int(last or first)]
