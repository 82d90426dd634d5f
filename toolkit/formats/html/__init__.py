"""HTML: a printout as one standalone page, and the page that the PDF is printed from.

The pages are Jinja2 templates in `templates/handout`: `blocks.html` and `answers.html` have one macro for
each kind of node, `document.html` is the page around them. Lesson text is always data: escaped, and never
compiled.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from toolkit import __version__
from toolkit.drawing import typefaces
from toolkit.formats import Report
from toolkit.formats.html import breaks, one_face, ruling, shapes, timelines
from toolkit.formats.html.bytecode import Kept
from toolkit.formats.html.css import css_string, page_number
from toolkit.formats.html.presenting import OWN, compiled, presented
from toolkit.formats.html.theming import tokens
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.presentation import Presentation, manner_of
from toolkit.model.printout import Aside, Gloss, Picture, Printout, Task
from toolkit.model.response import Writing
from toolkit.model.text import Block, Blocks, Inlines, Link, Paragraph, Table, inlines_of, plain, plain_block
from toolkit.model.theme import Logo
from toolkit.model.typeface import Typeface
from toolkit.resources import templates

MEASURE: Final = 342.0  # pt; the width of the reading (templates/handout/handout.css)
# The same in presentations of other lines, on both papers: a picture grows with the type, and the words in it.
WIDER: Final = MappingProxyType({"large-print": 451.0, "dyslexia": 400.0, "booklet": 308.0})
INK: Final = "#1c1b1a"  # of lines that the templates draw
LOGO: Final = "theme/logo"  # the name by which a page asks for it
TALLEST: Final = 400.0  # pt; a figure leaves room for its caption and some text on the page
DENSITY: Final = 100.0  # pixels an inch; below this a photograph looks coarse in print
MARGIN_NOTE: Final = 420  # characters; 15 lines of the margin column, and no more, or notes drift from their places
SCHEMES: Final = ("http:", "https:", "mailto:", "#")
_MACROS: Final = ("blocks.html", "answers.html")
_MM: Final = re.compile(r"\.?0+$")


def write(printout: Printout, report: Report) -> bytes:
    """Return `printout` as a standalone HTML5 page, styles and pictures inside, in UTF-8.

    What the page cannot show (a link, picture or node) goes to `report`, and the page is empty then.
    """
    try:
        return render(printout, paged=False).encode()
    except LessonError as error:
        for diagnostic in error.diagnostics:
            report(diagnostic)
        return b""


def render(printout: Printout, *, paged: bool, more: tuple[int, ...] = (), rooms: tuple[float, ...] = ()) -> str:
    """Return the page of `printout`.

    `more` are the rules that each answer space with `fill` has above its fewest, in the order of the page; `rooms` the
    heights in pt that are left for each timeline below what stands above it, 0 for one that begins a page.

    Where `paged`, it is for `formats.pdf`: pictures are `asset:` names, and the style sheets that all
    printouts share (`stylesheet()`) are left out, because the engine keeps them parsed. Raises LessonError
    where the printout holds a link, picture or node that the page cannot show.
    """
    environment = _environment()
    said = words_of(printout)
    draw = Drawing(printout, paged, more, rooms)
    with typefaces.using(printout.typefaces, printout.language):
        label = Markup(one_face.label(printout.language, said, printout.theme))  # names of families, made safe
        names = {"printout": printout, "label": label, "paged": paged}
        # Presented before it is filled in: a title may say "12pt".
        own = compiled(environment, printout.theme.recolored(presented(_source("page.css"), printout.manner)))
        styles = [own.render(names)]
        if not paged:
            styles += [stylesheet(name, printout.presentation) for name in ("handout", "screen")]
        styles += [stylesheet(f"presented/{name}") for name in OWN[printout.presentation]]
        styles += [tokens(printout.theme, _source("handout.css"))] if printout.theme.values else []
        if families := one_face.tokens(printout.language, said, printout.theme):
            styles.append(f"html[lang] {{ {families} }}\n")
        page = environment.get_template("document.html").render(
            names, draw=draw, generator=f"Hornbook {__version__}", styles=[Markup(style) for style in styles]
        )
        page = one_face.whole_words(page, printout.language, said, rtl=printout.direction == "rtl")
        return breaks.allowed(page) if paged else page


def load() -> None:
    """Load the templates, and compile those that are not yet: what every page needs, and takes 0.3 s."""
    for name in ("document.html", *_MACROS):
        _environment().get_template(name)


def words_of(value: object) -> str:
    """Return every text in `value`, a part of a printout."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return " ".join(map(words_of, value))
    if is_dataclass(value) and not isinstance(value, Picture | Typeface):
        return " ".join(words_of(getattr(value, field.name)) for field in fields(value))
    return ""


