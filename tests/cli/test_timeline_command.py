"""hornbook timeline: drawings of a lesson's events as files."""

from __future__ import annotations

import io

import pikepdf
import pytest
from lxml import etree
from PIL import Image
from sandbox import Sandbox

SPEC = "title: The River\nchronology:\n" + "".join(
    f"  - {{date: {1950 + 3 * n}, event: The water rises for the {n}th time.}}\n" for n in range(6)
)
SVG = "{http://www.w3.org/2000/svg}"


def test_a_lesson_is_drawn_as_svg(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    result = sandbox.run("timeline", "river", "-o", "out/river.svg")
    assert (result.code, result.out, result.err) == (0, "", "made out/river.svg\n")
    root = etree.fromstring((sandbox.root / "out/river.svg").read_bytes())
    assert root.findtext(f"{SVG}title") == "The River"
    assert (root.findtext(f"{SVG}desc") or "").startswith("Timeline to scale: 6 events, 1950 – 1965.")
    said = ["".join(map(str, node.itertext())) for node in root.iter(f"{SVG}text")]
    assert "The water rises for the 3th time." in said
    assert [float(node.get("textLength", "0")) > 0 for node in root.iter(f"{SVG}text")] == [True] * len(said)


def test_sizes_are_those_that_were_asked_for(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    assert sandbox.run("timeline", "river", "-o", "r.png", "--width", "100mm", "--height", "4in").code == 0
    image = Image.open(io.BytesIO((sandbox.root / "r.png").read_bytes()))
    assert image.width == pytest.approx(100 / 25.4 * 300, abs=2)
    assert image.height == pytest.approx(4 * 300, abs=2)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=1)


def test_a_pdf_is_tagged(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    assert sandbox.run("timeline", "river", "-o", "r.pdf").code == 0
    with pikepdf.open(sandbox.root / "r.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked


def test_a_strip_has_marks_and_years_alone(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    assert sandbox.run("timeline", "river", "-o", "s.svg", "--horizontal", "--width", "400pt").code == 0
    root = etree.fromstring((sandbox.root / "s.svg").read_bytes())
    assert root.get("viewBox") == "0 0 400 110"
    said = ["".join(map(str, node.itertext())) for node in root.iter(f"{SVG}text")]
    assert said
    assert all(word.isdigit() for word in said)
    assert len(list(root.iter(f"{SVG}circle"))) >= 6


def test_what_is_missing_is_told(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    result = sandbox.run("timeline", "river", "-o", "r.svg", "--height", "100pt")
    assert result.code == 1
    assert "the timeline has no room" in result.err
    assert "pt more are needed" in result.err
    assert "--height" in result.err
    assert sandbox.files("") == ["lessons/river/article.md", "lessons/river/lesson.yaml"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("-o", "r.gif"), "ends in none of .pdf"),
        (("-o", "r"), "ends in none of .pdf"),
        (("-o", "r.svg", "--width", "wide"), "is not a length"),
        (("-o", "r.svg", "--width", "3pt"), "is not a length"),
        ((), "Missing option"),
    ],
)
def test_wrong_usage(sandbox: Sandbox, args: tuple[str, ...], said: str) -> None:
    sandbox.lesson(SPEC)
    result = sandbox.run("timeline", "river", *args)
    assert result.code == 2
    assert said in result.err


def test_a_lesson_without_events_has_no_line(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\n")
    result = sandbox.run("timeline", "river", "-o", "r.svg")
    assert result.code == 2
    assert "has no events" in result.err


def test_a_lesson_at_fault_is_told(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nchronology: [{date: 19x, event: E.}]\n")
    result = sandbox.run("timeline", "river", "-o", "r.svg")
    assert result.code == 1
    assert "L205" in result.err
