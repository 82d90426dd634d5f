"""The specification completed with the kinds of question, and read from a tree.

`model.specification` leaves the kinds of question open, because the model knows none. Here the table of
kinds closes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, Union

from pydantic import Discriminator, Tag, TypeAdapter, ValidationError

from toolkit import questions
from toolkit.model.bank import Bank
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.fields import Record
from toolkit.model.question import Question
from toolkit.model.specification import LessonSpec, Section
from toolkit.source import salvage as salvaging
from toolkit.source import tree, wording
from toolkit.source.hints import UNION
from toolkit.source.limits import MOST_TOLD

_MOST_ROUNDS = 5  # a choice without options, a section without questions ...: what is taken may take more with it


Spec = TypeVar("Spec", bound=Record)


@cache
def complete() -> type[LessonSpec]:
    """Return LessonSpec, and leave Bank, with the type of its questions filled in from the table of kinds."""
    namespace = {"AnyQuestion": _any_question()}
    for name in questions.KINDS:  # a question may have parts, which are questions
        questions.kind(name).model_rebuild(force=True, _types_namespace=namespace)
    Section.model_rebuild(force=True, _types_namespace=namespace)
    LessonSpec.model_rebuild(force=True, _types_namespace=namespace)
    Bank.model_rebuild(force=True, _types_namespace=namespace)
    return LessonSpec


def empty_bank() -> Bank:
    """Return a file of the bank without a question."""
    complete()
    return Bank()


def _any_question() -> Any:  # noqa: ANN401  # a type expression made at run time
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


def _kind_of(value: object) -> str | None:
    if isinstance(value, Question):
        return UNION + value.kind
    named = [name for name in questions.KINDS if isinstance(value, dict) and name in value]
    return UNION + named[0] if len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class Read(Generic[Spec]):
    """A specification as far as it could be read.

    `root` is the tree that `spec` was read from: without what is wrong; `touched` are the keys of the lesson
    under which something was left out. `spec` is None where nothing could be saved.
    """

    spec: Spec | None
    root: tree.Mapping
    problems: tuple[Diagnostic, ...] = ()
    touched: frozenset[str] = frozenset()


def read(node: tree.Mapping, text: str) -> Read[LessonSpec]:
    """Return the lesson's specification that `node`, read from `text`, holds, and every field that is wrong."""
    return _read_as(complete(), node, text)


def read_bank(node: tree.Mapping, text: str) -> Read[Bank]:
    """Return the file of the bank that `node`, read from `text`, holds, and every field that is wrong."""
    complete()
    return _read_as(Bank, node, text)


def _read_as(model: type[Spec], node: tree.Mapping, text: str) -> Read[Spec]:
    """Return the `model` that `node`, read from `text`, holds, and every field that is wrong."""
    try:
        return Read(model.model_validate(tree.plain_data(node)), node)
    except ValidationError as error:
        problems = tuple(wording.diagnostics(error, model, node, text))
        return _saved(model, node, error, problems)


def _saved(
    model: type[Spec], node: tree.Mapping, error: ValidationError, problems: tuple[Diagnostic, ...]
) -> Read[Spec]:
    """Return what is left of the specification without its faults."""
    touched: frozenset[str] = frozenset()
    for _ in range(_MOST_ROUNDS):
        if error.error_count() > MOST_TOLD:
            break
        salvage = salvaging.without(node, error.errors(include_url=False))
        node, touched = salvage.root, touched | salvage.touched
        try:
            return Read(model.model_validate(tree.plain_data(node)), node, problems, touched)
        except ValidationError as remaining:
            error = remaining
    return Read(None, node, problems, touched)


def adapter() -> TypeAdapter[LessonSpec]:
    """Return a type adapter of the completed specification."""
    return TypeAdapter(complete())
