"""The weekly page and its buttons."""

import re

import pytest
from flask_babel import force_locale

from cityexchange.core.db import db
from cityexchange.core.mail.models import OutgoingMail
from cityexchange.digest.models import DigestAnswer
from cityexchange.notifications.models import Notification
from tests.digest.factories import official, question
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory


def said(topic):
    found = db.session.scalars(db.select(DigestAnswer).filter_by(topic_id=topic.id).order_by(DigestAnswer.id))
    return [(one.member_id, one.answer) for one in found]


def told(member):
    rows = db.session.scalars(
        db.select(Notification).filter_by(member_id=member.id).order_by(Notification.id)
    )
    return [
        (row.kind, row.record_type, row.record_id, row.facts)
        for row in rows
        if row.template == "digest/answer"
    ]


def waiting(browser, topic):
    """How many buttons the weekly page has for it."""
    return browser.get("/digest").text.count(f'action="/digest/topics/{topic.id}/answer"')


def press(browser, topic, answer):
    return browser.post(f"/digest/topics/{topic.id}/answer", data={"answer": answer})


def test_the_page_shows_each_thing_with_its_reason_and_answers(nour, asked, sign_in):
    page = sign_in(nour).get("/digest").text

    assert asked.title in page and "You read Arabic, and Sfax can share experience with this" in page
    assert page.count(f'action="/digest/topics/{asked.id}/answer"') == 3


def test_with_nothing_to_show_it_says_so_and_where_to_go(sign_in):
    page = sign_in(MemberFactory()).get("/digest").text

    assert "Nothing waits for you this week" in page and 'href="/topics?filter=unanswered"' in page


def test_it_is_a_members_own_and_stands_in_their_menu(visitor, sign_in, nour):
    assert visitor.get("/digest").status_code == 302
    assert 'href="/digest"' in sign_in(nour).get("/").text


@pytest.mark.parametrize("answer, words", [("same", "does this too"), ("help", "Can help")])
def test_one_press_tells_the_asker_and_stands_on_the_topic(nour, asked, sign_in, answer, words):
    browser = sign_in(nour)
    for _ in range(2):
        response = press(browser, asked, answer)

    assert response.status_code == 303 and response.location == f"/digest/topics/{asked.id}/reply"
    assert said(asked) == [(nour.id, answer)]
    facts = {"answer": answer, "city_id": nour.city.id}
    assert told(asked.author) == [("reply", "Topic", asked.id, facts)]
    topic_page = sign_in(asked.author).get(f"/topics/{asked.id}").text
    assert words in topic_page and "Sfax" in topic_page
    assert waiting(browser, asked) == 0


def test_the_next_step_is_a_reply_with_its_first_words(nour, asked, sign_in):
    browser = sign_in(nour)
    press(browser, asked, "same")
    page = browser.get(f"/digest/topics/{asked.id}/reply").text

    assert "In Sfax we do this too." in page and f'action="/topics/{asked.id}/posts"' in page


def test_who_said_nothing_is_led_to_the_question(nour, asked, sign_in):
    response = sign_in(nour).get(f"/digest/topics/{asked.id}/reply")
    assert response.status_code == 303 and response.location == f"/topics/{asked.id}"


def test_not_for_me_is_told_to_nobody(nour, asked, sign_in):
    browser = sign_in(nour)
    assert press(browser, asked, "no").location == "/digest"

    assert waiting(browser, asked) == 0
    assert told(asked.author) == []
    for reader in (asked.author, nour):
        assert "Can help" not in sign_in(reader).get(f"/topics/{asked.id}").text


def test_an_answer_is_taken_back_and_the_asker_hears_no_more_of_it(nour, asked, sign_in):
    browser = sign_in(nour)
    press(browser, asked, "help")
    assert browser.post(f"/digest/topics/{asked.id}/take-back").status_code == 303

    assert said(asked) == [] and told(asked.author) == []
    assert browser.post(f"/digest/topics/{asked.id}/take-back").status_code == 303, "twice changes nothing"
    assert waiting(browser, asked) == 3


def test_another_answer_takes_the_place_of_the_one_before(nour, asked, sign_in):
    browser = sign_in(nour)
    press(browser, asked, "same")
    press(browser, asked, "help")

    assert said(asked) == [(nour.id, "help")]
    assert [facts["answer"] for *_, facts in told(asked.author)] == ["help"]


