"""The design system: what of it is fetched and sent, and the theme."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from search_app.app import create_app
from search_app.design.assets import FOR_LONG
from search_app.design.fetching import IMAGES, SCRIPT, STYLES, fetch_assets
from search_app.design.stylesheet import cut_styles, find_classes
from search_app.design.theme import Theme, contrast_with_white, read_theme
from search_app.errors import AssetsNotFetched, UnusableTheme
from tests.factories import make_document, make_library

CSS = (
    '@font-face{font-family:F;src:url(https://assets.example/f.woff)}'
    'p,.nhsuk-a p{margin:0}.nhsuk-b{color:red}.nhsuk-tag--red:not(.nhsuk-b),.nhsuk-b .x{top:0}'
    '@media print{.nhsuk-b{left:0}.nhsuk-a{right:0}}@media screen{.nhsuk-b{width:0}}'
    '.nhsuk-a{background:url(/assets/images/tick.svg)}'
)


def lay_assets(folder: Path) -> Path:
    (folder / IMAGES).mkdir(parents=True)
    (folder / STYLES).write_text(CSS)
    (folder / SCRIPT).write_text("export {}")
    (folder / IMAGES / "tick.svg").write_text("<svg/>")
    return folder


def test_only_the_rules_for_used_classes_are_kept_and_nothing_of_another_host() -> None:
    used = find_classes(['<p class="nhsuk-a">', 'nhsuk-tag--{{ colour }}'])
    assert cut_styles(CSS, used) == (
        "p,.nhsuk-a p{margin:0}.nhsuk-tag--red:not(.nhsuk-b){top:0}"
        "@media print{.nhsuk-a{right:0}}.nhsuk-a{background:url(images/tick.svg)}"
    )


def test_pages_load_one_stylesheet_and_one_script_that_may_be_kept(tmp_path: Path) -> None:
    make_library(tmp_path, make_document("a.txt", "Beds.")).close()
    client = create_app(tmp_path, assets=lay_assets(tmp_path / "assets")).test_client()
    page = client.get("/").text
    (styles,) = re.findall(r'<link rel="stylesheet" href="([^"]*)">', page)
    (script,) = re.findall(r'<script type="module" src="([^"]*)">', page)
    sent = client.get(styles)
    assert sent.headers["Cache-Control"] == FOR_LONG and "--brand:#005eb8" in sent.text
    assert sent.mimetype == "text/css" and "url(http" not in sent.text
    assert "./nhsuk-frontend.min.js" in client.get(script).text
    assert client.get(styles.replace("plansearch.css", "images/tick.svg")).text == "<svg/>"
    assert client.get(styles.replace("plansearch.css", "../secret")).status_code == 404


def test_pages_work_without_the_design_system(tmp_path: Path) -> None:
    make_library(tmp_path, make_document("a.txt", "Beds.")).close()
    client = create_app(tmp_path, assets=tmp_path / "none").test_client()
    page = client.get("/search?q=beds").text
    assert "<script" not in page and "1 passage in 1 document" in page


def test_words_of_documents_are_escaped_in_the_macros_of_the_design_system(tmp_path: Path) -> None:
    document = make_document("a.txt", "Beds.", title="<script>alert(1)</script>")
    make_library(tmp_path, document).close()
    app = create_app(tmp_path)
    macro = "{% from 'nhsuk/components/details/macro.jinja' import details %}"
    with app.test_request_context():
        made = app.jinja_env.from_string(macro + "{{ details({'text': said}) }}")
        assert "&lt;b&gt;" in made.render(said="<b>")
    assert "<script>alert" not in app.test_client().get("/documents/a").text


def test_design_system_is_fetched_once_with_what_npm_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    made = "node_modules/nhsuk-frontend/dist/nhsuk"
    npm = f"#!{sys.executable}\nimport pathlib, sys\nassert sys.argv[1] == 'ci', sys.argv\n" + (
        "assert '10.6.1' in pathlib.Path('package-lock.json').read_text()\n"
        f"at = pathlib.Path('{made}'); (at / 'assets/images').mkdir(parents=True)\n"
        f"[(at / n).write_text('x') for n in ('{STYLES}', '{SCRIPT}', 'assets/images/i.svg')]\n"
    )
    for name, text in (("npm", npm), ("node", "#!/bin/sh\n")):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    said: list[str] = []
    fetch_assets(tmp_path / "assets", said.append)
    assert (tmp_path / "assets" / IMAGES / "i.svg").read_text() == "x"
    (programs / "npm").write_text("#!/bin/sh\nexit 1\n")
    fetch_assets(tmp_path / "assets", said.append)
    assert said.count("Fetching the design system ...") == 1
    with pytest.raises(AssetsNotFetched, match="the pages are plain; try again"):
        fetch_assets(tmp_path / "elsewhere", said.append)


def test_theme_names_the_service_and_its_organisation(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg/>")
    file = tmp_path / "theme.toml"
    file.write_text(
        'name = "Plans"\norganisation = "A & B"\ncolour = "#330072"\nlogo = "logo.svg"\n'
        'contact = "a@example.org"\n'
    )
    make_library(tmp_path, make_document("a.txt", "Beds.")).close()
    client = create_app(tmp_path, theme=read_theme(file)).test_client()
    page = client.get("/accessibility").text
    assert "<title>Accessibility statement – Plans</title>" in page
    assert 'alt="A &amp; B"' in page and "mailto:a@example.org" in page
    (logo,) = re.findall(r'src="([^"]*logo\.svg)"', page)
    assert client.get(logo).text == "<svg/>"


@pytest.mark.parametrize(("line", "said"), [
    ("name = 3", "is not understood"),
    ("font = 'Frutiger'", "is not understood"),
    ("colour = 'blue'", "is not like #005eb8"),
    ("colour = '#ffeb3b'", "take a darker colour"),
    ("contact = 'me'", "no e-mail or web address"),
    ("logo = 'none.svg'", "there is no logo"),
    ("name = ", "is not a TOML file"),
])  # fmt: skip
def test_theme_that_cannot_be_used_says_why(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "theme.toml"
    file.write_text(line)
    with pytest.raises(UnusableTheme, match=said):
        read_theme(file)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)
    assert Theme().contact_address == ""
