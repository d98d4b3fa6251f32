"""Who has no city says nothing for one: they can help, and no word speaks of a city."""

import re

import pytest

from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.digest.letters import write_letter
from cityexchange.digest.models import Digest, DigestAnswer
from cityexchange.digest.tokens import token_of
from cityexchange.digest.weeks import week_at
from cityexchange.members.models import AskTheme
from cityexchange.notifications.models import Notification
from tests.digest.factories import theme
from tests.factories import MemberFactory, guest

PRESSED = {"pressed": "yes"}


def of_the_team(role):
    return lambda: MemberFactory(city=None, team_role=role, languages_read=["ar"], locale="en")


WITHOUT_CITY = {role: of_the_team(role) for role in ("coordinator", "organiser", "facilitator", "admin")}
WITHOUT_CITY["guest"] = lambda: guest(languages_read=["ar"], locale="en")


@pytest.fixture(params=WITHOUT_CITY)
def helper(request, asked):
    member = WITHOUT_CITY[request.param]()
    asked.forum.space.admit(member)
    db.session.add(AskTheme(member_id=member.id, theme_id=theme("housing").id))
    db.session.flush()
    db.session.expire(member, ["ask_themes"])
    return member


def told(member):
    return db.session.scalars(db.select(Notification).filter_by(member_id=member.id)).all()


def test_the_page_offers_help_and_speaks_of_no_city(helper, asked, sign_in):
    page = sign_in(helper).get("/digest").text

    assert asked.title in page
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["help", "no"]
    assert "is told to whoever asked" in page and "your city" not in page and "We do this too" not in page


def test_the_letter_offers_it_neither(helper, asked):
    db.session.commit()
    write_letter(helper.id, week_at(utcnow(), helper.timezone, None))
    mail = db.session.scalars(db.select(OutgoingMail).filter_by(template="digest/weekly")).one()
    letter = compose(mail)

    for part in (letter.text, letter.html):
        assert "I can help" in part and "We do this too" not in part


def test_it_is_refused_when_it_is_said_all_the_same(helper, asked, sign_in):
    response = sign_in(helper).post(f"/digest/topics/{asked.id}/answer", data={"answer": "same"})

    assert response.status_code == 403
    assert db.session.scalar(db.select(DigestAnswer)) is None and told(asked.author) == []


def link(member, topic, answer):
    digest = Digest.begin(member, week_at(utcnow(), member.timezone, None))
    db.session.flush()
    return f"/digest/answers/{token_of(digest, topic.id, answer)}"


def test_a_link_of_an_earlier_letter_answers_nothing(helper, asked, visitor):
    address = link(helper, asked, "same")

    for response in (visitor.get(address), visitor.post(address, data=PRESSED)):
        assert response.status_code == 404 and "This link answers nothing any more" in response.text
    assert db.session.scalar(db.select(DigestAnswer)) is None and told(asked.author) == []


def test_help_is_pressed_in_words_that_speak_of_no_city(helper, asked, visitor, sign_in):
    address = link(helper, asked, "help")
    page = visitor.get(address).text
    assert "Whoever asked hears of it. You can take it back here." in page and "your city" not in page

    visitor.post(address, data=PRESSED)
    assert "your city" not in visitor.get(address).text
    assert "your city" not in sign_in(helper).get(f"/digest/topics/{asked.id}/reply").text
    asked.author.locale = "en"
    browser = sign_in(asked.author)
    assert helper.name in browser.get(f"/topics/{asked.id}").text
    assert "Somebody can help with your question" in browser.get("/notifications").text


def test_what_was_said_before_for_no_city_counts_as_none(helper, nour, asked, sign_in):
    db.session.add_all(DigestAnswer.of(member, asked, "same") for member in (helper, nour))
    db.session.commit()
    page = sign_in(asked.author).get(f"/topics/{asked.id}").text

    assert "1 city does this too:" in page and "Sfax" in page and f"/members/{helper.id}" not in page
