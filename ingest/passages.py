"""The passages of a document: whole consecutive blocks of one section, 80 to 160 words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.records import Block, Passage, Span
from ingest.sentences import find_sentences

ENOUGH_WORDS = 80
MOST_WORDS = 160
LONG_BLOCK_WORDS = 240
MOST_WORDS_OVER_ROWS = 16
NOT_SEARCHED = ("furniture", "contents")


@dataclass
class _Section:
    """A heading (or headings without text between them) and the blocks under it."""

    trail: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)


def split_passages(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Split blocks in reading order into passages; no searched block is left out.

    A section's headings open its first passage. Header rows are in each passage that has rows of
    their table, so that a cell is found by what stands above it; any other block is in exactly
    one. A block of more than LONG_BLOCK_WORDS words is cut between sentences, because a passage
    that long could not be told from its neighbours. Up to as many words the cells of a table stay
    together whose rows could not be told, so that no row is parted.
    """
    groups = (
        (section.trail, group)
        for section in _sections(blocks)
        for group in _group_blocks(_cut_long_blocks(section.blocks))
    )
    return tuple(
        _make_passage(number, trail, group) for number, (trail, group) in enumerate(groups, 1)
    )


def _sections(blocks: Iterable[Block]) -> Iterator[_Section]:
    headings: list[Block] = []
    section = _Section(())
    for block in blocks:
        if block.kind in NOT_SEARCHED or not block.text:
            continue
        if block.kind != "heading":
            section.blocks.append(block)
            continue
        opens_deeper = _has_only_headings(section) and block.level > section.blocks[-1].level
        headings = [above for above in headings if above.level < block.level] + [block]
        trail = tuple(heading.text for heading in headings)
        if opens_deeper:
            section.trail = trail
            section.blocks.append(block)
        else:
            if section.blocks:
                yield section
            section = _Section(trail, [block])
    if section.blocks:
        yield section


def _has_only_headings(section: _Section) -> bool:
    return bool(section.blocks) and all(block.kind == "heading" for block in section.blocks)


def _cut_long_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if _words(block) <= LONG_BLOCK_WORDS:
            yield block
            continue
        start = 0
        for end in _cuts(block.text):
            yield replace(block, text=block.text[start:end].rstrip(), spans=_cut(block, start, end))
            start = end


def _cuts(text: str) -> list[int]:
    """Find the ends of pieces of at least ENOUGH_WORDS words, the last of them the text's end.

    The last may have half as many, but no fewer: it would be joined to the piece before it.
    """
    cuts, words = [], 0
    for start, end in find_sentences(text):
        if words >= ENOUGH_WORDS:
            cuts.append(start)
            words = 0
        words += len(text[start:end].split())
    if words < ENOUGH_WORDS / 2:
        del cuts[-1:]
    return [*cuts, len(text)]


def _cut(block: Block, start: int, end: int) -> tuple[Span, ...]:
    """Give the spans of block.text[start:end], without the space at its end."""
    end = start + len(block.text[start:end].rstrip())
    spans, offset = [], 0
    for span in block.spans:
        left = max(start, offset)
        right = min(end, offset + span.end - span.start)
        if left < right:
            shift = span.start - offset
            spans.append(Span(span.page, left + shift, right + shift))
        offset += span.end - span.start + 1
    return tuple(spans)


def _group_blocks(cut: Iterable[Block]) -> list[list[Block]]:
    """Group blocks; a table that goes on in another group takes its header rows along.

    Rows that would fill a passage by themselves are not repeated, whatever marks them as headers.
    """
    blocks = list(cut)
    groups: list[list[Block]] = []
    header: list[Block] = []
    before: Block | None = None
    words = 0
    for block, after in zip(blocks, [*blocks[1:], None]):
        header = _header_at(block, before, after, header)
        limits = _limits(block, before)
        before = block
        more = _words(block)
        full = words >= limits[0] or words + more > limits[1]
        opened = groups and not all(member.kind == "heading" for member in groups[-1])
        if not groups or (full and opened):
            above = [row for row in header if row is not block]
            words = sum(map(_words, above))
            groups.append(above if words < ENOUGH_WORDS else [])
            words = sum(map(_words, groups[-1]))
        groups[-1].append(block)
        words += more
    return _join_short_tail(groups)


def _limits(block: Block, before: Block | None) -> tuple[int, int]:
    """How many words are enough before a block, and how many are too many with it."""
    loose = before is not None and _is_loose_cell(before) and _is_loose_cell(block)
    return (LONG_BLOCK_WORDS, LONG_BLOCK_WORDS) if loose else (ENOUGH_WORDS, MOST_WORDS)


def _is_loose_cell(block: Block) -> bool:
    """Whether a block is a cell of a table of which the rows could not be told."""
    return block.kind == "row" and len(block.cells) == 1


def _header_at(
    block: Block, before: Block | None, after: Block | None, header: list[Block]
) -> list[Block]:
    """Give the header rows of the table that a block is in, itself included if it is one."""
    if block.kind != "row":
        return header if _names_rows(block, before, after) else []
    if not block.level:
        return header
    return [*header, block] if header and before is header[-1] else [block]


def _names_rows(block: Block, before: Block | None, after: Block | None) -> bool:
    """Whether a block is a line over some rows of a table, with such rows above it too."""
    if before is None or after is None or {before.kind, after.kind} != {"row"}:
        return False
    short = _words(block) <= MOST_WORDS_OVER_ROWS and not block.text.endswith(".")
    return short and not after.level and len(before.cells) == len(after.cells)


def _join_short_tail(groups: list[list[Block]]) -> list[list[Block]]:
    if len(groups) > 1:
        *_, before, last = groups
        tail = sum(map(_words, last))
        if tail < ENOUGH_WORDS / 2 and tail + sum(map(_words, before)) <= MOST_WORDS:
            before.extend(block for block in groups.pop() if block not in before)
    return groups


def _words(block: Block) -> int:
    return len(block.text.split())


def _make_passage(number: int, trail: tuple[str, ...], blocks: Sequence[Block]) -> Passage:
    text = "\n".join(block.text for block in blocks)
    spans = tuple(span for block in blocks for span in block.spans)
    return Passage(number, text, trail, spans, _sentences(blocks))


def _sentences(blocks: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    sentences, offset = [], 0
    for block in blocks:
        whole = block.kind in ("heading", "row")
        found = ((0, len(block.text)),) if whole else find_sentences(block.text)
        sentences += [(start + offset, end + offset) for start, end in found]
        offset += len(block.text) + 1
    return tuple(sentences)
