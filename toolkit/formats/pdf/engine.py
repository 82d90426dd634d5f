"""WeasyPrint, loaded once in a process with our fonts, and shut in: it can fetch nothing but pictures.

FONTCONFIG_FILE must stand before the import: with no font at all WeasyPrint 70 ends the process, and
with the machine's fonts the pages would differ from one machine to the next.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache, partial
from io import StringIO
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

from toolkit.formats.html import stylesheet
from toolkit.formats.pdf import copyfit, economy, linebreaks, linenumbers, notes, stretching
from toolkit.formats.pdf.finisher import finish
from toolkit.model.lines import Lines
from toolkit.model.presentation import Presentation, manner_of
from toolkit.model.typeface import Typeface
from toolkit.resources import templates

VARIANT: Final = "pdf/ua-1"  # ISO 14289-1
RESOLUTION: Final = 200  # pixels an inch in print; a classroom printer shows no more in a photograph
Assets: TypeAlias = Mapping[str, tuple[str, bytes]]  # a picture's name -> its media type and bytes
Again: TypeAlias = Callable[[tuple[int, ...]], str]
Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types


class ForbiddenError(Exception):
    """A page that asked for something other than one of its pictures."""


class Engine:
    """The page engine with its fonts and parsed style sheets, slow to make and safe to share."""

    def __init__(
        self, weasyprint: Untyped, presentation: Presentation = "standard", typefaces: tuple[Typeface, ...] = ()
    ) -> None:
        self._page = economy.page(weasyprint)
        self._manner = manner_of(presentation)
        self._fatal = importlib.import_module("weasyprint.urls").FatalURLFetchingError
        self._fonts = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
        _add(self._fonts, typefaces)
        self._numbers: dict[int, Untyped] = {}  # of lines, as they are painted: set when they are first needed
        self._style, self._tight = (
            weasyprint.CSS(string=stylesheet(name, presentation), font_config=self._fonts, url_fetcher=_fetcher({}))
            for name in ("handout", "tight")
        )

    def print(
        self, html: str, assets: Assets, *, rights: str = "", rtl: bool = False, again: Again | None = None
    ) -> bytes:
        """Return the page `html` as PDF/UA-1 bytes; `rights` goes into its metadata (dc:rights).

        `again` returns the same page with so many more rules in each answer space that fills its page.
        Raises ForbiddenError where the page asks for anything that is not an `asset:` name of `assets`.
        """
        try:
            document = self._fitted(html, assets, again)
            overlays = self._numbered(document.pages, rtl=rtl)
            heard = [_listen(page, overlay) for page, overlay in zip(document.pages, overlays, strict=True)]
            texts, marks = [words for words, _ in heard], [found for _, found in heard]
            data: bytes = document.write_pdf(
                pdf_variant=VARIANT,
                dpi=RESOLUTION,
                finisher=partial(finish, texts=texts, notes=marks, rights=rights, rtl=rtl),
            )
        except self._fatal as error:  # a BaseException: it would end a worker process
            raise ForbiddenError(str(error)) from None
        return data

    def lines(self, html: str, assets: Assets) -> Lines:
        """Return the numbered lines of the reading on the page `html`, as `print` would set them."""
        try:
            return tuple(linenumbers.lines(self._laid_out(html, assets, self._style).pages))
        except self._fatal as error:
            raise ForbiddenError(str(error)) from None

    def _laid_out(self, html: str, assets: Assets, *styles: Untyped) -> Untyped:
        page = self._page(string=html, url_fetcher=_fetcher(assets))
        return page.render(font_config=self._fonts, stylesheets=[*styles], pdf_variant=VARIANT)

    def _fitted(self, html: str, assets: Assets, again: Again | None) -> Untyped:
        """Lay `html` out; where a few lines are left over for a page of their own, try to save the page."""
        styles = [self._style]
        document = self._laid_out(html, assets, *styles)
        if len(document.pages) > 1 and copyfit.filled(document.pages[-1]) < copyfit.SPARSE:
            tight = self._laid_out(html, assets, self._style, self._tight)
            if len(tight.pages) < len(document.pages):
                document, styles = tight, [self._style, self._tight]
        return self._stretched(document, assets, styles, again) if again else document

    def _stretched(self, document: Untyped, assets: Assets, styles: Sequence[Untyped], again: Again) -> Untyped:
        """Lay the page out once more if it has rules that fill a page; never with more pages than before."""
        more = stretching.more_rules(document.pages)
        for fewer in (0, 1):
            wanted = tuple(max(0, rules - fewer) for rules in more)
            if any(wanted):
                stretched = self._laid_out(again(wanted), assets, *styles)
                if len(stretched.pages) == len(document.pages):
                    return stretched
        return document

    def _numbered(self, pages: Sequence[Untyped], *, rtl: bool) -> Sequence[Untyped]:
        """Return the line numbers to paint over each of `pages`, None for one without."""
        found = linenumbers.numbers(pages, rtl=rtl)
        most = max((number.value for sheet in found for number in sheet), default=0)
        if most > max(self._numbers, default=0):
            page = linenumbers.page_of(2 * most, self._manner)  # twice: the next sheet is a little longer
            self._numbers = linenumbers.words_of(self._laid_out(page, {}).pages)
        return [linenumbers.Overlay(sheet, self._numbers, rtl) if sheet else None for sheet in found]


@lru_cache(maxsize=8)
def engine(presentation: Presentation = "standard", typefaces: tuple[Typeface, ...] = ()) -> Engine:
    """Return the engine of this process for a presentation, with `typefaces` of a project; the first takes a second.

    Raises OSError where a system library is missing (WeasyPrint opens pango, harfbuzz, fontconfig).
    """
    os.environ["FONTCONFIG_FILE"] = str(templates() / "fonts" / "fonts.conf")
    # WeasyPrint prints an advice of its own where a library is missing; standard output is for data.
    with _font_cache(), _no_compiler(), redirect_stdout(StringIO()):
        weasyprint = importlib.import_module("weasyprint")
        economy.mend()
        linebreaks.mend()
        return Engine(weasyprint, presentation, typefaces)


def _add(fonts: Untyped, typefaces: tuple[Typeface, ...]) -> None:
    """Add the files of `typefaces` to `fonts`, and no others of their folders.

    WeasyPrint takes fonts from a page's `@font-face` or from fontconfig's folders only: a face of a collection is in
    neither. So its configuration, which it keeps to itself, is told of them.
    """
    if typefaces:
        library = importlib.import_module("weasyprint.text.ffi")
        files = (f for face in typefaces for f in (face.regular, face.italic, face.bold, face.bold_italic))
        for file in dict.fromkeys(files):
            library.fontconfig.FcConfigAppFontAddFile(fonts._config, os.fsencode(file))
        library.pangoft2.pango_fc_font_map_config_changed(library.ffi.cast("PangoFcFontMap *", fonts.font_map))


def _fetcher(assets: Assets) -> Untyped:
    urls = importlib.import_module("weasyprint.urls")

    class AssetFetcher(urls.URLFetcher):  # type: ignore[misc, name-defined]  # WeasyPrint has no types
        """Knows the pictures of one printout by name. Opens no file and no connection."""

        _fail_on_errors = False

        def __init__(self) -> None:
            """Leave out the openers of the base class: they could reach files and networks."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Untyped:
            scheme, _, name = url.partition(":")
            if scheme != "asset" or unquote(name) not in assets:
                raise urls.FatalURLFetchingError(f"the page may not open {url}")
            media_type, data = assets[unquote(name)]
            return urls.URLFetcherResponse(url, data, {"Content-Type": media_type})

    return AssetFetcher()


