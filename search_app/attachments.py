"""Files that are sent to be kept: each with the name under which a browser saves it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response

CSV = "text/csv; charset=utf-8"


def send_attachment(
    content: str | bytes | Iterable[str] | Iterable[bytes], media_type: str, name: str
) -> Response:
    """Send a file, streamed where its content comes in pieces."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=media_type, headers=headers)
