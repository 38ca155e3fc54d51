"""How many changes of a letter part a word from many others, counted for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.arrays import Ints


def count_changes(text: str, words: Sequence[str]) -> Ints:
    """Count the letters to add, leave out, replace or swap with the next to make each word of text.

    Optimal string alignment: row by row over the letters of ``text``, each row (length of a word +
    1, words) holding the least changes to each beginning of each word.
    """
    width = max(map(len, words))
    letters = np.array(words, f"<U{width}").view(np.uint32).reshape(len(words), width).T
    letters = np.ascontiguousarray(letters)
    steps = np.arange(width + 1, dtype=np.int16)[:, None]
    earlier = before = np.repeat(steps, len(words), axis=1)
    same_before = np.zeros(letters.shape, np.bool_)
    for place, letter in enumerate(text, 1):
        same = letters == ord(letter)
        row = np.empty_like(before)
        row[0] = place
        row[1:] = np.minimum(before[1:] + 1, before[:-1] + ~same)
        if place > 1:
            swapped = same[:-1] & same_before[1:]
            row[2:][swapped] = np.minimum(row[2:][swapped], earlier[:-2][swapped] + 1)
        row = np.minimum.accumulate(row - steps) + steps
        earlier, before, same_before = before, row, same
    lengths = [len(word) for word in words]
    return before[lengths, np.arange(len(words))].astype(np.int32)
