"""Whatever door an address comes in by, and however it is typed: it is kept, compared and mailed in its one form."""

import pytest
from flask_security.utils import hash_password

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db
from cityexchange.core.mail.letters import compose
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member, SignInSession
from cityexchange.membership.models import CityApplication
from cityexchange.membership.offers import PlaceOffer
from tests.factories import CityFactory, MemberFactory
from tests.membership.steps import CITY_FORM, PERSON

PASSWORD = "a long enough one"
TYPED = [
    ("zoe@faß.example", "zoe@faß.example", "zoe@xn--fa-hia.example"),
    ("Zoe@FAẞ.Example.", "zoe@faß.example", "zoe@xn--fa-hia.example"),
    ("ｚｏｅ＠ｆａß．ｅｘａｍｐｌｅ", "zoe@faß.example", "zoe@xn--fa-hia.example"),
    ("zoe@βόλος.example", "zoe@βόλος.example", "zoe@xn--nxasmm1c.example"),
    ("zoe@هران\u200cای.example", "zoe@هران\u200cای.example", "zoe@xn--mgba2a4fc61f060k.example"),
    ("zoe@zu\u0308rich.example", "zoe@zürich.example", "zoe@xn--zrich-kva.example"),
    ("zoe@XN--ZRICH-KVA.example", "zoe@zürich.example", "zoe@xn--zrich-kva.example"),
]
NOBODYS = [
    "josé@town.example",
    "zoe@☃.example",
    "zoe@town..example",
    "zoe@xn--zzzzzz.example",
    "zoe,y@town.example",
]


def join(app, sign_in, typed):
    form = {"name": "Zoë Müller", "job_title": "Officer", "city_name": "Lyon", "password": PASSWORD}
    answer = app.test_client().post("/join", data=form | {"email": typed, "again": PASSWORD})
    return answer, JoinRequest.email


def ask_for_code(app, sign_in, typed):
    return app.test_client().post("/sign-in/code", data={"email": typed}), None


def move(app, sign_in, typed):
    ana = MemberFactory(city=None, team_role="facilitator", password=hash_password(PASSWORD))
    return sign_in(ana).post("/settings/address", data={"email": typed, "proof": PASSWORD}), None


def invite(app, sign_in, typed):
    CityFactory(slug="lyon", name="Lyon")
    browser = sign_in(MemberFactory(city=None, team_role="coordinator"))
    return browser.post("/cities/lyon/invitations", data=PERSON | {"email": typed}), PlaceOffer.email


def apply(app, sign_in, typed):
    return app.test_client().post("/cities/apply", data=CITY_FORM | {"email": typed}), CityApplication.email


def name_deputy(app, sign_in, typed):
    application = CITY_FORM | {"deputy_email": typed, "email": "hela@portamel.example"}
    return app.test_client().post("/cities/apply", data=application), CityApplication.deputy_email


DOORS = [join, ask_for_code, move, invite, apply, name_deputy]
MAILED = [door for door in DOORS if door is not name_deputy]


@pytest.mark.parametrize(("typed", "form", "wire"), TYPED)
@pytest.mark.parametrize("door", DOORS)
def test_each_keeps_and_mails_the_one_form(app, sign_in, mails, door, typed, form, wire):
    answer, column = door(app, sign_in, typed)

    assert answer.status_code == 303, answer.text
    if column is not None:
        assert db.session.scalar(db.select(column)) == form
    if door in MAILED:
        assert mails()[-1].address == form
        assert compose(mails()[-1]).recipient == wire


@pytest.mark.parametrize("typed", NOBODYS)
@pytest.mark.parametrize("door", DOORS)
def test_each_refuses_what_no_mail_can_be_sent_to_and_gives_back_what_was_typed(
    app, sign_in, mails, door, typed
):
    answer, _ = door(app, sign_in, typed)

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert not mails()


@pytest.mark.parametrize(("typed", "form", "wire"), TYPED)
def test_who_has_an_account_signs_in_however_the_address_is_typed(app, typed, form, wire):
    zoe = MemberFactory(email=form, password=hash_password(PASSWORD))

    for written in (typed, form, wire):
        answer = app.test_client().post("/sign-in", data={"email": written, "password": PASSWORD})
        assert answer.status_code == 303
    sessions = db.session.scalars(db.select(SignInSession.member_id))
    assert list(sessions) == [zoe.id] * 3


@pytest.mark.parametrize(
    ("theirs", "other"),
    [("zoe@faß.example", "zoe@fass.example"), ("zoe@βόλος.example", "zoe@βόλοσ.example")],
)
def test_the_owner_of_the_other_domain_gets_nothing_of_it(app, sign_in, mails, theirs, other):
    zoe = MemberFactory(email=theirs, password=hash_password(PASSWORD))

    assert app.test_client().post("/sign-in", data={"email": other, "password": PASSWORD}).status_code == 422
    ask_for_code(app, sign_in, other)
    assert mails()[-1].template == "members/no_account"
    ask_for_code(app, sign_in, theirs)
    assert mails()[-1].template == "members/typed_code"
    assert (mails()[-1].address, zoe.email) == (theirs, theirs)


@pytest.mark.parametrize(("typed", "form", "wire"), TYPED)
def test_a_table_of_people_and_the_command_do_as_the_forms(app, sign_in, mails, typed, form, wire):
    CityFactory(slug="lyon", name="Lyon")
    browser = sign_in(MemberFactory(city=None, team_role="coordinator"))
    table = f"Lyon,Zoë Müller,Officer,{typed}\nLyon,Zoë Müller,Officer,{wire}"
    browser.post("/invitations", data={"table": table, "locale": "fr", "note": "", "send": "y"})
    assert db.session.scalars(db.select(PlaceOffer.email)).all() == [form]
    db.session.commit()

    done = app.test_cli_runner().invoke(args=["members", "team", typed, "organiser", "--name", "Zoë Müller"])

    assert done.exit_code == 0 and db.session.scalar(db.select(Member.team_role).filter_by(email=form))


@pytest.mark.parametrize("typed", NOBODYS)
def test_the_command_says_what_is_no_address(app, typed):
    done = app.test_cli_runner().invoke(args=["members", "team", typed, "organiser", "--name", "Zoë Müller"])

    assert done.exit_code == 1 and "no address" in done.output


def test_a_domain_of_a_city_gives_a_place_to_its_own_people_alone(app, sign_in):
    city = CityFactory(name="Lyon")
    EmailDomain.claim(city, "faß.example").verify(None)
    for address, is_theirs in (("zoe@FAß.example", True), ("zoe@fass.example", False)):
        join(app, sign_in, address)
        newest = db.select(JoinRequest.is_of_domain).order_by(JoinRequest.id.desc())
        assert db.session.scalars(newest).first() is is_theirs
