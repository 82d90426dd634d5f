"""Images of a lesson: found inside its folder, checked by their header, and carried as bytes."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageFile, UnidentifiedImageError

from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.printout import Picture
from toolkit.model.quoting import quoted
from toolkit.source import files

LARGEST_FILE = 25_000_000  # bytes
MOST_PIXELS = 40_000_000  # a whole letter page at 600 dpi has 34 million
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


def read(folder: Path, file: str, place: str) -> Picture:
    """Return the image `file` of the lesson in `folder`.

    Raise LessonError, at the address `place`, for an image that is elsewhere, missing, broken, of a format
    that is not printed, or too large.
    """
    path = files.locate(folder, file, "image", place)
    try:
        data = files.read_bytes(path, file, largest=LARGEST_FILE, code="I401")
    except LessonError as error:
        first = error.diagnostics[0]
        if first.code == "Y103":
            raise _too_large(file, f"more than {LARGEST_FILE / 1e6:.0f} MB", _refusal(file, place)) from None
        raise _refusal(file, place)("I401", f"the image {quoted(file)}: {first.message}") from None
    return checked(data, file, place)


def _refusal(file: str, place: str) -> Callable[..., LessonError]:
    def refuse(code: str, message: str, hint: str = "") -> LessonError:
        return LessonError([Diagnostic(code, message, address=place, needle=file, hint=hint)])

    return refuse


def checked(data: bytes, file: str, place: str) -> Picture:
    """Return the image that the bytes `data` are, called `file`.

    Raise LessonError, at the address `place`, for one that is broken, of a format that is not printed, or too large.
    """
    refuse = _refusal(file, place)
    if len(data) > LARGEST_FILE:
        raise _too_large(file, f"more than {LARGEST_FILE / 1e6:.0f} MB", refuse)
    try:
        with warnings.catch_warnings(), _whole_only():
            warnings.simplefilter("ignore")  # what is wrong with an image and does not keep it from printing
            with Pillow.open(io.BytesIO(data), formats=list(_FORMATS)) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    raise _too_large(file, f"{width:,} × {height:,} pixels", refuse)
                image.load()
                kind = _FORMATS[str(image.format)]
    except UnidentifiedImageError:
        drawing = b"<svg" in data[:1000]
        hint = "save the drawing as PNG, wide enough to print" if drawing else "PNG, JPEG, GIF and WebP can be printed"
        raise refuse("I401", f"{quoted(file)} is not an image that can be printed", hint) from None
    except Pillow.DecompressionBombError:
        raise _too_large(file, "far more pixels than can be printed", refuse) from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError, MemoryError):
        raise refuse(
            "I401", f"the image {quoted(file)} is broken or was cut short", "save or download it again"
        ) from None
    return Picture(file, data, kind, width, height)


@contextmanager
def _whole_only() -> Iterator[None]:
    """Refuse images that were cut short. WeasyPrint, once imported, lets Pillow accept them in the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_large(file: str, size: str, refuse: Callable[..., LessonError]) -> LessonError:
    hint = f"scale it down: at most {MOST_PIXELS / 1e6:.0f} million pixels and {LARGEST_FILE / 1e6:.0f} MB are printed"
    return refuse("I403", f"the image {quoted(file)} has {size}", hint)