def stylesheet(name: str = "handout", presentation: Presentation = "standard") -> str:
    """Return the CSS that every printout shares, for paper and screen; or another sheet of the templates."""
    return presented(_source(f"{name}.css"), manner_of(presentation))


def macro_of(kind: type) -> str:
    """Return the name of the macro that draws nodes of class `kind`: BulletList -> bullet_list."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def can_draw(kind: type) -> bool:
    """Return whether the templates have a macro for nodes of class `kind`."""
    return any(hasattr(module, macro_of(kind)) for module in _macros(_UNBOUND))


_UNBOUND: Final[dict[str, Any]] = dict.fromkeys(("draw", "at", "picture", "paged", "printout", "ink", "logo"))


@dataclass(frozen=True, slots=True)
class Shown:
    """How a figure's picture appears: its URL, and its size on paper as CSS declarations."""

    url: str
    size: str


class Drawing:
    """Draws the nodes of one printout. Called with a node, or a run of nodes, it returns their HTML."""

    def __init__(
        self, printout: Printout, paged: bool, more: tuple[int, ...] = (), rooms: tuple[float, ...] = ()
    ) -> None:
        self._paged = paged
        self._measure = WIDER.get(printout.presentation, MEASURE)
        self._more, self._rooms = iter(more), iter(rooms)
        self._answers: tuple[Inlines, ...] | None = None
        self._pictures = {picture.file: picture for picture in printout.pictures}
        self._targets = frozenset(_targets(printout))
        self._placed: set[str] = set()
        given = {"draw": self, "at": self.at, "picture": self.picture, "paged": paged, "printout": printout}
        given["ink"] = "#000000" if printout.manner.monochrome else printout.theme.of("color").get("--ink", INK)
        given["logo"] = self._logo(printout.theme.logo)
        self._macros = _macros(given)

    def __call__(self, node: object) -> Markup:
        """Return the HTML of `node`: one node, or a tuple of them."""
        if not isinstance(node, tuple):
            return self._node(node)
        # A paragraph that follows another is indented; notes in the margin do not come between them.
        flow = [at for at, child in enumerate(node) if not isinstance(child, Gloss | Aside)]
        runs = {b for a, b in pairwise(flow) if _prose(node[a]) and _prose(node[b])}
        return Markup("").join(
            self._node(child, run=True) if at in runs else self._node(child) for at, child in enumerate(node)
        )

    def _node(self, node: object, **options: bool) -> Markup:
        name = macro_of(type(node))
        macro = next((found for module in self._macros if (found := getattr(module, name, None))), None)
        if macro is None:
            message = f"the page has no way to show a {type(node).__name__}"
            raise LessonError([Diagnostic("B703", message, address=getattr(node, "address", ""))])
        return Markup(macro(node, **options))  # autoescape made it safe; the macro's own value is Markup

    def at(self, address: str) -> Markup:
        """Return the attributes that mark a place: its address, and an id if a link leads there."""
        if not address:
            return Markup("")
        mark = Markup(' data-address="{}"').format(address)
        if address in self._targets and address not in self._placed:
            self._placed.add(address)
            mark += Markup(' id="{}"').format(address)
        return mark

    def rules(self, space: Writing) -> int:
        """Return how many rules `space` has here: where it fills its page, its fewest and what was found for it."""
        return max(space.lines, 1) + next(self._more, 0) if space.fill else space.lines

    def room(self) -> float:
        """Return the height in pt that is left for the timeline that is drawn now, 0 for that of a page."""
        return next(self._rooms, 0.0)

    def answered(self, content: Blocks, key: tuple[Inlines, ...] | None) -> Markup:
        """Return the HTML of `content`, a text with gaps; `key` is what stands in them, if anything."""
        before, self._answers = self._answers, key
        try:
            return self(content)
        finally:
            self._answers = before

    def answer(self, number: int) -> Inlines | None:
        """Return what stands in gap `number`, counting from 1, of the text being drawn."""
        return self._answers[number - 1] if self._answers else None

    def _logo(self, logo: Logo | None) -> str:
        """Return where the page finds the school's logo, "" where there is none."""
        if logo is None:
            return ""
        return f"asset:{LOGO}" if self._paged else _data_url(Picture(LOGO, logo.data, logo.media_type, 0, 0))

    def picture(self, file: str) -> Shown:
        """Return how the picture `file` appears. Raises LessonError where the printout does not hold it."""
        found = self._pictures.get(file)
        if found is None:
            raise LessonError([Diagnostic("R304", f"the picture {file} is not in the printout", needle=file)])
        url = f"asset:{quote(file, safe='')}" if self._paged else _data_url(found)
        width, height = size_on_paper(found, self._measure)
        return Shown(url, f"width:{width:.4g}pt;height:{height:.4g}pt")


