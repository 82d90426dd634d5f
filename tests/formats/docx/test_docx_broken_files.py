"""Files that somebody's program has spoilt: read as far as they go, or refused, and never a traceback."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Final

import pull_samples as samples
import pytest
from lxml import etree
from lxml.etree import _Element

from toolkit.formats.docx.archive import pack, unpack
from toolkit.formats.docx.oxml import qn
from toolkit.formats.docx.reading import read
from toolkit.formats.docx.reading.tracked import View
from toolkit.model.diagnostics import LessonError

MAIN: Final = "word/document.xml"
TAGS: Final = (  # noqa: SIM905  # names read better in lines
    "p r t tbl tr tc sdt sdtContent ins del moveFrom moveTo hyperlink bookmarkStart bookmarkEnd fldChar instrText pPr "
    "rPr br footnoteReference drawing commentReference"
).split()
VALUES: Final = ("", "-1", "99999999999", "x", "true", "\u202e", "nil")


def spoilt(root: _Element, random: Random) -> None:
    """Take an element away, put one where it does not belong, give one another name or value."""
    elements = list(root.iter())
    for _ in range(random.randint(1, 8)):
        one, other = random.choice(elements), random.choice(elements)
        parent, way = one.getparent(), random.random()
        if parent is None or one is other:
            continue
        if way < 0.3:
            parent.remove(one)
        elif way < 0.5:
            one.append(deepcopy(other))
        elif way < 0.7 and one.attrib:
            one.set(random.choice(list(one.attrib)), random.choice(VALUES))
        elif way < 0.9:
            one.tag = qn(f"w:{random.choice(TAGS)}")
        else:
            one.text = random.choice(("", "x", "a\tb\n"))


@pytest.mark.parametrize("seed", range(100))
def test_a_spoilt_file_is_read_or_refused(seed: int) -> None:
    random = Random(seed)
    parts = dict(unpack(samples.built(*random.choice(samples.SHEETS))))
    xml = [name for name in sorted(parts) if name.endswith((".xml", ".rels"))]
    for name in random.choices([*xml, *[MAIN] * len(xml)], k=random.randint(1, 3)):
        root = etree.fromstring(parts[name])
        spoilt(root, random)
        parts[name] = etree.tostring(root)
    views: tuple[View, ...] = ("accepted", "original")
    for view in views:
        try:
            reading = read(pack(parts), view)
        except LessonError as error:
            assert len(error.diagnostics) == 1  # noqa: PT017  # either way is right, and one line is all that is told
        else:
            assert reading.sheet in ("worksheet", "handout")
