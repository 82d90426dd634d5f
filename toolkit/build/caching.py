"""A cache of targets that machines share: what one has made, none makes again.

An entry's key is a digest of everything that the file is made of: the target's name and format, its options, the parts
of the program that its format is made with, and its printout, with the handout whose lines it points at. No path is
among these, so that it does not matter where a project lies; and a teacher's sheet has another printout than a
student's, and another name. An entry is one line with the digest of the rest, one of JSON, and the file's bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from toolkit.build import guard
from toolkit.build.backends import Backend
from toolkit.build.composing import drafted
from toolkit.build.limits import Limits, TimeLimitError, limited
from toolkit.build.making import Made
from toolkit.build.plan import Facts, Wanted
from toolkit.build.program import relevant
from toolkit.build.worker import Bundle, Task
from toolkit.model.diagnostics import Diagnostic, Severity, worst
from toolkit.source.observing import digest

_MAGIC: Final = "hornbook-cache 1"  # another number for another form of entries, or of keys


class Bases:
    """The digests of what targets are made of besides their printouts. `facts` are what digests in a plan stand for."""

    def __init__(self, facts: Mapping[str, Facts]) -> None:
        self._facts = facts
        self._shared: dict[tuple[str, str, str], str] = {}

    def of(self, wanted: Wanted) -> str:
        """Return the digest of what the target `wanted` is made of besides its printout."""
        known = wanted.format, wanted.options, wanted.program
        if known not in self._shared:
            program = self._facts[wanted.program].items()
            used = {name: value for name, value in program if relevant(name, wanted.format)}
            self._shared[known] = _digest_of(wanted.format, dict(self._facts[wanted.options]), used)
        return _digest_of(wanted.name, self._shared[known])


class Cache:
    """Made targets, kept by `backend`. Where `anew`, nothing is taken from it, and everything is put there again.

    What goes wrong costs time and no file: it is told in `notices`, a place that cannot be used once.
    """

    def __init__(self, backend: Backend, *, anew: bool = False) -> None:
        self._backend = backend
        self._reads = not anew
        self._writes = True
        self.notices: list[Diagnostic] = []

    def taken(self) -> list[Diagnostic]:
        """Return what was not told yet of what went wrong."""
        told, self.notices = self.notices, []
        return told

    def get(self, basis: str, printout: str) -> Made | None:
        """Return what was made of `basis` and `printout`, None where it is not here, or damaged and removed."""
        if not self._reads:
            return None
        key = _digest_of(_MAGIC, basis, printout)
        try:
            entry = self._backend.read(key)
        except OSError as error:
            self._reads = False
            self._tell(f"the cache cannot be read: {error.strerror or error}", "files are made without it")
            return None
        if entry is None:
            return None
        try:
            return _unpacked(entry, key, printout)
        except (ValueError, KeyError, TypeError):
            self._tell(f"the entry {key} of the cache is damaged", "it is removed, and its file is made again")
            self._remove(key)
            return None

    def put(self, basis: str, made: Made) -> None:
        """Keep `made`, if it is a whole file. What was said of a place on this machine stays here."""
        placed = any(d.span or d.related for d in made.diagnostics)
        if not self._writes or not made.data or placed or worst(made.diagnostics) is Severity.ERROR:
            return
        key = _digest_of(_MAGIC, basis, made.printout)
        try:
            self._backend.write(key, _packed(key, made))
        except OSError as error:
            self._writes = False
            self._tell(f"the cache cannot be written to: {error.strerror or error}", "the build goes on without that")

    def _remove(self, key: str) -> None:
        try:
            self._backend.remove(key)
        except OSError as error:
            self._tell(f"the entry {key} cannot be removed: {error.strerror or error}", "remove it by hand")

    def _tell(self, message: str, hint: str) -> None:
        self.notices.append(Diagnostic("B712", message, hint=hint, severity=Severity.WARNING))


class Seeker:
    """Looks in a cache before anything is laid out. `basis` tells what a task is made of, by its number.

    `found` is told of a task that needs not be made.
    """

    def __init__(
        self, cache: Cache, bounds: Limits, basis: Callable[[int], str], found: Callable[[Task, Made], None]
    ) -> None:
        self._cache = cache
        self._bounds = bounds
        self._basis = basis
        self._found = found

    def missing(self, bundles: Iterable[Bundle]) -> Iterator[Bundle]:
        """Yield of `bundles` what must be made."""
        for bundle in bundles:
            tasks = tuple(task for task in bundle.tasks if not self._settled(bundle, task))
            if tasks:
                yield replace(bundle, tasks=tasks)

    def made(self, task: Task, made: Made) -> None:
        """Keep what somebody made."""
        if not made.cut and made.printout:
            self._cache.put(self._basis(task.number), made)

    def _settled(self, bundle: Bundle, task: Task) -> bool:
        printed = self._printed(bundle, task)
        if not printed:
            return False  # who makes it will say why
        if printed == task.known:
            made: Made | None = Made(b"", (), printout=printed, cut=True)
        else:
            made = self._cache.get(self._basis(task.number), printed)
        if made:
            self._found(task, made)
        return made is not None

    def _printed(self, bundle: Bundle, task: Task) -> str:
        """Return the digest of what is to be printed, "" where it cannot be told here."""
        kind = task.target.kind
        try:
            with guard.guarded(bundle.lesson) as refused, limited(self._bounds):
                printed = drafted(bundle.lesson, kind.sheet, task.edition, kind.format).digest()
        except (Exception, TimeLimitError):
            return ""
        return "" if refused else printed


def _packed(key: str, made: Made) -> bytes:
    said = [[d.code, d.message, d.address, d.needle, d.hint, str(d.severity)] for d in made.diagnostics]
    head = json.dumps({"key": key, "told": said}, ensure_ascii=False).encode(errors="surrogatepass")
    rest = b"%s\n%s" % (head, made.data)
    return b"%s %s\n%s" % (_MAGIC.encode(), digest(rest).encode(), rest)


def _unpacked(entry: bytes, key: str, printout: str) -> Made:
    """Return what is in `entry`. Raise ValueError, KeyError or TypeError where it is not what was put under `key`."""
    first, _, rest = entry.partition(b"\n")
    if first != f"{_MAGIC} {digest(rest)}".encode():
        raise ValueError("its digest is another")
    head, _, data = rest.partition(b"\n")
    told = json.loads(head.decode(errors="surrogatepass"))
    if told["key"] != key or not data:
        raise ValueError("it is of another key")
    said = tuple(
        Diagnostic(code, message, None, address, needle, hint, Severity(severity))
        for code, message, address, needle, hint, severity in told["told"]
    )
    return Made(data, said, printout=printout, cached=True)


def _digest_of(*values: object) -> str:
    return digest(json.dumps(values, ensure_ascii=False, sort_keys=True).encode(errors="surrogatepass"))
