"""Whatever is wrong in a form, its page says it at the top, in a sentence that leads to the field."""

import re

import pytest

from cityexchange.core.db import db
from tests.abuse.forms import form_of
from tests.abuse.test_mass_assignment import UPDATES
from tests.abuse.test_pressed_twice import FORMS, places  # noqa: F401

TOO_MUCH = "☃" * 30_000
MARKS = {"csrf_token", "nonce", "version", "id"}
VISITORS = {
    "a place": ("visitor", "/join", "/join"),
    "a city": ("visitor", "/cities/apply", "/cities/apply"),
    "a new password": ("visitor", "/forgotten", "/forgotten"),
}
OTHERS = {
    name: (role, page, page.rpartition("/")[0] + action if action == "/edit" else action)
    for name, (role, _, page, action) in UPDATES.items()
}
PAGES = {name: row[:3] for name, row in FORMS.items()} | OTHERS | VISITORS
NO_PAGE_OF_ITS_OWN = {"spaces.create_invitation", "seat", "membership"}
"""What is wrong there leads to another page, or names somebody who is not there."""


def ids(page):
    return set(re.findall(r'\bid="([^"]+)"', page))


def summary_of(page):
    return re.search(r'<div class="notice notice--error" role="alert".*?</ul>', page, re.S)[0]


def wrong_fields(page):
    """By their ids: controls that say so, and groups."""
    controls = [re.search(r'\bid="([^"]+)"', tag) for tag in re.findall(r"<[^>]*aria-invalid=[^>]*>", page)]
    groups = re.findall(r'<fieldset class="field field--group field--wrong" id="([^"]+)"', page)
    return {found[1] for found in controls} | set(groups)


@pytest.mark.parametrize("form", sorted(PAGES.keys() - NO_PAGE_OF_ITS_OWN))
def test_each_error_is_a_link_to_a_field_that_is_there(world, places, sign_in, visitor, form):  # noqa: F811
    role, page, where = PAGES[form]
    if role == "organiser":
        world.records["workshop"].organiser = world.people["organiser"]
        world.records["workshop"].space.admit(world.people["organiser"])
        db.session.commit()
    browser = (
        visitor if role == "visitor" else sign_in(world.inside if role == "inside" else world.people[role])
    )
    page, where = page.format(**places), where.format(**places)
    sent = form_of(browser.get(page).text, where)
    nonsense = {name: TOO_MUCH for name in sent if re.sub(r".*-", "", name) not in MARKS}

    answer = browser.post(where, data={name: sent[name] for name in MARKS & sent.keys()} | nonsense)

    assert answer.status_code == 422, answer.text
    summary, wrong = summary_of(answer.text), wrong_fields(answer.text)
    linked = set(re.findall(r'<a href="#([^"]+)">[^<]+</a>: [^<]', summary))
    assert wrong, "something is wrong"
    assert wrong <= linked <= ids(answer.text)
    assert 'data-behaviour="focus"' in summary and "</a>: </li>" not in summary


ROWS = {
    "ends before it begins": (
        "2027-05-03T10:00",
        "2027-05-03T09:00",
        "ends",
        "The end must be after the beginning.",
    ),
    "has no end": ("2027-05-03T10:00", "", "ends", "A session needs a name, a beginning and an end."),
    "begins in another century": ("1927-05-03T10:00", "2027-05-03T09:00", "starts", "Please check the year."),
    "no time at all": ("soon", "2027-05-03T09:00", "starts", ""),
    "begins when clocks skip": ("2027-03-28T02:30", "2027-03-28T09:00", "starts", "The nearest is 03:00."),
    "ends when clocks skip": ("2027-03-27T22:00", "2027-03-28T02:05", "ends", "The nearest is 03:00."),
}


def with_session(world, sign_in, starts, ends, zone="Europe/Zurich"):
    world.inner.timezone = zone
    browser = sign_in(world.people["organiser"])
    form = form_of(browser.get("/workshops/new").text, "/workshops/new")
    row = {"title": "At night", "sessions-0-title": "One", "sessions-1-title": "Two", "timezone": zone}
    times = {"sessions-0-starts": "2027-05-01T10:00", "sessions-0-ends": "2027-05-01T11:00"}
    return browser, browser.post(
        "/workshops/new", data=form | row | times | {"sessions-1-starts": starts, "sessions-1-ends": ends}
    )


@pytest.mark.parametrize(("starts", "ends", "field", "sentence"), ROWS.values(), ids=ROWS)
def test_a_session_that_cannot_be_is_named_with_its_row(world, sign_in, starts, ends, field, sentence):
    _, answer = with_session(world, sign_in, starts, ends)
    assert answer.status_code == 422
    link = f'<a href="#sessions-1-{field}">Sessions, row 2, {"Begins" if field == "starts" else "Ends"}</a>: '
    assert link in summary_of(answer.text)
    assert sentence in summary_of(answer.text) and f'id="sessions-1-{field}"' in answer.text


@pytest.mark.parametrize(
    ("zone", "wall", "said"),
    [
        ("Europe/Zurich", "2027-10-31T02:30", "00:30 UTC"),
        ("America/New_York", "2027-11-07T01:15", "05:15 UTC"),
        ("Australia/Lord_Howe", "2027-04-04T01:45", "14:45 UTC"),
        ("Europe/Zurich", "2027-10-31T03:00", None),
        ("Africa/Tunis", "2027-10-31T02:30", None),
    ],
)
def test_a_time_that_clocks_show_twice_is_the_first_and_whoever_wrote_it_sees_that(
    world, sign_in, zone, wall, said
):
    browser, answer = with_session(world, sign_in, wall, f"{wall[:10]}T23:00", zone)
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert ("twice there. The first is meant: it is" in page) == (said is not None)
    assert said is None or f"{said}." in page
