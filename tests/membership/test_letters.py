"""A letter of the city, where the address proves nothing (practice.md US01)."""

import io

import pytest

from cityexchange.archive.leaving import forget_address
from cityexchange.core.db import db
from cityexchange.core.files import File
from cityexchange.core.files.limits import UPLOADS
from cityexchange.core.mail.letters import compose
from cityexchange.members.joining import JoinRequest
from cityexchange.membership.models import CityApplication
from tests.factories import MemberFactory
from tests.files.factories import docx, picture
from tests.membership.steps import CITY_FORM

PDF = b"%PDF-1.7 on the paper of the city"
PLACE = {
    "name": "Zoe Miller",
    "email": "zoe@free-mail.example",
    "job_title": "Officer",
    "city_name": "Lyon",
    "password": "a long enough one",
    "again": "a long enough one",
}
WAYS = {
    "place": (JoinRequest, "/join", PLACE, "/join-requests"),
    "city": (CityApplication, "/cities/apply", CITY_FORM, "/city-applications"),
}


@pytest.fixture(params=WAYS)
def way(request, lyon, visitor, mails):
    """Who has asked, up to the typed code: [browser, record, address of the waiting page, address for who decides]."""
    model, path, form, desk = WAYS[request.param]
    visitor.post(path, data=form)
    visitor.post(f"{path}/code", data={"code": mails()[-1].facts["code"]})
    asked = db.session.scalar(db.select(model))
    return visitor, asked, f"{path}/waiting", f"{desk}/{asked.id}"


def send(browser, path, content=PDF, name="letter.pdf"):
    return browser.post(path, data={"letter": (io.BytesIO(content), name)})


def letters():
    return list(db.session.scalars(db.select(File)))


def address(file):
    return f"/files/{file.id}/{file.name}"


def test_those_who_decide_open_it_and_nobody_else(way, sign_in, coordinator, app):
    browser, asked, path, desk = way
    assert "A letter of your city" in browser.get(path).text

    assert send(browser, path).location == path

    letter = asked.letter
    assert letter.name in browser.get(path).text
    team = sign_in(coordinator)
    assert address(letter) in team.get(desk).text
    assert team.get(address(letter)).data == PDF
    for other in (
        browser,
        app.test_client(),
        sign_in(MemberFactory()),
        sign_in(MemberFactory(team_role="organiser")),
    ):
        assert other.get(address(letter)).status_code == 404


def test_who_decides_hears_of_it_once(way, coordinator, mails):
    browser, asked, path, desk = way
    send(browser, path)
    send(browser, path)

    told = [mail for mail in mails() if mail.facts.get("has_letter")]
    assert [mail.member_id for mail in told] == [coordinator.id]
    letter = compose(told[0])
    assert "letter" in letter.text and desk in letter.text and "letter" in letter.html


def test_a_picture_will_do_and_a_second_letter_takes_the_place_of_the_first(way):
    browser, asked, path, _ = way
    send(browser, path)

    send(browser, path, picture(), "scan.png")

    assert [file.id for file in letters()] == [asked.letter.id]
    assert asked.letter.is_image


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Only words", "as a PDF or as a picture"),
        (b"", "empty"),
        (None, "Choose a file"),
        (docx(), "as a PDF"),
    ],
)
def test_other_things_are_refused_with_a_reason(way, content, words):
    browser, asked, path, _ = way
    answer = browser.post(path, data={}) if content is None else send(browser, path, content, "letter.txt")

    assert answer.status_code == 422 and words in answer.text
    assert letters() == []


def test_it_is_gone_once_the_decision_is_made(way, sign_in, coordinator):
    browser, asked, path, desk = way
    send(browser, path)

    answer = sign_in(coordinator).post(f"{desk}/decline", data={"reason": "Nobody at the town hall knew."})

    assert answer.status_code == 303
    assert letters() == []
    assert "A letter of your city" not in browser.get(path).text
    assert send(browser, path).location == path
    assert letters() == []


def test_nobody_sends_one_before_the_address_is_proven(lyon, visitor):
    for _, path, form, _ in WAYS.values():
        visitor.post(path, data=form)
        assert send(visitor, f"{path}/waiting").status_code == 303
    assert letters() == []


def test_the_city_reads_the_letter_of_who_names_it(lyon, visitor, mails, ana, sign_in):
    visitor.post("/join", data=PLACE)
    visitor.post("/join/code", data={"code": mails()[-1].facts["code"]})
    asked = db.session.scalar(db.select(JoinRequest))
    send(visitor, "/join/waiting")

    assert sign_in(ana).get(address(asked.letter)).status_code == 200


def test_an_address_of_the_city_needs_none(lyon, visitor, mails):
    visitor.post("/join", data=PLACE | {"email": "zoe@lyon.example"})
    visitor.post("/join/code", data={"code": mails()[-1].facts["code"]})

    assert "A letter of your city" not in visitor.get("/join/waiting").text
    assert send(visitor, "/join/waiting").status_code == 303
    assert letters() == []


def test_who_sends_too_many_waits(way, app, monkeypatch):
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 1 / UPLOADS.most)
    browser, _, path, _ = way
    assert send(browser, path).status_code == 303
    assert send(browser, path).status_code == 429


def test_it_goes_with_who_is_forgotten(way):
    browser, asked, path, _ = way
    send(browser, path)

    forget_address(asked.email)

    assert letters() == []
