"""What stands in a mail of notifications, and what does not."""

import pytest
from sqlalchemy import select

from cityexchange.archive.leaving import leave
from cityexchange.chat.models import Room
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.languages.models import translate
from cityexchange.notifications import mails
from cityexchange.notifications.choices import choose
from cityexchange.notifications.models import Notification
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.notifications.noon import minutes_later, reply, tell, words
from tests.workshops.factories import WorkshopFactory


def test_replies_within_minutes_come_as_one_mail_with_all_their_words(topic, ana, ben, sweep):
    first = reply(topic, ben, "Begin with two days a week.")
    reply(topic, MemberFactory(name="Chi"), "Or with three.", at=2)
    with minutes_later(6):
        assert not [mail for mail in sweep() if ana.email in mail["To"]]
    with minutes_later(8):
        [mail] = [mail for mail in sweep() if ana.email in mail["To"]]

    assert mail["Subject"] == "2 new posts: How to begin?"
    for part in words(mail):
        assert "Begin with two days a week." in part and "Or with three." in part
        assert "Ben Okoro" in part and "Chi" in part and f"/posts/{first.id}" in part


def test_whom_a_post_calls_is_called_by_name_and_who_has_left_by_none(topic, ana, ben, sweep):
    chi, dov = MemberFactory(name="Chi Nwosu", handle="chi-n"), MemberFactory(name="Dov Levi", handle="dov-l")
    reply(topic, ben, "As @chi-n and @dov-l have said.")
    with minutes_later(1):
        leave(dov)
    with minutes_later(6):
        [mail] = [mail for mail in sweep() if ana.email in mail["To"]]

    for part in words(mail):
        assert f"@{chi.name}" in part and "Former member" in part and "dov" not in part.lower()


def test_mails_of_one_conversation_are_one_thread(topic, ben, sweep):
    for at in (0, 30):
        reply(topic, ben, f"Reply {at}.", at=at)
        with minutes_later(at + 6):
            sweep()
    first, second = sweep()
    assert first["In-Reply-To"] == second["In-Reply-To"] == second["References"]
    assert first["Message-ID"] != second["Message-ID"]


def test_conversations_are_mailed_apart(topic, ana, ben, sweep):
    other = start_topic(author=ana, title="And then?")
    reply(topic, ben, "Here.")
    reply(other, ben, "There.")
    with minutes_later(6):
        assert {mail["Subject"] for mail in sweep()} == {"New reply: How to begin?", "New reply: And then?"}


def test_what_was_read_while_the_mail_server_was_away_is_left_out(topic, ben, sweep):
    read, unread = reply(topic, ben, "The first."), reply(topic, ben, "The second.")
    with minutes_later(6):
        db.session.commit()
        mails.mail_conversations()
        db.session.query(Notification).filter_by(record_id=read.id).update({"read_at": utcnow()})
        [mail] = sweep()
    assert unread.text in words(mail)[0] and read.text not in words(mail)[0]


@pytest.mark.parametrize("is_queued", [False, True], ids=["while it waits", "while the mail waits"])
@pytest.mark.parametrize("how", ["removed", "hidden", "left"])
def test_what_is_gone_or_not_seen_any_more_is_not_told(ana, ben, sweep, how, is_queued):
    space = SpaceFactory(confidentiality="members" if how != "left" else "group")
    for member in (ana, ben):
        space.admit(member)
    topic = start_topic(ForumFactory(space=space), ana)
    kept, gone = reply(topic, ben, "Kept."), reply(topic, ben, "Gone.")
    with minutes_later(9 if is_queued else 3):
        db.session.commit()
        mails.mail_conversations()
        match how:
            case "removed":
                gone.remove(ben)
            case "hidden":
                topic.state = "held"
                topic.author_id = ben.id
            case "left":
                space.leave(ana)
    with minutes_later(9):
        arrived = sweep()
    if how == "removed":
        [mail] = arrived
        assert kept.text in words(mail)[0] and "Gone." not in words(mail)[0] + words(mail)[1]
    else:
        assert arrived == []
        reasons = db.session.scalars(select(OutgoingMail.reason)).all()
        assert reasons == (["nothing_left"] if is_queued else [])


