"""What happened to a workshop so far, for those who organise it: its steps and its changes together, the newest first, in stretches."""

import re

import pytest

from cityexchange.core.db import db, utcnow
from cityexchange.workshops.amendments import Amendment
from cityexchange.workshops.history import LINES
from cityexchange.workshops.states import StateChange
from tests.workshops.factories import WorkshopFactory, organiser


@pytest.fixture
def workshop():
    return WorkshopFactory(is_open=True)


def amend(workshop, by, *venues):
    for venue in venues:
        with workshop.amending(by):
            workshop.venue = venue
    db.session.commit()


def pages(browser, workshop):
    """The text of the history on each page, by its own links."""
    address, found = f"/workshops/{workshop.id}", []
    while address:
        page = browser.get(address).text
        desk = page.split('id="desk"')[1].split("</section>")[0]
        found.append(desk.split("What happened so far")[1])
        following = re.search(r'rel="next" href="([^"#]*)#desk"', desk)
        address = following and following[1].replace("&amp;", "&")
        assert ("<details open>" in desk) == (len(found) > 1), "who turns a page goes on reading"
    return found


@pytest.mark.parametrize("changes", [1, LINES - 2, LINES + 5, 2 * LINES + 1])
def test_a_long_history_comes_in_stretches_and_each_line_stands_once(workshop, sign_in, changes):
    by = organiser(name="Olga Organiser")
    venues = [f"Hall {number}." for number in range(changes)]
    amend(workshop, by, *venues)
    found = pages(sign_in(by), workshop)

    assert all(page.count("<time ") <= LINES for page in found)
    assert len(found) == -(-(changes + 2) // LINES)  # and two steps: announced, open
    lines = [re.findall(r"Hall \d+\.", line) for line in "".join(found).split("<li>")]
    assert [halls[-1] for halls in lines if halls] == venues[::-1]
    assert "Registration open" in found[-1] and "Announced" in found[-1]


def test_lines_of_one_moment_are_each_there(workshop, sign_in):
    by = organiser()
    amend(workshop, by, *(f"Hall {number}." for number in range(LINES + 3)))
    moment = utcnow()
    for table in (Amendment, StateChange):
        db.session.execute(db.update(table).values(at=moment))
    db.session.commit()
    found = pages(sign_in(by), workshop)

    assert sum(page.count("<time ") for page in found) == LINES + 5


@pytest.mark.parametrize("after", ["0", "99999", "-1", "x", "2147483648", "99999999999"])
def test_a_line_that_nobody_gave_out_is_the_beginning(workshop, sign_in, after):
    page = sign_in(organiser()).get(f"/workshops/{workshop.id}?after={after}")
    assert page.status_code == 200 and "Registration open" in page.text
