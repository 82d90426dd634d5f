"""Making one target: a pure task, whatever process runs it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from toolkit.build import examining, guard, limits, warming
from toolkit.build.composing import drafted
from toolkit.build.limits import Limits, TimeLimitError
from toolkit.build.targets import Target
from toolkit.build.verifying import verified
from toolkit.formats import writer
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, worst
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Edition


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a target, and what was reported of it; without an error in the report, they are whole.

    `seconds` is the wall time it took. `spent` says that the process that made it ran into a limit, and should
    make no other. `printout` is the digest of what was printed; `cut`, that it was known and nothing was laid out;
    `cached`, that another build made it.
    """

    data: bytes
    diagnostics: tuple[Diagnostic, ...]
    seconds: float = 0.0
    spent: bool = False
    printout: str = ""
    cut: bool = False
    cached: bool = False


def make(
    lesson: Lesson, target: Target, edition: Edition, bounds: Limits, known: str = "", *, verify: bool = False
) -> Made:
    """Return `target` of `lesson`, made in this process under guard. `bounds` are only told, not enforced.

    Where `verify`, its file is checked too: outside of the guard, as that may ask another program.
    """
    began = time.monotonic()
    found: list[Diagnostic] = []
    data, spent, printed, printout = b"", False, "", None
    with guard.guarded(lesson) as refused:
        try:
            draft = drafted(lesson, target.kind.sheet, edition, target.kind.format)
            printed = draft.digest()
            if printed == known:
                return Made(b"", (), time.monotonic() - began, printout=printed, cut=True)
            with guard.lifted():  # what a library opens when it is loaded is not the lesson's doing
                warming.load((target.kind.format,))
            printout = draft.finish()
            data = examining.sealed(writer(target.kind.format)(printout, found.append), target, printed)
        except LessonError as error:
            found += error.diagnostics
        except (MemoryError, TimeLimitError) as error:
            tell = limits.too_much if isinstance(error, MemoryError) else limits.too_long
            found.append(tell(target.name, bounds))
            spent = True
        except guard.StrayError:
            pass  # told below, with those that were caught on their way
        except (OSError, ImportError) as error:
            hint = "`hornbook doctor` tells what this machine lacks"
            found.append(Diagnostic("B701", f"{target.name} could not be made: {error}", hint=hint))
        except Exception as error:
            # A fault of the program's own. It costs this target, and no other of what may be hundreds.
            said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            hint = "this is a fault of hornbook, not of the lesson; please report it"
            found.append(Diagnostic("B701", f"{target.name} could not be made: {said}", hint=hint))
    found += guard.strayed(target.name, refused)
    if verify and data and printout and worst(found) is not Severity.ERROR:
        found += verified(data, printout, target.kind.format)
    if not data and worst(found) is not Severity.ERROR:
        found.append(Diagnostic("B701", f"{target.name} could not be made: nothing was written"))
    return Made(data, tuple(found), time.monotonic() - began, spent, printed)
