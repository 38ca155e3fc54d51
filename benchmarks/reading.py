"""Pages per second and peak memory of reading, beside plain pdfminer.six on the same files.

    python -m benchmarks.reading FOLDER [MOST_FILES]

Each reader has a process of its own, one after the other, so that peak memory is its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pdfminer.high_level import extract_pages

from ingest.errors import UnreadableFile
from ingest.pdf import read_pdf

Measured = tuple[int, float, float]
"""Pages read, seconds of processor time, peak memory in MiB."""


def read_plainly(path: Path) -> int:
    """Read a PDF with pdfminer.six alone; give its pages."""
    return sum(1 for _ in extract_pages(str(path)))


def read_ours(path: Path) -> int:
    """Read a PDF with plansearch; give its pages."""
    try:
        return len(read_pdf(path).pages)
    except UnreadableFile:
        return 0


READERS: dict[str, Callable[[Path], int]] = {"pdfminer.six": read_plainly, "plansearch": read_ours}


def measure(name: str, paths: list[Path]) -> Measured:
    """Read files with one reader and give what it cost, the Tesseract processes included."""
    started = time.process_time()
    pages = sum(map(READERS[name], paths))
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.process_time() - started + children.ru_utime + children.ru_stime
    return pages, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: str, most: str = "1000000") -> None:
    """Print a row a reader, and the ratio of ours to the first."""
    paths = sorted(Path(folder).rglob("*.pdf"))[: int(most)]
    speeds = []
    print(f"{'reader':14}{'pages':>8}{'CPU s':>9}{'pages/CPU s':>13}{'peak MiB':>10}")
    for name in READERS:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            pages, seconds, peak = pool.apply(measure, (name, paths))
        speeds.append(pages / seconds)
        print(f"{name:14}{pages:8}{seconds:9.1f}{speeds[-1]:13.1f}{peak:10.0f}")
    print(f"plansearch reads {speeds[1] / speeds[0]:.2f} times as many pages per second.")


if __name__ == "__main__":
    main(*sys.argv[1:])
