"""A share of the targets, for one of several machines that build the same lessons and know nothing of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Self

_WRITTEN: Final = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Shard:
    """Share `index`, from 1, of `count`. Each target is in one share: by its name alone, whoever asks and where."""

    index: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the share that `text` ("3/40") says. Raise ValueError where it says none."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise ValueError("write the number of the share and how many there are, as in 3/40")
        index, count = int(found[1]), int(found[2])
        if not 1 <= index <= count:
            raise ValueError(f"shares are numbered from 1 to {max(count, 1)}")
        return cls(index, count)

    def holds(self, name: str) -> bool:
        """Return whether the target `name` ("river/handout.pdf") is in this share.

        By BLAKE2b (RFC 7693): Python's own hash of a text is another in each process.
        """
        drawn = int.from_bytes(blake2b(name.encode(errors="surrogateescape"), digest_size=8).digest())
        return drawn % self.count == self.index - 1
