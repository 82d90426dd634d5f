"""Compiled templates, kept from one process to the next as Python keeps its modules."""

from __future__ import annotations

from io import BytesIO
from pickle import UnpicklingError

from jinja2.bccache import Bucket, BytecodeCache

from toolkit.resources import compiled, keep_compiled


class Kept(BytecodeCache):
    """The compiled templates that the resource loader keeps.

    Jinja checks that they are of the template as it is, of this Jinja and of this Python.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` with what was kept, if that is whole and of today."""
        try:
            bucket.load_bytecode(BytesIO(compiled(bucket.key)))
        except (
            AttributeError,
            EOFError,
            IndexError,
            KeyError,
            TypeError,
            ValueError,
            UnpicklingError,
        ):  # a damaged file
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in `bucket`."""
        keep_compiled(bucket.key, bucket.bytecode_to_string())
