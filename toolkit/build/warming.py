"""Loading what formats are written with, before it is needed: once for all workers, and outside of the guard."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from toolkit.formats import writer


def load(forms: Iterable[str]) -> None:
    """Import what the formats `forms` are written with. Nothing is started that a fork would leave behind.

    What cannot be imported is told by the first target that needs it.
    """
    for form in forms:
        with contextlib.suppress(OSError, ImportError):
            writer(form)
        if form in {"html", "pdf"}:
            from toolkit.formats import html

            html.load()
        if form == "pdf":
            with contextlib.suppress(OSError, ImportError):
                from toolkit.formats.pdf.engine import load as load_engine

                load_engine()


def warm(forms: Iterable[str]) -> None:
    """Load the formats `forms`, and make what each process needs of its own: fonts and parsed style sheets."""
    load(forms)
    if "pdf" in forms:
        with contextlib.suppress(OSError, ImportError):
            from toolkit.formats.pdf.engine import engine

            engine()
