"""From a lesson and an edition to a printout. Every rule about what is shown to whom is applied here, once."""

from toolkit.compose.sheets import SHEETS, compose

__all__ = ["SHEETS", "compose"]
