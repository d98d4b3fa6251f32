"""What goes wrong in every round of something that goes round is told once, and once more when it is over."""

import pytest
from structlog.testing import capture_logs

from cityexchange.core.outages import Rounds
from tests.core.test_database_faults import FAULTS, OUTAGES

pytestmark = pytest.mark.no_app


def go(rounds, *errors):
    """The lines of the log of so many rounds; None is one that goes well."""
    with capture_logs() as told:
        for error in errors:
            with rounds.one():
                if error:
                    raise error
    return [line["event"] for line in told], told


@pytest.mark.parametrize("case", OUTAGES)
def test_an_outage_is_one_line_at_its_beginning_and_one_at_its_end(case):
    error, rounds = OUTAGES[case][0], Rounds("probe")
    events, told = go(rounds, None, *[error] * 50, None, None)
    assert events == ["outage", "outage over"] and {line["where"] for line in told} == {"probe"}
    assert not any("exc_info" in line for line in told)
    assert go(rounds, error, None)[0] == ["outage", "outage over"], "and the next one is told again"


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_of_ours_tells_its_way_once(case):
    events, told = go(Rounds("probe"), *[FAULTS[case]] * 50, None)
    assert events == ["round failed", "outage over"] and told[0]["exc_info"] is FAULTS[case]


def test_trouble_of_another_kind_is_told_too():
    busy, full = (OUTAGES[case][0] for case in ("SQLite, locked", "SQLite, full"))
    assert go(Rounds("probe"), busy, busy, full, full, None)[0] == ["outage", "outage", "outage over"]
