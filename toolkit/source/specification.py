"""The specification completed with the kinds of question, and read from a tree.

`model.specification` leaves the kinds of question open, because the model knows none. Here the table of
kinds closes it.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Union

from pydantic import Discriminator, Tag, TypeAdapter, ValidationError

from toolkit import questions
from toolkit.model.diagnostics import LessonError
from toolkit.model.specification import LessonSpec, Section
from toolkit.model.question import Question
from toolkit.source import tree, wording

UNION = wording.UNION


@cache
def complete() -> type[LessonSpec]:
    """Return LessonSpec with the type of its questions filled in from the table of kinds."""
    namespace = {"AnyQuestion": _any_question()}
    Section.model_rebuild(force=True, _types_namespace=namespace)
    LessonSpec.model_rebuild(force=True, _types_namespace=namespace)
    return LessonSpec


def _any_question() -> Any:
    members = tuple(Annotated[questions.kind(name), Tag(UNION + name)] for name in questions.KINDS)
    kinds = ", ".join(f"`{name}`" for name in questions.KINDS)
    return Annotated[
        Union[members],  # noqa: UP007  # the members are known at run time only
        Discriminator(
            _kind_of,
            custom_error_type="question_kind",
            custom_error_message="a question begins with one of {kinds}",
            custom_error_context={"kinds": kinds},
        ),
    ]


def _kind_of(value: Any) -> str | None:
    if isinstance(value, Question):
        return UNION + value.kind
    named = [name for name in questions.KINDS if isinstance(value, dict) and name in value]
    return UNION + named[0] if len(named) == 1 else None


def read(node: tree.Mapping, text: str) -> LessonSpec:
    """Return the specification that `node` holds. Raise LessonError with every field that is wrong."""
    try:
        return complete().model_validate(tree.plain_data(node))
    except ValidationError as error:
        raise LessonError(wording.diagnostics(error, LessonSpec, node, text)) from None


def adapter() -> TypeAdapter[LessonSpec]:
    """Return a type adapter of the completed specification."""
    return TypeAdapter(complete())
