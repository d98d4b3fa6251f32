"""A form that makes something is taken once: pressed twice, loaded again, sent again from what the browser kept."""

from contextvars import Context
from threading import Barrier, Thread

import pytest

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.once import A_DAY, Press, forget_old_presses
from cityexchange.workshops.models import Workshop
from tests.abuse.forms import form_of
from tests.abuse.test_mass_assignment import HOUSE, OFFER, SPACE
from tests.factories import MemberFactory, SpaceFactory
from tests.members.test_joining import FORM as PLACE
from tests.membership.steps import CITY_FORM
from tests.visits.factories import application_fields, open_visit

TABLE = "city,name,function,email\nInner City,Zoe M,Officer,zoe@inner.example\nInner City,Yan L,Officer,yan@inner.example"
DECLARATION = {
    "primary": "transit",
    "basis": "survey",
    "why": "Half of our newcomers.",
    "evidence": "2025, our register.",
}
# endpoint: who, the page, where its form is sent, what is filled in, and what is something else under the same nonce.
FORMS = {
    "chat.create_room": ("inside", "/chat/rooms/new?space=closed-space", "/chat/rooms/new?space=closed-space", {"name": "One"}, {"name": "Two"}),
    "cities.create_declaration": (
        "inside", "/cities/inner-city/declarations/new", "/cities/inner-city/declarations", DECLARATION, {"why": "Another."},
    ),
    "forums.create_post": ("inside", "/topics/{topic}", "/topics/{topic}/posts", {"text": "One"}, {"text": "Two"}),
    "forums.create_topic": (
        "inside", "/forums/closed-forum/new", "/forums/closed-forum/new", {"title": "The first", "text": "One"}, {"text": "Two"},
    ),
    "forums.update_translations": (
        "inside", "/topics/{topic}/translations/fr/1", "/topics/{topic}/translations/fr/1", {"text-1": "Un"}, {"title": "Le premier"},
    ),
    "languages.create_translation": (
        "inside", "/translations/Post/{post}", "/translations/Post/{post}", {"language": "fr", "text": "Un"}, {"language": "es"},
    ),
    "languages.update_whole": (
        "inside", "/translations/Topic/{topic}/whole/fr", "/translations/Topic/{topic}/whole/fr", {"title": "Un"}, {"title": "Deux"},
    ),
    "members.create_join_request": (
        "visitor", "/join", "/join", PLACE, {"password": "another long one", "again": "another long one"},
    ),
    "membership.create_application": (
        "visitor", "/cities/apply", "/cities/apply", CITY_FORM, {"name": "Somebody Else"},
    ),
    "membership.create_guest_invitation": (
        "coordinator", "/organisations/some-house/invitations/new", "/organisations/some-house/invitations", OFFER | {"role": "partner_observer"}, {"email": "yan@inner.example"},
    ),
    "membership.create_hand_over": (
        "inside", "/seats/{own_seat}/hand-over", "/seats/{own_seat}/hand-over", OFFER, {"email": "yan@inner.example"},
    ),
    "membership.create_invitation": (
        "inside", "/cities/inner-city/invitations/new", "/cities/inner-city/invitations", OFFER | {"role": "member"}, {"email": "yan@inner.example"},
    ),
    "membership.create_invitations": ("coordinator", "/invitations/new", "/invitations", {"table": TABLE, "send": "y"}, {}),
    "membership.create_organisation": ("coordinator", "/organisations/new", "/organisations", HOUSE, {"name": "Another house"}),
    "spaces.create_invitation": (
        "inside", "/spaces/closed-space/invitations/new?q=Invited", "/spaces/closed-space/invitations?q=Invited",
        {"member": "{first}"}, {"member": "{second}"},
    ),
    "spaces.create_request": ("official", "/spaces/asking/requests/new", "/spaces/asking/requests", {"why": "Please"}, {}),
    "spaces.create_space": ("facilitator", "/spaces/new", "/spaces", SPACE, {"name": "Newer"}),
    "visits.create_application": ("official", "/visits/{open_visit}/apply", "/visits/{open_visit}/applications", application_fields(), {}),
    "visits.create_visit": ("focal_point", "/visits/new", "/visits", {"title": "Come and see"}, {"title": "Come and see more"}),
    "workshops.create_workshop": ("organiser", "/workshops/new", "/workshops/new", {"title": "One"}, {"title": "Two"}),
}  # fmt: skip


def rows():
    """Of everything, also of mails and the audit."""
    count = db.select(db.func.count())
    return {table.name: db.session.scalar(count.select_from(table)) for table in db.metadata.sorted_tables}


