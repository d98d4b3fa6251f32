"""Nobody is forgotten who was not asked, in time, whether they still need their account."""

from datetime import timedelta

import pytest

from cityexchange.archive import retention
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.letters import compose
from tests.archive.absent import absent, mails, reminded, warned
from tests.factories import MemberFactory


def rounds():
    lines = db.select(AuditEntry.facts).where(AuditEntry.verb == "retention").order_by(AuditEntry.id)
    return [facts["rule"] for facts in db.session.scalars(lines)]


def test_whoever_was_away_for_eighteen_months_is_reminded_once(app):
    ana = absent(18)
    absent(18, days=-1)
    retention.follow_the_rules()
    retention.follow_the_rules()

    assert [mail.member_id for mail in mails()] == [ana.id] and ana.active
    assert "eighteen months" in compose(mails()[0]).text


def test_after_twenty_four_the_person_is_forgotten(app):
    gone, kept = warned(24, name="Gone"), warned(24, days=-1)
    retention.follow_the_rules()

    assert (gone.state, gone.name) == ("anonymised", "") and kept.active
    assert rounds() == ["unused_accounts_forgotten"]


def test_who_was_never_reminded_is_reminded_and_stays(app):
    """The worker stood still, or the member came with an import."""
    late = absent(27)
    retention.follow_the_rules()
    retention.follow_the_rules()

    assert late.active and [mail.member_id for mail in mails()] == [late.id]
    assert rounds() == ["unused_accounts_reminded"]


@pytest.mark.parametrize(
    ("days", "state", "is_forgotten"),
    [
        (31, "sent", True),
        (29, "sent", False),
        (31, "queued", False),
        (31, "failed", False),
        (31, "kept", False),
    ],
)
def test_only_a_reminder_that_went_out_a_month_ago_is_a_warning(app, days, state, is_forgotten):
    late = reminded(absent(27), days, state)
    retention.follow_the_rules()

    assert late.active is not is_forgotten


def test_a_reminder_of_an_earlier_absence_is_none(app):
    late = reminded(absent(24), days=30 * 30)
    retention.follow_the_rules()

    assert late.active and mails()[-1].state == "queued"


def test_what_could_not_be_sent_is_tried_again_after_a_month(app):
    again, soon = reminded(absent(19), 31, "failed"), reminded(absent(19), 29, "failed")
    retention.follow_the_rules()
    retention.follow_the_rules()

    told = [mail.member_id for mail in mails() if mail.state == "queued"]
    assert told == [again.id] and soon.active


def test_one_sign_in_after_the_reminder_keeps_the_account(app):
    back = warned(24)
    back.seen_at = utcnow() - timedelta(days=90)
    retention.follow_the_rules()

    assert back.active


def test_not_the_last_focal_point_but_the_team_hears_of_it(app):
    coordinator = MemberFactory(city=None, team_role="coordinator")
    coordinator.seen_at = utcnow()
    focal = warned(24, role="city_focal_point", name="Ana")
    retention.follow_the_rules()

    assert focal.active and focal.name == "Ana" and focal.seat.until is None
    told = mails("archive/unused_focal")
    assert [mail.member_id for mail in told] == [coordinator.id] and "Ana" in compose(told[0]).text


def test_a_focal_point_who_cannot_be_forgotten_fills_no_audit(app):
    warned(24, role="city_focal_point")
    for _ in range(3):
        retention.follow_the_rules()

    assert rounds() == []


def test_a_round_with_nothing_to_do_says_nothing_and_reaches_those_behind(app, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    first, second = absent(18), absent(18)
    for _ in range(3):
        retention.follow_the_rules()

    assert {mail.member_id for mail in mails()} == {first.id, second.id} and len(rounds()) == 2