def size_on_paper(picture: Picture, measure: float = MEASURE) -> tuple[float, float]:
    """Return width and height in pt: within the measure and TALLEST (less on a smaller page), never below DENSITY."""
    width = min(measure, picture.width * 72 / DENSITY)
    height = width * picture.height / picture.width
    scale = min(1.0, TALLEST * min(1.0, measure / MEASURE) / height)
    return width * scale, height * scale


def _data_url(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def _prose(node: object) -> bool:
    return isinstance(node, Paragraph) and not node.role


def _targets(value: object) -> Iterator[str]:
    """Yield the address of every place in `value` that a link leads to."""
    if isinstance(value, Link) and value.href.startswith("#"):
        yield value.href[1:]
    if isinstance(value, tuple):
        for item in value:
            yield from _targets(item)
    elif is_dataclass(value) and not isinstance(value, Picture):
        for field in fields(value):
            yield from _targets(getattr(value, field.name))


# -- what the templates may ask ------------------------------------------------------------------------


def _safe_href(href: str) -> str:
    if href.lower().startswith(SCHEMES):
        return href
    raise LessonError([Diagnostic("L211", f"a link may not lead to {href}", needle=href)])


def _align(table: Table, column: int) -> Markup:
    alignment = table.align[column] if column < len(table.align) else ""
    return Markup(' class="{}"').format(alignment) if alignment else Markup("")


def _mm(length: float) -> str:
    return f"{_MM.sub('', f'{max(length, 0):.2f}') or '0'}mm"


def _pt(length: float) -> str:
    return f"{_number(length)}pt"


def _number(value: float) -> str:
    return _MM.sub("", f"{value:.3f}") or "0"


def _lone(item: Blocks) -> bool:
    return len(item) == 1 and _prose(item[0])


def _runs(block: Block) -> tuple[Inlines, ...]:
    return tuple(inlines_of(block))


def _long(note: Gloss | Aside) -> bool:
    blocks = (Paragraph(note.definition),) if isinstance(note, Gloss) else note.content
    return sum(len(plain_block(block)) for block in blocks) > MARGIN_NOTE


def _stretching(task: Task) -> bool:
    """Return whether `task` ends with an answer space that goes on to the foot of the page."""
    return _stretching(task.parts[-1]) if task.parts else isinstance(task.response, Writing) and task.response.fill


def _is_paragraph(block: object) -> bool:
    return isinstance(block, Paragraph)


def _macros(given: Mapping[str, Any]) -> tuple[TemplateModule, ...]:
    """Return the macros that draw nodes; `given` are the names that they may use."""
    return tuple(_environment().get_template(name).make_module(dict(given)) for name in _MACROS)


@cache
def _source(name: str) -> str:
    return (templates() / "handout" / name).read_text("utf-8")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates() / "handout"),
        bytecode_cache=Kept(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"align": _align, "css_string": css_string, "mm": _mm, "number": _number, "plain": plain}
    environment.filters |= {"page_number": page_number, "runs": _runs, "safe_href": _safe_href, "pt": _pt}
    environment.filters |= {"keeping": ruling.keeping, "squares": shapes.squares, "circles": shapes.circles}
    environment.filters |= {"timeline_pages": timelines.pages, "timeline_figure": timelines.figure}
    environment.tests |= {"lone": _lone, "long": _long, "is_paragraph": _is_paragraph}
    environment.tests["stretching"] = _stretching
    return environment