@pytest.mark.parametrize("confidentiality", ["group", "chatham"])
def test_of_a_closed_space_a_mail_tells_neither_who_nor_what(ana, ben, sweep, confidentiality):
    space = SpaceFactory(confidentiality=confidentiality, name="Quiet room")
    for member in (ana, ben):
        space.admit(member)
    topic = start_topic(ForumFactory(space=space), ana, title="Secret title")
    reply(topic, ben, "Secret reply.")
    room = Room.open(space, "Secret room")
    with minutes_later(0):
        message = room.post(ben, "Secret message, @ana-ruiz")
        tell(ana, "mention", message, room, position=1)
    choose(ana.id, "topic", is_here=True, mailing="daily")
    other = start_topic(topic.forum, ben, title="Secret day")
    with minutes_later(0):
        tell(ana, "topic", other, other)
    with minutes_later(12):
        sweep()
    with minutes_later(24 * 60):
        arrived = sweep()
    assert len(arrived) == 3
    for mail in arrived:
        told = mail["Subject"] + "".join(words(mail))
        assert not any(word in told for word in ("ecret", "Quiet", "Ben", ben.city.name))


def test_of_many_posts_a_mail_shows_the_first_and_counts_the_others(topic, ben, sweep):
    for number in range(22):
        reply(topic, ben, f"Number {number}.")
    with minutes_later(6):
        [mail] = sweep()
    for part in words(mail):
        assert "Number 9." in part and "Number 10." not in part and "And 12 more." in part


def test_the_words_are_in_the_recipients_language(topic, ana, ben, sweep):
    ana.locale = "fr"
    ana.languages_read = ["fr", "en"]
    reply(topic, ben, "Two days.")
    with minutes_later(6):
        [mail] = sweep()
    assert mail["Subject"].startswith("Nouvelle réponse")
    assert 'lang="fr"' in words(mail)[1]


@pytest.mark.parametrize("is_closed", [False, True])
def test_marked_answers_and_translations_have_their_own_words(ana, ben, sweep, is_closed):
    space = SpaceFactory(confidentiality="group" if is_closed else "members")
    for member in (ana, ben):
        space.admit(member)
    for kind in ("answer", "translation"):
        choose(ana.id, kind, is_here=True, mailing="bundled")
    topic = start_topic(ForumFactory(space=space), ana, title="How to begin?", text="My own words.")
    with minutes_later(0):
        answer = topic.post(ben, "With two days a week.")
    db.session.query(Notification).delete()
    with minutes_later(1):
        topic.mark_answer(answer, MemberFactory(team_role="facilitator", city=None))
        translate(topic, "title", "fr", "Par où commencer ?", author=ben)
    with minutes_later(7):
        [mail] = [mail for mail in sweep() if ana.email in mail["To"]]
    told = [mail["Subject"], *words(mail)]
    assert ("This is marked as the answer:" in told[1]) is not is_closed
    assert ("A text of yours was translated." in told[2]) is not is_closed
    assert all(("How to begin?" in part) is not is_closed for part in told)
    assert ("With two days a week." in told[1]) is not is_closed
    assert not any("My own words." in part or "replied" in part or "new reply" in part for part in told)


def test_a_translation_of_what_is_no_conversation_leads_to_the_page_of_what_one_was_told(ana, ben, sweep):
    workshop = WorkshopFactory(organiser=ana, title="Desks")
    with minutes_later(0):
        translate(workshop, "title", "fr", "Guichets", author=ben)
    with minutes_later(24 * 60):
        [mail] = sweep()
    for part in words(mail):
        assert "A text of yours was translated." in part and "/notifications" in part


def test_a_new_topic_is_told_by_its_title_in_a_days_mail(ana, ben, sweep):
    with minutes_later(0):
        topic = start_topic(author=ben, title="Who counts arrivals?")
        tell(ana, "topic", topic, topic)
    with minutes_later(24 * 60):
        [mail] = [mail for mail in sweep() if ana.email in mail["To"]]
    for part in words(mail):
        assert "Who counts arrivals?" in part and "This topic is new." in part and "wrote:" not in part
        assert f"/topics/{topic.id}" in part
