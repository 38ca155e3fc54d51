"""The contract of index.engines.Engine, which every engine must keep."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from index.analysis import find_tokens
from index.engines import Content, Engine, Opener, Writer
from index.highlight import find_matches
from index.query import And, Everything, Node, Not, Nothing, Or, Phrase, Prefix, Term
from index.query_parser import parse_query
from index.schema import SEARCHED_FIELDS, searched_fields
from index.whoosh_engine import WhooshEngine, write_generation
from tests.factories import make_content

ENGINES: dict[str, tuple[Writer, Opener]] = {"whoosh": (write_generation, WhooshEngine)}

Key = tuple[str, int]
"""A document's id and the number of a passage in it."""

VOCABULARY = (
    "vacancy", "vacancies", "plan", "plans", "planning", "the", "of", "A&E", "R&D", "0-19",
    "0–19", "16-17", "2019", "2019/20", "24/7", "£4.9m", "4.9m", "3.0%", "3.0", "1,234", "1234",
    "Trust", "Trust’s", "trusts", "care-plan", "oﬃce", "café",
)  # fmt: skip


@pytest.fixture(params=ENGINES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@dataclass
class Index:
    """An engine, and what it ought to hold."""

    engine: Engine
    contents: tuple[Content, ...]

    def match(self, tree: Node) -> set[Key]:
        found = [(ranked.document_id, ranked.number) for ranked in self.engine.match(tree)]
        assert len(found) == len(set(found))
        return set(found)

    def match_typed(self, typed: str) -> set[Key]:
        return self.match(parse_query(typed)[0])

    def passages(self) -> Iterator[tuple[Key, dict[str, str]]]:
        for content in self.contents:
            for passage in content.passages:
                fields = searched_fields(content.document, passage.trail)
                yield (content.document.id, passage.number), fields | {"text": passage.text}


def write(kind: str, folder: Path, *contents: Content) -> Index:
    writer, opener = ENGINES[kind]
    writer(folder, contents, True)
    return Index(opener(folder), contents)


def add(kind: str, folder: Path, index: Index, *added: Content) -> Index:
    """Add to an index, which is closed, the way that an incremental build does."""
    writer, opener = ENGINES[kind]
    index.engine.close()
    writer(folder, added, False)
    return Index(opener(folder), (*index.contents, *added))


SMALL = (
    make_content("coal", "Coal is dug. Coal burns.", "Nobody digs it now.", heading="Digging coal"),
    make_content("care", "Care plans for children and young people, and children’s care."),
    make_content("none"),
    make_content("wind", "Wind turns the mill.", organisation="Mill Trust", published="2019-05"),
)

FOUND: dict[str, set[Key]] = {
    "": {("coal", 1), ("coal", 2), ("care", 1), ("wind", 1)},
    "coal": {("coal", 1)},
    "dug OR mill": {("coal", 1), ("wind", 1)},
    "coal digs": set(),
    "coal burning": {("coal", 1)},
    "-coal": {("coal", 2), ("care", 1), ("wind", 1)},
    "-coal -wind": {("coal", 2), ("care", 1)},
    "coal OR -care": {("coal", 1), ("coal", 2), ("wind", 1)},
    "NOT (coal OR wind)": {("coal", 2), ("care", 1)},
    '"turns the mill"': {("wind", 1)},
    '"turns mill"': set(),
    '"coal coal"': set(),
    '"dug coal"': {("coal", 1)},
    '"children and young people and children’s"': {("care", 1)},
    '"and children and young"': set(),
    "dig*": {("coal", 2)},
    "du* OR mi*": {("coal", 1), ("wind", 1)},
    "zz*": set(),
    "unheard": set(),
    "unheard OR coal": {("coal", 1)},
    "heading:digging": {("coal", 1), ("coal", 2)},
    'heading:"digging coal" -text:coal': {("coal", 2)},
    "title:wind": {("wind", 1)},
    "organisation:mill": {("wind", 1)},
    'organisation:"Not stated"': {("coal", 1), ("coal", 2), ("care", 1)},
    "year:2019": {("wind", 1)},
    "status:curr*": {("coal", 1), ("coal", 2), ("care", 1), ("wind", 1)},
}


@pytest.mark.parametrize("typed", FOUND)
def test_a_query_finds_its_passages(typed: str, kind: str, tmp_path: Path) -> None:
    assert write(kind, tmp_path, *SMALL).match_typed(typed) == FOUND[typed]


def test_a_query_of_which_one_word_only_is_known_scores(kind: str, tmp_path: Path) -> None:
    """Whoosh's own OrGroup.factory scores 0 there."""
    index = write(kind, tmp_path, *SMALL)
    (found,) = index.engine.match(parse_query("coal OR unheard OR unseen")[0])
    assert found.score > 0


def test_more_of_the_words_score_more(kind: str, tmp_path: Path) -> None:
    texts = "health of mind", "health in bad weather", "weather for ever"
    index = write(kind, tmp_path, make_content("a", *texts))
    scores = {r.number: r.score for r in index.engine.match(parse_query("health OR mind")[0])}
    assert scores[1] > scores[2] > 0


def test_words_in_the_heading_lift_a_passage(kind: str, tmp_path: Path) -> None:
    under = make_content("b", "coal here", heading="Coal")
    index = write(kind, tmp_path, make_content("a", "coal here"), under)
    scores = {r.document_id: r.score for r in index.engine.match(Term("coal"))}
    assert scores["b"] > scores["a"] > 0


def test_a_passage_is_fetched_as_it_was_written(kind: str, tmp_path: Path) -> None:
    index = write(kind, tmp_path, *SMALL)
    for content in SMALL:
        for passage in content.passages:
            assert index.engine.fetch(content.document.id, passage.number) == passage


def test_an_index_of_nothing_finds_nothing(kind: str, tmp_path: Path) -> None:
    index = write(kind, tmp_path)
    for typed in FOUND:
        assert index.match_typed(typed) == set()


def test_a_long_query_is_answered(kind: str, tmp_path: Path) -> None:
    names = [chr(0x4E00 + number) for number in range(450)]
    index = write(kind, tmp_path, make_content("all", " ".join(names)))
    for typed in (" ".join(names), " OR ".join(names[:200]), f'"{" ".join(names)}"'):
        assert index.match_typed(typed) == {("all", 1)}


def test_a_prefix_of_thousands_of_words_finds_all(kind: str, tmp_path: Path) -> None:
    names = [f"ab{chr(97 + number % 26)}{number}x" for number in range(2500)]
    texts = [" ".join(names[at:at + 50]) for at in range(0, len(names), 50)]
    index = write(kind, tmp_path, make_content("all", *texts))
    assert len(index.match_typed("ab*")) == len(texts)


def test_random_queries_match_by_brute_force(kind: str, tmp_path: Path) -> None:
    chance = random.Random(3)
    index = write(kind, tmp_path, *(make_random(chance, f"d{n}") for n in range(36)))
    check_random_queries(index, chance, 300)


def test_random_queries_match_in_several_segments(kind: str, tmp_path: Path) -> None:
    chance = random.Random(4)
    index = write(kind, tmp_path, *(make_random(chance, f"d{n}") for n in range(20)))
    for step in range(4):
        more = (make_random(chance, f"{step}-{n}") for n in range(8))
        index = add(kind, tmp_path, index, *more)
        check_random_queries(index, chance, 80)
    assert kind != "whoosh" or len([*tmp_path.glob("*.seg")]) == 5


def check_random_queries(index: Index, chance: random.Random, count: int) -> None:
    passages = dict(index.passages())
    texts = [fields["text"] for fields in passages.values()]
    sizes = set()
    for _ in range(count):
        tree = make_tree(chance, texts, 3)
        expected = {key for key, fields in passages.items() if holds(tree, fields)}
        assert index.match(tree) == expected, tree
        marked = {k for k, f in passages.items() if find_matches(f["text"], f, tree) is not None}
        assert marked == expected, tree
        assert all(ranked.score > 0 for ranked in index.engine.match(tree)), tree
        sizes.add(len(expected))
    assert {0, 1} < sizes and len(sizes) > 10


def make_random(chance: random.Random, document_id: str) -> Content:
    def some(most: int) -> str:
        return " ".join(chance.choices(VOCABULARY, k=chance.randint(1, most)))

    facts = {"title": some(3), "organisation": chance.choice(("Trust A", "R&D Office", "")),
             "published": chance.choice(("", "2019", "2020-03", "2021-01-31"))}  # fmt: skip
    texts = (some(14) for _ in range(chance.randint(0, 4)))
    return make_content(document_id, *texts, heading=some(2), **facts)


def make_tree(chance: random.Random, texts: list[str], depth: int) -> Node:
    kind = chance.choice(("and", "or", "not", "leaf", "leaf") if depth else ("leaf",))
    if kind == "not":
        return Not(make_tree(chance, texts, depth - 1))
    if kind == "leaf":
        return make_leaf(chance, texts)
    count = chance.randint(2, 3)
    parts = tuple(make_tree(chance, texts, depth - 1) for _ in range(count))
    return And(parts) if kind == "and" else Or(parts)


def make_leaf(chance: random.Random, texts: list[str]) -> Node:
    field = chance.choice(("text", "text", "text", *SEARCHED_FIELDS))
    shape = chance.choice(("term", "exact", "phrase", "phrase", "said", "said", "prefix", "all"))
    if shape == "all":
        return Everything()
    if shape == "prefix":
        form = make_terms(chance.choice(VOCABULARY), field, exact=True)[0].text
        return Prefix(form[: chance.randint(1, 4)], field)
    exact = shape == "exact" or chance.random() < 0.5
    if shape in ("term", "exact"):
        return make_terms(chance.choice((*VOCABULARY, "unheard", "Trust A")), field, exact)[0]
    words = chance.choices(VOCABULARY[:8], k=chance.randint(2, 4))
    if shape == "said":
        words = chance.choice(texts).split()[-chance.randint(2, 5):]
    terms = make_terms(" ".join(words), field, exact)
    return Phrase(terms) if len(terms) > 1 else terms[0]


def make_terms(text: str, field: str, exact: bool) -> tuple[Term, ...]:
    return tuple(Term(t.form if exact else t.stem, field, exact) for t in find_tokens(text))


def holds(node: Node, fields: dict[str, str]) -> bool:
    """Tell whether a passage matches, by the words alone and without the code under test."""
    match node:
        case Everything():
            return True
        case Nothing():
            return False
        case Not(part):
            return not holds(part, fields)
        case And(parts):
            return all(holds(part, fields) for part in parts)
        case Or(parts):
            return any(holds(part, fields) for part in parts)
        case Prefix(text, field):
            spelled = spell(fields[field], True)
            return any(term.startswith(text) for terms in spelled for term in terms)
        case Term():
            return holds(Phrase((node,)), fields)
        case Phrase(terms):
            spelled = spell(fields[terms[0].field], terms[0].exact)
            windows = (spelled[at:at + len(terms)] for at in range(len(spelled)))
            wanted = [term.text for term in terms]
            return any(
                len(window) == len(wanted) and all(w in s for w, s in zip(wanted, window))
                for window in windows
            )


@lru_cache(maxsize=None)
def spell(text: str, exact: bool) -> list[tuple[str, ...]]:
    return [(token.form,) if exact else token.terms for token in find_tokens(text)]
