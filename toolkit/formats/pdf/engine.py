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
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from io import StringIO
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

from toolkit.formats.html import stylesheet
from toolkit.formats.pdf import ancestry, copyfit, economy, linebreaks, linenumbers, notes, stretching
from toolkit.formats.pdf.finisher import UNSAID, finish
from toolkit.formats.pdf.packet import Said
from toolkit.model.lines import Lines
from toolkit.model.presentation import Presentation, manner_of
from toolkit.model.typeface import Typeface
from toolkit.resources import templates

VARIANT: Final = "pdf/ua-1"  # ISO 14289-1
RESOLUTION: Final = 200  # pixels an inch in print; a classroom printer shows no more in a photograph
Assets: TypeAlias = Mapping[str, tuple[str, bytes]]  # a picture's name -> its media type and bytes
Again: TypeAlias = Callable[..., str]  # with the numbers `more` and `rooms` of formats.html.render
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
        self._style, *self._closer = (
            weasyprint.CSS(string=stylesheet(name, presentation), font_config=self._fonts, url_fetcher=_fetcher({}))
            for name in ("handout", *copyfit.STEPS)
        )

    def print(
        self,
        html: str,
        assets: Assets,
        *,
        said: Said = UNSAID,
        rtl: bool = False,
        again: Again | None = None,
        told: Callable[[str], None] = lambda _: None,
    ) -> bytes:
        """Return the page `html` as bytes of PDF/UA-1, or of the standard that `said` names; that is in its metadata.

        `again` returns the same page with `more` rules in each answer space that fills its page, and `rooms` for its
        timelines. `told` hears what was set closer to save a page.
        Raises ForbiddenError where the page asks for anything that is not an `asset:` name of `assets`.
        """
        try:
            document = self._fitted(html, assets, again or (lambda **_: html), told)
            overlays = self._numbered(document.pages, rtl=rtl)
            heard = [_listen(page, overlay) for page, overlay in zip(document.pages, overlays, strict=True)]
            data: bytes = document.write_pdf(
                pdf_variant=f"pdf/{said.variant}",
                dpi=RESOLUTION,
                finisher=partial(
                    finish,
                    texts=[each.words for each in heard],
                    notes=[each.notes for each in heard],
                    around=[each.around for each in heard],
                    said=said,
                    rtl=rtl,
                ),
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

    def _fitted(self, html: str, assets: Assets, again: Again, told: Callable[[str], None]) -> Untyped:
        """Lay `html` out; where a few lines are left over for a page of their own, try to save the page."""
        document, rooms = self._raised(html, assets, again)
        page = partial(again, rooms=rooms)
        usual = len(document.pages)
        styles = [self._style]
        for steps in range(1, len(self._closer) + 1):
            if len(document.pages) < usual or not copyfit.spills(document.pages):
                break
            closer = self._laid_out(page() if rooms else html, assets, self._style, *self._closer[:steps])
            if len(closer.pages) < usual:
                document, styles = closer, [self._style, *self._closer[:steps]]
                told(copyfit.said(steps, usual))
        return self._stretched(document, assets, styles, page)

    def _raised(self, html: str, assets: Assets, again: Again) -> tuple[Untyped, tuple[float, ...]]:
        """Lay `html` out; a timeline that would leave half a page empty before it begins on that page, if it can."""
        document = self._laid_out(html, assets, self._style)
        rooms = copyfit.rooms(document.pages, self._manner.length)
        if any(rooms):
            raised = self._laid_out(again(rooms=rooms), assets, self._style)
            if copyfit.better(raised.pages, document.pages):
                return raised, rooms
        return document, ()

    def _stretched(self, document: Untyped, assets: Assets, styles: Sequence[Untyped], again: Again) -> Untyped:
        """Lay the page out once more if it has rules that fill a page; never with more pages than before."""
        more = stretching.more_rules(document.pages)
        for fewer in (0, 1):
            wanted = tuple(max(0, rules - fewer) for rules in more)
            if any(wanted):
                stretched = self._laid_out(again(more=wanted), assets, *styles)
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
    with _font_cache():
        return Engine(load(), presentation, typefaces)


@cache
def load() -> Untyped:
    """Return WeasyPrint, imported with our fonts before it. Raises OSError where a system library is missing."""
    os.environ["FONTCONFIG_FILE"] = str(templates() / "fonts" / "fonts.conf")
    # WeasyPrint prints an advice of its own where a library is missing; standard output is for data.
    with _font_cache(), _no_compiler(), redirect_stdout(StringIO()):
        weasyprint = importlib.import_module("weasyprint")
        economy.mend()
        linebreaks.mend()
        return weasyprint


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


@dataclass(frozen=True, slots=True)
class _Heard:
    """Of each mark of a page: its words, the footnote it is in, the HTML elements around it."""

    words: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    around: dict[int, tuple[Untyped, ...]] = field(default_factory=dict)


def _listen(page: Untyped, overlay: Untyped) -> _Heard:
    """Return what is heard of each mark of `page`: maps that fill when it is painted.

    WeasyPrint knows them only between painting and tagging, and keeps them to itself. `overlay`, if any,
    is painted over the page as an artifact.
    """
    heard = _Heard()
    owners, elements = notes.owners(page), ancestry.of(page)
    paint = page.paint

    def painted(stream: Untyped, scale: float = 1) -> None:
        paint(stream, scale)
        heard.words.update((tag["mcid"], getattr(box, "text", "")) for box, tag in stream._tags.items())
        heard.notes.update((tag["mcid"], owners[box]) for box, tag in stream._tags.items() if box in owners)
        heard.around.update((tag["mcid"], elements.get(box, ())) for box, tag in stream._tags.items())
        if overlay is not None:
            with linenumbers.untagged(stream):
                overlay.paint(stream, scale)

    page.paint = painted
    return heard


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
