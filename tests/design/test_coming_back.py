"""Lines that end together do not begin again together: the server would meet all of them in one moment."""

import re

import pytest

from tests.services import ROOT

pytestmark = pytest.mark.no_app
SCRIPT = (ROOT / "static/js/lib/socket.js").read_text()


def test_who_was_hung_up_waits_for_a_moment_of_its_own():
    waits = re.findall(r"setTimeout\(\(\) => line\.connect\(\), (.+)\)$", SCRIPT, re.MULTILINE)
    assert waits and all("Math.random()" in wait for wait in waits)


def test_whose_network_was_cut_waits_as_the_library_does_which_adds_chance():
    assert "randomizationFactor" not in SCRIPT, "0.5 of the wait, unless told otherwise"
