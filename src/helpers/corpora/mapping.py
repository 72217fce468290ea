"""One way to run a function over batches: in this process, or on the workers of a Dask cluster.

`Mapping` is what both share: batches go in one after another, results come out as they are ready, and only as many
batches are on their way as there are workers to keep busy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from helpers.errors import CallError, EvidenceError

Given = TypeVar("Given")
Found = TypeVar("Found")
WAITING = 2  # batches a worker has before it, the one that it is at included
ROUNDS = 4  # times that a batch is handed out again after all attempts that Dask makes of itself
SECONDS = 30.0  # to wait for a scheduler and its first worker


class Mapper(Protocol):
    """Runs a function over batches."""

    dashboard: str
    n_workers: int

    def map(self, function: Callable[[Given], Found], batches: Iterable[Given]) -> Iterator[tuple[Given, Found | None]]:
        """Yield every batch with its result, in any order; ``None`` when the workers at it died again and again."""

    def everywhere(self, function: Callable[..., Found], *given: Any) -> dict[str, Found]:
        """Return what a function gives in each worker, by its address."""


class OneProcess:
    """Runs everything here, one batch after another."""

    dashboard = ""
    n_workers = 1

    def map(self, function: Callable[[Given], Found], batches: Iterable[Given]) -> Iterator[tuple[Given, Found | None]]:
        """Yield every batch with its result, in order."""
        for batch in batches:
            yield batch, function(batch)

    def everywhere(self, function: Callable[..., Found], *given: Any) -> dict[str, Found]:
        """Return nothing: there are no workers."""
        return {}


class Cluster:
    """Runs batches on the workers of a Dask client."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.dashboard = str(client.dashboard_link or "")
        self.n_workers = sum(client.nthreads().values())

    def map(self, function: Callable[[Given], Found], batches: Iterable[Given]) -> Iterator[tuple[Given, Found | None]]:
        """Yield every batch with its result as soon as it is there.

        A batch whose workers die is handed out again. When that does not help either, its result is ``None``.

        Raises
        ------
        EvidenceError
            When the scheduler is gone.
        """
        active: dict[Any, tuple[Given, int]] = {}
        waiting = iter(batches)
        exhausted = False
        while True:
            while not exhausted and len(active) < WAITING * max(self.n_workers, 1):
                batch = next(waiting, None)
                exhausted = batch is None
                if batch is not None:
                    active[self._submit(function, batch)] = batch, 1
            if not active:
                return
            for future in self._finished(active):
                batch, rounds = active.pop(future)
                if future.status == "finished":
                    yield batch, future.result()
                elif not _is_loss(future.exception()):
                    raise future.exception()
                elif rounds < ROUNDS:
                    active[self._submit(function, batch)] = batch, rounds + 1
                else:
                    yield batch, None

    def _finished(self, active: Iterable[Any]) -> Iterable[Any]:
        """Wait until some batches are done or failed, and see how many workers there are now."""
        from distributed import CancelledError, wait

        try:
            done: Iterable[Any] = wait(list(active), return_when="FIRST_COMPLETED").done
            self.n_workers = sum(self._client.nthreads().values()) or self.n_workers
        except (CancelledError, OSError) as error:  # Dask cancels all that was handed out once the scheduler is gone
            raise EvidenceError(
                f"the scheduler is gone ({type(error).__name__}); expected one that stays for the whole run. "
                "Start it and run the same command again: what is finished is kept."
            ) from None
        return done

    def _submit(self, function: Callable[[Given], Found], batch: Given) -> Any:
        """Hand out a batch."""
        return self._client.submit(function, batch, pure=False)

    def everywhere(self, function: Callable[..., Found], *given: Any) -> dict[str, Found]:
        """Return what a function gives in each worker, by its address."""
        return dict(self._client.run(function, *given))


def _is_loss(error: BaseException | None) -> bool:
    """Say whether a batch failed because workers died or left, not because of what it holds."""
    from distributed import CancelledError, KilledWorker

    return isinstance(error, KilledWorker | CancelledError)


@contextmanager
def open_mapper(workers: int, scheduler: str = "") -> Iterator[Mapper]:
    """Provide what runs the batches, and close it and all that it started.

    Parameters
    ----------
    workers : int
        Processes on this machine; 1 means this very process.
    scheduler : str
        Address of a running Dask scheduler (``tcp://host:8786``), or ``none`` for this process.

    Raises
    ------
    CallError
        When the address is none.
    EvidenceError
        When no scheduler or no worker answers.
    """
    if scheduler == "none" or (not scheduler and workers == 1):
        yield OneProcess()
        return
    import dask
    from distributed import Client, LocalCluster

    if scheduler and "://" not in scheduler:
        raise CallError(f"--scheduler {scheduler!r}: expected an address such as tcp://127.0.0.1:8786, or none")
    settings = {
        "distributed.admin.large-graph-warning-threshold": "1GB",  # a batch may hold a huge text
        "distributed.admin.low-level-log-length": 2,  # messages that Dask remembers, with the batches in them
    }
    with dask.config.set(settings):
        if scheduler:
            with _connect(scheduler) as client:
                yield Cluster(client)
            return
        local = LocalCluster(
            n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50
        )
        with local, Client(local) as client:
            yield Cluster(client)


def _connect(address: str) -> Any:
    """Return a client of a running scheduler that has a worker.

    Raises
    ------
    EvidenceError
        When none answers in time.
    """
    from distributed import Client

    client = None
    try:
        client = Client(address, timeout=SECONDS)
        client.wait_for_workers(1, timeout=SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        lacking = "no worker" if client else "no scheduler"
        if client:
            client.close()
        raise EvidenceError(
            f"{lacking} answers at {address!r} ({type(error).__name__}: {error}); expected a running scheduler with at "
            f"least one worker. Start them with `dask scheduler` and `dask worker {address}`."
        ) from None
    return client


def default_workers() -> int:
    """Return the number of processes that keep this machine busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
