"""Makes docs/contact-sheet.png, the editions side by side for the README: `make contact-sheet`.

The pages are those of the sample lessons, built by the program as it stands; poppler's `pdftoppm` draws them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = ROOT / "docs" / "contact-sheet.png"
MOST: Final = 350_000  # bytes
VIETNAM: Final = "vietnam-leaves-cambodia"
SEA: Final = "why-the-sea-is-salty"
CANAL: Final = "el-canal-de-panama"
SHOWCASE: Final = "showcase"
# What stands under a page, the folder and name of its file, and its number.
PAGES: Final = (
    ("handout", VIETNAM, "handout", 1),
    ("handout: the timeline", VIETNAM, "handout", 6),
    ("handout in Spanish: figures", CANAL, "handout", 3),
    ("handout: questions", SEA, "handout", 2),
    ("worksheet", VIETNAM, "worksheet", 1),
    ("worksheet: version A", SHOWCASE, "worksheet-a", 4),
    ("worksheet: the blank timeline", CANAL, "worksheet", 5),
    ("worksheet for the teacher", CANAL, "worksheet-teacher", 1),
    ("large print", SEA, "handout-large-print", 1),
    ("dyslexia", SEA, "handout-dyslexia", 1),
    ("photocopy", CANAL, "handout-photocopy", 3),
    ("photocopy for the teacher", VIETNAM, "worksheet-teacher-photocopy", 1),
)
COLUMNS: Final = 4
RESOLUTION: Final = 38  # pixels an inch
FINER: Final = 4  # times: drawn so much larger and averaged
GAP: Final = 14  # pixels
LABEL: Final = 20  # pixels under a page
DESK: Final = "#dad7cf"
FACE: Final = ROOT / "templates" / "fonts" / "source-sans-3" / "SourceSans3-Regular.ttf"


def main() -> None:
    """Build the files in a folder of their own, and write their pages in rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _build(folder)
        pages = [_page(folder / lesson / f"{sheet}.pdf", number, folder) for _, lesson, sheet, number in PAGES]
    wide, high = max(page.width for page in pages) + GAP, max(page.height for page in pages) + GAP + LABEL
    rows = -(-len(pages) // COLUMNS)
    picture = Image.new("RGB", (COLUMNS * wide + GAP, rows * high + GAP), DESK)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FACE), 14)
    for n, (page, (label, *_)) in enumerate(zip(pages, PAGES, strict=True)):
        left, top = GAP + n % COLUMNS * wide, GAP + n // COLUMNS * high
        picture.paste(page, (left, top))
        pen.text((left + 2, top + page.height + 3), label, fill="#1c1b1a", font=font)
    picture.quantize(128, Image.Quantize.MAXCOVERAGE).save(PICTURE, optimize=True)
    if PICTURE.stat().st_size > MOST:
        sys.exit(f"{PICTURE} has {PICTURE.stat().st_size:,} bytes, more than {MOST:,}")


def _build(folder: Path) -> None:
    files = dict.fromkeys(f"output/{lesson}/{sheet}.pdf" for _, lesson, sheet, _ in PAGES if lesson != SHOWCASE)
    showcase = ("lessons/_showcase", "--sheet=worksheet", "--edition=student", "--format=pdf")
    for targets in (files, showcase):
        build = [sys.executable, "-m", "toolkit", "build", *targets, "--quiet", f"--output={folder}"]
        subprocess.run(build, cwd=ROOT, check=True)


def _page(file: Path, number: int, folder: Path) -> Image.Image:
    """Return page `number` of a PDF, drawn."""
    target = folder / f"{file.parent.name}-{file.stem}-{number}"
    chosen = ["-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", str(RESOLUTION * FINER), *chosen, "-png", str(file), str(target)], check=True)
    with Image.open(target.with_suffix(".png")) as image:
        return image.convert("RGB").reduce(FINER)


if __name__ == "__main__":
    main()
