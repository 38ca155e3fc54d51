"""Permalinks: addresses that stay with the version of a document that was cited.

A reader may read a version anew and number its passages otherwise; so the address of words has a
digest of them too, by which it is noticed, and the words found again.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from index.analysis import fold

DIGEST_CHARACTERS = 12


def version_path(document_id: str, version: int) -> str:
    """Give the path of a version of a document."""
    return f"/q/{quote(document_id, safe='')}/{version}"


def page_path(document_id: str, version: int, number: int) -> str:
    """Give the path of a page of a version; ``number`` counts from 1."""
    return f"{version_path(document_id, version)}/page/{number}"


def passage_path(document_id: str, version: int, number: int, text: str) -> str:
    """Give the path of a whole passage of a version, given its text."""
    return f"{version_path(document_id, version)}/{number}?words={digest_words(text)}"


def quotation_path(
    document_id: str, version: int, number: int, words: str, at: tuple[int, int]
) -> str:
    """Give the path of some words of a version; ``at`` are their offsets in the text of a passage,
    and may run on into the passages after it."""
    path = f"{version_path(document_id, version)}/{number}"
    return f"{path}?quote={at[0]}-{at[1]}&words={digest_words(words)}"


def digest_words(text: str) -> str:
    """Give what tells some words from others, whatever the space between them."""
    plain = "".join(fold(text).split())
    return hashlib.sha256(plain.encode()).hexdigest()[:DIGEST_CHARACTERS]
