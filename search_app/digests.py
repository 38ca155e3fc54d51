"""Digests: what is new for those who follow searches, as e-mails; run by cron.

A file of followers is CSV with the columns ``email`` and ``search``: the address of a search, or
what stands behind its question mark. What each was told of is kept in the data folder.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from werkzeug.datastructures import MultiDict

from index.news import News
from index.query import Audience
from index.results import DocumentHits
from index.search import Searcher
from search_app.errors import UnusableFollowers
from search_app.request_query import query_from_request
from search_app.wording import count, name_hit, show_date

MOST_DOCUMENTS = 50
_TOLD = "digests.json"


@dataclass(frozen=True)
class Follower:
    """Who follows which search: its arguments, as they stand behind the question mark."""

    email: str
    search: str

    @property
    def key(self) -> str:
        """By what it is kept what this follower was told of; it does not show the address."""
        return hashlib.sha256(f"{self.email} {self.search}".encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Digest:
    """An e-mail to a follower, and the versions of documents that it names."""

    follower: Follower
    versions: tuple[str, ...]
    message: EmailMessage


def read_followers(file: Path) -> tuple[Follower, ...]:
    """Read a file of followers.

    Raises:
        UnusableFollowers: a column is missing, or a row has no address.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if not {"email", "search"} <= {*(rows.fieldnames or ())}:
            raise UnusableFollowers(f"{file} must have the columns email and search.")
        return tuple(_read_row(row, file, rows.line_num) for row in rows)


def _read_row(row: dict[str, str | None], file: Path, line: int) -> Follower:
    email, search = (row["email"] or "").strip(), (row["search"] or "").strip()
    if "@" not in email or any(sign in email for sign in "\r\n,;"):
        raise UnusableFollowers(f"{file}, line {line}: {email!r} is no e-mail address.")
    return Follower(email, urlsplit(search).query or search)


def write_digests(
    searcher: Searcher, followers: tuple[Follower, ...], audience: Audience, site: str, sender: str
) -> Iterator[Digest]:
    """Write an e-mail to each follower whose search matches what he was not told of yet."""
    told = _read_told(searcher.library.data)
    for follower in followers:
        query = query_from_request(MultiDict(parse_qsl(follower.search)), audience)
        news = searcher.news(query, MOST_DOCUMENTS)
        known = {*told.get(follower.key, ())}
        new = {_name(group): group for group in news.groups if _name(group) not in known}
        if new:
            message = _write(follower, news, tuple(new.values()), site.rstrip("/"), sender)
            yield Digest(follower, tuple(new), message)


def keep_told(data: Path, digest: Digest) -> None:
    """Keep in a data folder what a follower was told of."""
    told = _read_told(data)
    key = digest.follower.key
    told[key] = [*told.get(key, ()), *digest.versions]
    aside = data / f"{_TOLD}.part"
    aside.write_text(json.dumps(told, indent=1), encoding="utf-8")
    os.replace(aside, data / _TOLD)


def _name(group: DocumentHits) -> str:
    return f"{group.document.id}/{group.document.version}"


def _read_told(data: Path) -> dict[str, list[str]]:
    file = data / _TOLD
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def _write(
    follower: Follower, news: News, new: tuple[DocumentHits, ...], site: str, sender: str
) -> EmailMessage:
    message = EmailMessage()
    searched = news.query.typed or "All documents"
    message["Subject"] = f"{searched[:80]}: new in {count(len(new), 'document')}"
    message["From"], message["To"] = sender, follower.email
    coverage = news.coverage
    body = [f"What was read lately and has what you follow: {searched}", ""]
    for group in new:
        body += _describe(group, site)
    body += [
        f"The whole search: {site}/search?{follower.search}",
        f"Searched {coverage.searched} of {count(coverage.held, 'document')}: {site}/coverage",
    ]
    if len(new) == MOST_DOCUMENTS:
        body.append(f"Only the {MOST_DOCUMENTS} read last are named here.")
    message.set_content("\n".join(body) + "\n")
    return message


def _describe(group: DocumentHits, site: str) -> Iterator[str]:
    held = group.document
    title = held.description.title.value or held.file
    published = show_date(held.description.published.value)
    yield f"{title} ({published}): {count(group.passages, 'passage')}"
    for hit in group.hits[:1]:
        yield f"{name_hit(hit, {}).capitalize()}:"
        yield from (f"> {line}" for line in hit.passage.text.splitlines())
    yield f"{site}/documents/{held.id}"
    yield ""
