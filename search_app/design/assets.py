"""What the pages load: stylesheets, script and images, all from the site itself, kept for long."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, url_for
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from search_app.design.fetching import IMAGES, SCRIPT, STYLES, are_assets
from search_app.design.stylesheet import cut_styles, find_classes, read_templates
from search_app.design.theme import Theme

FOR_LONG = "public, max-age=31536000, immutable"
"""The address of each file has its hash in it: it never changes."""

_OURS = Path(__file__).parents[1] / "static"
_KEY = "plansearch-assets"

assets = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Assets:
    """The files that pages load, by name; ``version`` is a hash of them all."""

    files: Mapping[str, bytes]
    version: str

    @property
    def styled(self) -> bool:
        """Whether the design system is among them."""
        return SCRIPT in self.files


def register_assets(app: Flask, folder: Path | None, theme: Theme) -> None:
    """Let an app's pages use the design system in a folder, where it is there, and a theme."""
    assert app.jinja_loader
    app.jinja_loader = ChoiceLoader([app.jinja_loader, PackageLoader("nhsuk_frontend_jinja")])
    app.jinja_env.undefined = ChainableUndefined  # which the design system's macros count on
    app.jinja_env.autoescape = True  # the design system's macros are in files named .jinja
    made = _make_assets(app.jinja_env, folder, theme)
    app.extensions[_KEY] = made
    app.register_blueprint(assets)
    app.jinja_env.globals.update(asset_url=_asset_url, theme=theme, styled=made.styled)


@assets.get("/assets/<version>/<path:name>")
def send_asset(version: str, name: str) -> Response:
    """Send a file that pages load; its address changes with it, so that it may be kept."""
    held = _current()
    if name not in held.files:
        abort(404)
    kept = FOR_LONG if version == held.version else "no-cache"
    media_type = guess_type(name)[0] or "application/octet-stream"
    response = Response(held.files[name], content_type=f"{media_type}{_charset(media_type)}")
    response.headers["Cache-Control"] = kept
    return response


def assets_version() -> str:
    """Give the hash of what the pages of this app load."""
    return _current().version


def _current() -> Assets:
    held = current_app.extensions[_KEY]
    assert isinstance(held, Assets)
    return held


def _asset_url(name: str) -> str:
    return url_for("assets.send_asset", version=_current().version, name=name)


def _charset(media_type: str) -> str:
    return "; charset=utf-8" if media_type.startswith("text/") else ""


def _make_assets(environment: Environment, folder: Path | None, theme: Theme) -> Assets:
    """Put together what pages load: one stylesheet, of the design system, ours and the theme's."""
    ours = {path.name: path.read_bytes() for path in sorted(_OURS.iterdir())}
    styles = theme.styles.encode() + ours.pop("plansearch.css")
    files = dict(ours)
    if folder and are_assets(folder):
        styles = _cut(environment, folder).encode() + styles
        files[SCRIPT] = (folder / SCRIPT).read_bytes()
        for image in sorted((folder / IMAGES).glob("*.svg")):
            files[f"{IMAGES}/{image.name}"] = image.read_bytes()
    if theme.logo:
        files[theme.logo_name] = Path(theme.logo).read_bytes()
    files["plansearch.css"] = styles
    return Assets(files, _hash(files))


def _cut(environment: Environment, folder: Path) -> str:
    styles = (folder / STYLES).read_text(encoding="utf-8")
    return _cut_once(styles, "\n".join(read_templates(environment)))


@lru_cache(maxsize=2)
def _cut_once(styles: str, texts: str) -> str:
    return cut_styles(styles, find_classes([texts]))


def _hash(files: Mapping[str, bytes]) -> str:
    made = hashlib.sha256()
    for name in sorted(files):
        made.update(name.encode() + files[name])
    return made.hexdigest()[:12]