def test_cities_are_counted_once_and_members_who_went_not_at_all(nour, asked, sign_in):
    colleague = MemberFactory(city=nour.city)
    gone = official(offers=["housing"], place="Graz")
    for member in (nour, colleague, gone):
        press(sign_in(member), asked, "same")
    gone.state = "locked"
    page = sign_in(asked.author).get(f"/topics/{asked.id}").text

    assert "1 city does this too:" in page and "Graz" not in page


def own(topic, member):
    return topic.author, 403


def closed(topic, member):
    topic.close(topic.author)
    return member, 403


def hidden(topic, member):
    topic.forum.space.confidentiality = "group"
    return member, 404


def under_chatham(topic, member):
    space = topic.forum.space
    space.confidentiality = "chatham"
    space.admit(member)
    return member, 403


def with_pen_names(topic, member):
    topic.forum.space.allows_chosen_names = True
    return member, 403


def nothing_to_ask(topic, member):
    topic.kind = "discussion"
    return member, 403


def archived(topic, member):
    topic.forum.space.archive()
    return member, 403


@pytest.mark.parametrize(
    "happens", [own, closed, hidden, under_chatham, with_pen_names, nothing_to_ask, archived]
)
@pytest.mark.parametrize("answer", ["same", "help"])
def test_who_may_not_answer_is_refused_and_nothing_is_told(nour, asked, sign_in, happens, answer):
    member, status = happens(asked, nour)

    assert press(sign_in(member), asked, answer).status_code == status
    assert said(asked) == [] and told(asked.author) == []


def test_what_is_no_answer_is_refused(nour, asked, sign_in):
    for answer in ("", "maybe", "same "):
        assert press(sign_in(nour), asked, answer).status_code == 422
    assert said(asked) == []


def test_guests_read_no_names_of_who_answered(nour, sign_in, visitor):
    forum = ForumFactory(space=SpaceFactory(confidentiality="public"))
    topic = question("housing", language="ar", forum=forum)
    press(sign_in(nour), topic, "help")

    for browser in (visitor, sign_in(guest())):
        page = browser.get(f"/topics/{topic.id}").text
        assert "Nour" not in page and "Can help" not in page
    assert "Nour" in sign_in(MemberFactory()).get(f"/topics/{topic.id}").text


def test_under_the_chatham_house_rule_the_page_offers_no_city(nour, sign_in):
    space = SpaceFactory(confidentiality="chatham")
    space.admit(nour)
    topic = question("housing", language="ar", forum=ForumFactory(space=space))
    page = sign_in(nour).get("/digest").text

    answers = re.findall(r'name="answer" value="(\w+)"', page)
    assert topic.title in page and answers == ["no"]


@pytest.mark.parametrize("locale, word", [("fr", "Bonjour"), ("ar", "")])
def test_the_mail_of_an_answer_says_nobodys_name(nour, asked, sign_in, locale, word):
    from cityexchange.core.mail.letters import compose

    mail = OutgoingMail(
        key="x",
        member=asked.author,
        template="digest/answer",
        record_type="Topic",
        record_id=asked.id,
        facts={"answer": "help"},
    )
    asked.author.locale = locale
    db.session.add(mail)
    db.session.flush()
    with force_locale(locale):
        letter = compose(mail)
    assert "Nour" not in letter.text + letter.html and asked.title in letter.subject


def test_what_was_answered_stands_below_as_long_as_it_is_open_to_me(nour, asked, sign_in):
    browser = sign_in(nour)
    press(browser, asked, "no")
    assert f'action="/digest/topics/{asked.id}/take-back"' in browser.get("/digest").text

    asked.forum.space.confidentiality = "group"
    page = browser.get("/digest").text
    assert asked.title not in page and "take-back" not in page
    assert browser.post(f"/digest/topics/{asked.id}/take-back").status_code == 303
    assert said(asked) == []


def test_the_line_on_the_topic_is_as_new_as_what_was_said(nour, asked, sign_in):
    """It is kept in memory by the topic's version."""
    reader, browser = sign_in(asked.author), sign_in(nour)
    address = f"/topics/{asked.id}"
    assert "Can help" not in reader.get(address).text
    press(browser, asked, "help")
    assert "Nour Haddad" in reader.get(address).text
    nour.name = "Nour Ben Salah"
    assert "Nour Ben Salah" in reader.get(address).text
    nour.state = "locked"
    assert "Nour" not in reader.get(address).text
    nour.state = "active"
    browser.post(f"/digest/topics/{asked.id}/take-back")
    assert "Can help" not in reader.get(address).text
