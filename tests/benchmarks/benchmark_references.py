"""How many fields of printed references are read right, by style. Run it from the repository:

    python tests/benchmarks/benchmark_references.py [FILE.bib ...]

Records of bibliography files (those of ../shared/inputs/bibliographies where none are named) are printed in each
style and read back; a field counts as right when it is the same again. The styles are printed by the samples of the
tests, and by pandoc's own processor in its default style, Chicago author-date. A record that a style has no sample
for (no author, no place) is left out; nothing else is.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "citations")]

# ruff: noqa: E402, T201  # a script: it finds the repository before it imports from it, and prints a table
import pypandoc  # type: ignore[import-untyped]  # it comes without types
from reference_samples import STYLES, Data, expected

from toolkit.citations import writing
from toolkit.citations.references import parse_reference
from toolkit.model.records import SourceRecord
from toolkit.source import foreign

INPUTS = ROOT.parent / "shared" / "inputs" / "bibliographies" / "bib"
FIELDS = {
    "book": ("author", "editor", "title", "edition", "publisher-place", "publisher", "issued", "original-date"),
    "article-journal": ("author", "title", "container-title", "volume", "issue", "issued", "page"),
    "chapter": ("author", "editor", "title", "container-title", "page", "publisher-place", "publisher", "issued"),
}
NEEDED = {
    "book": {"title", "publisher-place", "publisher", "issued"},
    "article-journal": {"author", "title", "container-title", "volume", "issue", "issued", "page"},
    "chapter": {"author", "editor", "title", "container-title", "page", "publisher-place", "publisher", "issued"},
}


def records(paths: list[Path]) -> dict[str, SourceRecord]:
    """Return the records that every style can print: with the parts their kind needs, and a year alone as date."""
    found = foreign.take(paths).records
    return {
        key: record
        for key, record in found.items()
        if record.type in NEEDED
        and NEEDED[record.type] <= data_of(record).keys()
        and (record.author or record.editor)
        and str(record.issued).isdigit()
        and (not record.edition or record.edition.isdigit())
        and "others" not in {name.literal for name in record.author or ()}
    }


def data_of(record: SourceRecord) -> dict[str, Any]:
    """Return the fields of a record that references of its kind have."""
    plain = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    wanted = FIELDS.get(record.type, ())
    return {"type": record.type, **{key: value for key, value in plain.items() if key in wanted}}


def score(style: str, texts: Iterator[tuple[Data, str]], wrong: Callable[[str, str, Any, Any], None]) -> Counter[str]:
    """Return how many fields were right, and of how many, by name."""
    counts: Counter[str] = Counter()
    for data, text in texts:
        one = parse_reference(text)
        for key, value in expected(style, data).items():
            right = same(key, value, one.record.get(key))
            counts[key] += right
            counts["all"] += right
            counts[f"{key} of"] += 1
            counts["all of"] += 1
            if not right:
                wrong(text, key, value, one.record.get(key))
    return counts


def same(key: str, value: Any, found: Any) -> bool:  # noqa: ANN401  # fields of any kind
    """Return whether two values of a field are the same, dashes and stops at the end set aside."""
    if isinstance(value, list):
        return bool(found) and [_name(name) for name in value] == [_name(name) for name in found]
    return found is not None and _folded(str(value)) == _folded(str(found))


def _name(name: Mapping[str, str]) -> str:
    return " ".join(
        name.get(part, "") for part in ("non-dropping-particle", "given", "family", "suffix", "literal")
    ).strip()


def _folded(text: str) -> str:
    return text.replace("–", "-").replace("’", "'").strip(" .").casefold()


def by_pandoc(found: Mapping[str, SourceRecord]) -> Iterator[tuple[Data, str]]:
    """Yield each record with the entry that pandoc's citeproc prints of it."""
    keys = list(found)
    items = writing.as_csl_json({f"k{n}": found[key] for n, key in enumerate(keys)})
    source = "---\n" + json.dumps({"references": json.loads(items), "nocite": "@*"}) + "\n---\n"
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=json", "--citeproc"]
    run = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    for block in json.loads(run.stdout)["blocks"]:
        for entry in block["c"][1] if block["t"] == "Div" else ():
            number = int(entry["c"][0][0].removeprefix("ref-k"))
            # Its Chicago is the 18th edition, which prints no places.
            data = {key: value for key, value in data_of(found[keys[number]]).items() if key != "publisher-place"}
            yield data, "".join(_inlines(entry["c"][1][0]["c"]))


def _inlines(nodes: list[Any]) -> Iterator[str]:
    """Yield the text of pandoc's inlines, italics marked."""
    for node in nodes:
        match node["t"]:
            case "Str":
                yield node["c"]
            case "Space" | "SoftBreak":
                yield " "
            case "Emph":
                yield "*" + "".join(_inlines(node["c"])) + "*"
            case "Quoted" | "Link" | "Span":
                inside = "".join(_inlines(node["c"][1]))
                yield f"“{inside}”" if node["t"] == "Quoted" else inside
            case _:
                yield from _inlines(node["c"]) if isinstance(node.get("c"), list) else ()


def main() -> None:
    """Print the table."""
    verbose = "-v" in sys.argv
    names = [name for name in sys.argv[1:] if name != "-v"]
    found = records([Path(name) for name in names] or sorted(INPUTS.glob("*.bib")))

    def wrong(text: str, key: str, value: object, read: object) -> None:
        if verbose:
            print(f"{key}: {value!r} was read as {read!r}\n    {text}")

    runs: dict[str, Iterator[tuple[Data, str]]] = {
        style: iter([(data_of(record), shape(data_of(record))) for record in found.values()])
        for style, shape in STYLES.items()
    }
    runs["Chicago author-date, by pandoc"] = by_pandoc(found)
    print(f"{len(found)} records")
    print(f"{'style':<32}{'fields right':>14}{'share':>8}   {'weakest fields'}")
    for name, texts in runs.items():
        started = time.perf_counter()
        style = name.partition(", by")[0]
        counts = score(style, texts, wrong)
        seconds = time.perf_counter() - started
        keys = [key for key in counts if f"{key} of" in counts and key != "all"]
        weakest = sorted(keys, key=lambda key: counts[key] / counts[f"{key} of"])[:3]
        shares = ", ".join(f"{key} {100 * counts[key] / counts[f'{key} of']:.0f} %" for key in weakest)
        total = f"{counts['all']}/{counts['all of']}"
        print(f"{name:<32}{total:>14}{100 * counts['all'] / counts['all of']:>7.1f}%   {shares}   ({seconds:.1f} s)")


if __name__ == "__main__":
    main()
