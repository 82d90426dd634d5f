"""How much of printed articles the readers find, against what their publishers' own markup says. Prints a table.

From the project's folder, with the inputs beside it::

    python tests/benchmarks/importing.py                   # the table, Markdown and plain text
    python tests/benchmarks/importing.py --form md --misses   # one form, and each thing that was not found
    python tests/benchmarks/importing.py --inputs FOLDER   # other sets: FOLDER/SET/{gold,md,txt}

Each set holds `gold/NAME.json` beside `md/NAME.md` and `txt/NAME.txt`. A thing counts as found where it is found as
what it is: a question as a question, with its own options; the title of a section as a heading. Letter case, marks
of Markdown and punctuation are set aside. Where gold has only a number (paragraphs, tables, quotations of some
sets), the numbers are compared; of a paragraph with a beginning and a number of words, both must agree. "Accounted"
is the share of characters whose fate the reader tells; it is 100 or the reader is wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from toolkit.articles.manuscript import Block, Manuscript  # noqa: E402  # the line above lets this file run by itself
from toolkit.articles.readers import read_named  # noqa: E402  # as above
from toolkit.articles.sources import Source  # noqa: E402  # as above

INPUTS = Path(__file__).resolve().parents[3] / "shared" / "inputs" / "articles"
FORMS = ("md", "txt")
# Why a thing of a class cannot be found, or was not: (kind, form or "", whether it is this class, the reason).
NO_WORDS = "the publisher's element has no words: nothing is printed"
REASONS = (
    ("figures", "txt", "plain text names no files"),
    ("captions", "txt", "plain text prints a caption as a line like any other: it is kept, as a paragraph or a heading"),
    ("tables", "txt", "plain text has no tables: their rows are kept as lines"),
    ("quotes", "txt", "plain text does not mark a quotation: it is kept as paragraphs"),
    ("footnotes", "txt", "plain text prints notes as lines like any other: they are kept"),
)


@dataclass
class Score:
    """What gold has of one kind in one set, how much of it was found, and what was not."""

    total: int = 0
    found: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Return the share that was found, in per cent."""
        return 100 * self.found / self.total if self.total else 100.0


Scores = dict[tuple[str, str], Score]
"""By set and kind."""


def plain(words: str) -> str:
    """Return the letters and digits of a text, in small letters: marks of Markdown and punctuation set aside."""
    words = re.sub(r"\]\((?:<[^>]*>|[^()]*(?:\([^()]*\)[^()]*)*)\)", " ", words).replace("\\", "")
    words = re.sub(r"\^\[[^\]]*\]|\[\^[^\]]*\]", " ", words)
    return " ".join(re.sub(r"[^\w]|_", " ", words).casefold().split())


def measure(inputs: Path, form: str) -> Scores:
    """Return the scores of every set in `inputs`, read from files of `form`."""
    scores: Scores = {}
    for path in sorted(inputs.glob("*/gold/*.json")):
        file = path.parents[1] / form / f"{path.stem}.{form}"
        if not file.is_file():
            continue
        source = Source(file.name, file.read_bytes())
        manuscript = read_named(form, source)
        gold = json.loads(path.read_text("utf-8"))
        for kind, wanted, found in (*compared(gold, manuscript), accounted(source, manuscript)):
            _count(scores.setdefault((path.parents[1].name, kind), Score()), path.stem, wanted, found)
    return scores


def _count(score: Score, name: str, wanted: Sequence[str], found: Iterable[str]) -> None:
    left = Counter(found)
    for one in wanted:
        score.total += 1
        if left[one] > 0:
            left[one] -= 1
            score.found += 1
        else:
            score.misses.append(f"{name}: {one[:90] or NO_WORDS}")


def accounted(source: Source, manuscript: Manuscript) -> tuple[str, list[str], list[str]]:
    """Return the characters of each line, and those that the reader accounts for."""
    told = Counter[int]()
    for piece in manuscript.pieces:
        told[piece.line] += piece.end - piece.start
    lines = [f"{n}: {len(line)}" for n, line in enumerate(source.lines, start=1)]
    return "accounted", lines, [f"{n}: {told[n]}" for n in range(1, len(lines) + 1)]