def _listen(page: Untyped, overlay: Untyped) -> tuple[dict[int, str], dict[int, str]]:
    """Return the words under each mark of `page`, and the footnote it is in: maps that fill when it is painted.

    WeasyPrint knows them only between painting and tagging, and keeps them to itself. `overlay`, if any,
    is painted over the page as an artifact.
    """
    words: dict[int, str] = {}
    marks: dict[int, str] = {}
    owners = notes.owners(page)
    paint = page.paint

    def painted(stream: Untyped, scale: float = 1) -> None:
        paint(stream, scale)
        words.update((tag["mcid"], getattr(box, "text", "")) for box, tag in stream._tags.items())
        marks.update((tag["mcid"], owners[box]) for box, tag in stream._tags.items() if box in owners)
        if overlay is not None:
            with linenumbers.untagged(stream):
                overlay.paint(stream, scale)

    page.paint = painted
    return words, marks


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
    home = os.environ.get("XDG_CACHE_HOME")
    if _writable(Path(home) if home else Path(os.environ.get("HOME", "")) / ".cache"):
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
    """Return whether `folder` can be written to, or made in a folder that is there."""
    existing = folder if folder.is_dir() else folder.parent
    return folder.is_absolute() and existing.is_dir() and os.access(existing, os.W_OK)
