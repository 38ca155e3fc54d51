"""Writes the sample documents of corpus/ from corpus/source/: ``python -m corpus.build``.

The same sources give the same bytes, every time: reportlab writes no date and no random id
(``invariant``), and the parts of Word files all bear one date. Another release of reportlab or
zlib may set the same words in other bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from corpus.markup import Sample, read_sample
from corpus.write_docx import write_docx
from corpus.write_html import write_html
from corpus.write_pdf import write_pdf
from corpus.write_text import write_text

CORPUS = Path(__file__).parent
WRITERS: dict[str, Callable[[Sample], bytes]] = {
    ".pdf": write_pdf,
    ".html": write_html,
    ".docx": write_docx,
    ".txt": write_text,
}


def build_corpus(folder: Path) -> list[Path]:
    """Write every sample document into a folder and give the paths of the files."""
    return [build_document(path, folder) for path in sorted((CORPUS / "source").glob("*.plan"))]


def build_document(source: Path, folder: Path) -> Path:
    """Write one sample document into a folder, in the format that its name asks for."""
    sample = read_sample(source)
    target = folder / sample.file
    target.write_bytes(WRITERS[target.suffix](sample))
    return target


def main() -> None:
    """Write the documents into corpus/, or into the folder that the command line names."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    for path in build_corpus(folder):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
