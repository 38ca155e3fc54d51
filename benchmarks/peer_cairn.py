"""Asks the peer cairn-assistant questions; run by a Python that has it, and nothing of ours.

    PYTHON -P benchmarks/peer_cairn.py FOLDER < QUESTIONS > ANSWERS

FOLDER has documents as it takes them: *.md with front matter, parted by empty lines. QUESTIONS is a
JSON list of texts, ANSWERS one of objects. Everything is set as it comes, but that as many passages
are kept as are scored; neither a network nor a language model has a part in it.
"""

import json
import sys
import time

from cairn.config import Config  # type: ignore[import-not-found, unused-ignore]
from cairn.engine import ask  # type: ignore[import-not-found, unused-ignore]
from cairn.index import build_index  # type: ignore[import-not-found, unused-ignore]

KEPT = 10


def main() -> None:
    """Answer each question, with what it found, best first, whether or not it refuses."""
    index, settings = build_index(sys.argv[1]), Config(candidates=KEPT)
    answers = []
    for question in json.load(sys.stdin):
        clock, processor = time.perf_counter(), time.process_time()
        answer = ask(question, index, settings, lang="en").answer
        found = answer.trace.candidates
        answers.append({
            "passages": [(each.passage.passage_id, each.passage.text) for each in found],
            "confidence": found[0].score if found else 0.0,
            "abstained": answer.kind == "refusal",
            "clock_ms": 1000 * (time.perf_counter() - clock),
            "processor_ms": 1000 * (time.process_time() - processor),
        })  # fmt: skip
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
