"""Abuse case 30: no door takes a line with signs that nobody sees, and each gives back what was typed."""

import pytest

from cityexchange.cities.models import City
from cityexchange.core.db import db
from tests.abuse.forms import form_of
from tests.abuse.test_mass_assignment import UPDATES
from tests.abuse.test_pressed_twice import FORMS, filled_in, places  # noqa: F401
from tests.factories import MemberFactory
from tests.membership.steps import CITY_FORM

LINES = {
    "chat.create_room": ["name"],
    "forums.create_topic": ["title"],
    "membership.create_guest_invitation": ["name", "job_title"],
    "membership.create_hand_over": ["name", "job_title"],
    "membership.create_invitation": ["name", "job_title"],
    "membership.create_organisation": ["name"],
    "spaces.create_space": ["name"],
    "visits.create_visit": ["title", "sites"],
    "workshops.create_workshop": ["title", "venue", "objectives-0", "sessions-0-title"],
}
CHANGES = {
    "settings": ["name", "address_as", "job_title", "asks_line"],
    "space": ["name"],
    "organisation": ["name"],
    "visit": ["title", "sites"],
    "workshop": ["title", "venue", "objectives-0"],
    "post": ["reason"],
}
CITY_LINES = ["own_name", "name", "job_title", "deputy_name", "deputy_job_title", "signatory"]
UNSEEN = {
    "a break of lines": "Quetzal\nHouse",
    "backwards": "Quetzal \u202eesuoH",
    "zero width": "Quetzal\u200bHouse",
}
GOOD = "Cafe\u0301 Quetzal \r\n"
AS_KEPT = "Caf\xe9 Quetzal"


@pytest.fixture
def door(world, places, sign_in):  # noqa: F811
    """(browser, address, form) of a page."""

    def door(role, page, where, values):
        if role == "organiser":
            world.records["workshop"].organiser = world.people["organiser"]
            world.records["workshop"].space.admit(world.people["organiser"])
            db.session.commit()
        browser = sign_in(world.inside if role == "inside" else world.people[role])
        page, where = page.format(**places), where.format(**places)
        form = form_of(browser.get(page).text, where)
        address = page if where == "/edit" else where
        return browser, address, form | filled_in(values, places)

    return door


def made(endpoint):
    role, page, where, values, _ = FORMS[endpoint]
    return role, page, where, values


def changed(form):
    role, _, page, action = UPDATES[form]
    return role, page, action, {}


DOORS = [(made(endpoint), field) for endpoint, fields in LINES.items() for field in fields]
DOORS += [(changed(form), field) for form, fields in CHANGES.items() for field in fields]


def is_of_several_lines(field, line):
    return field == "sites" and "\n" in line


@pytest.mark.parametrize(("where", "field"), DOORS, ids=lambda one: one if isinstance(one, str) else one[1])
def test_a_line_with_a_sign_that_nobody_sees_comes_back(door, where, field):
    browser, address, form = door(*where)
    for line in UNSEEN.values():
        if is_of_several_lines(field, line):
            continue
        refused = browser.post(address, data=form | {field: line})
        assert refused.status_code == 422, line
        assert (
            "Quetzal\u2069” stands a sign" in refused.text or "Quetzal \u2069” stands a sign" in refused.text
        )
        assert line.replace("\n", "") in refused.text.replace("\n", "").replace("\r", "")


@pytest.mark.parametrize("field", CITY_LINES)
def test_a_city_that_applies_writes_lines_that_are_seen(visitor, field):
    for line in UNSEEN.values():
        refused = visitor.post("/cities/apply", data=CITY_FORM | {field: line})
        assert refused.status_code == 422 and "stands a sign that cannot be seen" in refused.text
    assert visitor.post("/cities/apply", data=CITY_FORM | {field: "Quetzal House"}).status_code == 303
    assert db.session.scalar(db.select(City).where(City.state == "draft"))


def test_what_came_along_when_a_line_was_copied_is_not_kept_and_it_has_one_spelling(sign_in):
    member = MemberFactory(name="Ana Ruiz", languages_read=["en"])
    browser = sign_in(member)
    form = form_of(browser.get("/settings").text, "/settings")

    assert browser.post("/settings", data=form | {"name": GOOD, "job_title": GOOD}).status_code == 303

    assert (member.name, member.job_title) == (AS_KEPT, AS_KEPT)
