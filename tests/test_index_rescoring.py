"""The second look at a question's passages, beside a plain computation of the same formula."""

from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
import pytest

from index.analysis import find_tokens
from index.engines import Changes, Content
from index.query import Clues
from index.rescoring import DOCUMENT, NEIGHBOURS, PAIRS, REACH
from index.schema import BOOSTS
from index.whoosh_engine import WhooshEngine, write_generation
from tests.factories import make_content

WORDS = ("beds", "nurses", "wards", "winter", "the", "care", "plan")
Key = tuple[str, int]


def make_random(chance: random.Random, document_id: str) -> Content:
    def some(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    texts = (some(20) for _ in range(chance.randint(1, 5)))
    return make_content(document_id, *texts, heading=some(2), title=some(3))


class Plain:
    """The formula, computed from the words of the passages alone."""

    def __init__(self, contents: list[Content]) -> None:
        self.words: dict[Key, list[str]] = {}
        self.above: dict[Key, list[tuple[list[str], float]]] = {}
        for content in contents:
            for passage in content.passages:
                key = content.document.id, passage.number
                title = content.document.description.title.value
                self.words[key] = stems(passage.text)
                self.above[key] = [
                    (stems(" ".join(passage.trail)), BOOSTS["heading"]),
                    (stems(title), BOOSTS["title"]),
                ]
        self.average = sum(map(len, self.words.values())) / len(self.words)

    def rarity(self, term: str) -> float:
        having = sum(
            term in words or any(term in above for above, _ in self.above[key])
            for key, words in self.words.items()
        )
        return math.log(1 + (len(self.words) - having + 0.5) / (having + 0.5))

    def score(self, clues: Clues, key: Key) -> float:
        words = self.words[key]
        norm = 0.4 + 0.6 * len(words) / self.average
        beside = [self.words.get((key[0], key[1] + step), []) for step in (-1, 1)]
        wide = 0.4 + 0.6 * sum(map(len, beside)) / (2 * self.average)
        score = 0.0
        for term, weight in clues.weights.items():
            own = words.count(term) / norm
            own += sum(boost * above.count(term) for above, boost in self.above[key])
            own += NEIGHBOURS * sum(text.count(term) for text in beside) / wide
            score += weight * self.rarity(term) * own * 2.5 / (own + 1.5)
        for first, second in clues.pairs:
            often = sum(
                word == first and second in words[at + 1:at + 1 + REACH]
                for at, word in enumerate(words)
            ) / norm  # fmt: skip
            rarity = sum(clues.weights[term] * self.rarity(term) for term in (first, second))
            score += PAIRS * rarity * often * 2.5 / (often + 1.5)
        return score


def stems(text: str) -> list[str]:
    return [token.stem for token in find_tokens(text)]


def test_scores_are_those_of_the_formula_in_several_segments(tmp_path: Path) -> None:
    chance = random.Random(8)
    contents = [make_random(chance, f"d{number:02}") for number in range(40)]
    write_generation(tmp_path, Changes(contents[:33], fresh=True))
    write_generation(tmp_path, Changes(contents[33:], removed=("d03", "d30")))
    contents = [content for content in contents if content.document.id not in ("d03", "d30")]
    engine, plain = WhooshEngine(tmp_path), Plain(contents)
    keys = [
        (engine.document_ids[engine.documents[place]], int(engine.numbers[place]))
        for place in range(len(engine.documents))
    ]
    live = np.flatnonzero(engine.documents >= 0).tolist()
    for _ in range(40):
        terms = chance.sample([stem for word in WORDS for stem in stems(word)], 4)
        weights = {term: chance.choice((0.5, 1.0)) for term in terms}
        clues = Clues(weights, frozenset({(terms[0], terms[1]), (terms[1], terms[2])}))
        places = np.array(sorted(chance.sample(live, 25)), np.int32)
        found = engine.rescore(clues, places)
        own = [plain.score(clues, keys[place]) for place in places]
        best = {keys[place][0]: 0.0 for place in places}
        for place, score in zip(places, own):
            best[keys[place][0]] = max(best[keys[place][0]], score)
        expected = [
            score + DOCUMENT * best[keys[place][0]] for place, score in zip(places, own)
        ]
        assert found == pytest.approx(expected, abs=2e-6)
    engine.close()
