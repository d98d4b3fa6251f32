from datetime import timedelta

import pytest

from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.mail import OutgoingMail, queue_mail
from cityexchange.core.mail.delivery import BACK_OFF, claim, recover, send
from cityexchange.core.mail.post_office import open_line
from tests.factories import MemberFactory, SpaceFactory
from tests.mail.sink import free_port


def queue(member=None, key="one", **facts):
    space = facts.pop("record", None) or SpaceFactory()
    return queue_mail(key, member or MemberFactory(), "test/reply", record=space, number=7, **facts)


def test_a_mail_arrives_in_both_parts_with_links_to_the_site(sink, deliver_to, states):
    member = MemberFactory(name="Amina")
    queue(member, record=SpaceFactory(name="Housing", slug="housing"))

    deliver_to(sink.url)

    assert states() == [("sent", None)]
    [mail] = sink.mails
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for part in mail.iter_parts():
        assert "http://localhost/spaces/housing" in part.get_content()
        assert "Amina" in part.get_content()
    assert sink.envelopes[0].rcpt_tos == [member.email]


def test_the_same_key_is_the_same_mail(sink, deliver_to):
    member = MemberFactory()
    space = SpaceFactory()
    assert queue(member, record=space).id == queue(member, record=space).id
    deliver_to(sink.url)
    queue(member, record=space)
    deliver_to(sink.url)

    assert len(sink.taken) == 1


def test_what_was_undone_is_never_mailed(sink, deliver_to):
    with unit_of_work() as work:
        queue()
        work.undo()
    deliver_to(sink.url)

    assert sink.taken == []


def test_a_mail_about_a_record_that_is_no_longer_seen_is_dropped(sink, deliver_to, states):
    space, member = SpaceFactory(confidentiality="group"), MemberFactory()
    space.admit(member)
    queue(member, key="before", record=space)
    deliver_to(sink.url)
    queue(member, key="after", record=space)
    space.leave(member)
    deliver_to(sink.url)

    assert states() == [("sent", None), ("dropped", "not_visible")]
    assert len(sink.taken) == 1


def test_a_mail_about_a_deleted_record_is_dropped(sink, deliver_to, states):
    space = SpaceFactory()
    queue(record=space)
    db.session.delete(space)
    deliver_to(sink.url)

    assert states() == [("dropped", "not_visible")]


def test_a_member_who_was_suspended_gets_no_mail(sink, deliver_to, states):
    member = MemberFactory()
    queue(member)
    member.suspend()
    deliver_to(sink.url)

    assert states() == [("dropped", "inactive")]
    assert sink.taken == []


def test_a_code_goes_to_an_address_in_its_language_and_is_then_forgotten(sink, deliver_to):
    mail = queue_mail("code:1", None, "test/code", address="new@city.example", locale="ar", code="481516")
    deliver_to(sink.url)

    [arrived] = sink.mails
    html = arrived.get_body(("html",)).get_content()
    assert 'lang="ar" dir="rtl"' in html
    assert "481516" in html
    assert db.session.get(OutgoingMail, mail.id).facts == {}


def test_lines_that_begin_with_a_dot_arrive_whole(sink, deliver_to):
    queue_mail("code:1", None, "test/code", address="new@city.example", locale="en", code="1")
    deliver_to(sink.url)

    assert "1\n.\n..\n" in sink.mails[0].get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_without_a_mail_server_mails_are_kept(deliver_to, states):
    queue()
    deliver_to(None)

    assert states() == [("kept", None)]


def test_while_the_server_cannot_be_reached_no_mail_loses_an_attempt(deliver_to, sink):
    mail = queue()
    deliver_to(f"smtp://127.0.0.1:{free_port()}")
    assert (mail.state, mail.attempts) == ("queued", 0)
    deliver_to(sink.url)

    assert len(sink.taken) == 1


def test_a_passing_no_is_asked_again_later(sink, deliver_to):
    mail, before = queue(), utcnow()
    sink.replies["DATA"] = "451 greylisted"
    deliver_to(sink.url)
    after = utcnow()
    assert mail.state == "queued"
    assert before + timedelta(seconds=45) < mail.due_at < after + timedelta(seconds=75)
    sink.replies.clear()
    deliver_to(sink.url)
    assert sink.taken == []
    mail.due_at = utcnow()
    deliver_to(sink.url)

    assert mail.state == "sent"
    assert len(sink.taken) == 1


def test_a_final_no_fails_at_once_and_the_next_mail_still_goes(sink, deliver_to, states):
    sink.replies["RCPT"] = "550 no such person"
    queue(key="first")
    deliver_to(sink.url)
    sink.replies.clear()
    queue(key="second")
    deliver_to(sink.url)

    assert states() == [("failed", "SMTP 550"), ("sent", None)]


def test_after_the_last_attempt_the_mail_has_failed_and_is_kept(sink, deliver_to):
    mail = queue()
    sink.replies["DATA"] = "451 later"
    for _ in range(len(BACK_OFF) + 1):
        assert mail.state == "queued"
        mail.due_at = utcnow()
        deliver_to(sink.url)

    assert (mail.state, mail.reason) == ("failed", "SMTP 451")


def test_a_mail_that_cannot_be_rendered_does_not_stop_the_others(sink, deliver_to, states):
    queue_mail("broken", MemberFactory(), "test/broken")
    queue(key="fine")
    deliver_to(sink.url)

    assert states() == [("queued", "ZeroDivisionError"), ("sent", None)]


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: x@y.example", "a b@c.example", "a@b,c@d.example", "nobody"]
)
def test_an_impossible_address_fails(sink, deliver_to, states, address):
    queue_mail("code:1", None, "test/code", address=address, locale="en", code="1")
    deliver_to(sink.url)

    assert states() == [("failed", "address")]
    assert sink.taken == []


def test_a_worker_that_lost_its_lease_sends_no_dot(sink, app, deliver_to):
    mail = queue()
    db.session.commit()
    slow = claim("otherhost:1:slow")
    mail.lease_until = utcnow() - timedelta(seconds=1)
    db.session.commit()
    recover()
    quick = claim("otherhost:2:quick")
    line = open_line(sink.url, "localhost")
    with pytest.raises(ConnectionError):
        send(slow, "otherhost:1:slow", line)
    assert sink.taken == []
    send(quick, "otherhost:2:quick", open_line(sink.url, "localhost"))
    db.session.expire_all()

    assert mail.state == "sent"
    assert len(sink.taken) == 1


def test_what_a_dead_worker_held_is_sent_by_the_next(sink, deliver_to, states):
    mail = queue()
    mail.state, mail.claimed_by = "sending", "otherhost:1:dead"
    mail.lease_until = utcnow() - timedelta(seconds=1)
    deliver_to(sink.url)

    assert states() == [("sent", None)]
    assert len(sink.taken) == 1


def test_what_a_living_worker_holds_is_left_to_it(sink, deliver_to, states):
    mail = queue()
    mail.state, mail.claimed_by = "sending", "otherhost:1:alive"
    mail.lease_until = utcnow() + timedelta(minutes=1)
    deliver_to(sink.url)

    assert states() == [("sending", None)]


def test_queueing_wakes_the_worker_once_a_unit(huey):
    with unit_of_work():
        queue(key="a")
        queue(key="b")
    assert huey.pending_count() == 1


def test_nothing_due_asks_no_server(deliver_to, caplog):
    nowhere = f"smtp://127.0.0.1:{free_port()}"
    deliver_to(nowhere)
    assert "not reached" not in caplog.text

    queue()
    deliver_to(nowhere)
    assert "not reached" in caplog.text
