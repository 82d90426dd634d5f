"""Computed styles, remembered from one page to the next.

WeasyPrint 70 computes the hundred properties of every style of every document anew, though our sheets of style are the
same for all: the style of `main section p` is what it was on the last page. A style is known by the rules that made
it and by the style of its parent, so that what was computed under one is right under another that is equal. Styles
themselves stay a document's own: layout writes into them. Saves a seventh of the CPU time of handouts.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types
Key: TypeAlias = tuple[object, ...]

REMEMBERED: Final = 1000  # styles of a manner of presentation: a page has about 100, some kB each
MEMORY: Final = "_hornbook_styles"  # the attribute of a font configuration, which its sheets share
INLINE: Final = (1, 0, 0)  # the specificity of a `style` attribute
COPIED: Final = frozenset(("first-line", "first-letter"))  # WeasyPrint copies what was computed of these, and no more
# What is an element's own, and no other property depends on: its name, what a margin says, and a place by attribute.
OWN: Final = frozenset(("anchor", "content"))
PLACES: Final = frozenset(
    ("left", "top", "right", "bottom", "width", "height", "flex_grow", "flex_shrink", "flex_basis")
)


class Known:
    """What was computed under one combination of rules, and what of the style without rules in it."""

    __slots__ = ("anonymous", "held", "specified", "values")

    def __init__(self, held: object) -> None:
        """Hold on to `held`, whose identity is part of a key."""
        self.values: dict[str, Untyped] = {}
        self.specified: dict[str, Untyped] = {}
        self.anonymous: dict[str, Untyped] = {}
        self.held = held


def mend(css: Untyped) -> None:
    """Replace the classes of styles in the module `weasyprint.css` by such as remember."""
    css.ComputedStyle = remembering(css.ComputedStyle)
    css.AnonymousStyle = remembering_anonymous(css.AnonymousStyle)


def remembering(base: Untyped) -> Untyped:
    """Return the class `base` of an element's style, with a memory."""

    class ComputedStyle(base):  # type: ignore[misc]  # WeasyPrint has no types
        """A style that begins with all that was computed under its rules before."""

        def __init__(self, parent_style: Untyped, cascaded: Untyped, pseudo_type: str | None, *rest: Untyped) -> None:
            base.__init__(self, parent_style, cascaded, pseudo_type, *rest)
            self.known, self.own = known, own = _known(self)
            if known is not None:
                self.update(known.values)
                self.specified.update(known.specified)
                for name in own:
                    self.pop(name, None)

        def copy(self) -> Untyped:
            """Return a style with the same values, to be changed: it remembers nothing."""
            new = base.__new__(ComputedStyle)
            base.__init__(
                new,
                *(self.parent_style, self.cascaded, self.pseudo_type, self.root_style, self.base_url),
                *(self.font_config, self.initial_page_sizes),
            )
            new.known, new.own = None, OWN
            new.update(self)
            new.specified = self.specified.copy()
            return new

        def __missing__(self, key: str) -> Untyped:
            value = base.__missing__(self, key)
            if self.known is not None and key not in self.own:
                self.known.values[key] = value
                if key in self.specified:
                    self.known.specified[key] = self.specified[key]
            return value

    return ComputedStyle


def remembering_anonymous(base: Untyped) -> Untyped:
    """Return the class `base` of the style of a box without an element, with a memory."""

    class AnonymousStyle(base):  # type: ignore[misc]  # WeasyPrint has no types
        """A style that begins with all that was computed under its parent before."""

        def __init__(self, parent_style: Untyped) -> None:
            base.__init__(self, parent_style)
            known: Known | None = getattr(parent_style, "known", None)
            self.values = None if known is None else known.anonymous
            if self.values:
                self.update(self.values)

        def copy(self) -> Untyped:
            """Return a style with the same values, to be changed: it remembers nothing."""
            new = base.__new__(AnonymousStyle)
            base.__init__(new, self.parent_style)
            new.values = None
            new.update(self)
            return new

        def __missing__(self, key: str) -> Untyped:
            value = base.__missing__(self, key)
            if self.values is not None and key not in OWN:
                self.values[key] = value
            return value

    return AnonymousStyle


def _known(style: Untyped) -> tuple[Known | None, frozenset[str]]:
    """Return what is known of `style`, None where it is not worth knowing, and what is its own."""
    parent = style.parent_style
    above = None if parent is None else getattr(parent, "known", None)
    if (parent is not None and above is None) or style.pseudo_type in COPIED:
        return None, OWN
    rules, own = _rules(style.cascaded)
    memory: dict[Key, Known] = style.font_config.__dict__.setdefault(MEMORY, {})
    key = (above, style.pseudo_type, style.base_url, rules)
    known = memory.get(key)
    if known is None:
        if len(memory) >= REMEMBERED:
            memory.clear()
        known = memory[key] = Known(style.cascaded)
    return known, own


def _rules(cascaded: dict[str, tuple[Untyped, Untyped]]) -> tuple[Key, frozenset[str]]:
    """Return what tells one set of rules from another, and the names of those that do not, as they are one's own."""
    rules: list[object] = []
    own = OWN
    for name, (value, (precedence, layer, specificity)) in cascaded.items():
        if name in PLACES and specificity == INLINE:
            own |= {name}
        elif name not in OWN:
            rules += name, _comparable(value), precedence, layer, *specificity
    return tuple(rules), own


def _comparable(value: Untyped) -> object:
    """Return `value` as it can be compared: tokens are made for each document, and are equal only to themselves."""
    if isinstance(value, (list, tuple)):
        return tuple([_comparable(part) for part in value])
    if hasattr(value, "serialize"):
        return type(value), value.serialize()
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value
