"""What whoever asked hears of an answer of one press: beside replies, in mails, and where what is said is not mailed."""

import pytest

from cityexchange.core.db import db
from cityexchange.digest import answering
from cityexchange.digest.models import DigestAnswer
from cityexchange.follows.models import Follow
from cityexchange.notifications.choices import choose
from cityexchange.notifications.counting import counts_of
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.mail.conftest import deliver_to, sink  # noqa: F401  # fixtures
from tests.notifications.conftest import sweep  # noqa: F401  # a fixture
from tests.notifications.noon import minutes_later, reply, words


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", locale="en")


def asked_by(ana, *members, confidentiality="members"):
    space = SpaceFactory(confidentiality=confidentiality)
    for member in (ana, *members):
        space.admit(member)
    return start_topic(ForumFactory(space=space), ana, title="Secret title")


def press(member, topic, answer="help", at=0):
    with minutes_later(at):
        answering.give(DigestAnswer.of(member, topic, answer))
    db.session.commit()


def arrived(sweep, member, after):  # noqa: F811
    with minutes_later(after):
        return [mail for mail in sweep() if member.email in mail["To"]]


def test_alone_it_is_mailed_in_its_own_words(ana, ben, sweep):  # noqa: F811
    press(ben, asked_by(ana, ben))
    [mail] = arrived(sweep, ana, 30)

    assert mail["Subject"] == f"Somebody from {ben.city.name} can help with your question: Secret title"
    for part in words(mail):
        assert f"Somebody from {ben.city.name} can help with your question" in part and "Ben" not in part


def test_with_a_reply_after_it_both_stand_in_one_mail(ana, ben, sweep):  # noqa: F811
    topic = asked_by(ana, ben)
    press(ben, topic)
    reply(topic, ben, "We begin in May.", at=1)
    [mail] = arrived(sweep, ana, 30)

    for part in words(mail):
        assert f"Somebody from {ben.city.name} can help with your question" in part
        assert "We begin in May." in part


@pytest.mark.parametrize("mailing", ["bundled", "daily"])
@pytest.mark.parametrize("is_replied", [False, True], ids=["alone", "with a reply"])
def test_of_a_closed_space_a_mail_says_nothing_of_it(ana, ben, sweep, mailing, is_replied):  # noqa: F811
    choose(ana.id, "reply", is_here=True, mailing=mailing)
    topic = asked_by(ana, ben, confidentiality="group")
    press(ben, topic)
    if is_replied:
        reply(topic, ben, "Secret reply.", at=1)
    [mail] = arrived(sweep, ana, 24 * 60)

    assert "ecret" not in mail["Subject"] + "".join(words(mail))


def test_who_wants_it_at_once_gets_its_mail_at_once(ana, ben, sweep):  # noqa: F811
    choose(ana.id, "reply", is_here=True, mailing="at_once")
    press(ben, asked_by(ana, ben))

    assert len(arrived(sweep, ana, 2)) == 1


@pytest.mark.parametrize("why", ["muted", "not in the space any more"])
def test_it_is_told_as_replies_are(ana, ben, why):
    topic, other = (asked_by(ana, ben, confidentiality="group") for _ in range(2))
    if why == "muted":
        Follow.choose(ana, topic, "muted")
    else:
        topic.forum.space.leave(ana)
    press(ben, topic)
    assert counts_of([ana.id])[ana.id].unread == 0

    press(ben, other)
    assert counts_of([ana.id])[ana.id].unread == 1


def test_what_is_taken_back_is_one_less_at_the_bell_and_nothing_else(ana, ben):
    topic, chi = asked_by(ana, ben), MemberFactory()
    press(ben, topic)
    press(chi, topic)
    answering.take_back(DigestAnswer.on(ben.id, topic.id))
    db.session.commit()

    assert counts_of([ana.id])[ana.id].unread == 1


def test_among_notifications_it_stands_by_its_own_words_and_not_as_a_reply(ana, ben, sign_in):
    topic = asked_by(ana, ben)
    press(ben, topic)
    topic.post(ben, "We begin in May.")
    page = sign_in(ana).get("/notifications").text

    assert page.count(f"Somebody from {ben.city.name} can help with your question: Secret title") == 1
    assert "1 reply" in page and "2 replies" not in page


IN_EACH_LANGUAGE = {
    ("same", "en"): "Vienna does this too: Secret title",
    ("same", "fr"): "Vienne le fait aussi : Secret title",
    ("help", "es"): "Alguien de Viena puede ayudar con su pregunta: Secret title",
    ("help", "ar"): "هناك من يستطيع المساعدة من فيينا في سؤالك: Secret title",
}


@pytest.mark.parametrize(("answer", "locale"), IN_EACH_LANGUAGE)
def test_the_city_is_named_as_the_asker_calls_it(ana, ben, sweep, sign_in, answer, locale):  # noqa: F811
    ana.locale = locale
    ben.city.name, ben.city.names = "Vienna", {"fr": "Vienne", "es": "Viena", "ar": "فيينا"}
    db.session.commit()
    said = IN_EACH_LANGUAGE[answer, locale]
    press(ben, asked_by(ana, ben), answer)
    assert said in sign_in(ana).get("/notifications").text

    [mail] = arrived(sweep, ana, 30)
    assert mail["Subject"] == said


def under_chatham(topic):
    topic.forum.space.confidentiality = "chatham"


def with_pen_names(topic):
    topic.forum.space.allows_chosen_names = True


@pytest.mark.parametrize("happens", [under_chatham, with_pen_names])
@pytest.mark.parametrize("answer", ["same", "help"])
def test_where_names_are_hidden_by_now_no_city_is_named(ana, ben, sweep, sign_in, happens, answer):  # noqa: F811
    topic = asked_by(ana, ben)
    press(ben, topic, answer)
    happens(topic)
    db.session.commit()
    page = sign_in(ana).get("/notifications").text
    assert "Secret title" in page and ben.city.name not in page

    for mail in arrived(sweep, ana, 30):
        assert ben.city.name not in mail["Subject"] + "".join(words(mail))
