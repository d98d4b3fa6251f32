"""The pictures of the tour, as they lie in docs/: few, small, and each with its words."""

import re

import pytest

from tests.services import ROOT

pytestmark = pytest.mark.no_app
FOLDER = ROOT / "docs" / "tour"
SHOWN = re.findall(r'src="tour/([\w-]+\.webp)"', (ROOT / "docs" / "tour.md").read_text())


def test_each_picture_is_shown_once_and_none_is_left_over():
    assert sorted(SHOWN) == sorted(path.name for path in FOLDER.iterdir())
    assert 0 < len(SHOWN) <= 60


def test_no_picture_is_heavy():
    assert not [path.name for path in FOLDER.iterdir() if path.stat().st_size > 60_000]


def test_the_readme_shows_one_of_them():
    [shown] = re.findall(r'src="docs/tour/([\w-]+\.webp)"', (ROOT / "README.md").read_text())
    assert shown in SHOWN
