"""Messages between a build and its workers: pickled values, each with its length before it."""

from __future__ import annotations

import pickle
import socket
import struct
from typing import Any, Final

_LENGTH: Final = struct.Struct("!Q")
_CHUNK: Final = 1 << 18


def packed(value: object) -> bytes:
    """Return `value` as the bytes of a message."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def received(connection: socket.socket) -> Any:  # noqa: ANN401  # whatever was sent
    """Return the next message of `connection`, waiting for it; None at its end."""
    try:
        (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
        return pickle.loads(_exactly(connection, length))
    except EOFError:
        return None


def _exactly(connection: socket.socket, size: int) -> bytearray:
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(_CHUNK, size - len(data)))
        if not piece:
            raise EOFError
        data += piece
    return data


class Inbox:
    """What came in of a stream of messages. It never waits: a worker that stops in the middle stops nobody."""

    def __init__(self) -> None:
        self._data = bytearray()

    def take(self, connection: socket.socket) -> list[Any]:
        """Return the messages that are whole now. Raise EOFError where the other end is closed and none is.

        `connection` must have something to read.
        """
        piece = connection.recv(_CHUNK)
        if not piece:
            raise EOFError
        self._data += piece
        found = []
        while (message := self._next()) is not None:
            found.append(pickle.loads(message))
        return found

    def _next(self) -> bytes | None:
        if len(self._data) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(self._data[: _LENGTH.size])
        end = _LENGTH.size + length
        if len(self._data) < end:
            return None
        message = bytes(self._data[_LENGTH.size : end])
        del self._data[:end]
        return message
