"""Tables of contents: entries with dotted leaders are kept, but are no text to search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Block

FEWEST_ENTRIES = 3

_LEADER = r"(?:(?<![.…])(?:[.…]{4,}+|…{2,}+)|(?<!\s\.)(?:\s\.){4,}+)\s*"
_ENTRY = re.compile(rf"{_LEADER}\d{{1,3}}(?!\d)")
_ENDS_AS_ENTRY = re.compile(rf"{_LEADER}(?:\d{{1,3}}|[ivxl]{{1,6}})\W*$")


def mark_contents(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give blocks that end in a dotted leader and a page number the kind "contents".

    A document with fewer than FEWEST_ENTRIES such leaders has no table of contents.
    """
    if sum(len(_ENTRY.findall(block.text)) for block in blocks) < FEWEST_ENTRIES:
        return tuple(blocks)
    return tuple(map(_mark, blocks))


def _mark(block: Block) -> Block:
    if block.kind == "furniture" or not _ENDS_AS_ENTRY.search(block.text):
        return block
    return replace(block, kind="contents", level=0)
