"""The weekly letter: to whom, when, once, and no more in it than the page shows."""

import contextvars
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import current_app

from cityexchange.archive.leaving import leave
from cityexchange.archive.retention import follow_the_rules
from cityexchange.core.db import clock_at, db
from cityexchange.core.jobs import run_sweep
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.delivery import deliver, why_not
from cityexchange.core.mail.letters import NothingToSay, compose
from cityexchange.digest.items import Source, digest_sources
from cityexchange.digest.letters import write_letters
from cityexchange.digest.models import Digest, DigestItem
from cityexchange.notifications.choices import choose
from tests.digest.factories import official, question
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening
from tests.forums.test_concurrency import at_once
from tests.patience import PATIENCE

MONDAY = datetime(2027, 3, 1, 7, 30, tzinfo=UTC)
"""Half past eight in Paris."""


def sweep(moment=MONDAY):
    """As the worker does it, in units of its own."""
    db.session.commit()
    with clock_at(moment):
        contextvars.Context().run(_in_own_context, current_app._get_current_object(), write_letters)
    db.session.expire_all()


def _in_own_context(app, deed):
    with app.app_context():
        deed()


def mails():
    found = db.session.scalars(
        db.select(OutgoingMail).filter_by(template="digest/weekly").order_by(OutgoingMail.id)
    )
    return found.all()


def recipients():
    return [mail.member.name for mail in mails()]


@pytest.fixture
def at_monday():
    with clock_at(MONDAY - timedelta(hours=20)):
        yield


@pytest.fixture
def claire(at_monday):
    return official(offers=["housing"], reads=["en"], name="Claire Martin", place="Lyon", locale="fr")


@pytest.fixture
def asked(at_monday):
    return question("housing", language="en", title="Who has tried rooms by the month?")


def test_it_comes_once_in_the_week_and_says_what_the_page_says(claire, asked):
    for later in (timedelta(0), timedelta(minutes=5), timedelta(hours=9)):
        sweep(MONDAY + later)
    [mail] = mails()

    with clock_at(MONDAY):
        letter = compose(mail)
    for part in (letter.text, letter.html):
        assert asked.title in part
        assert "Lyon" in part and f"/topics/{asked.id}" in part and "/digest/answers/" in part
    assert "List-Unsubscribe" in letter.headers
    assert "Bonjour" in letter.text


def test_the_next_week_brings_no_letter_where_nothing_is_new(claire, asked):
    sweep()
    sweep(MONDAY + timedelta(days=7))
    assert len(mails()) == 1
    weeks = db.session.scalars(
        db.select(Digest.week).filter_by(member_id=claire.id).order_by(Digest.week)
    ).all()
    assert len(weeks) == 2, "the second was looked at, and had nothing to say"


def suspended(member):
    member.state = "locked"


def left(member):
    member.state = "anonymised"


def switched_off(member):
    choose(member.id, "digest", True, "never")


def in_tokyo(member):
    member.timezone = "Asia/Tokyo"
    member.city.country = "JP"


def in_cairo(member):
    """Whose week began the day before: two days later it is too late."""
    member.timezone = "Africa/Cairo"
    member.city.country = "EG"


def in_new_york(member):
    member.timezone = "America/New_York"
    member.city.country = "US"


def reads_nothing_of_it(member):
    member.languages_read = ["ru"]
    member.locale = "ru"


TOLD = {
    "in Paris": (lambda member: None, True),
    "suspended": (suspended, False),
    "left": (left, False),
    "switched off": (switched_off, False),
    "in Tokyo, where it is afternoon": (in_tokyo, True),
    "in Cairo, on the second day": (in_cairo, True),
    "in New York, where it is night": (in_new_york, False),
    "with nothing to say": (reads_nothing_of_it, False),
}


@pytest.mark.parametrize("case", TOLD)
def test_it_comes_to_who_wants_it_where_the_week_has_begun(claire, asked, case):
    happens, is_told = TOLD[case]
    happens(claire)
    sweep()

    assert recipients() == (["Claire Martin"] if is_told else [])


def test_who_leaves_or_is_suspended_after_it_was_written_does_not_get_it(claire, asked):
    sweep()
    [mail] = mails()
    claire.state = "locked"
    assert why_not(mail) == "inactive"


