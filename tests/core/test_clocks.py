"""Abuse case 42: clocks step back, differ between two processes, and pass summer time and leap days. Nobody is signed out, no open form refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import requests
from flask_security.utils import hash_password
from itsdangerous import BadSignature

from cityexchange.app import create_app
from cityexchange.core.db import clock_at, db, unit_of_work
from cityexchange.core.jobs import run_sweep
from cityexchange.core.limits import NETWORK, Limit, declared
from cityexchange.core.mail import OutgoingMail, queue_mail
from cityexchange.core.mail.delivery import deliver
from cityexchange.core.signing import PATIENCE, Serializer
from cityexchange.members import waiting
from cityexchange.members.codes import MailProof
from cityexchange.members.factors import Challenge
from cityexchange.members.known_browsers import COOKIE
from config import DevelopmentConfig
from tests.factories import CityFactory, MemberFactory
from tests.membership.test_reminders import request_of
from tests.prepared import database_with, nobody
from tests.services import LiveServer
from tests.workshops.factories import WorkshopFactory

PASSWORD = "a long enough one"  # noqa: S105
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MOMENTS = {
    "an ordinary noon": datetime(2027, 5, 4, 12, tzinfo=UTC),
    "summer time begins in Europe": datetime(2027, 3, 28, 0, 59, 50, tzinfo=UTC),
    "summer time ends in Europe": datetime(2027, 10, 31, 0, 59, 50, tzinfo=UTC),
    "summer time begins in Cairo": datetime(2027, 4, 29, 21, 59, 50, tzinfo=UTC),
    "a leap day begins": datetime(2028, 2, 28, 23, 59, 50, tzinfo=UTC),
    "a leap day ends": datetime(2028, 2, 29, 23, 59, 50, tzinfo=UTC),
    "a year ends": datetime(2027, 12, 31, 23, 59, 50, tzinfo=UTC),
}
STEPS = [MINUTE, HOUR, -MINUTE, -HOUR]


@pytest.fixture(params=MOMENTS)
def moment(request):
    with clock_at(MOMENTS[request.param]):
        yield MOMENTS[request.param]


@pytest.fixture
def ana(app):
    return MemberFactory(email="ana@lyon.example", password=hash_password(PASSWORD))


def token(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def is_in(browser):
    return browser.get("/settings").status_code == 200


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_who_is_signed_in_stays_and_an_open_form_is_taken(app, ana, moment, visitor, monkeypatch, step):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    signed = {"email": ana.email, "password": PASSWORD, "csrf_token": token(visitor.get("/sign-in").text)}
    with clock_at(moment + step):
        assert visitor.post("/sign-in", data=signed).status_code == 303
        assert is_in(visitor)
        form = {"csrf_token": token(visitor.get("/settings/mails").text), "kinds": []}
    with clock_at(moment):
        assert is_in(visitor)
        assert visitor.post("/settings/mails", data=form).status_code == 303
    with clock_at(moment + 2 * step):
        assert is_in(visitor)
        assert visitor.post("/settings/mails", data=form).status_code == 303


@pytest.mark.parametrize("ahead", [MINUTE, HOUR], ids=str)
def test_what_was_made_while_the_clock_was_ahead_is_good_after_it_steps_back(ana, moment, ahead):
    with clock_at(moment + ahead), unit_of_work():
        proof, question = MailProof.begin("sign_in", ana.email, ana, "192.0.2.1"), Challenge.begin(ana)
        code = proof.new_code()
    with clock_at(moment), unit_of_work():
        assert proof.takes(code)
        assert Challenge.take(question, ana)


def test_a_minute_s_difference_spoils_no_code_and_no_question(ana, moment):
    with clock_at(moment), unit_of_work():
        proof, question = MailProof.begin("sign_in", ana.email, ana, "192.0.2.1"), Challenge.begin(ana)
        code = proof.new_code()
    with clock_at(moment + MINUTE), unit_of_work():
        assert proof.takes(code)
        assert Challenge.take(question, ana)


@pytest.mark.parametrize("ahead", [MINUTE, HOUR], ids=str)
def test_a_mail_is_not_kept_back_by_the_clock_that_queued_it(ana, moment, ahead):
    with clock_at(moment + ahead), unit_of_work():
        queue_mail("probe", ana, "members/accepted")
    with clock_at(moment):
        deliver()
        deliver()
    mail = db.session.scalars(db.select(OutgoingMail)).one()
    assert (mail.state, mail.attempts) == ("kept", 1), "once"


def test_who_waits_for_a_limit_waits_no_longer_because_the_clock_stepped_back(app, moment):
    limit = Limit("clock_probe", most=1, seconds=60, each=NETWORK)
    try:
        with clock_at(moment + HOUR):
            limit.take("ana")
        with clock_at(moment):
            assert not limit.has_room("ana")
        with clock_at(moment + 1.5 * MINUTE):
            assert limit.has_room("ana")
    finally:
        declared.remove("clock_probe")


def test_whoever_decides_is_reminded_once_however_the_clock_goes(app, moment):
    focal = MemberFactory(city=CityFactory(slug="lyon"), role="city_focal_point")
    with clock_at(moment - timedelta(days=3)):
        request_of(focal.city, 0)
    for step in (timedelta(), HOUR, -HOUR, timedelta(), 2 * HOUR):
        with clock_at(moment + step), unit_of_work():
            waiting.remind()

    mails = db.session.scalars(db.select(OutgoingMail)).all()
    assert [(mail.template, mail.member_id) for mail in mails] == [("members/join_asked", focal.id)]


def test_registration_closes_at_its_moment_and_once(app, moment):
    workshop = WorkshopFactory(is_open=True)
    workshop.registration_closes_at, before = moment + HOUR, len(workshop.changes)
    db.session.commit()
    for step, is_taking in ((timedelta(), True), (HOUR, False), (-HOUR, False), (2 * HOUR, False)):
        with clock_at(moment + step):
            run_sweep("workshops")
            db.session.refresh(workshop)
            assert workshop.is_taking_registrations is is_taking

    assert len(workshop.changes) == before + 1


@pytest.mark.parametrize(
    ("later", "is_good"),
    [
        (0, True),
        (-1, True),
        (-3600, True),
        (-PATIENCE, True),
        (-PATIENCE - 2, False),
        (100, True),
        (102, False),
    ],
)
def test_a_signature_may_lie_ahead_within_reason_and_is_not_good_for_ever(app, moment, later, is_good):
    signed = Serializer("key").dumps("word")
    with clock_at(moment + timedelta(seconds=later)):
        try:
            assert Serializer("key").loads(signed, max_age=100) == "word" and is_good
        except BadSignature:
            assert not is_good
        with pytest.raises(BadSignature):
            Serializer("another key").loads(signed, max_age=100)


class Server(LiveServer):
    """With a clock of its own."""

    def command(self):
        return [*super().command()[:-1], "tests.core.ahead_app:app"]


@pytest.fixture
def servers(tmp_path, request):
    """Two processes on one database, the second with its clock behind; and a member whose password is PASSWORD."""
    url = database_with(nobody, "clocks", tmp_path)
    with make_app(tmp_path, url).app_context():
        MemberFactory(email="ana@lyon.example", password=hash_password(PASSWORD))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    with (
        Server(tmp_path, url, CLOCK_AHEAD=str(request.param.total_seconds())) as ahead,
        Server(tmp_path, url, CLOCK_AHEAD="0") as behind,
    ):
        yield ahead, behind


def make_app(folder, url):
    class Settings(DevelopmentConfig):
        DATA_FOLDER = str(folder)
        SQLALCHEMY_DATABASE_URI = url
        REDIS_URL = None

    return create_app(Settings)


@pytest.mark.no_app
@pytest.mark.parametrize("servers", [MINUTE, HOUR], ids=str, indirect=True)
def test_two_processes_whose_clocks_differ_know_the_same_members_and_forms(servers):
    ahead, behind = servers
    browser = requests.Session()
    page = browser.get(f"{ahead.base_url}/sign-in").text
    signed = {"email": "ana@lyon.example", "password": PASSWORD, "csrf_token": token(page)}
    assert browser.post(f"{behind.base_url}/sign-in", data=signed, allow_redirects=False).status_code == 303
    for there, here in ((ahead, behind), (behind, ahead)) * 2:
        form = {"csrf_token": token(browser.get(f"{there.base_url}/settings/mails").text)}
        taken = browser.post(f"{here.base_url}/settings/mails", data=form, allow_redirects=False)
        assert taken.status_code == 303
    assert COOKIE in browser.cookies
