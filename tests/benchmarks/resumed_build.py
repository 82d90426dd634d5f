"""Whether a build that was killed twice ends as one that was not: the same files, byte for byte.

From the project's folder, with the inputs beside it::

    python tests/benchmarks/resumed_build.py --lessons 1000 [--kills 2] [--seed 0]

Lessons are made by `hornbook import` from printed articles, as in `full_build.py`. The students' handouts are built
once without a break, and once by a build that is killed (SIGKILL) at moments that the seed chooses, and resumed.
Prints how many files each run left, and what differs; ends with status 1 where anything does.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from full_build import ARTICLES, HORNBOOK, ROOT, make_project

BUILD = [*HORNBOOK, "build", "-s", "--edition", "student"]


def started(root: Path) -> subprocess.Popen[bytes]:
    """Return a build of the project in `root`."""
    env = dict(os.environ, PYTHONPATH=str(ROOT))
    return subprocess.Popen(BUILD, cwd=root, env=env, stderr=subprocess.DEVNULL)


def files(root: Path) -> dict[str, bytes]:
    """Return the files that were made in `root`, by name; a build's own, with a dot before their names, left out."""
    output = root / "output"
    found = (path for path in output.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def whole(root: Path) -> float:
    """Build the project in `root`, and return how long it took, in s. Raise SystemExit where that fails."""
    begun = time.monotonic()
    if started(root).wait():
        raise SystemExit("the build failed")
    return time.monotonic() - begun


def killed(root: Path, after: float) -> int:
    """Build the project in `root`, kill the build `after` so many s, and return how many files there are then."""
    process = started(root)
    try:
        process.wait(after)
        raise SystemExit("the build had ended before it was killed")
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return len(files(root))


def main() -> None:
    """Print what became of both builds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lessons", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--inputs", type=Path, default=ARTICLES)
    asked = parser.parse_args()
    if not asked.inputs.is_dir():
        sys.exit(f"no inputs: {asked.inputs}")
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="hornbook-") as folder:
        root = Path(folder) / "project"
        make_project(root, asked.inputs, asked.lessons)
        took = whole(root)
        wanted = files(root)
        sys.stdout.write(f"{asked.lessons} lessons, {len(wanted)} files in {took:.0f} s without a break\n")
        shutil.rmtree(root / "output")
        for _ in range(asked.kills):
            share = chance.uniform(0.2, 0.8) / asked.kills
            sys.stdout.write(f"killed after {share * took:.0f} s: {killed(root, share * took)} files there\n")
            sys.stdout.flush()
        sys.stdout.write(f"resumed: ended after {whole(root):.0f} s\n")
        found = files(root)
    different = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    sys.stdout.write(
        f"{len(found)} files, {len(different)} differ{': ' if different else ''}{', '.join(different[:9])}\n"
    )
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
