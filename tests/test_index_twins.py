"""Passages in the same or nearly the same words: found by fingerprints, told by their words."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from index import fingerprints
from index.analysis import find_tokens
from index.engines import Changes, Content
from index.fingerprints import KEYS, LEAST_WORDS, NO_KEY, hash_forms, make_fingerprints
from index.twins import LEAST_COMMON
from index.whoosh_engine import WhooshEngine, write_generation
from tests.factories import make_content

PLAIN = (
    "Every ward of the hospital will have a senior nurse on duty at night, and a doctor on call"
    " who can be there within 20 minutes; the board looks at how often that was kept each month,"
    " and gives its reasons in public where it was not kept in any of 3 weeks"
)
WORDS = [token.form for token in find_tokens(PLAIN)]

OTHERS = [
    (PLAIN, True, "the text itself"),
    (PLAIN.upper().replace(",", " –"), True, "capitals and marks"),
    (f"Nights. {PLAIN}", False, "a word more"),
    (PLAIN.removesuffix(" weeks"), False, "a word less"),
    (PLAIN.replace("doctor", "surgeon"), None, "a word replaced"),
    (PLAIN.replace("20", "30"), None, "a figure replaced"),
    (PLAIN.replace("20", "3").replace("of 3", "of 20"), None, "figures that change places"),
    (f"{PLAIN} 20", None, "a figure more"),
    (PLAIN[:len(PLAIN) // 2], None, "half of it"),
    (" ".join(sorted(PLAIN.split())), None, "its words in another order"),
]


@pytest.mark.parametrize(("text", "same"), [o[:2] for o in OTHERS], ids=[o[2] for o in OTHERS])
def test_twins_have_the_same_figures_and_nearly_the_same_words(
    tmp_path: Path, text: str, same: bool | None
) -> None:
    engine = index(tmp_path, make_content("a", PLAIN), make_content("b", text))
    assert twins_of(engine, 0) == ({} if same is None else {("b", 1): same})
    assert twins_of(engine, 1) == ({} if same is None else {("a", 1): same})


def test_short_passages_have_no_twins(tmp_path: Path) -> None:
    for number, count in enumerate((LEAST_WORDS - 1, LEAST_WORDS)):
        text = " ".join(WORDS[:count])
        folder = tmp_path / f"{number}"
        engine = index(folder, make_content("a", text, "x"), make_content("b", text))
        assert len(twins_of(engine, 0)) == number


def test_twins_are_found_in_all_segments_but_not_among_what_was_deleted(tmp_path: Path) -> None:
    many = make_content("a", PLAIN, *(f"Another text, number {n}." for n in range(30)))
    index(tmp_path, many).close()
    write_generation(tmp_path, Changes([make_content("b", PLAIN), make_content("c", PLAIN)]))
    write_generation(tmp_path, Changes([], {"c"}))
    engine = WhooshEngine(tmp_path)
    assert twins_of(engine, 0) == {("b", 1): True}
    engine.close()


def test_twins_are_looked_for_among_some_places_only(tmp_path: Path) -> None:
    engine = index(tmp_path, make_content("a", PLAIN, PLAIN), make_content("b", PLAIN))
    (found,) = engine.twins(np.array([0], np.int32), np.array([0, 2], np.int32))
    assert found[0].tolist() == [2]
    (found,) = engine.twins(np.array([0], np.int32), np.array([], np.int32))
    assert found[0].tolist() == []


def test_twins_are_those_of_brute_force(tmp_path: Path) -> None:
    chance = random.Random(5)
    texts = [" ".join(chance.choices(WORDS, k=60)) for _ in range(6)]
    for _ in range(60):
        words = chance.choice(texts).split()
        at = chance.randrange(len(words))
        words[at:at + chance.randint(0, 2)] = chance.choices([*WORDS, "40"], k=chance.randint(0, 1))
        texts.append(" ".join(words))
    engine = index(tmp_path, make_content("a", *texts))
    wanted = {
        (one, other)
        for one, text in enumerate(texts) for other, second in enumerate(texts)
        if one != other and are_twins(text, second)
    }  # fmt: skip
    found = {
        (place, int(other))
        for place in range(len(texts)) for _, other in _pairs(engine, place)
    }  # fmt: skip
    assert len(wanted) > 100
    assert found <= wanted
    assert len(found) > 0.95 * len(wanted)


def are_twins(one: str, other: str) -> bool:
    first, second = one.lower().split(), other.lower().split()
    figures = [sorted(w for w in words if w[0].isdigit()) for words in (first, second)]
    a, b = ({tuple(words[n:n + 3]) for n in range(len(words) - 2)} for words in (first, second))
    subset = {*first} <= {*second} or {*second} <= {*first}
    return subset and figures[0] == figures[1] and len(a & b) >= LEAST_COMMON * len(a | b)


def test_fingerprints_are_alike_however_many_are_made_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(6)
    lengths = chance.integers(0, 40, 50).astype(np.int32)
    words = chance.integers(0, len(WORDS), lengths.sum()).astype(np.int32)
    whole = make_fingerprints(WORDS, words, lengths)
    monkeypatch.setattr(fingerprints, "_PASSAGES_AT_ONCE", 7)
    parts = make_fingerprints(WORDS, words, lengths)
    assert whole.keys.tolist() == parts.keys.tolist()
    assert ((whole.keys.reshape(-1, KEYS) != NO_KEY).all(axis=1) == (lengths >= LEAST_WORDS)).all()


def test_the_hashes_of_figures_alone_are_odd() -> None:
    forms = ["beds", "2019/20", "a&e", "£4.9m", "3.0%", "café"]
    assert (hash_forms(forms) & np.uint64(1)).tolist() == [0, 1, 0, 1, 1, 0]


def index(folder: Path, *contents: Content) -> WhooshEngine:
    folder.mkdir(exist_ok=True)
    write_generation(folder, Changes(contents, fresh=True))
    return WhooshEngine(folder)


def twins_of(engine: WhooshEngine, place: int) -> dict[tuple[str, int], bool]:
    return {
        (engine.document_ids[engine.documents[other]], int(engine.numbers[other])): same
        for same, other in _pairs(engine, place)
    }


def _pairs(engine: WhooshEngine, place: int) -> list[tuple[bool, int]]:
    everything = np.flatnonzero(engine.documents >= 0).astype(np.int32)
    (found,) = engine.twins(np.array([place], np.int32), everything)
    return list(zip(found[1].tolist(), found[0].tolist(), strict=True))
