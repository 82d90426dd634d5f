"""The way to a dask cluster: its client and its executor. The one module that knows dask, which it loads when asked."""

from __future__ import annotations

import logging
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager, suppress
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from toolkit.build import errands
from toolkit.build.cluster import Cluster, Patience
from toolkit.build.crew import Crew
from toolkit.build.errands import Delivery
from toolkit.build.limits import Limits

_CONNECTING: Final = 15.0  # s to wait for the scheduler, and for a first worker
_INTRODUCING: Final = 5.0  # s that workers have to say what they are; orders ask again
_ASKING: Final = 10.0  # s that a scheduler may take to answer
_ALONE: Final = 15.0  # s that a cluster may be without workers; dask's nanny starts one again in three
_CLOSING: Final = 3.0  # s
# Dask's own: a connection that is cut is found so within the first, a machine that is gone within the second.
_SETTINGS: Final = MappingProxyType(
    {
        "distributed.comm.timeouts.tcp": "15s",
        "distributed.comm.timeouts.connect": "10s",
        "distributed.client.heartbeat": "2s",
        "distributed.admin.large-graph-warning-threshold": "1TB",  # pictures are large, and sent once
    }
)


class ClusterError(Exception):
    """A cluster that cannot be used, in words for who asked for it."""


class DaskLink:
    """A connection to a cluster through `client`, of dask. `workers` are its addresses, `others` get no files."""

    def __init__(self, client: Any, address: str, workers: Iterable[str], others: frozenset[str]) -> None:  # noqa: ANN401
        self._client = client
        self._address = address
        self._others = others
        self._workers = frozenset(workers) - others
        self._executor = self._chosen()
        self._seen = time.monotonic()

    def submit(self, packed: bytes, wanted: str) -> Future[Delivery]:
        """Return what the cluster will have made of an order."""
        return _asked(self._executor, "fulfilled(packed, wanted)", packed=packed, wanted=wanted)

    def fault(self) -> str:
        """Return that the connection is lost, if it is."""
        lost = self._client.status != "running"
        return f"the connection to the dask scheduler at {self._address} was lost" if lost else ""

    def look(self) -> tuple[str, bool]:
        """Return the fault of the cluster, and whether a worker of the last look is gone. Takes 10 s at most."""
        if fault := self.fault():
            return fault, False
        try:
            found = workers_of(self._client)
        except Exception:  # dask has an own one for each way in which a connection ends
            return f"the dask scheduler at {self._address} does not answer", False
        now, before = time.monotonic(), self._workers
        self._workers = frozenset(found) - self._others
        if self._workers:
            self._seen = now
        if self._workers != before and self._others:
            self._executor = self._chosen()
        lost, alone = bool(before - self._workers), now - self._seen > _ALONE
        return f"the dask scheduler at {self._address} has no workers any more" if alone else "", lost

    def _chosen(self) -> Executor:
        """Return dask's executor, for chosen workers where others would be wrong."""
        # Never pure: dask would then give the result of an earlier call without running. Never with other workers
        # allowed: idle ones steal what was meant for those that were named.
        kind = {"workers": sorted(self._workers)} if self._others and self._workers else {}
        executor: Executor = self._client.get_executor(pure=False, **kind)
        return executor


@contextmanager
def connected(
    address: str, bounds: Limits, here: Callable[[], Crew], patience: Patience | None = None
) -> Iterator[Cluster]:
    """Return a context with the cluster whose scheduler is at `address` ("host:8786").

    Raises ClusterError where dask is not installed, or there is no such scheduler, or it has no workers. Workers with
    another hornbook are given nothing; where all have another, the cluster is given up, and says so.
    """
    try:
        client_of, config = import_module("distributed").Client, import_module("dask.config")
    except ImportError:
        raise ClusterError("dask is not installed: pip install 'hornbook[cluster]'") from None
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":  # its parts have levels of their own
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what counts is said in words of ours
    with config.set(dict(_SETTINGS)), warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="distributed")
        try:
            client = client_of(f"tcp://{address}", timeout=_CONNECTING, set_as_default=False)
        except Exception as error:  # dask has an own one for each way in which there is no connection
            raise ClusterError(f"no dask scheduler answers at {address}: {_first_line(error)}") from None
        try:
            workers = _first_workers(client, address)
            others = _others(client, workers)
            same = {name: threads for name, threads in workers.items() if name not in others}
            link = DaskLink(client, address, workers, frozenset(others))
            cluster = Cluster(link, max(1, sum(same.values())), bounds, here, patience)
            for reason, count in Counter(others.values()).items():
                cluster.note(f"{count} of {len(workers)} workers at {address} {reason}", "they are given no files")
            if not same:
                cluster.give_up(f"no worker at {address} makes the files that this hornbook makes")
            yield cluster
        finally:
            with suppress(Exception):  # a scheduler that is gone is no news any more
                client.close(timeout=_CLOSING)


def workers_of(client: Any) -> Mapping[str, int]:  # noqa: ANN401  # dask has no types
    """Return the addresses of the workers, with their threads. Raises TimeoutError after 10 s, or dask's exceptions."""
    found: Mapping[str, int] = client.sync(client.scheduler.ncores, callback_timeout=_ASKING)
    return found


def _first_workers(client: Any, address: str) -> Mapping[str, int]:  # noqa: ANN401  # dask has no types
    until = time.monotonic() + _CONNECTING
    while True:
        try:
            found = workers_of(client)
        except Exception as error:  # dask has an own one for each way in which a connection ends
            raise ClusterError(f"the dask scheduler at {address} does not answer: {_first_line(error)}") from None
        if found:
            return found
        if time.monotonic() > until:
            raise ClusterError(f"the dask scheduler at {address} has no workers")
        time.sleep(0.2)


def _asked(executor: Executor, call: str, **values: object) -> Future[Any]:
    """Return what the `call` of a function of `errands` will return on the cluster.

    It is sent as words: a process of dask's that cannot find a function that was sent by its name ends of that, and
    the scheduler would need a hornbook too (distributed 2026.8).
    """
    return executor.submit(eval, f"__import__('importlib').import_module({errands.__name__!r}).{call}", values)


def _others(client: Any, workers: Mapping[str, int]) -> dict[str, str]:  # noqa: ANN401  # dask has no types
    """Return what is to be said of workers with another hornbook; nothing of those that do not answer in time."""
    asked = {_asked(client.get_executor(pure=False, workers=[name]), "program()"): name for name in workers}
    done = wait(asked, _INTRODUCING).done
    ours = errands.program()
    said = {asked[future]: _difference(future, ours) for future in done}
    return {name: difference for name, difference in said.items() if difference}


def _difference(future: Future[dict[str, str]], ours: Mapping[str, str]) -> str:
    """Return how the program of a worker differs from `ours`, "" where it does not."""
    if future.cancelled():
        return ""
    if error := future.exception():
        return (
            "have no hornbook, or an older one"
            if isinstance(error, ImportError)
            else f"do not work: {_first_line(error)}"
        )
    theirs = future.result()
    names = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    if not names:
        return ""
    name = next((name for name in names if "/" not in name), names[0])
    if "/" in name:
        return f"have another hornbook ({name} differs)"
    return f"have another {name}: {theirs.get(name) or 'none'} there, {ours.get(name) or 'none'} here"


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
