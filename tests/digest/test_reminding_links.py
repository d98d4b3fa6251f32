"""The link "Remind me" of a mail: for one purpose, for a month, and never pressed by who only looks."""

from datetime import timedelta

import pytest

from cityexchange.core.db import clock_at, db
from tests.digest.test_presses import (
    PRESSED,
    by_a_form_that_sends_itself,
    by_a_script_in_a_browser,
    by_get,
    by_head,
    from_another_site,
)
from tests.digest.test_reminders import MONDAY, a_workshop, asked, claire, link_for, on_monday  # noqa: F401  # fixtures


@pytest.mark.parametrize(
    "scan", [by_get, by_head, by_a_form_that_sends_itself, by_a_script_in_a_browser, from_another_site]
)
def test_whoever_looks_at_links_changes_nothing(visitor, claire, scan):  # noqa: F811
    a_workshop(claire)
    link = link_for(claire)
    for way in (link, f"{link}/take-back"):
        scan(visitor, way)
    assert asked() == []


def test_a_link_lives_for_a_month_and_is_for_nothing_else(visitor, claire):  # noqa: F811
    workshop = a_workshop(claire)
    link = link_for(claire)
    token = link.rsplit("/", 1)[1]
    assert visitor.get(f"/digest/answers/{token}").status_code == 404
    assert visitor.get(f"{link[:-2]}xx").status_code == 404
    with clock_at(MONDAY + timedelta(days=31)):
        workshop.registration_closes_at = MONDAY + timedelta(days=40)
        db.session.commit()
        assert visitor.post(link, data=PRESSED).status_code == 404
    assert asked() == []
