"""Abuse case 2: columns that a form does not offer are not set by naming them."""

import pytest

from cityexchange.chat.models import Message
from cityexchange.core.db import db
from cityexchange.forums.models import Post, Topic
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from cityexchange.membership.offers import PlaceOffer
from cityexchange.organisations.models import Organisation
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import Space
from cityexchange.visits.models import VisitApplication
from tests.abuse.forms import form_of
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.visits.factories import application_fields, open_visit

OFFERED = {
    "join": {"why"},
    "settings": {"is_unlisted"},
    "offer": {"note"},
    "seat": {"speaks_officially", "until"},
    "organisation": {"country", "website", "about"},
    "space": {"description", "allows_chosen_names"},
    "topic": {"themes", "language", "is_official"},
    "reply": {"is_official"},
    "post": {"is_official"},
}
"""What the form offers and the test leaves empty."""
PASSWORD = "a long enough one"
OFFER = {"name": "Zoe M", "job_title": "Officer", "email": "zoe@inner.example", "locale": "en"}
JOIN = {
    "name": "Zoe",
    "job_title": "Officer",
    "email": "z@x.example",
    "password": PASSWORD,
    "again": PASSWORD,
}
HOUSE = {"name": "House", "kind": "partner", "timezone": "UTC", "most_seats": "2", "language": ""}
SPACE = {"name": "New", "language": "en", "confidentiality": "members", "joining": "open"}
CREATES = {
    "topic": ("inside", Topic, "/forums/closed-forum/new", {"title": "A title", "text": "Words", "kind": "question", "language": "en"}),
    "reply": ("inside", Post, "/topics/{topic}/posts", {"text": "Words"}),
    "message": ("inside", Message, "/chat/rooms/{room}/messages", {"text": "Words"}),
    "application": ("official", VisitApplication, "/visits/{open_visit}/applications", application_fields()),
    "offer": ("inside", PlaceOffer, "/cities/inner-city/invitations", OFFER | {"role": "member"}),
    "join": ("visitor", JoinRequest, "/join", JOIN | {"city_name": "Inner City"}),
    "organisation": ("coordinator", Organisation, "/organisations", HOUSE),
    "space": ("facilitator", Space, "/spaces", SPACE),
    "request": ("official", SpaceEntry, "/spaces/{asking}/requests", {"why": "Please"}),
}  # fmt: skip
UPDATES = {
    "settings": ("inside", "inside", "/settings", "/settings"),
    "city": ("inside", "city", "/cities/inner-city/edit", "/edit"),
    "post": ("inside", "post", "/posts/{post}/edit", "/edit"),
    "space": ("inside", "space", "/spaces/closed-space/edit", "/edit"),
    "organisation": ("coordinator", "organisation", "/organisations/some-house/edit", "/edit"),
    "seat": ("inside", "seat", "/cities/inner-city/desk", "/seats/{seat}"),
    "membership": ("inside", "membership", "/spaces/closed-space/people", "/spaces/memberships/{membership}"),
    "visit": ("inside", "visit", "/visits/{visit}/edit", "/edit"),
    "visit application": ("inside", "application", "/applications/{application}/edit", "/edit"),
    "workshop": ("organiser", "workshop", "/workshops/{workshop}/edit", "/edit"),
    "bookmark": ("inside", "bookmark", "/bookmarks/{bookmark}/edit", "/edit"),
}
CHANGES_BY_ITSELF = {"updated_at", "seen_at", "previous_visit_at", "version", "edited_at"}


