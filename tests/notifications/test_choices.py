"""One table: what is told here, how it is mailed, and when not; and mails that other features send by themselves."""

from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from cityexchange.core.db import clock_at, db
from cityexchange.core.mail import mail_kinds, queue_mail
from cityexchange.core.mail.tokens import token_for
from cityexchange.members.models import Member
from cityexchange.notifications.choices import choices_of, choose, choose_hours, hours_of
from cityexchange.notifications.forms import ChoicesForm
from cityexchange.notifications.hours import Hours
from cityexchange.notifications.kinds import KINDS, LETTERS, usual
from cityexchange.notifications.letters import add_letter, without
from cityexchange.notifications.mails import mail_conversations, mail_days
from cityexchange.notifications.models import Notification
from cityexchange.spaces.entries import SpaceEntry
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import start_topic
from tests.notifications.noon import NOON, minutes_later, tell, words

PAGE = "/settings/mails"


def whole(**other):
    """The form as a browser sends it, with everything ticked."""
    form = {f"{kind}-is_here": "y" for kind in KINDS} | {f"{kind}-mailing": "bundled" for kind in KINDS}
    return form | {"begins": "20", "ends": "7"} | other


def label(kind):
    with force_locale("en"):
        return str(KINDS[kind].label)


def mailings(member):
    return {kind: choice.mailing for kind, choice in choices_of(member).items()}


def test_the_page_shows_what_holds_and_one_press_keeps_all_of_it(sign_in, ana):
    browser = sign_in(ana)
    page = browser.get(PAGE).text
    assert all(label(kind) in page for kind in KINDS)

    form = whole(begins="22", ends="6", on_free_days="y") | {
        "reply-mailing": "never",
        "topic-mailing": "daily",
    }
    del form["message-is_here"]
    assert browser.post(PAGE, data=form).status_code == 303
    assert mailings(ana)["reply"] == "never" and mailings(ana)["topic"] == "daily"
    assert [kind for kind, choice in choices_of(ana).items() if not choice.is_here] == ["message"]
    assert hours_of(ana) == Hours(ana.timezone, "FR", 22, 6, on_free_days=True)


def test_saved_twice_the_later_one_holds(sign_in, ana):
    browser = sign_in(ana)
    for way in ("daily", "at_once"):
        assert browser.post(PAGE, data=whole(**{"reply-mailing": way})).status_code == 303
    assert mailings(ana)["reply"] == "at_once"


@pytest.mark.parametrize(
    "wrong", [{"reply-mailing": "hourly"}, {"begins": "24"}, {"ends": "noon"}, {"begins": "-1"}]
)
def test_what_is_no_choice_is_refused_with_the_rest_kept(sign_in, ana, wrong):
    browser = sign_in(ana)
    answer = browser.post(PAGE, data=whole(**{"topic-mailing": "never"}) | wrong)
    assert answer.status_code == 422
    assert "notice--error" in answer.text
    found = mailings(ana)
    assert {kind: found[kind] for kind in KINDS} == {kind: usual(kind, "official") for kind in KINDS}


def test_choices_are_ones_own(sign_in, ana, ben):
    sign_in(ana).post(PAGE, data=whole(**{"reply-mailing": "never"}))
    assert mailings(ben)["reply"] == "bundled"


def row_of(member, kind):
    rows = db.select(Notification).filter_by(member_id=member.id, kind=kind).order_by(Notification.id.desc())
    return db.session.scalars(rows).first()


def test_what_is_not_wanted_here_is_there_for_its_mail_alone(ana):
    choose(ana.id, "reply", is_here=False, mailing="daily")
    topic = start_topic(author=ana)
    tell(ana, "reply", topic)
    tell(ana, "mention", topic)
    assert [row_of(ana, kind).is_here for kind in ("reply", "mention")] == [False, True]


@pytest.mark.parametrize(
    ("former", "kind"), [("replies", "reply"), ("mentions", "mention"), ("reply", "reply")]
)
def test_links_of_mails_that_were_sent_long_ago_stop_what_they_said(visitor, ana, former, kind):
    path = f"/mail/unsubscribe/{token_for(ana.id, former)}"
    assert label(kind) in visitor.get(path).text
    visitor.post(path)
    visitor.post(path)
    assert mailings(ana)[kind] == "never"
    visitor.post(f"{path}/undo")
    assert mailings(ana)[kind] == KINDS[kind].mailing


def test_the_link_of_a_days_mail_stops_all_that_comes_so_and_brings_back_just_that(visitor, ana):
    choose(ana.id, "reply", is_here=True, mailing="daily")
    choose(ana.id, "topic", is_here=True, mailing="never")
    before = mailings(ana)
    path = f"/mail/unsubscribe/{token_for(ana.id, 'day')}"
    visitor.post(path)
    assert "daily" not in mailings(ana).values() and mailings(ana)["mention"] == "bundled"
    visitor.post(f"{path}/undo")
    assert mailings(ana) == before


