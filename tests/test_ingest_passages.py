"""Passages: every searched block in exactly one, traceable to its pages, within one section."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import pytest

from ingest.passages import ENOUGH_WORDS, LONG_BLOCK_WORDS, split_passages
from ingest.records import Block, BlockKind, Passage, Span

Place = tuple[int, int]
"""A character: its page and its offset there."""

SENTENCE = "The trust will open ten beds in Derby before winter comes. "
"""Eleven words."""

SEEDS = range(20)


@dataclass
class Script:
    """Pages of text under way, and the blocks written on them."""

    pages: list[str]
    blocks: list[Block]

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        self.blocks.append(Block(kind, text, (self._print(text),), level))

    def add_over_a_page_break(self, first: str, second: str) -> None:
        above = self._print(first)
        self.pages.append("")
        spans = (above, self._print(second))
        self.blocks.append(Block("paragraph", f"{first} {second}", spans))

    def _print(self, text: str) -> Span:
        page = self.pages[-1] + "\n" if self.pages[-1] else ""
        self.pages[-1] = page + text
        return Span(len(self.pages), len(page), len(page) + len(text))


def make_script(*blocks: tuple[BlockKind, str, int]) -> Script:
    script = Script([""], [])
    for kind, text, level in blocks:
        script.add(kind, text, level)
    return script


def make_text(words: int) -> str:
    return " ".join((SENTENCE * words).split()[:words])


def make_random_script(seed: int) -> Script:
    chance = random.Random(seed)
    script = Script([""], [])
    for _ in range(chance.randrange(1, 30)):
        text = make_text(chance.choice((1, 3, 12, 39, 40, 79, 80, 81, 160, 161, 241, 300, 700)))
        match chance.choice(("heading", "furniture", "break", "paragraph", "item", "row")):
            case "heading":
                script.add("heading", text[:90].strip(), chance.randrange(1, 4))
            case "furniture":
                script.add("furniture", f"Page {len(script.pages)}")
            case "break":
                script.add_over_a_page_break(text, make_text(chance.choice((5, 90, 200))))
            case "row":
                script.add("row", text[:60].strip() + "\t\t£4.9m")
            case kind:
                script.add("item" if kind == "item" else "paragraph", text)
    return script


def split(script: Script) -> tuple[Passage, ...]:
    return split_passages(script.blocks)


def places(spans: tuple[Span, ...], pages: list[str]) -> list[Place]:
    return [
        (span.page, offset)
        for span in spans
        for offset in range(span.start, span.end)
        if not pages[span.page - 1][offset].isspace()
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_searched_block_is_in_exactly_one_passage_in_order(seed: int) -> None:
    script = make_random_script(seed)
    searched = [block for block in script.blocks if block.kind != "furniture"]
    expected = [place for block in searched for place in places(block.spans, script.pages)]
    found = [p for passage in split(script) for p in places(passage.spans, script.pages)]
    assert found == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_spans_hold_the_text_with_one_character_between(seed: int) -> None:
    script = make_random_script(seed)
    starts = {(b.spans[0].page, b.spans[0].start) for b in script.blocks}
    for passage in split(script):
        text = ""
        for span in passage.spans:
            glue = "\n" if (span.page, span.start) in starts else " "
            text += (glue if text else "") + script.pages[span.page - 1][span.start:span.end]
        assert text == passage.text


@pytest.mark.parametrize("seed", SEEDS)
def test_sentences_cover_the_passage_in_order_without_overlap(seed: int) -> None:
    for passage in split(make_random_script(seed)):
        ends = [0]
        for start, end in passage.sentences:
            assert ends[-1] <= start < end <= len(passage.text)
            assert passage.text[ends[-1]:start].strip() == ""
            ends.append(end)
        assert ends[-1] == len(passage.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_heading_stands_at_the_top_of_a_passage_only(seed: int) -> None:
    script = make_random_script(seed)
    levels = {(b.spans[0].page, b.spans[0].start): b.level for b in script.blocks}
    for passage in split(script):
        heads = [levels[at] for s in passage.spans if levels.get(at := (s.page, s.start))]
        first = [levels[s.page, s.start] for s in passage.spans[:len(heads)]]
        assert heads == first == sorted(set(heads))
        assert len(passage.trail) >= len(heads)


@pytest.mark.parametrize("seed", SEEDS)
def test_passages_are_numbered_from_1_and_of_readable_length(seed: int) -> None:
    passages = split(make_random_script(seed))
    assert [passage.number for passage in passages] == list(range(1, len(passages) + 1))
    most = LONG_BLOCK_WORDS + ENOUGH_WORDS
    assert all(len(passage.text.split()) <= most for passage in passages)


def test_heading_trail_follows_the_levels() -> None:
    script = make_script(
        ("heading", "Plan", 1), ("heading", "Beds", 2), ("paragraph", "Few.", 0),
        ("heading", "Derby", 3), ("paragraph", "Fewer.", 0),
        ("heading", "Staff", 2), ("paragraph", "Many.", 0),
        ("heading", "Money", 1), ("paragraph", "None.", 0),
    )  # fmt: skip
    assert [(p.text, p.trail) for p in split(script)] == [
        ("Plan\nBeds\nFew.", ("Plan", "Beds")),
        ("Derby\nFewer.", ("Plan", "Beds", "Derby")),
        ("Staff\nMany.", ("Plan", "Staff")),
        ("Money\nNone.", ("Money",)),
    ]


def test_headings_of_one_level_are_not_in_one_passage() -> None:
    script = make_script(("heading", "Beds", 2), ("heading", "Staff", 2), ("paragraph", "Few.", 0))
    assert [passage.text for passage in split(script)] == ["Beds", "Staff\nFew."]


def test_text_before_the_first_heading_has_no_trail() -> None:
    script = make_script(("paragraph", "Few.", 0), ("heading", "Beds", 1))
    assert [(p.text, p.trail) for p in split(script)] == [("Few.", ()), ("Beds", ("Beds",))]


def test_furniture_is_in_no_passage_and_parts_none() -> None:
    script = make_script(
        ("paragraph", "Few beds.", 0), ("furniture", "Page 3", 0), ("paragraph", "Long waits.", 0)
    )
    assert [passage.text for passage in split(script)] == ["Few beds.\nLong waits."]


@pytest.mark.parametrize("kind", ["furniture", "paragraph"])
def test_nothing_to_search_makes_no_passage(kind: BlockKind) -> None:
    assert split_passages([Block(kind, "Page 3" if kind == "furniture" else "", ())]) == ()


@pytest.mark.parametrize(
    "words, expected",
    [
        ([30, 30, 30, 30, 30, 30], [90, 90]),
        ([100, 100, 100], [100, 100, 100]),
        ([79, 82], [79, 82]),
        ([79, 81], [160]),
        ([100, 39], [139]),
        ([100, 40], [100, 40]),
        ([130, 35], [130, 35]),
        ([LONG_BLOCK_WORDS], [LONG_BLOCK_WORDS]),
        ([LONG_BLOCK_WORDS + 1], [88, 88, 65]),
        ([5, LONG_BLOCK_WORDS + 35], [93, 88, 99]),
    ],
)
def test_blocks_are_grouped_by_their_words(words: list[int], expected: list[int]) -> None:
    script = make_script(*(("paragraph", make_text(count), 0) for count in words))
    assert [len(passage.text.split()) for passage in split(script)] == expected


def test_long_block_is_cut_between_sentences() -> None:
    text = make_text(616)
    passages = split(make_script(("paragraph", text, 0)))
    assert len(passages) == 7
    assert all(passage.text.endswith("comes.") for passage in passages)
    assert {len(passage.text.split()) for passage in passages} == {88}
    assert " ".join(passage.text for passage in passages) == text


def test_long_block_over_a_page_break_keeps_both_pages() -> None:
    script = Script([""], [])
    script.add_over_a_page_break(make_text(132), make_text(132))
    pages = Counter(span.page for passage in split(script) for span in passage.spans)
    assert pages == {1: 2, 2: 2}


def test_heading_and_row_are_one_sentence_each() -> None:
    script = make_script(
        ("heading", "1. Beds. Where they are", 1), ("row", "Derby.\tTen. Few.", 0),
        ("paragraph", "Few. Fewer.", 0),
    )  # fmt: skip
    (passage,) = split(script)
    assert [passage.text[start:end] for start, end in passage.sentences] == [
        "1. Beds. Where they are", "Derby.\tTen. Few.", "Few.", "Fewer.",
    ]  # fmt: skip


def test_header_rows_are_repeated_where_their_table_goes_on() -> None:
    cells = "of a table that is so long that no passage can hold all of its many rows at once"
    lines = ["Risk\tImpact"] + [f"Risk {n}\t{cells}" for n in range(12)]
    offsets = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    rows = [
        Block("row", line, (Span(1, at, at + len(line)),), level=int(not at))
        for line, at in zip(lines, offsets, strict=True)
    ]
    passages = split_passages(rows)
    assert len(passages) > 1
    for passage in passages:
        assert passage.text.startswith("Risk\tImpact\n") and passage.text.count("Impact") == 1
        assert passage.spans[0] == rows[0].spans[0]
    bodies = "\n".join(passage.text.partition("\n")[2] for passage in passages)
    assert bodies == "\n".join(lines[1:])


def test_rows_that_are_all_marked_as_headers_are_not_repeated() -> None:
    rows = [("row", f"Ward {n}\tforty beds for the winter", 1) for n in range(100)]
    text = "\n".join(passage.text for passage in split(make_script(*rows)))
    assert all(text.count(f"Ward {n}\t") == 1 for n in range(100))


def test_cells_without_rows_stay_in_one_passage_as_far_as_it_may_be_long() -> None:
    cell = make_text(20)
    together = make_script(*[("row", cell, 0)] * 12)
    assert [len(passage.text.split()) for passage in split(together)] == [LONG_BLOCK_WORDS]
    rows = make_script(*[("row", f"{cell}\t£4.9m", 0)] * 12)
    assert len(split(rows)) > 1


def test_line_over_some_rows_does_not_end_their_table() -> None:
    rows: list[tuple[BlockKind, str, int]] = [("row", f"{make_text(80)}\t£4.9m", 0)] * 2
    script = make_script(
        ("row", "Area\tCosts", 1), *rows, ("paragraph", "In the north", 0), *rows,
        ("paragraph", "It rained.", 0), *rows,
    )  # fmt: skip
    headed = ["Area\tCosts" in passage.text for passage in split(script)]
    assert headed == [True] * 4 + [False] * 2