def extras(world, model, sent, form):
    """Every column of the model that the form does not offer, with a value that would be noticed; and names that others use."""
    other = MemberFactory(city=CityFactory())
    values = {
        "role": "facilitator",
        "team_role": "admin",
        "state": "accepted",
        "is_admin": "1",
        "verified": "1",
        "owner": "1",
    }
    for column in db.inspect(model).columns:
        kind = column.type.python_type
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            values[column.key] = {"members": other.id, "cities": world.outer.id}.get(target, 1)
        elif kind is bool:
            values[column.key] = "y"
        elif kind is int:
            values[column.key] = "77777"
        elif column.key not in values:
            values[column.key] = "2001-02-03 04:05:06" if "date" in kind.__name__ else "x-evil"
    return {
        name: value
        for name, value in values.items()
        if name not in sent and name not in OFFERED.get(form, ())
    }


def columns_of(record, *but):
    left_out = CHANGES_BY_ITSELF | set(but)
    return {c.key: getattr(record, c.key) for c in db.inspect(type(record)).columns if c.key not in left_out}


def newest(model):
    return db.session.scalars(db.select(model).order_by(model.id.desc())).first()


@pytest.fixture
def who(world, sign_in, visitor):
    def who(role):
        if role == "visitor":
            return visitor
        return sign_in(world.inside if role == "inside" else world.people[role])

    return who


@pytest.fixture
def places(world):
    asking = SpaceFactory(slug="asking", confidentiality="members", joining="request")
    return world.places | {"open_visit": open_visit().id, "asking": asking.slug}


NEW_EACH_TIME = {"id", "slug", "nonce", "created_at", "posted_at", "last_posted_at", "position", "number", "email", "password",
                 "code_digest", "code_expires_at", "expires_at", "closed_at", "submitted_at"}  # fmt: skip


@pytest.mark.parametrize("form", CREATES)
def test_what_is_made_is_made_as_without_the_other_names(world, places, who, form):
    role, model, path, sent = CREATES[form]
    browser, path = who(role), path.format(**places)
    first = browser.post(path, data=sent)
    assert first.status_code in (200, 303), first.text
    plain = newest(model)
    expected, first_id = columns_of(plain, *NEW_EACH_TIME), plain.id
    if form in ("application", "request"):  # one at a time
        plain.state = "withdrawn"
    again = (
        sent
        | (
            {"email": "other@inner.example" if form == "offer" else "other@x.example"}
            if "email" in sent
            else {}
        )
        | ({"text": "Words"} if "text" in sent else {})
    )

    second = browser.post(path, data=again | extras(world, model, sent | {"nonce": ""}, form))
    assert second.status_code in (200, 303), second.text

    made = newest(model)
    assert made.id > first_id and made.id != 77777
    assert columns_of(made, *NEW_EACH_TIME) == expected
    moments = (made.created_at,) if hasattr(made, "created_at") else (made.posted_at,)
    assert all(moment.year != 2001 for moment in moments)


@pytest.mark.parametrize("form", UPDATES)
def test_what_is_changed_is_changed_as_without_the_other_names(world, who, form):
    role, key, page, action = UPDATES[form]
    if role == "organiser":
        world.records["workshop"].organiser = world.people["organiser"]
        world.records["workshop"].space.admit(world.people["organiser"])
    record = world.inside if key == "inside" else world.records[key]
    browser = who(role)
    action = action.format(**world.places)
    page = browser.get(page.format(**world.places))
    sent = form_of(page.text, action)
    path = action if action.count("/") > 1 or action == "/settings" else page.request.path
    first = browser.post(path, data=sent)
    assert first.status_code in (200, 303), first.text
    before = columns_of(record)

    browser.post(path, data=sent | extras(world, type(record), set(sent), form))

    assert columns_of(record) == before


def test_a_password_of_others_and_a_team_role_are_nobodys_field(world, who):
    """What would matter most, said by name."""
    browser = who("inside")
    sent = form_of(browser.get("/settings").text, "/settings")

    browser.post(
        "/settings",
        data=sent | {"team_role": "admin", "email": "admin@x.example", "handle": "admin", "state": "locked"},
    )

    member = db.session.get(Member, world.inside.id)
    assert (member.team_role, member.state) == (None, "active") and member.email != "admin@x.example"
