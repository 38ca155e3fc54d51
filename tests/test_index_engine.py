"""The contract of index.engines.Engine, which every engine must keep."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from index.analysis import find_tokens
from index.engines import Changes, Content, Engine, Opener, Writer
from index.highlight import find_matches
from index.query import (
    Alternatives,
    And,
    Anywhere,
    Everything,
    Fuzzy,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
    Within,
)
from index.query_parser import parse_query
from index.schema import BOOSTS, SEARCHED_FIELDS, searched_fields
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
        return {*self.score(tree)}

    def score(self, tree: Node) -> dict[Key, float]:
        matches = self.engine.match(tree)
        assert (np.diff(matches.places) > 0).all()
        keys = map(self.key, matches.places.tolist())
        return dict(zip(keys, matches.scores(matches.places).tolist(), strict=True))

    def rank(self, tree: Node, most: int) -> list[Key]:
        ranks = np.arange(len(self.engine.document_ids), dtype=np.int32)
        return [*map(self.key, self.engine.match(tree).best(most, ranks)[0].tolist())]

    def key(self, place: int) -> Key:
        document = self.engine.documents[place]
        return self.engine.document_ids[document], int(self.engine.numbers[place])

    def match_typed(self, typed: str) -> set[Key]:
        return self.match(parse_query(typed)[0])

    def passages(self) -> Iterator[tuple[Key, dict[str, str]]]:
        for content in self.contents:
            for passage in content.passages:
                fields = searched_fields(content.document, passage)
                yield (content.document.id, passage.number), fields | {"text": passage.text}


def write(kind: str, folder: Path, *contents: Content) -> Index:
    writer, opener = ENGINES[kind]
    writer(folder, Changes(contents, fresh=True))
    return Index(opener(folder), contents)


def change(
    kind: str, folder: Path, index: Index, *added: Content, gone: Iterable[str] = ()
) -> Index:
    """Change an index, which is closed, the way that an incremental build does.

    Documents that it holds already are replaced.
    """
    writer, opener = ENGINES[kind]
    index.engine.close()
    removed = {*gone, *(content.document.id for content in added)}
    kept = [content for content in index.contents if content.document.id not in removed]
    held = {content.document.id for content in index.contents}
    writer(folder, Changes(added, removed & held))
    return Index(opener(folder), (*kept, *added))


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
    (score,) = index.score(parse_query("coal OR unheard OR unseen")[0]).values()
    assert score > 0


def test_more_of_the_words_score_more(kind: str, tmp_path: Path) -> None:
    texts = "health of mind", "health in bad weather", "weather for ever"
    index = write(kind, tmp_path, make_content("a", *texts))
    scores = index.score(parse_query("health OR mind")[0])
    assert scores["a", 1] > scores["a", 2] > 0


def test_words_in_the_heading_lift_a_passage(kind: str, tmp_path: Path) -> None:
    under = make_content("b", "coal here", heading="Coal")
    index = write(kind, tmp_path, make_content("a", "coal here"), under)
    scores = index.score(Term("coal"))
    assert scores["b", 1] > scores["a", 1] > 0


def test_a_passage_is_fetched_as_it_was_written(kind: str, tmp_path: Path) -> None:
    index = write(kind, tmp_path, *SMALL)
    written = {(c.document.id, p.number): p for c in SMALL for p in c.passages}
    places = index.engine.match(Everything()).places.tolist()
    assert {index.key(place): index.engine.fetch(place) for place in places} == written


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


def test_the_words_of_a_field_are_those_of_live_passages(kind: str, tmp_path: Path) -> None:
    index = write(kind, tmp_path, *SMALL, *(make_content(f"e{n}", "stays") for n in range(9)))
    index = change(kind, tmp_path, index, make_content("wind", "Mills turn."), gone=["coal"])
    words = "and care children children's for mills people plans stays turn young"
    assert [*index.engine.words("text")] == words.split()
    assert "wind" in index.engine.words("title") and "coal" not in index.engine.words("title")
    assert [*index.engine.words("heading")] == []


def test_a_document_that_is_replaced_or_removed_is_found_no_more(
    kind: str, tmp_path: Path
) -> None:
    index = write(kind, tmp_path, *SMALL, *(make_content(f"e{n}", "stays") for n in range(9)))
    index = change(kind, tmp_path, index, make_content("wind", "Mills turn."), gone=["coal"])
    assert index.match_typed("coal") == index.match_typed("organisation:mill") == set()
    assert index.match_typed("turning") == {("wind", 1)}
    assert index.match(Everything()) == {key for key, _ in index.passages()}
    index = change(kind, tmp_path, index, gone=[c.document.id for c in index.contents])
    assert index.match(Everything()) == set()


def test_random_queries_rank_by_brute_force(kind: str, tmp_path: Path) -> None:
    chance = random.Random(3)
    index = write(kind, tmp_path, *(make_random(chance, f"d{n}") for n in range(36)))
    sizes = check_random_queries(index, chance, 200)
    assert {0, 1} < sizes and len(sizes) > 20


def test_random_queries_rank_after_changes_in_several_segments(kind: str, tmp_path: Path) -> None:
    chance = random.Random(4)
    index = write(kind, tmp_path, *(make_random(chance, f"d{n}") for n in range(120)))
    sizes: set[int] = set()
    segments = []
    for step in range(4):
        more = [make_random(chance, f"{step}-{n}") for n in range(7)]
        held = [content.document.id for content in index.contents]
        again = [make_random(chance, document_id) for document_id in chance.sample(held, 2)]
        gone = chance.sample(held, 3)
        index = change(kind, tmp_path, index, *more, *again, gone=gone)
        sizes |= check_random_queries(index, chance, 40)
        segments.append(len([*tmp_path.glob("*.arrays")]))
    assert {0, 1} < sizes and len(sizes) > 20
    assert kind != "whoosh" or 1 < max(segments) < 6


def test_segments_are_merged_before_they_are_many(kind: str, tmp_path: Path) -> None:
    chance = random.Random(5)
    index = write(kind, tmp_path, make_random(chance, "first"))
    for step in range(30):
        index = change(kind, tmp_path, index, make_random(chance, f"d{step}"))
    check_random_queries(index, chance, 60)
    assert kind != "whoosh" or len([*tmp_path.glob("*.arrays")]) < 5


def check_random_queries(index: Index, chance: random.Random, count: int) -> set[int]:
    """Check the matches, scores and order of random queries; give how many each of them had."""
    passages = dict(index.passages())
    ranking = Ranking(passages)
    sizes = set()
    for _ in range(count):
        tree = make_tree(chance, ranking, 3)
        expected = {key for key in passages if ranking.holds(tree, key)}
        scores = index.score(tree)
        assert set(scores) == expected, tree
        marked = {
            key for key, fields in passages.items()
            if find_matches(fields["text"], fields, tree, key[0]) is not None
        }  # fmt: skip
        assert marked == expected, tree
        assert scores == pytest.approx({k: ranking.score(tree, k) for k in expected}, abs=2e-6)
        best = sorted(expected, key=lambda key: (-scores[key], key))
        for most in (1, 3, 10, 1000):
            assert index.rank(tree, most) == best[:most], tree
        sizes.add(len(expected))
    return sizes


def make_random(chance: random.Random, document_id: str) -> Content:
    def some(most: int) -> str:
        return " ".join(chance.choices(VOCABULARY, k=chance.randint(1, most)))

    facts = {"title": some(3), "organisation": chance.choice(("Trust A", "R&D Office", "")),
             "published": chance.choice(("", "2019", "2020-03", "2021-01-31"))}  # fmt: skip
    texts = (some(14) for _ in range(chance.randint(0, 4)))
    return make_content(document_id, *texts, heading=some(2), **facts)


def make_tree(chance: random.Random, ranking: Ranking, depth: int) -> Node:
    kinds = ("and", "or", "or", "any", "not", "within", "leaf", "leaf", "leaf")
    kind = chance.choice(kinds if depth else ("leaf",))
    if kind == "leaf":
        return make_leaf(chance, ranking)
    if kind == "not":
        return Not(make_tree(chance, ranking, depth - 1))
    if kind == "within":
        documents = {key[0] for key in ranking.passages} | {"unheard"}
        some = chance.sample(sorted(documents), len(documents) // 2)
        return Within(make_tree(chance, ranking, depth - 1), tuple(sorted(some)))
    count = chance.randint(2, 5)
    parts = tuple(make_tree(chance, ranking, depth - 1) for _ in range(count))
    return And(parts[:3]) if kind == "and" else Or(parts) if kind == "or" else Alternatives(parts)


SHAPES = ("term", "term", "exact", "anywhere", "phrase", "said", "near", "near", "prefix",
          "wildcard", "fuzzy", "all", "none")  # fmt: skip


def make_leaf(chance: random.Random, ranking: Ranking) -> Node:
    field = chance.choice(("text", "text", "text", "text", *SEARCHED_FIELDS))
    shape = chance.choice(SHAPES)
    word = chance.choice(VOCABULARY)
    form = make_terms(word, field, exact=True)[0].text
    exact = shape == "exact" or chance.random() < 0.3
    match shape:
        case "all":
            return Everything()
        case "none":
            return Nothing()
        case "anywhere":
            return Anywhere(make_terms(word, "text", exact=False)[0].text)
        case "prefix":
            return Prefix(form[:chance.randint(1, 4)], field)
        case "wildcard":
            cut = chance.randint(0, len(form) - 1)
            return Wildcard(form[:cut] + chance.choice("*?") + form[cut + 1:], field)
        case "fuzzy":
            spelled = form[:1] + chance.choice(("", form[1:2], "xs")) + form[2:]
            return Fuzzy(spelled, field, chance.randint(1, 2))
        case "term" | "exact":
            chosen = chance.choice((word, "unheard", "Trust A", "1 2", "current"))
            return make_terms(chosen, field, exact)[0]
    words = " ".join(chance.choices(VOCABULARY[:8], k=chance.randint(2, 4)))
    if shape != "phrase":
        said = chance.choice([fields["text"] for fields in ranking.passages.values()])
        words = " ".join(said.split()[-chance.randint(2, 5):])
    terms = make_terms(words, field, exact)
    if shape == "near" and 1 < len(terms) < 5:
        shuffled = tuple(chance.sample(terms, len(terms)))
        return Near(shuffled, chance.randint(0, 4), chance.random() < 0.3)
    return Phrase(terms, chance.choice((1.0, 0.25))) if len(terms) > 1 else terms[0]


def make_terms(text: str, field: str, exact: bool) -> tuple[Term, ...]:
    return tuple(Term(t.form if exact else t.stem, field, exact) for t in find_tokens(text))


class Ranking:
    """BM25F by brute force: from the words alone, and without the code under test."""

    def __init__(self, passages: dict[Key, dict[str, str]]) -> None:
        self.passages = passages
        lengths = [len(spell(fields["text"], True)) for fields in passages.values()]
        self.average = sum(lengths) / max(len(lengths), 1)
        self._counts: dict[tuple[Node, Key], int] = {}
        self._having: dict[Node, int] = {}

    def holds(self, node: Node, key: Key) -> bool:
        match node:
            case Everything():
                return True
            case Nothing():
                return False
            case Not(part):
                return not self.holds(part, key)
            case And(parts):
                return all(self.holds(part, key) for part in parts)
            case Or(parts) | Alternatives(parts):
                return any(self.holds(part, key) for part in parts)
            case Within(part, documents):
                return key[0] in documents and self.holds(part, key)
        return self.count(node, key) > 0

    def score(self, node: Node, key: Key) -> float:
        match node:
            case Everything() | Nothing() | Not():
                return 0.0
            case And(parts) if self.holds(node, key):
                return sum(self.score(part, key) for part in parts)
            case Within(part) if self.holds(node, key):
                return self.score(part, key)
            case Or(parts):
                return sum(self.score(part, key) for part in parts)
            case Alternatives(parts):
                return max(self.score(part, key) for part in parts)
            case And() | Within():
                return 0.0
        weight = self.weigh(node, key)
        having = self.count_having(node)
        rarity = math.log(1 + (len(self.passages) - having + 0.5) / (having + 0.5))
        rarity *= node.weight if isinstance(node, Phrase) else 1.0
        return rarity * weight * 2.5 / (weight + 1.5)

    def weigh(self, node: Node, key: Key) -> float:
        if isinstance(node, Anywhere):
            return self.weigh(Term(node.text), key)
        weight = float(self.count(node, key))
        if field_of(node) == "text":
            length = len(spell(self.passages[key]["text"], True))
            weight /= 0.4 + 0.6 * length / self.average
        if isinstance(node, Term) and node.field == "text" and not node.exact:
            for field, boost in BOOSTS.items():
                weight += boost * min(self.count(replace(node, field=field), key), 15)
        return weight

    def count_having(self, node: Node) -> int:
        if node not in self._having:
            self._having[node] = sum(self.count(node, key) > 0 for key in self.passages)
        return self._having[node]

    def count(self, node: Node, key: Key) -> int:
        if isinstance(node, Anywhere):
            return sum(self.count(Term(node.text, f), key) for f in ("text", *BOOSTS))
        if (node, key) not in self._counts:
            self._counts[node, key] = count_in(node, self.passages[key][field_of(node)])
        return self._counts[node, key]


def field_of(node: Node) -> str:
    if isinstance(node, Phrase | Near):
        return node.terms[0].field
    assert isinstance(node, Term | Prefix | Wildcard | Fuzzy)
    return node.field


def count_in(node: Node, text: str) -> int:
    forms = [terms[0] for terms in spell(text, True)]
    match node:
        case Prefix(beginning):
            return sum(form.startswith(beginning) for form in forms)
        case Wildcard(pattern):
            return sum(fnmatchcase(form, pattern) for form in forms)
        case Fuzzy(wanted, _, edits):
            return sum(f[0] == wanted[0] and distance(f, wanted) <= edits for f in forms)
        case Term():
            return len(places_of(node, text))
        case Near(terms, words, ordered):
            chosen = product(*(places_of(term, text) for term in terms))
            return int(any(
                len({*places}) == len(places) and max(places) - min(places) < len(places) + words
                and (not ordered or [*places] == sorted(places))
                for places in chosen
            ))  # fmt: skip
        case Phrase(terms):
            places = [{*places_of(term, text)} for term in terms]
            return sum(all(at + i in own for i, own in enumerate(places)) for at in places[0])
    raise AssertionError(node)


def places_of(term: Term, text: str) -> list[int]:
    return [at for at, terms in enumerate(spell(text, term.exact)) if term.text in terms]


@lru_cache(maxsize=None)
def spell(text: str, exact: bool) -> list[tuple[str, ...]]:
    return [(token.form,) if exact else token.terms for token in find_tokens(text)]


@lru_cache(maxsize=None)
def distance(one: str, other: str) -> int:
    """Count the changes of a letter from one to the other, by optimal string alignment."""
    if not one or not other:
        return len(one) + len(other)
    least = min(
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if one[:2] == other[1::-1] and len(one) > 1 < len(other):
        least = min(least, distance(one[2:], other[2:]) + 1)
    return least
