"""Worker processes that read documents within limits of time and memory."""

from __future__ import annotations

import math
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from ingest.acronyms import find_acronyms
from ingest.describe import describe
from ingest.errors import UnreadableFile
from ingest.ocr import recognise_for
from ingest.passages import split_passages
from ingest.readers import read_file
from ingest.records import Document
from ingest.sources import Source

MIB = 1024 * 1024

RECOGNISING_SHARE = 0.7
"""The share of a document's time in which images are read; the last one may take longer."""


@dataclass(frozen=True)
class Limits:
    """What one document may cost, and how many are read at once (one a processor by default)."""

    workers: int = os.cpu_count() or 1
    timeout_seconds: float = 600.0
    memory_mib: int = 4096


def read_document(source: Source, timeout_seconds: float = math.inf) -> Document:
    """Read one file and describe it, within so many seconds.

    Images are read for the better part of that time; the pages left then are said to be unread.

    Raises:
        UnreadableFile: with the reason, as a sentence.
    """
    with recognise_for(RECOGNISING_SHARE * timeout_seconds):
        reading = read_file(source.path)
    if not any(page.text.strip() or page.quality == "unread" for page in reading.pages):
        raise UnreadableFile("There is no text in this file.")
    description = describe(reading, source.path.name, dict(source.catalogue))
    passages = split_passages(reading.blocks)
    return Document(reading, description, passages, find_acronyms(reading.blocks))


def read_documents(
    sources: Iterable[Source], limits: Limits
) -> Iterator[tuple[Source, Document | str]]:
    """Read files in worker processes; give each with its document, or the reason why not.

    They come in the order in which they are done; whoever stops taking them stops the reading.
    """
    sources = tuple(sources)
    if not sources:
        return
    workers = min(limits.workers, len(sources))
    context = multiprocessing.get_context("spawn")
    start = (os.getpid(), limits.memory_mib)
    pool = ProcessPool(workers, initializer=_start, initargs=start, context=context)
    try:
        waiting = {
            pool.schedule(
                read_document, args=(source, limits.timeout_seconds),
                timeout=limits.timeout_seconds,
            ): source
            for source in _largest_first(sources)
        }
        for done in as_completed(waiting):
            yield waiting.pop(done), _outcome(done, limits)  # type: ignore[call-overload, arg-type]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _largest_first(sources: Iterable[Source]) -> list[Source]:
    """Put the longest work first, so that no worker is left with it at the end."""
    return sorted(sources, key=lambda source: -_size(source.path))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it was removed since it was found; its reader will say so
        return 0


def _outcome(done: ProcessFuture[Document], limits: Limits) -> Document | str:
    try:
        return done.result()
    except UnreadableFile as error:
        return str(error)
    except TimeoutError:
        return f"Reading it took more than {limits.timeout_seconds:g} seconds and was stopped."
    except MemoryError:
        return f"Reading it took more than {limits.memory_mib} MiB of memory and was stopped."
    except ProcessExpired as error:
        return _explain_end(error, limits)
    except Exception as error:  # a fault of a reader costs its file, not the run
        return f"Reading it failed because of a fault in plansearch ({error!r}); please report it."


def _explain_end(error: ProcessExpired, limits: Limits) -> str:
    """Say how a worker ended, and end what it had started and could not end any longer."""
    if error.pid:
        with suppress(ProcessLookupError):
            os.killpg(error.pid, signal.SIGKILL)
    how = "ended by itself without a result"
    if error.exitcode < 0:
        how = f"was stopped by the system ({signal.strsignal(-error.exitcode)})"
    return (f"The process that read it {how}: the file is damaged, or reading it takes more than "
            f"{limits.memory_mib} MiB of memory. Open it in its own program and save it anew.")


def _start(parent: int, memory_mib: int) -> None:
    """Prepare a worker: bound its memory, and let it end when the ingest was killed.

    It leads a group of its own, so that a tesseract that it started ends with it.
    """
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, lambda *_: _end_group())
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib * MIB, memory_mib * MIB))
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    _end_group()


def _end_group() -> None:
    os.killpg(0, signal.SIGKILL)
