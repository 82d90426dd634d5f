"""Work that WeasyPrint 70 and its HTML parser do again and again with the same result, done once.

Each function replaces one that they keep to themselves by one that remembers; nothing on a page changes by it. The
version is pinned, and a test prints a page with and without it and compares the bytes. What it saves was measured on
handouts of articles, in CPU time of layout and writing.
"""

from __future__ import annotations

import gc
import importlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any, Final, TypeAlias

from toolkit.formats.pdf import cascade, glyphs, lengths

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types
Setup: TypeAlias = Callable[[Untyped, Untyped], None]
Line: TypeAlias = tuple[Any, ...]  # layout, length, resume at, width, height, baseline
Solve: TypeAlias = Callable[[Untyped, Untyped, str, Untyped], Untyped]

# The defaults for every element -> for those that can have what they are about; `x-none` is none.
DEFAULTS: Final = {
    "\n::marker {": "\nli::marker {",
    "\n::footnote-": "\n.note::footnote-",
    "\n::note-": "\nx-none::note-",
}
# Properties of a style, in the order in which WeasyPrint takes them.
_FEATURES: Final = tuple(
    f"font_{name}"
    for name in (
        *("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric"),
        *("variant_alternates", "variant_east_asian", "feature_settings"),
    )
)
# And those beside the font by which its lines are broken.
_LINES: Final = (
    *("font_kerning", "text_decoration_line", "direction", "white_space", "overflow_wrap", "word_break", "hyphens"),
    *("hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "letter_spacing", "word_spacing"),
    *("tab_size", "font_size"),
)
REMEMBERED: Final = 4000  # lines, of four long handouts: some MB
_KEPT: Final = "_hornbook_kept"  # the attribute of a style in which what was made of it waits for the next line


def mend() -> None:
    """Replace the functions, once in a process."""
    lines: Untyped = importlib.import_module("weasyprint.text.line_break")
    if getattr(lines.Layout.setup, "mended", False):
        return
    stream: Untyped = importlib.import_module("tinyhtml5.inputstream")
    stream.characters_until_regex = Expressions()
    tokens: Untyped = importlib.import_module("weasyprint.css.tokens")
    tokens.Pending.solve = remembering(tokens.Pending.solve)
    lines.Layout.setup = prepared(lines.Layout.setup, lines)
    lines._font_style_cache_key = keyed(lines._font_style_cache_key)
    for name in ("weasyprint.layout.inline", "weasyprint.layout.preferred"):
        module: Untyped = importlib.import_module(name)
        module.split_first_line = known(module.split_first_line, lines._font_style_cache_key)
    fonts: Untyped = importlib.import_module("weasyprint.pdf.fonts")
    fonts.ffi = Allocator(fonts.ffi)
    cascade.mend(importlib.import_module("weasyprint.css"))
    lengths.mend()
    glyphs.mend()


@contextmanager
def uncollected() -> Iterator[None]:
    """Return a context in which Python does not look for cycles: a page in the making has none that it could free."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class Allocator:
    """CFFI's interface of a library, which is asked for lists of glyphs of any length by one name.

    CFFI parses the C declaration of every length, `hb_codepoint_t[97]`, which takes longer than to fill the list.
    """

    def __init__(self, ffi: Untyped) -> None:
        self._ffi = ffi

    def __getattr__(self, name: str) -> Untyped:
        """Return what the library's interface has under `name`."""
        return getattr(self._ffi, name)

    def new(self, declaration: str, value: Untyped = None) -> Untyped:
        """Return newly allocated data; a list is as long as its `value`."""
        if declaration.startswith("hb_codepoint_t[") and value is not None:
            declaration = "hb_codepoint_t[]"
        return self._ffi.new(declaration, value)


def page(weasyprint: Untyped) -> Untyped:
    """Return WeasyPrint's HTML class with a sheet of defaults that makes no styles for what no element has.

    Its own gives every element a marker, and the marks of a footnote and of a note at the end; each of these is a style
    to be computed. Only items of lists have markers, and only our class `note` is a footnote.
    """
    html: Untyped = importlib.import_module("weasyprint.html")
    text = html.UA
    for every, some in DEFAULTS.items():
        text = text.replace(every, some)
    sheet = weasyprint.CSS(string=text, counter_style=type(html.UA_COUNTER_STYLE)())

    class Page(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
        """A page whose defaults are ours."""

        def _ua_stylesheets(self, forms: bool = False) -> list[Untyped]:  # as it is called
            return [sheet]

    return Page


class Expressions(dict[tuple[Any, bool], re.Pattern[str]]):
    """The patterns by which the parser reads on to one of some characters.

    tinyhtml5 2.1 keeps each under the pattern instead of the characters, so that it finds none and makes it anew for
    every piece of text.
    """

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        """Return the pattern for characters, or (the second of `key`) for all others; keep it."""
        characters, opposite = key
        inside = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{inside}]+" if opposite else f"[^{inside}]+")
        return self[key]


def remembering(solve: Solve) -> Solve:
    """Return `solve`, which reads a value that had variables in it, with a memory in each such value.

    Values in the shared style sheet are read again for every element of every printout.
    """

    def remembered(self: Untyped, tokens: Untyped, wanted_key: str, base_url: Untyped) -> Untyped:
        memory: dict[tuple[object, ...], Untyped] = self.__dict__.setdefault(_KEPT, {})
        key = (" ".join([token.serialize() for token in tokens]), wanted_key, base_url)
        if key not in memory:
            memory[key] = solve(self, tokens, wanted_key, base_url)
        return memory[key]

    return remembered


def prepared(setup: Setup, lines: Untyped) -> Setup:
    """Return `setup`, which makes a Pango layout for a line, so that all lines of one style share what they can.

    The context depends on the fonts, the direction and the language, the description of the font and its features on
    the style. Lines with a decoration are left to `setup`.
    """
    pango, ffi, gobject = lines.pango, lines.ffi, lines.gobject

    def made(style: Untyped) -> tuple[Untyped, ...]:
        first = lines.Layout.__new__(lines.Layout)
        setup(first, style)
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)  # a C function
        pango.pango_context_set_base_dir(context, lines.PANGO_DIRECTION[style["direction"]])
        pango.pango_context_set_language(context, first.language)
        features = lines.font_features(*(style[name] for name in _FEATURES))
        named = ",".join(f"{key} {value}" for key, value in features.items()).encode()
        attribute = style.font_config.font_features[named] if features else None  # `setup` put it there
        attributes = shared_attributes(style, attribute, named, pango)
        return context, first.language, lines.get_font_description(style), attribute, attributes

    def prepare(self: Untyped, style: Untyped) -> None:
        if style["text_decoration_line"] != "none":
            setup(self, style)
            return
        kept = style.__dict__.get(_KEPT)
        if kept is None:
            kept = style.__dict__[_KEPT] = made(style)
        context, self.language, description, attribute, attributes = kept
        self.style = style
        self.first_line_direction = 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)  # a C function
        pango.pango_layout_set_font_description(self.layout, description)
        if attribute is not None:
            own = attributes is None or self.justification_spacing
            pango.pango_layout_set_attributes(self.layout, attributes_with(attribute, pango) if own else attributes)

    prepare.mended = True  # type: ignore[attr-defined]  # a mark on our own function
    return prepare


