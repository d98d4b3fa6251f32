"""A mail that tells of several kinds of things: its link names them, and stops all of them or each; and it is looked up once."""

import pytest
from sqlalchemy import event

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.core.mail.tokens import token_for
from cityexchange.notifications.choices import choices_of, choose
from cityexchange.notifications.kinds import KINDS
from cityexchange.notifications.mails import mail_conversations
from cityexchange.notifications.wanted import why_not
from tests.forums.factories import start_topic
from tests.notifications.noon import minutes_later, reply, tell
from tests.notifications.test_choices import label, mailings

EVERYTHING = 24 * 60


def way_of(mail):
    return mail["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")


@pytest.fixture
def mixed(topic, ana, ben, sweep):
    """One conversation's mail: a name and two replies, the more frequent kind."""
    reply(topic, ben, "What do you say, @ana-ruiz?")
    reply(topic, ben, "One.")
    reply(topic, ben, "Two.")
    with minutes_later(10):
        [mail] = sweep()
    return way_of(mail)


@pytest.fixture
def of_a_day(topic, ana, ben, sweep):
    for kind in ("reply", "answer"):
        choose(ana.id, kind, is_here=True, mailing="daily")
    reply(topic, ben, "One.")
    tell(ana, "answer", topic, topic)
    with minutes_later(EVERYTHING):
        [mail] = sweep()
    return way_of(mail)


def test_the_page_names_each_kind_of_the_mail_and_no_other(visitor, mixed):
    page = visitor.get(mixed).text
    assert all((label(kind) in page) == (kind in ("mention", "reply")) for kind in KINDS)
    assert page.count("Stop these mails") == 2 and "Stop all of these mails" in page


def test_a_mail_program_stops_all_of_them_with_one_press(visitor, ana, mixed):
    before = mailings(ana)
    answer = visitor.post(mixed, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert mailings(ana) == before | {"mention": "never", "reply": "never"}
    assert answer.text.count("Send them again") == 2 and "Stop these mails" not in answer.text

    visitor.post(f"{mixed}/undo")
    assert mailings(ana) == before


@pytest.mark.parametrize("kind", ["mention", "reply"])
def test_each_is_stopped_by_itself_and_comes_again_by_itself(visitor, ana, mixed, kind):
    before = mailings(ana)
    page = visitor.post(mixed, data={"kind": kind}).text
    assert mailings(ana) == before | {kind: "never"}
    assert page.count("Stop these mails") == page.count("Send them again") == 1
    assert f'name="kind" value="{kind}"' in page

    page = visitor.post(f"{mixed}/undo", data={"kind": kind}).text
    assert mailings(ana) == before and page.count("Stop these mails") == 2


@pytest.mark.parametrize("kind", ["topic", "day", "", "replies", "nonsense"])
def test_what_the_mail_did_not_tell_of_is_not_stopped_by_its_link(visitor, ana, mixed, kind):
    before = mailings(ana)
    assert visitor.post(mixed, data={"kind": kind}).status_code == 404
    assert mailings(ana) == before


def test_looking_at_the_page_changes_nothing(visitor, ana, mixed):
    before = mailings(ana)
    for way in (mixed, f"{mixed}?kind=reply"):
        assert visitor.get(way).status_code == visitor.head(way).status_code == 200
    assert mailings(ana) == before


def test_a_days_mail_names_the_day_and_its_kinds(visitor, ana, of_a_day):
    page = visitor.get(of_a_day).text
    assert all(words in page for words in ("What comes once a day", label("reply"), label("answer")))
    assert label("translation") not in page

    visitor.post(of_a_day, data={"kind": "answer"})
    assert [mailings(ana)[kind] for kind in ("reply", "answer", "translation")] == ["daily", "never", "daily"]
    visitor.post(of_a_day)
    assert "daily" not in mailings(ana).values()
    visitor.post(f"{of_a_day}/undo")
    assert [mailings(ana)[kind] for kind in ("reply", "answer", "translation")] == ["daily"] * 3


def test_a_mail_of_one_kind_asks_as_before(visitor, topic, ana, ben, sweep):
    reply(topic, ben, "One.")
    with minutes_later(10):
        [mail] = sweep()
    page = visitor.get(way_of(mail)).text
    assert label("reply") in page and 'name="kind"' not in page and "Stop these mails" in page


def test_a_link_of_a_kind_beside_one_that_is_no_more_stops_the_other(visitor, ana):
    path = f"/mail/unsubscribe/{token_for(ana.id, 'forums', 'reply')}"
    assert visitor.get(path).status_code == 200
    assert visitor.post(path).status_code == 200
    assert choices_of(ana)["reply"].mailing == "never"


def test_what_may_lapse_is_told_in_quiet_hours_also_beside_what_could_wait(topic, ana, ben, sweep):
    """Half past eight in the evening, in Paris."""
    evening = 7 * 60 + 30
    with minutes_later(evening):
        for number in range(3):
            tell(ana, "reply", topic.post(ben, f"Number {number}."), topic)
        tell(ana, "change", topic, topic)
    with minutes_later(evening + 10):
        [mail] = sweep()
    assert way_of(mail)


@pytest.mark.parametrize("mailing", ["bundled", "daily"])
def test_what_a_mail_tells_is_looked_up_once(app, topic, ana, ben, sweep, mailing):
    choose(ana.id, "reply", is_here=True, mailing=mailing)
    for title in ("And then?", "And after that?"):
        reply(start_topic(author=ana, title=title), ben, "Elsewhere.")
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        if "FROM notifications" in statement and "notifications.id IN" in statement:
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with minutes_later(EVERYTHING):
            mails = sweep()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(mails) == (2 if mailing == "bundled" else 1) == len(asked)


def test_each_look_finds_what_is_so_then(topic, ana, ben):
    """The box of a developer shows a mail as it would go out now."""
    reply(topic, ben, "Stays.")
    second = reply(topic, ben, "Goes.")
    db.session.commit()
    with minutes_later(10):
        mail_conversations()
    mail = db.session.scalars(db.select(OutgoingMail)).one()
    letters = []
    for happens in (lambda: None, lambda: second.remove(ben)):
        happens()
        assert why_not("reply", mail) is None
        letters.append(compose(mail).text)
    assert [("Stays." in text, "Goes." in text) for text in letters] == [(True, True), (True, False)]
