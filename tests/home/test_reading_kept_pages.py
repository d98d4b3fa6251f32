"""What visitors and organisers read of kept pages, as parts change, time passes, or two change something at once."""

from datetime import timedelta
from functools import partial
from threading import Event, Thread

import pytest

from cityexchange.core.db import db, rows, unit_of_work, utcnow
from cityexchange.forums.models import Topic
from cityexchange.home import landing
from cityexchange.languages.models import Translation, translate
from cityexchange.languages.ui_names import version_of_ui_names
from cityexchange.members.models.people import Visitor
from cityexchange.workshops import listing
from cityexchange.workshops.models import Workshop
from tests.factories import MemberFactory, SpaceFactory
from tests.patience import PATIENCE
from tests.workshops.factories import WorkshopFactory, organiser

# ---- what visitors and organisers read ----


def test_a_workshop_of_which_only_parts_were_edited_is_read_as_it_is_now(house, visitor, sign_in):
    browsers, path = (
        (visitor, sign_in(organiser()), sign_in(MemberFactory())),
        f"/workshops/{house.workshop.id}",
    )
    assert all("Count newcomers" in browser.get(path).text for browser in browsers)
    house.objective.title, house.session.title = "Count everybody", "Welcome and coffee"
    db.session.commit()

    for browser in browsers:
        page = browser.get(path).text
        assert "Count everybody" in page and "Welcome and coffee" in page and "Count newcomers" not in page


def test_a_kind_changed_by_hand_is_read_by_the_next_visitor(house, visitor):
    path = f"/topics/{house.topic.id}"
    visitor.get(path)
    house.topic.kind = "story"
    db.session.commit()

    visitor.get(path)  # compared with what is made anew: tests/freshness.py
    assert "Story" in visitor.get(path).text


def test_a_whole_page_that_shows_more_than_its_version_says_is_an_error_in_tests(house, visitor):
    path = f"/topics/{house.topic.id}"
    visitor.get(path)
    topics = Topic.__table__
    db.session.execute(topics.update().values(kind="story", version=topics.c.version))

    with pytest.raises(AssertionError, match="a page in memory is out of date"):
        visitor.get(path)


def test_pages_of_workshops_outlive_the_minute_and_change_with_the_next_deadline(house):
    def at(moment):
        return [
            tuple(rows(statement, {**Visitor().bind_values, "now": moment}).one())
            for statement in (db.select(*listing.VERSION), landing._version(Visitor()))
        ]

    now, closes = utcnow(), house.workshop.registration_closes_at
    assert at(now) == at(now + timedelta(hours=1))
    for deadline in (closes, house.schedule.ends_at, house.visit.call_deadline):
        before, after = (at(deadline + timedelta(seconds=seconds)) for seconds in (-1, 1))
        assert before[1] != after[1]
        assert before[0] != after[0] or deadline is house.visit.call_deadline


def test_registration_that_ends_by_the_clock_is_another_version_of_the_page(house):
    def end():
        table = Workshop.__table__
        past = utcnow() - timedelta(minutes=1)
        db.session.execute(table.update().values(registration_closes_at=past, version=table.c.version))

    assert "workshop" in house.changed_by(end)


# ---- two at once ----


def overlapping(app, slow, quick, version):
    """Versions before both, after the quick one, and after the slow one, which began before the quick one and was certain after
    it. SQLite has one writer at a time: there the slow one is certain first."""
    has_begun, may_end = Event(), Event()

    def go_slowly():
        with app.app_context(), unit_of_work():
            slow()
            db.session.flush()
            has_begun.set()
            may_end.wait(PATIENCE)

    db.session.commit()
    found = [version()]
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        may_end.set()
    worker = Thread(target=go_slowly)
    worker.start()
    has_begun.wait(PATIENCE)
    with app.app_context(), unit_of_work():
        quick()
    found.append(version())
    db.session.commit()
    may_end.set()
    worker.join(PATIENCE)
    return [*found, version()]


def set_title(model, id, title, column="title"):
    return lambda: setattr(db.session.get(model, id), column, title)


def test_what_began_earlier_and_was_certain_later_is_seen_in_lists_of_workshops(app):
    first, second = (WorkshopFactory(is_open=True).id for _ in range(2))
    for version in (listing.version, partial(landing.version_of_landing, Visitor())):
        versions = overlapping(
            app,
            set_title(Workshop, first, f"Slow {version}"[:50]),
            set_title(Workshop, second, f"Quick {version}"[:50]),
            version,
        )
        assert versions[1] != versions[2] or db.engine.dialect.name == "sqlite"
        assert versions[0] not in versions[1:]


def test_what_began_earlier_and_was_certain_later_is_seen_in_names_of_the_interface(app):
    spaces = [SpaceFactory() for _ in range(2)]
    slow, quick = (translate(space, "name", "fr", "Voisinage").id for space in spaces)
    versions = overlapping(
        app,
        set_title(Translation, slow, "Lent", "text"),
        set_title(Translation, quick, "Vite", "text"),
        lambda: db.session.scalar(db.select(version_of_ui_names())),
    )

    assert versions[1] != versions[2] or db.engine.dialect.name == "sqlite"
    assert versions[0] not in versions[1:]


def test_two_who_change_parts_of_one_workshop_at_once_are_both_counted(app):
    workshop = WorkshopFactory(is_open=True)
    id, (first, second) = workshop.id, [(type(one), one.id) for one in workshop.objectives]
    before = overlapping(
        app,
        set_title(*first, "Slow"),
        set_title(*second, "Quick"),
        lambda: db.session.scalar(db.select(Workshop.version).where(Workshop.id == id)),
    )

    assert before[2] - before[0] == 2
