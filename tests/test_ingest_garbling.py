"""Garbled text is told from text of any language, without a dictionary."""

from __future__ import annotations

import pytest

from ingest.garbling import measure_garbling

SENTENCE = ("The plan sets out how the money for community nurses will be spent over the next "
            "three years, and who decides what is bought.")

SOUND = {
    "English": SENTENCE,
    "headings and short lines": "Workforce\nEstates\nWhat we heard\nNext steps",
    "acronyms and figures": "NHS ICB JSNA MSK 2019/20 24/7 £4.9m 3.0% LTC SDF PCN QIPP CAMHS A&E",
    "Welsh": "Bydd y bwrdd iechyd yn cyhoeddi ei gynllun newydd ym mis Mehefin, ac yn gofyn i'r "
             "cyhoedd beth yw eu barn am y gwasanaethau.",
    "Polish": "Rada zdrowia opublikuje nowy plan w czerwcu i zapyta mieszkancow, co sadza o "
              "przychodniach oraz o szpitalach w swojej okolicy.",
    "French": "Le conseil publiera son nouveau plan en juin et demandera aux habitants ce qu'ils "
              "pensent des services de soins.",
    "Greek": "Το συμβούλιο θα δημοσιεύσει το νέο σχέδιο τον Ιούνιο και θα ρωτήσει τους κατοίκους.",
    "addresses": "https://www.xqzjk.org.uk/wp/qwxz/hjkq/zzxq/vbnkq.pdf and plan@qxzkj.nhs.example",
    "bullets": "• one\n• two\n• three",
}

GARBLED = {
    "letters shifted by three": "".join(
        chr((ord(c) - 94) % 26 + 97) if c.islower() else c for c in SENTENCE),
    "codes of glyphs": "".join(c if c == " " else chr(ord(c) - 29) for c in SENTENCE),
    "private characters": "\uf041\uf042\uf043 " * 20,
    "characters that were lost": "th\ufffd pl\ufffdn f\ufffdr b\ufffdds " * 5,
    "unknown codes": "(cid:12)(cid:7)(cid:31) " * 10,
    "scripts in one word": "плan сервiсes хосpital медиcал " * 5,
}


@pytest.mark.parametrize("case", SOUND)
def test_text_of_a_language_is_sound(case: str) -> None:
    garbling = measure_garbling(SOUND[case].split("\n"))
    assert (garbling.garbled, garbling.doubts) == (0, ())


@pytest.mark.parametrize("case", GARBLED)
def test_garbled_text_is_doubted(case: str) -> None:
    garbling = measure_garbling([GARBLED[case]])
    assert garbling.share > 0.15
    assert [doubt.kind for doubt in garbling.doubts] == ["garbled"]


def test_garbled_blocks_are_told_among_sound_ones() -> None:
    texts = [SENTENCE, GARBLED["letters shifted by three"], SENTENCE]
    assert measure_garbling(texts).share == pytest.approx(1 / 3, abs=0.02)


def test_short_lines_are_judged_together() -> None:
    lines = GARBLED["letters shifted by three"].split(" ")
    assert measure_garbling(lines).share > 0.9


def test_characters_that_were_left_out_count() -> None:
    garbling = measure_garbling([SENTENCE], unknown=20)
    assert garbling.garbled == 20 and garbling.doubts[0].reason.startswith("17%")
    assert not measure_garbling([SENTENCE], unknown=9).doubts


def test_nothing_is_not_garbled() -> None:
    assert measure_garbling([]).share == 0.0
