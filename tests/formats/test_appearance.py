"""Pages look as they did when somebody last looked at them and accepted them.

`--accept` draws the accepted pictures anew: then look at the difference. A page that changed is shown beside the
accepted one in a picture whose path the failure names. Other versions of poppler, Pango or HarfBuzz draw letters a
little otherwise; `page_pictures.TOLERANCE` says how the room for that was measured.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest
from page_pictures import TOLERANCE, beside, difference, drawn, kept
from PIL import Image, ImageChops, ImageDraw
from sample_sheets import CANAL, SEA, SHOWCASE, VIETNAM, File, printed

ACCEPTED: Final = Path(__file__).parent / "accepted"
MOST: Final = 600_000  # bytes of all accepted pictures
PAGES: Final[dict[str, tuple[File, int]]] = {
    "opener": ((VIETNAM, "handout", "student", "standard", "letter"), 1),
    "timeline": ((VIETNAM, "handout", "student", "standard", "letter"), 6),
    "figures": ((CANAL, "handout", "student", "standard", "letter"), 1),
    "table": ((CANAL, "handout", "student", "standard", "a4"), 4),
    "questions": ((SEA, "worksheet", "student", "standard", "letter"), 1),
    "points": ((SHOWCASE, "worksheet", "student", "standard", "letter"), 1),
    "gaps": ((SHOWCASE, "worksheet", "student", "standard", "letter"), 3),
    "circles": ((SHOWCASE, "worksheet", "student", "standard", "letter"), 4),
    "answers": ((SHOWCASE, "worksheet", "teacher", "standard", "a4"), 1),
    "plan": ((CANAL, "worksheet", "teacher", "standard", "a4"), 1),
    "model-answers": ((VIETNAM, "handout", "teacher", "standard", "letter"), 13),
    "large-print": ((SEA, "handout", "student", "large-print", "letter"), 1),
    "large-questions": ((VIETNAM, "worksheet", "student", "large-print", "letter"), 1),
    "dyslexia": ((SHOWCASE, "handout", "student", "dyslexia", "letter"), 1),
    "photocopy": ((CANAL, "handout", "teacher", "photocopy", "letter"), 7),
}

pytestmark = pytest.mark.skipif(
    not shutil.which("pdftoppm"), reason="UNTESTED: pdftoppm is not installed (Debian: poppler-utils)"
)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(name: str, tmp_path: Path, accept: bool) -> None:
    file, number = PAGES[name]
    picture = drawn(printed(file), number, tmp_path)
    path = ACCEPTED / f"{name}.png"
    if accept:
        before = _opened(path) if path.is_file() else None
        if before is None or difference(before, picture) > TOLERANCE / 10:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(kept(picture))
    before = _opened(path)
    apart = difference(before, picture)
    if apart > TOLERANCE:
        report = tmp_path / f"{name}.png"
        beside([(before, picture)]).save(report)
        pytest.fail(f"{name}: {apart:.2f} of 1000 pixels look different; accepted and new side by side: {report}")


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("L")


def test_the_accepted_pictures_are_small_and_all_used() -> None:
    files = list(ACCEPTED.iterdir())
    assert {file.name for file in files} == {f"{name}.png" for name in PAGES}
    assert sum(file.stat().st_size for file in files) <= MOST


@pytest.mark.slow
def test_another_rasteriser_passes(tmp_path: Path) -> None:
    """Cairo smooths and hints letters otherwise than Splash: more than two versions of poppler differ."""
    if not shutil.which("pdftocairo"):
        pytest.skip("UNTESTED: pdftocairo is not installed (Debian: poppler-utils)")
    for name in ("opener", "questions", "large-print"):
        file, number = PAGES[name]
        other = drawn(printed(file), number, tmp_path, "pdftocairo")
        assert difference(_opened(ACCEPTED / f"{name}.png"), other) < TOLERANCE, name


def test_planted_faults_are_seen(tmp_path: Path) -> None:
    page = _opened(ACCEPTED / "questions.png")
    assert difference(page, page) == 0
    block = page.crop((80, 200, 400, 300))
    moved = page.copy()
    moved.paste(block, (82, 200))  # 2.4 pt
    assert difference(page, moved) > 2 * TOLERANCE
    levels = [y for y in range(250, page.height) if all(page.getpixel((x, y)) < 240 for x in range(120, 380))]  # type: ignore[operator]  # one number a pixel, in grey
    assert levels
    ruled = page.copy()
    ImageDraw.Draw(ruled).rectangle((60, levels[0] - 1, 500, levels[0] + 1), fill=255)
    assert difference(page, ruled) > 2 * TOLERANCE
    assert difference(page, ImageChops.offset(page, 0, 2)) > 20 * TOLERANCE
    assert difference(page, page.resize((page.width, page.height + 1))) == 1000
    report = beside([(page, moved)])
    assert (208, 0, 0) in {color for _, color in report.getcolors(1 << 24) or ()}
