"""Abuse case 12: what a cookie is answered whose sign-in has ended, by every door that changes something; and that nothing is done."""

import pytest
from flask_security.utils import hash_password

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.sockets import socketio
from cityexchange.members.models import SignInSession
from tests.abuse.doors import RECORDS, address, record_of
from tests.abuse.test_doors import snapshot
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory

PASSWORD = "a long enough one"  # noqa: S105
SAFE = {"GET", "HEAD", "OPTIONS"}


def ended_elsewhere(member, browser):
    session_of(member).end()


def ended_everywhere(member, browser):
    member.sign_out_everywhere()


def password_changed(member, browser):
    member.change_password(hash_password("another long one"))


def suspended(member, browser):
    member.suspend()


def row_forgotten(member, browser):
    db.session.delete(session_of(member))


def number_drawn_anew(member, browser):
    member.fs_uniquifier = "0" * 64


def secret_made_up(member, browser):
    with browser.session_transaction() as kept:
        kept["sign_in"] = "x" * 43


DEATHS = [
    ended_elsewhere, ended_everywhere, password_changed, suspended, row_forgotten, number_drawn_anew, secret_made_up,
]  # fmt: skip


def session_of(member):
    """The newest one, that of the browser."""
    theirs = db.select(SignInSession).filter_by(member_id=member.id).order_by(SignInSession.id.desc())
    return db.session.scalars(theirs).first()


def closed_doors(app, world):
    """[(method, path)] of all that changes something and is not public, with records that are there."""
    for rule in app.url_map.iter_rules():
        is_public = getattr(app.view_functions[rule.endpoint], "is_public", False)
        known = {record for _, record in RECORDS}
        for method in sorted(rule.methods - SAFE) if not is_public else ():
            record = record_of(rule.rule)
            place = world.places[record] if record in known and record in world.places else 1
            yield method, address(rule.rule, place)


@pytest.mark.parametrize("die", DEATHS, ids=lambda die: die.__name__)
def test_no_form_is_taken_with_a_dead_cookie(app, world, sign_in, die):
    browser = sign_in(world.inside)
    assert browser.get("/settings").status_code == 200
    die(world.inside, browser)
    db.session.commit()
    before, doors = snapshot(), list(closed_doors(app, world))
    assert len(doors) > 80

    wrong = [
        (method, path, status)
        for method, path in doors
        if (status := browser.open(path, method=method, data={"text": "still me", "name": "x"}).status_code)
        != 401
    ]

    assert wrong == [] and snapshot() == before
    assert browser.get("/settings").status_code == 302


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_is_answered_says_the_next_step(world, sign_in, accept):
    browser = sign_in(world.inside)
    session_of(world.inside).end()
    answer = browser.post(
        f"/topics/{world.places['topic']}/posts", data={"text": "still me"}, headers={"Accept": accept}
    )

    assert answer.status_code == 401
    assert answer.json["status"] == 401 if accept.endswith("json") else "Please sign in" in answer.text


def test_with_the_cookie_in_place_one_signs_in_anew(app):
    member = MemberFactory(email="ana@town.example", password=hash_password(PASSWORD))
    browser = app.test_client().sign_in(member)
    session_of(member).end()
    assert browser.post("/settings").status_code == 401

    assert browser.post("/sign-in", data={"email": member.email, "password": PASSWORD}).status_code == 303
    assert browser.get("/settings").status_code == 200


@pytest.fixture
def events(app):
    """All that a line may say."""
    return sorted(set(socketio.server.handlers["/"]) - {"connect", "disconnect"})


SAID = {
    "topic:enter": {"topic_id": 1},
    "topic:leave": {"topic_id": 1},
    "room:enter": {"room_id": 1},
    "room:leave": {"room_id": 1},
    "room:typing": {"room_id": 1},
    "room:read": {"room_id": 1, "number": 1},
    "message:post": {"room_id": 1, "text": "still me", "nonce": "4b9f6f0e-6d0e-4f57-9a53-0d4c5f2f7b11"},
    "message:edit": {"id": 1, "text": "still me"},
    "message:delete": {"id": 1},
    "message:react": {"id": 1, "emoji": "👍"},
}
"""In order: what is not is refused before anybody is asked who says it."""


def say_past_the_end(member, connect, event):
    """The sign-in ends where nobody tells the line of it, as when a process dies in between."""
    line = connect(member)
    assert line.client.is_connected()
    db.session.execute(db.update(SignInSession).values(ended_at=SignInSession.began_at))
    db.session.commit()
    return line, line.say(event, **SAID[event])


def test_no_event_is_taken_with_a_dead_cookie(events, connect):
    room = RoomFactory()
    assert set(SAID) == set(events)
    for event in events:
        member = MemberFactory()
        room.space.admit(member)
        db.session.commit()
        before = snapshot()
        line, answer = say_past_the_end(member, connect, event)

        assert not answer and not line.client.is_connected(), event
        assert snapshot() == before, event

    counted = db.select(AuditEntry.verb).filter_by(outcome="refused", status=401)
    assert set(db.session.scalars(counted)) == set(events)


def test_no_line_is_opened_with_a_dead_cookie(app):
    member = MemberFactory()
    browser = app.test_client().sign_in(member)
    path = "/socket.io/?EIO=4&transport=polling"
    assert browser.get(path).status_code == 200
    session_of(member).end()
    db.session.commit()

    assert browser.get(path).status_code == 401
