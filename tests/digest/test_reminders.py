"""To be reminded of a deadline: by a hand, once, on the morning of the working day before, and never of what is done or over."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from cityexchange.core.db import clock_at, db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.digest.letters import write_letter
from cityexchange.digest.models import DigestReminder
from cityexchange.digest.reminders import remind
from cityexchange.digest.weeks import week_at
from cityexchange.membership import charters
from cityexchange.membership.models import CharterAcceptance
from cityexchange.notifications.choices import choose_hours
from cityexchange.notifications.models import Notification
from tests.digest.factories import official
from tests.digest.test_deadlines import visit_on, workshop_on
from tests.digest.test_presses import PRESSED
from tests.factories import SpaceFactory
from tests.mail.conftest import deliver_to, sink  # noqa: F401  # fixtures
from tests.notifications.conftest import sweep  # noqa: F401  # a fixture
from tests.notifications.noon import words
from tests.visits.factories import draft_application, sent_application

MONDAY = datetime(2027, 3, 1, 7, 30, tzinfo=UTC)
"""Half past eight in Paris."""
ENDS = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)
"""On Friday at five."""
BEFORE = datetime(2027, 3, 4, 7, 0, tzinfo=UTC)
"""Thursday at eight."""
MINUTE = timedelta(minutes=1)
ENDED = "There is nothing to be reminded of any more"


@pytest.fixture
def on_monday():
    with clock_at(MONDAY):
        yield


@pytest.fixture
def claire(on_monday):
    values = {"name": "Claire Martin", "place": "Lyon", "locale": "en", "role": "city_focal_point"}
    return official(needs=["health"], **values)


def a_workshop(claire):
    return workshop_on("health", ENDS - MONDAY)


def a_visit(claire):
    return visit_on("health", ENDS - MONDAY)


def a_draft(claire):
    visit = visit_on("finance", ENDS - MONDAY)
    draft_application(visit, claire)
    return visit


KINDS = [a_workshop, a_visit, a_draft]


def link_for(claire):
    """That of Claire's letter."""
    db.session.commit()
    write_letter(claire.id, week_at(MONDAY, claire.timezone, "FR"))
    mail = db.session.scalars(db.select(OutgoingMail).filter_by(template="digest/weekly")).one()
    letter = compose(mail)
    found = re.findall(r"https?://[^/]+(/digest/remind/[\w.-]+)", letter.text)
    assert all(link in letter.html for link in found)
    return found[0] if found else None


def asked():
    db.session.expire_all()
    return [(one.member_id, *one.of_what) for one in db.session.scalars(db.select(DigestReminder))]


def told(at):
    """What the worker has told until then, looking as it does."""
    for moment in (BEFORE - 25 * MINUTE, at):
        with clock_at(min(moment, at)):
            db.session.commit()
            remind()
    db.session.expire_all()
    return db.session.scalars(db.select(Notification).filter_by(kind="deadline")).all()


@pytest.mark.parametrize("make", KINDS)
def test_a_press_in_the_mail_reminds_on_the_morning_before_here_and_by_mail(
    visitor,
    claire,
    sweep,  # noqa: F811
    make,
):
    record = make(claire)
    link = link_for(claire)
    page = visitor.get(link).text
    assert record.title in page and "Claire Martin" in page and "Remind me" in page and asked() == []
    assert "5 Mar 2027, 17:00" in page and "4 Mar 2027, 08:00" in page

    for _twice in range(2):
        response = visitor.post(link, data=PRESSED)
        assert response.status_code == 303 and response.location == link
    assert asked() == [(claire.id, type(record).__name__, record.id)]
    page = visitor.get(link).text
    assert "will be reminded on 4 Mar 2027, 08:00" in page and "Do not remind me" in page
    assert visitor.get("/digest").status_code == 302, "it signs nobody in"

    assert told(BEFORE - MINUTE) == [] and len(asked()) == 1
    [one] = told(BEFORE + MINUTE)
    assert one.member_id == claire.id and one.is_here and one.mailing == "at_once"
    assert asked() == [] and len(told(BEFORE + 5 * MINUTE)) == 1
    with clock_at(BEFORE + 5 * MINUTE):
        mail = [mail for mail in sweep() if claire.email in mail["To"]][-1]
    assert mail["Subject"] == f"A deadline is near: {record.title}"
    for part in words(mail):
        assert record.title in part and "17:00" in part and str(record.id) in part


