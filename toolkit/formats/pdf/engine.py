"""WeasyPrint, loaded once in a process with our fonts, and shut in: it can fetch nothing but pictures.

FONTCONFIG_FILE must stand before the import: with no font at all WeasyPrint 70 ends the process, and
with the machine's fonts the pages would differ from one machine to the next.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from toolkit.formats.html import stylesheet
from toolkit.formats.pdf.finisher import finish
from toolkit.resources import templates

VARIANT: Final = "pdf/ua-1"  # ISO 14289-1
RESOLUTION: Final = 200  # pixels an inch in print; a classroom printer shows no more in a photograph
Assets = Mapping[str, tuple[str, bytes]]  # a picture's name -> its media type and bytes


class Forbidden(Exception):
    """A page that asked for something other than one of its pictures."""


class Engine:
    """The page engine with its fonts and the parsed style sheet, both slow to make and safe to share."""

    def __init__(self, weasyprint: Any) -> None:
        self._weasyprint = weasyprint
        fonts = importlib.import_module("weasyprint.text.fonts")
        self._fonts = fonts.FontConfiguration()
        self._style = weasyprint.CSS(string=stylesheet(), font_config=self._fonts, url_fetcher=_fetcher({}))

    def print(self, page: str, assets: Assets, *, rights: str = "") -> bytes:
        """Return the HTML `page` as PDF/UA-1 bytes; `rights` goes into its metadata (dc:rights).

        Raises Forbidden where the page asks for anything that is not an `asset:` name of `assets`.
        """
        fatal = importlib.import_module("weasyprint.urls").FatalURLFetchingError
        try:
            document = self._weasyprint.HTML(string=page, url_fetcher=_fetcher(assets)).render(
                font_config=self._fonts, stylesheets=[self._style], pdf_variant=VARIANT
            )
            data: bytes = document.write_pdf(
                pdf_variant=VARIANT, finisher=partial(finish, rights=rights), dpi=RESOLUTION, jpeg_quality=90
            )
        except fatal as error:  # a BaseException: it would end a worker process
            raise Forbidden(str(error)) from None
        return data


@cache
def engine() -> Engine:
    """Return the engine of this process; the first call loads it, in about a second.

    Raises OSError where a system library is missing (WeasyPrint opens pango, harfbuzz, fontconfig).
    """
    os.environ["FONTCONFIG_FILE"] = str(templates() / "fonts" / "fonts.conf")
    with _font_cache(), _no_compiler():
        return Engine(importlib.import_module("weasyprint"))


def _fetcher(assets: Assets) -> Any:
    urls = importlib.import_module("weasyprint.urls")

    class AssetFetcher(urls.URLFetcher):  # type: ignore[misc, name-defined]  # WeasyPrint has no types
        """Knows the pictures of one printout by name. Opens no file and no connection."""

        _fail_on_errors = False

        def __init__(self) -> None:
            """Leave out the openers of the base class: they could reach files and networks."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme != "asset" or unquote(name) not in assets:
                raise urls.FatalURLFetchingError(f"the page may not open {url}")
            media_type, data = assets[unquote(name)]
            return urls.URLFetcherResponse(url, data, {"Content-Type": media_type})

    return AssetFetcher()


@contextmanager
def _no_compiler() -> Iterator[None]:
    """Keep `ctypes.util.find_library` from running gcc and ld, 16 times, for names it will not find.

    Saves 0.25 s of the import (pdf.md, A2); the libraries themselves are found by their own names.
    """
    path = os.environ.get("PATH")
    os.environ["PATH"] = os.devnull
    try:
        yield
    finally:
        if path is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = path


@contextmanager
def _font_cache() -> Iterator[None]:
    """Give fontconfig a cache folder it can write to; without one it complains on standard error."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", ""), ".cache")
    if _writable(Path(home)):
        yield
        return
    before = os.environ.get("XDG_CACHE_HOME")
    with tempfile.TemporaryDirectory(prefix="hornbook-") as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            yield
        finally:
            os.environ.pop("XDG_CACHE_HOME")
            if before is not None:
                os.environ["XDG_CACHE_HOME"] = before


def _writable(folder: Path) -> bool:
    """Return whether `folder` can be written to, or made by its nearest existing parent."""
    existing = next((f for f in (folder, *folder.parents) if f.is_dir()), None)
    return folder.is_absolute() and existing is not None and os.access(existing, os.W_OK)
