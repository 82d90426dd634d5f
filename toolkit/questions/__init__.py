"""The kinds of question: one file each, named here. Adding a kind is a file and a line."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final

from toolkit.model.question import Question

# The key that names the kind in a lesson, and where its class is.
KINDS: Final = MappingProxyType(
    {
        "open": "toolkit.questions.open:Open",
        "short": "toolkit.questions.short:Short",
        "choose": "toolkit.questions.choose:Choose",
    }
)


@cache
def kind(name: str) -> type[Question]:
    """Return the class of the kind `name`. Raise KeyError for a kind that is not in KINDS."""
    module, _, attribute = KINDS[name].partition(":")
    found: type[Question] = getattr(import_module(module), attribute)
    return found
