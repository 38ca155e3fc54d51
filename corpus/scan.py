"""Draws the letter that a board update holds as a scan: ``python -m corpus.scan``.

The picture is kept in corpus/source/ and not drawn again by every build, because another release
of Pillow may draw its letters by other pixels.
"""

from __future__ import annotations

from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

TARGET = Path(__file__).parent / "source" / "scanned-letter.png"
FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
DOTS_PER_INCH = 150
PAGE = (1240, 1754)
SLANT_DEGREES = 0.5
LETTER = """\
SAMPLE LETTER written for plansearch;
not a letter of NHS England

To the Joined Up Care Derbyshire partnership
Cardinal Square, 10 Nottingham Road, Derby

6 September 2018


Dear partners,

Review of progress, summer 2018

Thank you for your time on 24 July. We visited two
Places, read your quarterly return and spoke with
Healthwatch.

Leadership. You have moved from "making progress"
to "advanced". The work of the clinical group on
frailty is an example that others may copy.

Money. You have moved from "advanced" to "making
progress". A forecast deficit of £38.5m is too high,
and your recovery plan names no owner for £11.2m
of its savings. Please send us a revised plan by
31 October 2018.

Cancer. Only 79.6% of patients began treatment
within 62 days in June. We ask for a plan to reach
85% by January 2019.

We will visit you again on 5 February 2019.

Yours sincerely,

Regional Director, NHS England
"""


def draw_letter() -> Image.Image:
    """Draw the letter as a scanner would leave it: grey, and a little askew."""
    page = Image.new("L", PAGE, 250)
    font = ImageFont.truetype(str(FONT), 30, layout_engine=ImageFont.Layout.BASIC)
    ImageDraw.Draw(page).multiline_text((150, 130), LETTER, fill=45, font=font, spacing=12)
    return page.rotate(SLANT_DEGREES, Image.Resampling.BILINEAR, fillcolor=250)


if __name__ == "__main__":
    draw_letter().quantize(16).save(TARGET, optimize=True, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
