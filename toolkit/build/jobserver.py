"""The jobserver of make: where make runs us, all its programs together keep to the number after its -j.

A client may do one thing at a time without asking, and takes a token, one byte of a pipe, for each more (GNU make
manual, "POSIX Jobserver Interaction"). It gives back the byte that it took.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Mapping
from typing import Final, Self

_AUTH: Final = re.compile(r"--jobserver-(?:auth|fds)=(\S+)")


class Jobserver:
    """The tokens of a make that is above us."""

    def __init__(self, reader: int, writer: int) -> None:
        self._reader = reader
        self._writer = writer
        self._held: list[bytes] = []

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self | None:
        """Return the jobserver that MAKEFLAGS in `environment` names; None without one.

        Raises OSError where it names one that cannot be used: make keeps it from recipes that do not begin with `+`.
        """
        found = _AUTH.findall(environment.get("MAKEFLAGS", ""))
        if not found:
            return None
        auth = found[-1]  # the last one counts
        if auth.startswith("fifo:"):  # GNU make 4.4
            both = os.open(auth.removeprefix("fifo:"), os.O_RDWR | os.O_NONBLOCK)
            return cls(both, both)
        reader, _, writer = auth.partition(",")
        for end in (reader, writer):
            if not end.isdecimal() or not stat.S_ISFIFO(os.fstat(int(end)).st_mode):
                raise OSError(f"{auth} is no pipe")
        # An open file of our own: other programs read the same pipe and count on it to wait for them.
        return cls(os.open(f"/dev/fd/{reader}", os.O_RDONLY | os.O_NONBLOCK), int(writer))

    def fileno(self) -> int:
        """Return the descriptor that can be read when there may be a token."""
        return self._reader

    def take(self) -> bool:
        """Return whether there was a token, which is ours now."""
        with contextlib.suppress(BlockingIOError):
            if token := os.read(self._reader, 1):
                self._held.append(token)
                return True
        return False

    def give(self) -> None:
        """Give one token back, if we hold any."""
        if self._held:
            os.write(self._writer, self._held.pop())

    def close(self) -> None:
        """Give every token back."""
        while self._held:
            self.give()
