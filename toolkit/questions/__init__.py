"""The kinds of question: one file each, named here. Adding a kind is a file and a line."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from toolkit.model.question import Question

# The key that names the kind in a lesson, and where its class is.
KINDS: Final = MappingProxyType(
    {
        "open": "toolkit.questions.open:Open",
        "short": "toolkit.questions.short:Short",
        "choose": "toolkit.questions.choose:Choose",
        "true_false": "toolkit.questions.true_false:TrueFalse",
        "match": "toolkit.questions.match:Match",
        "order": "toolkit.questions.order:Order",
        "cloze": "toolkit.questions.cloze:Cloze",
        "table": "toolkit.questions.table:Table",
        "number": "toolkit.questions.number:Number",
        "source": "toolkit.questions.source:Source",
        "documents": "toolkit.questions.documents:Documents",
        "organize": "toolkit.questions.organize:Organize",
        "exit": "toolkit.questions.exit:Exit",
    }
)


@cache
def kind(name: str) -> type[Question]:
    """Return the class of the kind `name`. Raise KeyError for a kind that is not in KINDS."""
    module, _, attribute = KINDS[name].partition(":")
    found: type[Question] = getattr(import_module(module), attribute)
    return found