@pytest.fixture
def places(world):
    asking = SpaceFactory(slug="asking", confidentiality="members", joining="request")
    first, second = (MemberFactory(name=f"Invited {number}") for number in "12")
    own = {"own_seat": world.inside.seat.id, "first": first.id, "second": second.id}
    return world.places | own | {"open_visit": open_visit().id, "asking": asking.slug}


def filled_in(values, places):
    return {
        name: value.format(**places) if isinstance(value, str) else value for name, value in values.items()
    }


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_second_press_makes_nothing_and_leads_to_the_same_place(world, places, sign_in, visitor, endpoint):
    role, page, where, values, others = FORMS[endpoint]
    browser = visitor if role == "visitor" else sign_in(world.people.get(role, world.inside))
    where = where.format(**places)
    form = form_of(browser.get(page.format(**places)).text, where)
    assert form["nonce"]
    form |= filled_in(values, places)

    first = browser.post(where, data=form)
    assert first.status_code == 303, first.text
    before = rows()
    second = browser.post(where, data=form)

    assert (second.status_code, second.location) == (303, first.location)
    assert rows() == before
    if others:
        third = browser.post(where, data=form | filled_in(others, places))
        assert third.status_code == 303 and rows() != before, (
            "the same nonce with other words is something new"
        )


def test_the_table_names_every_view_that_is_taken_once(app):
    once = {name for name, view in app.view_functions.items() if getattr(view, "is_once", False)}
    holding_it_themselves = {"forums.create_post", "forums.create_topic", "members.create_join_request"}
    assert once | holding_it_themselves == FORMS.keys()


@pytest.mark.parametrize("endpoint", ["members.create_join_request", "membership.create_application"])
def test_whose_first_answer_was_lost_types_the_code_of_the_one_request(app, endpoint):
    """A browser drops the cookie of a first answer that it did not wait for."""
    _role, page, where, values, _others = FORMS[endpoint]
    lost, browser = app.test_client(), app.test_client()
    form = form_of(lost.get(page).text, where) | values
    lost.post(where, data=form)
    before = rows()
    answer = browser.post(where, data=form)

    assert rows() == before
    (mail,) = db.session.scalars(db.select(OutgoingMail))
    code = browser.post(answer.location, data={"code": mail.facts["code"]})
    assert code.location == f"{where}/waiting" and browser.get(code.location).status_code == 200


@pytest.mark.parametrize("endpoint", ["members.create_join_request", "membership.create_application"])
def test_a_refused_form_keeps_its_nonce(visitor, endpoint):
    _role, page, where, values, _others = FORMS[endpoint]
    form = form_of(visitor.get(page).text, where) | values
    refused = visitor.post(where, data=form | {"name": ""})
    assert refused.status_code == 422 and form_of(refused.text, where)["nonce"] == form["nonce"]
    assert visitor.post(where, data=form).status_code == 303


def test_a_press_that_was_refused_may_be_pressed_again(world, sign_in):
    browser = sign_in(world.people["organiser"])
    form = form_of(browser.get("/workshops/new").text, "")
    assert browser.post("/workshops/new", data=form | {"title": ""}).status_code == 422
    assert browser.post("/workshops/new", data=form | {"title": "", "add_rows": "1"}).status_code == 200
    assert browser.post("/workshops/new", data=form | {"title": "", "add_rows": "1"}).status_code == 200
    assert browser.post("/workshops/new", data=form | {"title": "One"}).status_code == 303
    assert db.session.scalar(db.select(db.func.count(Press.id))) == 1


def test_the_nonce_of_another_member_takes_nothing_away(world, sign_in):
    form = {"name": "The same", "nonce": "the-same-nonce"} | {k: v for k, v in SPACE.items() if k != "name"}
    answers = [sign_in(world.people[role]).post("/spaces", data=form) for role in ("facilitator", "admin")]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location != answers[1].location


def test_two_presses_at_the_same_moment_make_one_workshop(app, world):
    organiser = world.people["organiser"]
    browsers = [app.test_client().sign_in(organiser) for _ in range(2)]
    form = form_of(browsers[0].get("/workshops/new").text, "") | {"title": "Pressed twice"}
    start, answers = Barrier(2), []
    db.session.commit()

    def press(browser):
        with app.app_context():
            start.wait()
            answers.append(browser.post("/workshops/new", data=form))

    presses = [Thread(target=Context().run, args=(press, browser)) for browser in browsers]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert db.session.scalar(db.select(db.func.count(Workshop.id)).filter_by(title="Pressed twice")) == 1


def test_presses_are_forgotten_after_a_day(app):
    db.session.add(Press(key="a", location="/"))
    db.session.commit()
    forget_old_presses()
    assert db.session.scalar(db.select(db.func.count(Press.id))) == 1
    with clock_at(utcnow() + A_DAY * 2):
        forget_old_presses()
    assert db.session.scalar(db.select(db.func.count(Press.id))) == 0
