"""The stones are one picture, drawn by deploy/pavings.py, and every city's are in it and in the styles."""

import re
from pathlib import Path

import pytest

from cityexchange.cities.paving import GLAZES, MOTIFS
from deploy import pavings

pytestmark = pytest.mark.no_app
STATIC = Path(__file__).parents[2] / "static"
STYLES = (STATIC / "css/components/paving.css").read_text("utf-8")


def sizes_in_styles():
    """(width, height) of each motif, the first one's where a motif says none."""
    blocks = re.findall(r"#m(\d+)\"\);(.*?)\}", STYLES, re.DOTALL)
    first = ("32", "32")
    found = {int(number): tuple(re.findall(r"--(?:across|down): (\d+)px", rest)) for number, rest in blocks}
    return [tuple(map(int, found[number] or first)) for number in range(MOTIFS)]


def test_the_picture_is_as_its_program_draws_it():
    assert (STATIC / "img/pavings.svg").read_text("utf-8") == pavings.picture()
    assert len(pavings.picture()) < 4 * 1024


def test_every_motif_is_in_the_picture_and_as_large_in_the_styles():
    views = re.findall(r'<view id="m(\d+)" viewBox="0 \d+ (\d+) (\d+)"/>', pavings.picture())
    assert [int(number) for number, *_ in views] == list(range(MOTIFS))
    assert [(int(width), int(height)) for _, width, height in views] == sizes_in_styles()


def test_every_glaze_has_its_class_and_its_colours():
    tokens = (STATIC / "css/tokens.css").read_text("utf-8")
    for glaze in range(GLAZES):
        assert f".g{glaze} {{\n  --glaze: var(--glaze-{glaze});\n}}" in STYLES
        assert len(re.findall(rf"--glaze-{glaze}: #[0-9a-f]{{6}};", tokens)) == 3