def test_the_charter_too(visitor, claire, monkeypatch, sign_in):
    since = ENDS.date() - timedelta(days=90)
    monkeypatch.setattr(charters, "CHARTERS", {1: since - timedelta(days=400), 2: since})
    monkeypatch.setattr("cityexchange.digest.ends.CHARTERS", charters.CHARTERS)
    CharterAcceptance.record(claire.city, "A mayor", version=1)
    db.session.flush()
    link = link_for(claire)
    assert "charter" in visitor.get(link).text
    visitor.post(link, data=PRESSED)
    assert len(told(BEFORE + MINUTE)) == 1
    with clock_at(BEFORE + MINUTE):
        page = sign_in(claire).get("/notifications").text
    assert "A deadline is near: The new version of the charter" in page


def test_on_the_page_one_press_asks_and_another_takes_it_back(sign_in, claire):
    workshop = a_workshop(claire)
    browser = sign_in(claire)
    assert "Remind me" in browser.get("/digest").text
    way = f"record_type=Workshop&record_id={workshop.id}"
    assert browser.post(f"/digest/reminders?{way}").status_code == 303
    page = browser.get("/digest").text
    assert "Do not remind me" in page and "4 Mar 2027, 08:00" in page
    assert asked() == [(claire.id, "Workshop", workshop.id)]
    for _twice in range(2):
        assert browser.post(f"/digest/reminders/take-back?{way}").status_code == 303
    assert asked() == [] and told(BEFORE + MINUTE) == []


@pytest.mark.parametrize("wrong", ["", "record_type=Topic&record_id=1", "record_type=Workshop&record_id=999",
                                   "record_type=Workshop&record_id=x", "record_type=Member&record_id=1"])  # fmt: skip
def test_what_has_no_deadline_is_not_found(sign_in, claire, wrong):
    assert sign_in(claire).post(f"/digest/reminders?{wrong}").status_code == 404
    assert asked() == []


def registered(claire, record):
    record.register(claire, "online", "en")


def applied(claire, record):
    sent_application(record, claire)


def moved(claire, record):
    record.space = SpaceFactory(confidentiality="group")


def cancelled(claire, record):
    record.cancel(claire, "Nobody can come.")


def closed(claire, record):
    record.close_registration(claire)


def seat_ended(claire, record):
    claire.seat.until = date(2026, 1, 1)


def suspended(claire, record):
    claire.suspend()


def deleted(claire, record):
    db.session.delete(record)


OVER = [(a_workshop, end) for end in (registered, moved, cancelled, closed, seat_ended, suspended, deleted)]
OVER += [(a_visit, end) for end in (applied, cancelled, seat_ended)]
IDS = [f"{make.__name__}-{end.__name__}" for make, end in OVER]


@pytest.mark.parametrize("make, end", OVER, ids=IDS)
def test_nobody_is_reminded_of_what_is_done_or_over(visitor, claire, make, end):
    record = make(claire)
    link = link_for(claire)
    visitor.post(link, data=PRESSED)
    assert len(asked()) == 1
    end(claire, record)
    assert told(BEFORE + MINUTE) == [] and asked() == []


