"""Whether what was made is fit for every reader: checked by the format's own rules, and by validators at hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.formats import verifier
from toolkit.model.diagnostics import Diagnostic

if TYPE_CHECKING:  # a build with nothing to do needs no printouts
    from toolkit.model.printout import Printout

_NO = frozenset(("", "0", "false", "no"))


def wanted(asked: bool | None, project: bool | None, environment: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Return whether to verify: as the command line says, else as the project says, else where `CI` is set.

    Services that build for others set the variable CI to "true".
    """
    said = asked if asked is not None else project
    return said if said is not None else environment.get("CI", "").lower() not in _NO


def verified(data: bytes, printout: Printout, form: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with `data`, which is `printout` in the format `form`; nothing where that has no rules."""
    verify = verifier(form)
    if verify is None:
        return ()
    from toolkit.build import verapdf  # it loads lxml

    standard = printout.pdf_variant.removeprefix("a-")
    flavours = ("ua1",) if standard == "ua-1" else ("ua1", standard)
    return (*verify(data, printout), *verapdf.asked(data, flavours))