def test_a_link_of_a_kind_that_is_no_more_says_so_and_changes_nothing(visitor, ana):
    before = mailings(ana)
    assert visitor.post(f"/mail/unsubscribe/{token_for(ana.id, 'forums')}").status_code == 200
    assert mailings(ana) == before


@pytest.mark.parametrize("template", ["reply", "mention"])
@pytest.mark.parametrize("mailing", ["bundled", "never"])
def test_mails_of_forums_that_were_queued_before_are_still_sent_and_stopped(
    ana, ben, sink, deliver_to, template, mailing
):
    post = start_topic(author=ana).post(ben, "Queued before the change.")
    db.session.execute(db.text("DELETE FROM outgoing_mails"))
    choose(ana.id, template, is_here=True, mailing=mailing)
    with clock_at(NOON):
        queue_mail("old", ana, f"forums/{template}", record=post, conversation=post.topic)
        deliver_to(sink.url)
    assert len(sink.mails) == (mailing == "bundled")


def test_hours_of_somebody_without_city_and_choice_are_the_usual_ones():
    member = MemberFactory(city=None, timezone="America/Lima")
    assert hours_of(member) == Hours("America/Lima", None, 20, 7, on_free_days=False)
    choose_hours(member.id, 1, 2, on_free_days=True)
    assert hours_of(member) == Hours("America/Lima", None, 1, 2, on_free_days=True)


def test_a_mail_of_another_feature_waits_for_the_end_of_quiet_hours(ana, ben, sink, deliver_to):
    post = start_topic(author=ana).post(ben, "Late.")
    db.session.execute(db.text("DELETE FROM outgoing_mails"))
    with clock_at(datetime(2027, 1, 12, 21, 30, tzinfo=UTC)):
        queue_mail("late", ana, "forums/reply", record=post)
        queue_mail("code", ana, "members/safety", what="password_changed")
        deliver_to(sink.url)
        assert [mail["Subject"] for mail in sink.mails] == ["Your password was changed."]
    with clock_at(datetime(2027, 1, 13, 5, 59, tzinfo=UTC)):
        deliver_to(sink.url)
        assert len(sink.mails) == 1
    with clock_at(datetime(2027, 1, 13, 6, 0, 1, tzinfo=UTC)):
        deliver_to(sink.url)
        assert len(sink.mails) == 2


def asked(space, member):
    """Somebody asks whoever looks after the space for a place in it."""
    space.admit(member, "facilitator")
    SpaceEntry.ask(space, MemberFactory())


def answered(space, member):
    SpaceEntry.ask(space, member).accept(MemberFactory())


def named(space, member):
    space.admit(member, "facilitator")
    queue_mail(f"space_successor:{space.id}", member, "spaces/named", space)


# Mails that another feature sends by itself: (kind, what leads to one).
OTHERS = {
    "a request": ("request", asked),
    "a decision": ("decision", answered),
    "a change": ("change", named),
}
ORDER = {"at_once": 0, "bundled": 1, "daily": 2, "never": 3}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("mailing", ["at_once", "bundled", "daily", "never"])
def test_mails_of_other_features_come_as_their_kind_was_chosen(ana, sink, deliver_to, name, mailing):
    kind, happen = OTHERS[name]
    choose(ana.id, kind, is_here=True, mailing=mailing)
    arrived = {}
    with clock_at(NOON):
        happen(SpaceFactory(name="Waste water", confidentiality="members"), ana)
    for when, minutes in (("at_once", 0), ("bundled", 6), ("daily", 24 * 60)):
        with minutes_later(minutes):
            db.session.commit()
            mail_conversations()
            mail_days()
            deliver_to(sink.url)
            arrived[when] = len([mail for mail in sink.mails if ana.email in mail["To"]])
    assert list(arrived.values()) == [int(ORDER[mailing] <= number) for number in range(3)]
    for mail in (mail for mail in sink.mails if ana.email in mail["To"]):
        for part in words(mail):
            assert "/spaces" in part and part.count("You get this mail because") == 1
        assert mail["List-Unsubscribe"]


@pytest.fixture
def letter():
    add_letter("test_letter", "A letter of the week", "test/letter")
    yield "test_letter"
    LETTERS.pop("test_letter")
    delattr(ChoicesForm, "test_letter")
    mail_kinds.remove("test_letter")


def test_a_letter_of_a_feature_above_is_a_row_of_the_same_table(sign_in, visitor, ana, ben, letter):
    browser = sign_in(ana)
    page = browser.get(PAGE).text
    assert "A letter of the week" in page and "Once a week" in page and "test_letter-is_here" not in page
    assert browser.post(PAGE, data=whole(**{"test_letter-mailing": "daily"})).status_code == 422
    assert browser.post(PAGE, data=whole(**{"test_letter-mailing": "never"})).status_code == 303
    assert wanting(letter) == {ben.id}

    path = f"/mail/unsubscribe/{token_for(ben.id, letter)}"
    visitor.post(path)
    assert wanting(letter) == set()
    visitor.post(f"{path}/undo")
    assert wanting(letter) == {ben.id} and mailings(ben)[letter] == "weekly"


def wanting(name):
    return set(db.session.scalars(db.select(Member.id).where(~without(name))))
