"""Pictures whose colours a photocopy would lose."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter
from sandbox import REPOSITORY, Sandbox

from toolkit.checks import copying
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

MAP = "title: The River\nimages: {map.png: {alt: Two districts.}}\n"
ARTICLE = "# The River\n\n![Two districts](map.png)\n"


def two(first: str, second: str, kind: str = "PNG") -> bytes:
    """Return a map of two districts, in a colour each, with a black border between."""
    image = Image.new("RGB", (400, 300), first)
    pen = ImageDraw.Draw(image)
    pen.rectangle((180, 0, 400, 300), fill=second, outline="#000000", width=3)
    data = io.BytesIO()
    image.save(data, kind, quality=90)
    return data.getvalue()


def told(sandbox: Sandbox, picture: bytes) -> list[Diagnostic]:
    file = sandbox.lesson(MAP, ARTICLE)
    sandbox.put("lessons/river/map.png", picture)
    loaded = lesson_source.load(file, Project())
    return [loaded.positions.resolve(found) for found in copying.check(loaded.lesson)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_red_and_green_of_one_grey_are_told(sandbox: Sandbox, kind: str) -> None:
    (found,) = told(sandbox, two("#c85048", "#4a8a3c", kind))
    assert (found.code, found.severity) == ("C850", Severity.WARNING)
    assert "one grey" in found.message
    assert found.span
    assert found.span.line == 2


@pytest.mark.parametrize(("first", "second"), [("#7a1f1f", "#9fd08f"), ("#444444", "#c0c0c0"), ("#f4e0c0", "#ffffff")])
def test_colors_that_a_copy_keeps_apart_are_not(sandbox: Sandbox, first: str, second: str) -> None:
    assert told(sandbox, two(first, second)) == []


def test_a_photograph_is_not_judged(sandbox: Sandbox) -> None:
    noise = Image.effect_noise((400, 300), 90).filter(ImageFilter.GaussianBlur(3))
    photograph = Image.merge("RGB", (noise, noise.transpose(Image.Transpose.ROTATE_180), noise))
    data = io.BytesIO()
    photograph.save(data, "JPEG")
    assert told(sandbox, data.getvalue()) == []


@pytest.mark.parametrize("slug", ["el-canal-de-panama", "_showcase"])
def test_our_own_pictures_can_be_copied(slug: str) -> None:
    lesson = lesson_source.load(REPOSITORY / "lessons" / slug / "lesson.yaml", Project()).lesson
    assert lesson.pictures
    assert list(copying.check(lesson)) == []