def compared(gold: dict[str, Any], made: Manuscript) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield (kind, what gold has, what was found) for each kind of thing."""
    headings = [plain(block.markdown) for block in made.blocks if block.shape == "heading"]
    yield "title", [plain(gold["title"])], [plain(made.title)]
    sections = [plain(one["title"]) for one in gold["sections"] if one.get("kind") != "appendix"]
    yield "sections", sections, headings
    yield "chronology", [plain(one["title"]) for one in gold.get("chronology", ())], headings
    yield from _paragraphs(gold, made)
    yield "references", [plain(one) for one in gold["references"]], [plain(one.words) for one in made.references]
    yield from _asked(gold, made)
    yield from _pictures(gold, made)
    yield "footnotes", *_notes(gold, made)
    for kind, shape in (("tables", "table"), ("quotes", "quote")):
        number = gold[kind] if isinstance(gold[kind], int) else len(gold[kind])
        found = sum(_stands(block, shape) for block in made.blocks)
        yield kind, ["one"] * number, ["one"] * found


def _stands(block: Block, shape: str) -> int:
    """Return whether a block is of a shape; one in a box counts too."""
    return int(block.shape == shape or (shape == "table" and block.shape == "quote" and "\n> | ---" in block.markdown))


def _paragraphs(gold: dict[str, Any], made: Manuscript) -> Iterator[tuple[str, list[str], list[str]]]:
    if isinstance(gold["paragraphs"], int):
        # A paragraph that is bold from end to end is a heading to us, and a doubt.
        guessed = {doubt.words for doubt in made.doubts if doubt.question == "taken for a heading"}
        shapes = [b.shape in ("paragraph", "quote") or (b.shape == "heading" and b.markdown in guessed) for b in made.blocks]
        yield "paragraphs", ["one"] * gold["paragraphs"], ["one"] * sum(shapes)
        have = sum(map(_words, (made.title, *_all_words(made))))
        yield "words", ["word"] * gold["counts"]["words"], ["word"] * have
        return
    parts = [part for words in _all_words(made) for part in re.split(r"\n[ \t>]*\n", words)]
    every = [(plain(part), _words(part)) for part in parts]
    starts = [plain(one["starts"])[:40].rsplit(" ", 1)[0] for one in gold["paragraphs"]]
    yield "paragraphs", starts, [start for start in starts if any(start in words for words, _ in every)]
    wanted, found = [], []
    for start, one in zip(starts, gold["paragraphs"], strict=True):
        best = min((abs(count - one["words"]) for words, count in every if start in words), default=10**6)
        wanted += [start] * one["words"]
        found += [start] * max(0, one["words"] - max(0, best - one["words"] // 20))
    yield "words", wanted, found


def _words(text: str) -> int:
    """Return how many words a text has: what stands between spaces and holds a letter or digit."""
    text = re.sub(r"\]\((?:<[^>]*>|[^()]*(?:\([^()]*\)[^()]*)*)\)", "]", text)
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def _all_words(made: Manuscript) -> Iterator[str]:
    yield from (block.markdown for block in made.blocks)
    yield from made.objectives
    yield from (one.words for one in made.references)
    yield from (f"{one.term} {one.means}" for one in made.terms)
    yield from (f"{one.prompt} {' '.join(one.options)} {one.answer}" for one in made.questions)
    yield from (one.caption for one in made.images)


def _asked(gold: dict[str, Any], made: Manuscript) -> Iterator[tuple[str, list[str], list[str]]]:
    questions = gold.get("questions", ())
    yield "objectives", list(map(plain, gold.get("learning_objectives", ()))), list(map(plain, made.objectives))
    yield "questions", [plain(one["stem"]) for one in questions], [plain(one.prompt) for one in made.questions]
    options = [f"{plain(one['stem'])[:30]}: {plain(option)}" for one in questions for option in one["choices"]]
    have = [f"{plain(one.prompt)[:30]}: {plain(option)}" for one in made.questions for option in one.options]
    yield "options", options, have
    terms = [f"{plain(one['term'])}: {plain(one['definition'])}" for one in gold.get("key_terms", ())]
    yield "terms", terms, [f"{plain(one.term)}: {plain(one.means)}" for one in made.terms]


def _pictures(gold: dict[str, Any], made: Manuscript) -> Iterator[tuple[str, list[str], list[str]]]:
    figures = gold["figures"]
    sources = [image["src"] for one in figures for image in one.get("images", ())]
    sources += [one["src"] for one in figures if "src" in one]
    yield "figures", list(map(plain, sources)), [plain(one.file) for one in made.images]
    captions = [plain(one["caption"]) for one in figures if one.get("caption")]
    yield "captions", captions, [plain(one.caption) for one in made.images]


def _notes(gold: dict[str, Any], made: Manuscript) -> tuple[list[str], list[str]]:
    told = [one if isinstance(one, str) else str(one.get("text", one)) for one in gold.get("footnotes", ())]
    notes = [re.sub(r"^\[\^[^\]]*\]:", "", block.markdown) for block in made.blocks if block.shape == "note"]
    notes += [found for words in _all_words(made) for found in re.findall(r"\^\[([^\]]*)\]", words)]
    return [plain(one)[:60] for one in told], [plain(one)[:60] for one in notes]


def table(scores: Scores, form: str, *, misses: bool) -> Iterator[str]:
    """Yield the lines of the table; with `misses`, what was not found under each row, or why its class never is."""
    yield f"{form:16} {'kind':12} {'gold':>7} {'found':>7} {'share':>8}"
    for (name, kind), score in sorted(scores.items()):
        if not score.total:
            continue
        yield f"{name:16} {kind:12} {score.total:7,} {score.found:7,} {score.share:7.2f} %"
        why = next((why for what, where, why in REASONS if (what, where) == (kind, form)), "")
        if misses and score.misses and why:
            yield f"    {len(score.misses)}: {why}"
        elif misses:
            yield from (f"    {count} x {miss}" for miss, count in sorted(Counter(score.misses).items()))
    yield ""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=Path, default=INPUTS)
    parser.add_argument("--form", choices=FORMS, action="append")
    parser.add_argument("--misses", action="store_true")
    told = parser.parse_args()
    if not told.inputs.is_dir():
        sys.exit(f"no inputs: {told.inputs}")
    for form in told.form or FORMS:
        for line in table(measure(told.inputs, form), form, misses=told.misses):
            print(line)  # noqa: T201  # a script that prints a table


if __name__ == "__main__":
    main()
