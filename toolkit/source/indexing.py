"""The places that a lesson's index leads to, looked up in its article."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic
from toolkit.model.lesson import Article
from toolkit.model.quoting import quoted
from toolkit.model.specification import LessonSpec


def problems(spec: LessonSpec, article: Article) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each place of the index that the article does not have."""
    counts = {section.anchor: len(section.blocks) for section in article.sections}
    counts["opening"] = len(article.opening)
    for n, entry in enumerate(spec.index):
        for m, at in enumerate(entry.at):
            section, _, paragraph = at.partition("/")
            place = f"index/{n + 1}/at/{m + 1}"
            if section not in counts:
                near = difflib.get_close_matches(section, counts, n=1, cutoff=0.5)
                hint = f"did you mean `{near[0]}`?" if near else "name a section: its heading, with hyphens"
                yield Diagnostic("R302", f"the article has no section {quoted(section)}", address=place, hint=hint)
            elif int(paragraph or 0) > counts[section]:
                message = f"there is no paragraph {paragraph}: {quoted(section)} has {counts[section]}"
                yield Diagnostic("R307", message, address=place)
