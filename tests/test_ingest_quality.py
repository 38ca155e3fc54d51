"""How well a document was read, summed up from its pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.library_schema import quality_from_json, quality_to_json
from ingest.quality import find_wanting_pages, group_pages, name_quality
from ingest.records import Doubt, DoubtKind, HeldDocument, Page, Quality
from tests.factories import make_content

Read = tuple[Quality, tuple[DoubtKind, ...]]


def hold(*pages: Read) -> HeldDocument:
    """Make a document whose pages were read in these ways, with these doubts."""
    made = [Page(number, "", quality=quality, doubts=tuple(Doubt(kind, "") for kind in doubts))
            for number, (quality, doubts) in enumerate(pages, 1)]
    return replace(make_content("plan", "Text.").document, **quality_from_json(
        quality_to_json(made)))


NAMES: dict[str, tuple[tuple[Read, ...], str]] = {
    "all text": ((("text", ()),) * 3, "Read from the text"),
    "doubts about places only": (
        (("text", ("order",)), ("text", ("table",))), "Read from the text"),
    "a scan": ((("text", ()), ("ocr", ())), "Some pages read by OCR"),
    "a picture": ((("mixed", ()), ("text", ())), "Some pages read by OCR"),
    "a picture not read": ((("text", ("picture",)),), "Some pictures not read"),
    "garbled and a scan": ((("ocr", ()), ("text", ("garbled",))), "Some pages garbled"),
    "unread and garbled": ((("unread", ()), ("text", ("garbled",))), "Some pages not read"),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_document_is_named_by_the_worst_of_its_reading(case: str) -> None:
    pages, name = NAMES[case]
    assert name_quality(hold(*pages)) == name


def test_pages_are_grouped_by_what_is_to_be_said_of_them() -> None:
    held = hold(("text", ("garbled", "order")), ("ocr", ()), ("unread", ()),
                ("mixed", ("picture",)), ("text", ("order",)))
    assert group_pages(held) == {
        "unread": (3,), "recognised": (2, 4), "garbled": (1,), "order": (1, 5), "picture": (4,)}
    assert find_wanting_pages(held) == (1, 4)
