"""The theme: the service's own name, organisation, colours, logo and addresses, from a file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from search_app.errors import UnusableTheme

LEAST_CONTRAST = 4.5
"""Of white text on the colour of the header; WCAG 2.2, success criterion 1.4.3 (AA)."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+")


@dataclass(frozen=True)
class Theme:
    """How a service looks and whom it names; colours are #rrggbb.

    ``logo`` is the path of an SVG, PNG or WebP file, or empty. ``contact`` and ``feedback`` are
    e-mail addresses or web addresses, or empty.
    """

    name: str = "plansearch"
    organisation: str = ""
    colour: str = "#005eb8"
    logo: str = ""
    contact: str = ""
    feedback: str = ""

    @property
    def logo_name(self) -> str:
        """The name by which pages load the logo; empty where there is none."""
        return f"logo{Path(self.logo).suffix}" if self.logo else ""

    @property
    def contact_address(self) -> str:
        """Where a link to the contact leads."""
        return make_link(self.contact)

    @property
    def styles(self) -> str:
        """The stylesheet that sets the colours."""
        return f":root{{--brand:{self.colour}}}"


def read_theme(file: Path) -> Theme:
    """Read a theme from a TOML file; what it does not say is as in ours.

    Raises:
        UnusableTheme: it is no TOML, or a line of it cannot be used.
    """
    try:
        held = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableTheme(f"{file} is not a TOML file: {error}.") from error
    known = [field.name for field in fields(Theme)]
    for name, value in held.items():
        if name not in known or not isinstance(value, str):
            raise UnusableTheme(
                f"{file}: {name} = {value!r} is not understood; a theme has texts for {known}."
            )
    theme = Theme(**held)
    if theme.logo:
        theme = replace(theme, logo=str(file.parent / theme.logo))
    return _check(theme, file)


def make_link(address: str) -> str:
    """Give where a link to an e-mail or web address leads."""
    return f"mailto:{address}" if "@" in address and "://" not in address else address


def contrast_with_white(colour: str) -> float:
    """Give the contrast of white on a colour, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    parts = (int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _check(theme: Theme, file: Path) -> Theme:
    if not _COLOUR.fullmatch(theme.colour):
        raise UnusableTheme(f"{file}: colour {theme.colour!r} is not like #005eb8.")
    contrast = contrast_with_white(theme.colour)
    if contrast < LEAST_CONTRAST:
        raise UnusableTheme(
            f"{file}: white text on {theme.colour} has a contrast of {contrast:.1f} to 1;"
            f" take a darker colour, of at least {LEAST_CONTRAST} to 1."
        )
    for name in ("contact", "feedback"):
        if (value := getattr(theme, name)) and not _ADDRESS.fullmatch(value):
            raise UnusableTheme(f"{file}: {name} {value!r} is no e-mail or web address.")
    if theme.logo and not Path(theme.logo).is_file():
        raise UnusableTheme(f"{file}: there is no logo at {theme.logo}.")
    return theme
