"""A new password, by a code or in the settings, ends all that began with the old one."""

import pytest
from flask_security.utils import hash_password

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.sockets import outbox
from cityexchange.members import security
from cityexchange.members.factors import SecondStep
from tests.factories import MemberFactory
from tests.members.test_codes_by_mail import NEW, ask_code, ask_reset, code, is_in, reset, type_code


@pytest.fixture
def ana(app):
    return MemberFactory(email="ana@city.example", password=hash_password("the old password"))


def sign_in_by_half(browser, ana, monkeypatch):
    """The first proof of two."""
    monkeypatch.setattr("cityexchange.members.admission.has_second_factor", lambda member: True)
    answer = browser.post("/sign-in", data={"email": ana.email, "password": "the old password"})
    assert answer.location.endswith("/sign-in/second")
    monkeypatch.undo()


def change_in_settings(app, sign_in, ana, browser):
    form = {"current": "the old password", "password": NEW, "again": NEW}
    return sign_in(ana).post("/settings/password", data=form)


def change_by_code(app, sign_in, ana, browser):
    ask_reset(browser)
    return reset(browser, code())


@pytest.mark.parametrize("change", [change_by_code, change_in_settings])
def test_a_new_password_ends_what_began_with_the_old_one(ana, visitor, app, sign_in, monkeypatch, change):
    half = app.test_client()
    sign_in_by_half(half, ana, monkeypatch)
    ask_code(half)
    asked_for_before = code()
    steps = db.select(db.func.count()).select_from(SecondStep)
    assert db.session.scalar(steps) == 1

    assert change(app, sign_in, ana, visitor).status_code == 303

    assert db.session.scalar(steps) == 0
    assert half.get("/sign-in/second").location.endswith("/sign-in")
    assert type_code(half, asked_for_before).status_code == 422 and not is_in(half)
    assert (
        db.session.scalar(db.select(AuditEntry.actor_id).where(AuditEntry.verb.like("%_password"))) == ana.id
    )


def test_open_lines_hang_up_with_the_old_password(ana, visitor, connect):
    line = connect(ana)
    assert line.client.is_connected()
    reader = outbox.Collector("elsewhere")

    change_by_code(None, None, ana, visitor)

    assert ("hang_up", ana.id) in [(one.event, one.payload.get("member_id")) for one in reader.fresh()]


def test_the_hash_is_made_beside_the_event_loop_and_only_for_counted_tries(ana, visitor, monkeypatch):
    made = []
    monkeypatch.setattr(security, "hashed", lambda password: made.append(password) or "a digest")
    ask_reset(visitor)
    assert reset(visitor, "12").status_code == 422 and not made
    assert reset(visitor, code()).status_code == 303

    assert made == [NEW] and ana.password == "a digest"
