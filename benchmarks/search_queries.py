"""What the engines that are compared hold and are asked: real passages, real questions."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, groupby, islice
from pathlib import Path

from benchmarks.engines_compared import Record
from index.analysis import STOP_WORDS, find_tokens
from ingest.library import Library
from search_app.evaluating.questions import read_questions
from search_app.evaluating.passage_sets import SetPassage, read_passages

ORGANISATIONS, KINDS, YEARS = 40, 8, 16
QUESTION_WORDS = 6
PREFIX_LETTERS = 3


def read_all_passages(sources: Sequence[Path]) -> list[SetPassage]:
    """Read the passages of each source: files of passages (.gz), folders of them, libraries."""
    passages: list[SetPassage] = []
    for source in sources:
        if (source / "library.db").exists():
            passages += _read_library(Library(source))
            continue
        files = sorted(source.rglob("*.jsonl.gz")) if source.is_dir() else [source]
        passages += chain.from_iterable(map(read_passages, files))
    return [passage for passage in passages if passage.text.strip()]


def _read_library(library: Library) -> Iterator[SetPassage]:
    for held in library.documents():
        for passage in library.passages(held):
            yield SetPassage(
                f"{held.id}/{passage.number}", held.id, held.description.title.value, passage.text
            )


def make_records(passages: Sequence[SetPassage], most: int) -> list[Record]:
    """Make ``most`` records; where there are fewer passages they are repeated, unchanged.

    A repeated document is another document. Facets are made up, by a checksum of its name.
    """
    documents = [list(group) for _, group in groupby(passages, lambda each: each.document)]
    return list(islice(chain.from_iterable(_repeat(documents)), most))


def _repeat(documents: Iterable[list[SetPassage]]) -> Iterator[Iterator[Record]]:
    for copy in count():
        for group in documents:
            name = f"{group[0].document}~{copy}"
            yield (_make_record(f"{each.id}~{copy}", name, each.text) for each in group)


def _make_record(id: str, document: str, text: str) -> Record:
    made_up = zlib.crc32(document.encode())
    return Record(
        id, document, text, f"organisation{made_up % ORGANISATIONS}",
        f"kind{made_up // 100 % KINDS}", str(2010 + made_up // 10_000 % YEARS),
    )  # fmt: skip


def read_question_texts(sources: Sequence[Path]) -> list[str]:
    """Read the questions that stand beside the passages of the sources."""
    files = [path for source in sources for path in sorted(source.rglob("dev.jsonl"))]
    return [question.text for path in files for question in read_questions(path)]


def make_queries(
    passages: Sequence[SetPassage], questions: Sequence[str], most: int
) -> dict[str, list[str]]:
    """Make at most ``most`` queries for each operation (see OPERATIONS), alike at each run."""
    chance = random.Random(1)
    long = [text for text in questions if len(_telling(text)) >= QUESTION_WORDS - 1]
    asked = chance.sample(long, min(most, len(long)))
    chosen = [_find_words(passage.text) for passage in chance.choices(passages, k=5 * most)]
    runs = [words for words in (_find_run(words, chance) for words in chosen) if words][:most]
    any_words = [" ".join(_telling(text)[:QUESTION_WORDS]) for text in asked]
    return {
        "any_words": any_words,
        "any_words_common": [" ".join(_find_words(text)[:20]) for text in asked],
        "all_words": [" ".join(words) for words in runs],
        "phrase": [" ".join(words[:2]) for words in runs],
        "prefix": [words[0][:PREFIX_LETTERS] for words in runs],
        "filtered": [f"kind{n % KINDS}:{words}" for n, words in enumerate(any_words)],
        "total": any_words,
        "facets": any_words,
        "facets_of_documents": any_words,
        "highlighted": any_words,
        "results_page": [" ".join(words) for words in runs],
        "answer": asked,
    }


def _find_words(text: str) -> list[str]:
    """Find the words of letters, which every engine cuts alike."""
    forms = (token.form for token in find_tokens(text))
    return [form for form in forms if form.isascii() and form.isalpha()]


def _telling(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in _find_words(text) if word not in STOP_WORDS))


def _find_run(words: list[str], chance: random.Random) -> list[str]:
    """Find three words that follow one another, none of them common; nothing where none do."""
    runs = [
        run
        for run in (words[start:start + 3] for start in range(len(words) - 2))
        if not STOP_WORDS & {*run} and len(run[0]) >= PREFIX_LETTERS
    ]
    return chance.choice(runs) if runs else []