def test_between_writing_and_sending_what_is_lost_is_not_in_it(claire, asked):
    other = question("housing", language="en", title="Another canary of rooms")
    sweep()
    [mail] = mails()
    asked.forum.space.confidentiality = "group"
    db.session.commit()
    with clock_at(MONDAY):
        letter = compose(mail)

    assert asked.title not in letter.text + letter.html
    assert other.title in letter.text

    other.lose(opening(other))
    db.session.commit()
    with clock_at(MONDAY):
        with pytest.raises(NothingToSay):
            compose(mail)
        db.session.commit()
        contextvars.Context().run(_in_own_context, current_app._get_current_object(), deliver)
    db.session.expire_all()
    assert (mail.state, mail.reason) == ("dropped", "nothing_to_say"), "never empty"


def test_a_closed_space_is_only_named(claire):
    space = SpaceFactory(confidentiality="group", name="Quiet canary")
    space.admit(claire)
    topic = question("housing", language="en", title="Secret canary", forum=ForumFactory(space=space))
    sweep()
    [mail] = mails()
    with clock_at(MONDAY):
        letter = compose(mail)

    assert "canary" not in letter.text + letter.html + letter.subject
    assert f"/topics/{topic.id}" in letter.text and "/digest/answers/" not in letter.text


@pytest.mark.parametrize("locale, sign", [("en", "a"), ("ar", "ب"), ("zh", "问"), ("ru", "щ")])
def test_a_whole_letter_is_at_most_forty_kilobytes(at_monday, locale, sign):
    official(offers=["idp_solutions"], reads=["en"], locale=locale, place=sign * 40, name=sign * 80)
    for _ in range(9):
        question("idp_solutions", language="en", title=sign * 200)
    sweep()
    [mail] = mails()
    with clock_at(MONDAY):
        letter = compose(mail)

    assert letter.html.count("<h2>") == 7
    assert len(letter.as_bytes()) <= 40 * 1024


def test_a_name_is_a_name_in_it(at_monday):
    member = official(
        offers=["housing"], reads=["en"], name="<b>{{98765*12345}}</b>\r\nBcc: all@city.example"
    )
    question("housing", language="en", title='<img src="x"> {{98765*12345}} [a](javascript:alert(1))')
    sweep()
    [mail] = mails()
    with clock_at(MONDAY):
        letter = compose(mail)

    assert "<img" not in letter.html and "<b>" not in letter.html and "1219253925" not in letter.html
    assert "\nBcc:" not in letter.text and member.name not in letter.html


def test_the_worker_knows_the_sweep(app, claire, asked):
    db.session.commit()
    with clock_at(MONDAY):
        contextvars.Context().run(_in_own_context, app, lambda: run_sweep("digests"))
    assert recipients() == ["Claire Martin"]


def test_with_the_person_goes_what_was_written_and_old_letters_go_by_themselves(claire, asked):
    MemberFactory(city=claire.city, role="city_focal_point")
    sweep()
    with clock_at(MONDAY + timedelta(weeks=30)):
        follow_the_rules()
    assert db.session.scalar(db.select(db.func.count(DigestItem.id))) == 0

    sweep(MONDAY + timedelta(weeks=1))
    leave(claire)
    assert db.session.scalar(db.select(Digest).filter_by(member_id=claire.id)) is None


def test_what_goes_wrong_with_one_letter_keeps_nobody_elses(at_monday, broken_for):
    first, second = (official(offers=["housing"], reads=["en"], place=f"City of {n}") for n in range(2))
    question("housing", language="en")
    broken_for.append(first.id)
    sweep()
    assert [mail.member_id for mail in mails()] == [second.id]

    broken_for.clear()
    sweep()
    assert [mail.member_id for mail in mails()] == [second.id, first.id]


@pytest.fixture
def broken_for():
    """Ids of members for whom one of the sources fails."""
    ids = []

    def find(hour):
        return 1 / 0 if hour.reader.id in ids else []

    digest_sources.add("broken", Source("broken", find, share=1, most=1))
    yield ids
    digest_sources.remove("broken")


def test_two_workers_at_once_write_each_letter_once(app, at_monday):
    members = [official(offers=["housing"], reads=["en"], place=f"City of {n}") for n in range(12)]
    question("housing", language="en")
    start = Barrier(2)

    def work():
        start.wait(PATIENCE)
        with app.app_context():
            write_letters()

    with clock_at(MONDAY):
        at_once([Thread(target=work), Thread(target=work)])
    db.session.expire_all()

    assert sorted(mail.member_id for mail in mails()) == sorted(member.id for member in members)
    assert db.session.scalar(db.select(db.func.count(DigestItem.id))) == len(members)
