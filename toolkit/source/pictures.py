"""Images of a lesson: found inside its folder, checked by their header, and carried as bytes."""

from __future__ import annotations

import difflib
import io
import warnings
from collections.abc import Callable
from pathlib import Path

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.printout import Picture
from toolkit.source import files

LARGEST_FILE = 25_000_000  # bytes
MOST_PIXELS = 40_000_000  # a whole letter page at 600 dpi has 34 million
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


def read(folder: Path, file: str, place: str) -> Picture:
    """Return the image `file` of the lesson in `folder`.

    Raise LessonError, at the address `place`, for an image that is elsewhere, missing, broken, of a format
    that is not printed, or too large.
    """

    def refuse(code: str, message: str, hint: str = "") -> LessonError:
        return LessonError([Diagnostic(code, message, address=place, needle=file, hint=hint)])

    path = files.within(folder, file)
    if path is None:
        raise refuse("R305", f"the image {file!r} is not in the lesson's folder", "copy it into images/")
    if not path.is_file():
        raise refuse("R304", f"there is no image {file!r} in the lesson's folder", _near(folder, file))
    try:
        data = files.read_bytes(path, file, largest=LARGEST_FILE, code="I401")
    except LessonError as error:
        first = error.diagnostics[0]
        raise refuse("I403" if first.code == "Y103" else "I401", first.message) from None
    return _checked(data, file, refuse)


def _near(folder: Path, file: str) -> str:
    names = [p.relative_to(folder).as_posix() for p in folder.glob("*/*") if p.suffix] if folder.is_dir() else []
    close = difflib.get_close_matches(file, names, n=1)
    return f"did you mean `{close[0]}`?" if close else ""


def _checked(data: bytes, file: str, refuse: Callable[..., LessonError]) -> Picture:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(data), formats=list(_FORMATS)) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    pixels = f"{width * height / 1e6:.0f} million pixels"
                    raise refuse("I403", f"the image {file!r} has {pixels}; at most {MOST_PIXELS / 1e6:.0f} are printed")
                image.load()
                kind = _FORMATS[str(image.format)]
    except UnidentifiedImageError:
        raise refuse("I401", f"{file!r} is not an image that can be printed", "PNG, JPEG, GIF and WebP can") from None
    except (OSError, ValueError, SyntaxError, EOFError, Pillow.DecompressionBombError) as error:
        raise refuse("I401", f"the image {file!r} is broken: {error}") from None
    return Picture(file, data, kind, width, height)
