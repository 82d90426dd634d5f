"""The names of the sheets, which the command line and the project file need before anything is composed."""

from typing import Final

SHEET_NAMES: Final = ("handout", "worksheet")
