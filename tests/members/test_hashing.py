"""A password is hashed or compared before anything is written: who waits for that holds no lock that others wait for."""

import pytest
from flask_security.utils import hash_password

from cityexchange.core.db import db, unit_of_work
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.transactions import has_changed
from cityexchange.members import security
from tests.factories import MemberFactory

OLD, NEW = "the old password", "a long enough one"
TWICE = {"password": NEW, "again": NEW}


@pytest.fixture
def ana():
    return MemberFactory(email="ana@town.example", password=hash_password(OLD))


@pytest.fixture
def hashings(app, monkeypatch):
    """(what was done, whether a transaction was open, whether it had changed something), each time hashes are made or compared."""
    seen, context = [], app.extensions["security"].pwd_context

    def watch(name):
        known = getattr(context, name)

        def act(*arguments, **options):
            seen.append((name, db.session().in_transaction(), has_changed()))
            return known(*arguments, **options)

        monkeypatch.setattr(context, name, act)

    watch("hash"), watch("verify")
    return seen


def code():
    return db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id.desc())).first().facts["code"]


def join(browser, member):
    person = {"name": "Zoë Müller", "email": "zoe@town.example", "job_title": "Officer", "city_name": "Lyon"}
    return browser.post("/join", data=person | TWICE)


def change(browser, member):
    return browser.sign_in(member).post("/settings/password", data={"current": OLD} | TWICE)


def reset(browser, member):
    browser.post("/forgotten", data={"email": member.email})
    return browser.post("/password/new", data={"code": code()} | TWICE)


def sign_in(browser, member):
    return browser.post("/sign-in", data={"email": member.email, "password": OLD})


def sign_in_as_nobody(browser, member):
    return browser.post("/sign-in", data={"email": "nobody@town.example", "password": OLD})


def new_address(browser, member):
    facts = {"email": "other@mail.example", "proof": OLD}
    return browser.sign_in(member).post("/settings/address", data=facts)


DOORS = [
    (join, 303, "hash"), (change, 303, "hash"), (reset, 303, "hash"), (sign_in, 303, "verify"), (sign_in_as_nobody, 422, "verify"),
    (new_address, 303, "verify"),
]  # fmt: skip


@pytest.mark.parametrize(("door", "status", "what"), DOORS, ids=[door.__name__ for door, _, _ in DOORS])
def test_no_door_hashes_while_it_holds_the_database(ana, visitor, hashings, door, status, what):
    assert door(visitor, ana).status_code == status

    assert what in {name for name, _, _ in hashings}
    assert {(is_open, changed) for _, is_open, changed in hashings} == {(False, False)}


def test_whoever_hashes_after_a_change_hears_of_it(app, ana):
    with pytest.raises(RuntimeError, match="before the first change"), unit_of_work():
        ana.job_title = "Mayor"
        security.hashed(NEW)
    with app.app_context(), unit_of_work():
        assert security.hashed(NEW).startswith("$argon2id$")


@pytest.mark.parametrize("door", [change, reset], ids=lambda door: door.__name__)
def test_what_was_hashed_is_what_signs_in(ana, app, door):
    door(app.test_client(), ana)

    assert sign_in(app.test_client(), ana).status_code == 422
    answer = app.test_client().post("/sign-in", data={"email": ana.email, "password": NEW})
    assert answer.status_code == 303