def shared_attributes(style: Untyped, attribute: Untyped, named: bytes, pango: Untyped) -> Untyped:
    """Return Pango's list of `attribute` for all lines of such features; None for those that are spaced, or have none.

    WeasyPrint makes a list for every line and frees none, and adds to it how a text is spaced.
    """
    spaced = style["letter_spacing"] not in {"normal", 0} or style["word_spacing"]
    if attribute is None or spaced or style["overflow_wrap"] in {"anywhere", "break-word"}:
        return None
    lists: dict[bytes, Untyped] = style.font_config.__dict__.setdefault(f"{_KEPT}_attributes", {})
    if named not in lists:
        lists[named] = attributes_with(attribute, pango)
    return lists[named]


def attributes_with(attribute: Untyped, pango: Untyped) -> Untyped:
    """Return a new list of Pango that holds `attribute`; it is never freed, as others hold the attribute too."""
    attributes = pango.pango_attr_list_new()
    pango.pango_attr_list_insert(attributes, attribute)
    return attributes


def keyed(key_of: Callable[..., str]) -> Callable[..., str]:
    """Return `key_of`, the name of a style's font among measures that are kept, with the name kept in the style."""

    def key(style: Untyped, include_size: bool = False) -> str:  # as WeasyPrint calls it
        name = f"{_KEPT}_{include_size}"
        found: str | None = style.__dict__.get(name)
        if found is None:
            found = style.__dict__[name] = key_of(style, include_size)
        return found

    return key


def known(split: Callable[..., Line], key_of: Callable[..., str]) -> Callable[..., Line]:
    """Return `split`, which finds where a line of a text ends, with a memory of lines for all that share fonts.

    Two lines in three were broken before: on the other edition's sheet, in an attempt to save a page, or where a
    paragraph was moved to the next page. A line is known by its text, its style and its room; `key_of` names the font.
    """

    def style_of(style: Untyped) -> str:
        found: str | None = style.__dict__.get(f"{_KEPT}_lines")
        if found is None:
            found = style.__dict__[f"{_KEPT}_lines"] = key_of(style, True) + str([style[name] for name in _LINES])
        return found

    def found_before(
        text: str, style: Untyped, context: Untyped, width: float | None, *rest: Untyped, **options: Untyped
    ) -> Line:
        memory: dict[object, Line] = style.font_config.__dict__.setdefault(_KEPT, {})
        key = (text, style_of(style), width, rest, *sorted(options.items()))
        line = memory.get(key)
        if line is None:
            if len(memory) >= REMEMBERED:
                memory.clear()
            line = memory[key] = split(text, style, context, width, *rest, **options)
        return copy(line[0]), *line[1:]  # what holds the line is changed when it is painted

    return found_before
