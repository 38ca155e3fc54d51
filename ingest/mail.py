"""Read e-mails (.eml): newsletters with their subject, sender and date; attachments are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from ingest.compose import Draft, clean_text, compose_reading
from ingest.errors import UnreadableFile
from ingest.html import read_markup
from ingest.records import Reading
from ingest.text import split_text

MEDIA_TYPE = "message/rfc822"

_HEADER_FAULTS = (ValueError, LookupError, TypeError, AttributeError)
"""What the email package raises on headers, dates and encodings that are against the rules."""

_UNSEEN = "[style*='display:none' i], [style*='display: none' i], [style*='mso-hide:all' i]"
"""The line that newsletters show in a list of e-mails only, and things for Outlook alone."""

_SENT_ON = re.compile(r"^(?:\s*(?:re|fwd?|aw)\s*:|\s*\[external\])+\s*", re.I)
_FURNITURE = re.compile(
    r"(?:view|read|open|see) (?:this|it|the)\b.{0,40}\b(?:browser|online|web page)|unsubscribe"
    r"|(?:update|manage) your (?:subscription )?preferences|forward (?:this )?to a friend"
    r"|add us to your address book|why did i get this|having trouble viewing",
    re.I,
)
_MOST_FURNITURE_WORDS = 16
_SMALL_PRINT = re.compile(
    r"you(?:’re|'re| are) receiving this|you (?:have )?received this e-?mail because"
    r"|(?:copyright )?(?:©|\(c\)) .{0,60}all rights reserved|our (?:mailing|postal) address is"
    r"|this (?:e-?mail|message)(?: and any \w+.{0,30})? (?:is|are|may be|may contain)\b.{0,40}"
    r"(?:confidential|privileged)",
    re.I,
)
_MOST_SMALL_PRINT_WORDS = 120


def read_mail(path: Path) -> Reading:
    """Read an e-mail; the note of its page names the attachments, which are not read.

    Raises:
        UnreadableFile: it is no e-mail, or has no text of its own.
    """
    message, parts = _parse(path)
    note = _note_attachments(parts)
    drafts = list(_drafts(parts, path))
    if not drafts:
        raise UnreadableFile(f"{path.name} holds no text. {note}".strip())
    hints = tuple(_hints(message))
    subject = dict(hints).get("title", "")
    if subject and subject not in (clean_text(text) for _, _, text in drafts[:3]):
        drafts.insert(0, ("heading", 1, subject))
    reading = compose_reading(path, MEDIA_TYPE, drafts, hints)
    return replace(reading, pages=tuple(replace(page, note=note) for page in reading.pages))


def _parse(path: Path) -> tuple[EmailMessage, list[EmailMessage]]:
    """Parse a file into its message and the parts that this is made of."""
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
        parts = list(_parts(message))
    except RecursionError as error:
        raise UnreadableFile(
            f"{path.name} nests its parts too deeply. Open it and save it as PDF."
        ) from error
    if not message.keys():
        raise UnreadableFile(f"{path.name} is no e-mail. Save it from the mail program as .eml.")
    return message, parts


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts in order; a message that another brings along is one part."""
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            if isinstance(part, EmailMessage):
                yield from _parts(part)
    else:
        yield message


def _hints(message: EmailMessage) -> Iterator[tuple[str, str]]:
    if subject := _SENT_ON.sub("", clean_text(_header(message, "subject"))):
        yield "title", subject
    if sender := _sender(clean_text(_header(message, "from"))):
        yield "author", sender
    try:
        yield "published", parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except _HEADER_FAULTS:
        return


def _sender(header: str) -> str:
    """The name of a sender, without the address where there is a name."""
    name, _, _ = header.partition("<")
    return name.strip(' "') or header.strip("<> ")


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except _HEADER_FAULTS:
        return ""


def _drafts(parts: Sequence[EmailMessage], path: Path) -> Iterator[Draft]:
    """The text of the HTML parts or, where these have none, of the plain ones."""
    for kind in ("html", "plain"):
        texts = (_decode(part) for part in parts if _is_text(part, kind))
        if kind == "html":
            drafts = (each for text in texts for each in read_markup(text, path.name, _UNSEEN)[0])
        else:
            drafts = (each for text in texts for each in split_text(text))
        found = [_mark_furniture(draft) for draft in drafts if draft[2].strip()]
        if found:
            yield from found
            return


def _is_text(part: EmailMessage, kind: str) -> bool:
    """Whether a part is text to be read; broken parts count as plain text."""
    own = part.get_content_type() == f"text/{kind}"
    broken = kind == "plain" and part.get_content_maintype() == "multipart"
    return (own or broken) and not _is_attached(part)


def _is_attached(part: EmailMessage) -> bool:
    try:
        return part.is_attachment()
    except _HEADER_FAULTS:
        return False


def _decode(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except _HEADER_FAULTS:
        content = part.get_payload(decode=True)
        return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _mark_furniture(draft: Draft) -> Draft:
    kind, _, text = draft
    words = len(text.split())
    about_the_mail = (words <= _MOST_FURNITURE_WORDS and _FURNITURE.search(text)) or (
        words <= _MOST_SMALL_PRINT_WORDS and _SMALL_PRINT.match(text)
    )
    return ("furniture", 0, text) if about_the_mail else draft


def _note_attachments(parts: Sequence[EmailMessage]) -> str:
    names = [_name(part) for part in parts if _is_file(part)]
    if not names:
        return ""
    return (
        f"Attachments were not read: {', '.join(names)}. "
        "Save them beside the e-mail to have them read."
    )


def _is_file(part: EmailMessage) -> bool:
    """Whether a part is a file of its own; pictures that are shown in the text are none."""
    shown = part.get_content_maintype() == "image" and "content-id" in part
    text = part.get_content_maintype() in ("multipart", "text") and not _is_attached(part)
    return not shown and not text


def _name(part: EmailMessage) -> str:
    try:
        name = clean_text(part.get_filename() or "")
    except _HEADER_FAULTS:
        name = ""
    return name or f"one without a name ({part.get_content_type()})"
