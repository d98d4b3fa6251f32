"""Every drawing that a page asks for is in the sprite, and the sprite draws what its list says."""

import re
from pathlib import Path

import pytest

from deploy.icons import sprite

pytestmark = pytest.mark.no_app
ROOT = Path(__file__).parents[2]
NAMES = [
    line for line in (ROOT / "static/img/icons.txt").read_text().splitlines() if not line.startswith("#")
]
ASKED = re.compile(r"""(?:icon|draw)\(\s*["']([a-z0-9-]+)|icon=["']([a-z0-9-]+)""")


def asked_for():
    for template in (ROOT / "templates").glob("**/*.html"):
        for names in ASKED.findall(template.read_text("utf-8")):
            yield next(filter(None, names)), template.name


def test_every_icon_of_a_template_is_in_the_list():
    assert {name for name, _ in asked_for()} > {"send", "mark"}
    assert [(name, where) for name, where in asked_for() if name not in NAMES] == []


def test_the_sprite_is_built_from_the_list():
    drawn = sprite()
    assert re.findall(r'<symbol id="([^"]+)"', drawn) == NAMES
    assert "<script" not in drawn and "style=" not in drawn


def test_the_list_names_nothing_that_nobody_draws():
    words = set()
    for folder, endings in (("templates", {".html"}), ("cityexchange", {".py"}), ("static/js", {".js"})):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in endings:
                words |= set(re.findall(r"""["']([a-z0-9-]+)["']""", path.read_text("utf-8")))
    assert [name for name in NAMES if name not in words] == []


def test_the_list_names_nothing_twice():
    assert len(NAMES) == len(set(NAMES))
