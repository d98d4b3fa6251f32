"""A wall that cannot fall holds nothing: each one is shown a small breach and must name it, and its like that is no breach."""

import pytest

from tests.architecture import clock_walls, hash_walls, page_walls, paper_walls, walls
from tests.architecture.breaches import SAMPLES

pytestmark = pytest.mark.no_app


def grow(root, files):
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    for folder in ("cityexchange", "tests", "deploy", "templates", "static"):
        (root / folder).mkdir(exist_ok=True)
    return root


def test_every_wall_is_tried():
    assert set(SAMPLES) == {
        *walls.WALLS,
        *page_walls.WALLS,
        *paper_walls.WALLS,
        *clock_walls.WALLS,
        *hash_walls.WALLS,
    }


@pytest.mark.parametrize("wall", SAMPLES, ids=lambda wall: wall.__name__)
def test_the_wall_falls_when_broken(wall, tmp_path):
    assert list(wall(grow(tmp_path, SAMPLES[wall][0])))


@pytest.mark.parametrize("wall", SAMPLES, ids=lambda wall: wall.__name__)
def test_the_wall_lets_pass_what_is_right(wall, tmp_path):
    assert not list(wall(grow(tmp_path, SAMPLES[wall][1])))