@pytest.mark.parametrize("make, end", OVER, ids=IDS)
def test_a_link_to_what_is_done_or_over_shows_and_asks_nothing(visitor, claire, make, end):
    record = make(claire)
    title, link = record.title, link_for(claire)
    end(claire, record)
    db.session.commit()
    for method in (visitor.get, visitor.post):
        response = method(link, **({"data": PRESSED} if method == visitor.post else {}))
        assert response.status_code == 404 and ENDED in response.text
        assert title not in response.text and "Claire" not in response.text
    assert asked() == []


@pytest.mark.parametrize(
    "make, end", [(a_workshop, registered), (a_workshop, cancelled), (a_visit, applied), (a_visit, cancelled)]
)
def test_what_was_told_is_no_news_once_it_is_done_or_over(visitor, claire, make, end):
    record = make(claire)
    visitor.post(link_for(claire), data=PRESSED)
    assert len(told(BEFORE + MINUTE)) == 1
    with clock_at(BEFORE + 2 * MINUTE):
        end(claire, record)
        db.session.commit()
    assert told(BEFORE + 3 * MINUTE) == []


def test_a_deadline_that_moves_takes_the_reminder_along(visitor, claire):
    workshop = a_workshop(claire)
    visitor.post(link_for(claire), data=PRESSED)
    workshop.registration_closes_at = ENDS + timedelta(days=4)
    assert told(BEFORE + MINUTE) == [] and len(asked()) == 1
    monday_before = BEFORE + timedelta(days=4)
    assert told(monday_before - MINUTE) == [] and len(told(monday_before + MINUTE)) == 1


def test_a_deadline_that_comes_nearer_is_told_of_as_soon_as_it_is_seen(visitor, claire):
    workshop = a_workshop(claire)
    visitor.post(link_for(claire), data=PRESSED)
    workshop.registration_closes_at = MONDAY + timedelta(hours=20)
    db.session.commit()
    with clock_at(MONDAY + timedelta(hours=13)):
        remind()
    assert db.session.scalars(db.select(Notification.kind).filter_by(kind="deadline")).all() == ["deadline"]


def test_of_a_closed_space_the_mail_has_no_link_and_says_nothing(claire, sign_in, sweep):  # noqa: F811
    space = SpaceFactory(confidentiality="group")
    space.admit(claire)
    workshop = workshop_on("health", ENDS - MONDAY, space=space)
    assert link_for(claire) is None
    sign_in(claire).post(f"/digest/reminders?record_type=Workshop&record_id={workshop.id}")
    assert len(told(BEFORE + MINUTE)) == 1
    with clock_at(BEFORE + 5 * MINUTE):
        mail = [mail for mail in sweep() if claire.email in mail["To"]][-1]
    assert mail["Subject"] == "A deadline is near in a closed space"
    assert all(workshop.title not in part for part in words(mail))


def test_who_has_asked_is_nobody_elses_to_see(sign_in, claire):
    workshop = a_workshop(claire)
    sign_in(claire).post(f"/digest/reminders?record_type=Workshop&record_id={workshop.id}")
    other = official(needs=["health"], name="Konrad", place="Vienna", locale="en")
    browser = sign_in(other)
    assert "Do not remind me" not in browser.get("/digest").text
    browser.post(f"/digest/reminders/take-back?record_type=Workshop&record_id={workshop.id}")
    assert asked() == [(claire.id, "Workshop", workshop.id)]


def test_what_is_too_near_has_no_press(sign_in, claire):
    workshop = workshop_on("health", timedelta(hours=10))
    browser = sign_in(claire)
    page = browser.get("/digest").text
    assert workshop.title in page and "Remind me" not in page
    assert browser.post(f"/digest/reminders?record_type=Workshop&record_id={workshop.id}").status_code == 404


def test_own_quiet_hours_are_asked_when_it_is_time(visitor, claire):
    a_workshop(claire)
    visitor.post(link_for(claire), data=PRESSED)
    choose_hours(claire.id, 20, 11, on_free_days=False)
    assert told(BEFORE + MINUTE) == [] and len(told(BEFORE + timedelta(hours=3, minutes=1))) == 1
