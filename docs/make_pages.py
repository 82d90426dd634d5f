"""Makes docs/pages.png, the picture of some pages in the README: `python docs/make_pages.py`.

The pages are those of a sample lesson, built by the program as it stands; poppler's `pdftoppm` draws them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = ROOT / "docs" / "pages.png"
LESSON: Final = "vietnam-leaves-cambodia"
PAGES: Final = (("handout", 1), ("handout", 6), ("worksheet", 2), ("worksheet-teacher", 1))
RESOLUTION: Final = 60  # pixels an inch: letter paper is 510 wide
GAP: Final = 14  # pixels
DESK: Final = "#dad7cf"


def main() -> None:
    """Build the lesson in a folder of its own, and write its pages side by side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = [sys.executable, "-m", "toolkit", "build", LESSON, "--format", "pdf", "--quiet", "--output", name]
        sheets = [f"--sheet={sheet}" for sheet in ("handout", "worksheet")]
        subprocess.run([*build, *sheets], cwd=ROOT, check=True)
        pages = [_page(folder / LESSON / f"{sheet}.pdf", number, folder) for sheet, number in PAGES]
    width = sum(page.width + GAP for page in pages) + GAP
    picture = Image.new("RGB", (width, max(page.height for page in pages) + 2 * GAP), DESK)
    left = GAP
    for page in pages:
        picture.paste(page, (left, GAP))
        left += page.width + GAP
    picture.quantize(128).save(PICTURE, optimize=True)


def _page(file: Path, number: int, folder: Path) -> Image.Image:
    """Return page `number` of a PDF, drawn."""
    target = folder / f"{file.stem}-{number}"
    chosen = ["-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", str(RESOLUTION), *chosen, "-png", str(file), str(target)], check=True)
    with Image.open(target.with_suffix(".png")) as image:
        return image.convert("RGB")


if __name__ == "__main__":
    main()
