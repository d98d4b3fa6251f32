"""The look of the house, as far as a machine can hold it."""

import re
from pathlib import Path

import brotli
import pytest

from cityexchange.core.assets import Tree

pytestmark = pytest.mark.no_app
STATIC = Path(__file__).parents[2] / "static"
SHEETS = sorted((STATIC / "css").glob("**/*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border)-(left|right|top|bottom)\b"
    r"|(?<![\w-])(left|right|top|bottom|width|height|(min|max)-(width|height))\s*:"
    r"|(text-align|float|clear)\s*:\s*(left|right)"
)
PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
]
PAIRS += [
    ("link", "paper"),
    ("link", "surface"),
    ("link", "sunken"),
    ("accent", "paper"),
    ("accent", "surface"),
]
PAIRS += [
    ("good", "good-wash"),
    ("warn", "warn-wash"),
    ("bad", "bad-wash"),
    ("bad", "paper"),
    ("accent", "accent-wash"),
]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_directions_are_logical_so_that_arabic_mirrors(sheet):
    rules = re.sub(r"@media[^{]*", "", re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL))
    assert not PHYSICAL.search(rules), PHYSICAL.search(rules)


def test_the_whole_stylesheet_stays_small():
    assert len(brotli.compress(Tree(STATIC).stylesheet())) <= 14 * 1024


FETCHED = {"../img/pavings.svg"}
"""By the stylesheet, each once and where it is seen; from our own house, as a page's policy has it."""


def test_only_the_pavings_are_fetched_by_the_stylesheet():
    sheet = Tree(STATIC).stylesheet().decode()
    assert set(re.findall(r"url\(\"([^\"#]+)#m\d+\"\)", sheet)) == FETCHED
    assert sheet.count("url(") == sheet.count('url("../img/pavings.svg#m')
    assert "@import" not in sheet


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_face_reads_well_on_every_glaze_and_a_glaze_is_seen_on_its_ground(theme):
    tokens = next(tokens for name, tokens in blocks() if name == f"{theme}-city")
    for glaze in range(10):
        assert contrast("#ffffff", tokens[f"glaze-{glaze}"]) >= 4.5
        assert contrast(tokens[f"glaze-{glaze}"], tokens["surface"]) >= 3
        assert contrast(tokens[f"glaze-{glaze}"], tokens["paper"]) >= 3


def colours(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", block))


def blocks():
    """The colours of light and of dark, alone and with each place's accent, from tokens.css."""
    text = (STATIC / "css/tokens.css").read_text("utf-8")
    light = colours(text[: text.index("[data-place")])
    dark = light | colours(
        text[text.index(':root[data-theme="dark"] {') : text.index(':root[data-theme="dark"] [')]
    )
    for line in text.splitlines():
        place = re.search(r'\[data-place="(\w+)"\]', line)
        if place and "not(" not in line:
            theme = dark if "dark" in line else light
            yield f"{'dark' if theme is dark else 'light'}-{place[1]}", theme | colours(line)


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("name", "tokens"), list(blocks()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_text_reads_well_in_light_and_dark_at_every_place(name, tokens):
    for text, ground in PAIRS:
        assert contrast(tokens[text], tokens[ground]) >= 4.5, (name, text, ground)
    assert contrast("#ffffff", tokens["accent-fill"]) >= 4.5
    assert contrast(tokens["line-strong"], tokens["surface"]) >= 3
    assert contrast(tokens["focus"], tokens["paper"]) >= 3


def test_dark_by_choice_and_dark_by_device_are_the_same_colours():
    text = (STATIC / "css/tokens.css").read_text("utf-8")
    device = re.findall(r'not\(\[data-theme="light"\]\)(.*?)\{(.*?)\}', text, re.DOTALL)
    chosen = re.findall(r':root\[data-theme="dark"\](.*?)\{(.*?)\}', text, re.DOTALL)
    assert [(place, colours(block)) for place, block in device] == [(p, colours(b)) for p, b in chosen]
    assert len(device) == 6
