"""The self-assessment: kept part by part, never overwritten unseen, public only in what follows from it."""

from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import IntegrityError

from cityexchange.cities.assessments import (
    Rating,
    SelfAssessment,
    StaleAssessment,
    draft_to_change,
    save_draft,
)
from cityexchange.cities.models import City
from cityexchange.core.db import db, unit_of_work
from tests.cities.factories import speaker, themes
from tests.patience import wait_until

FORM = "/cities/lyon/self-assessment"
SAID = {
    "now-housing": "4",
    "target-housing": "5",
    "now-health": "2",
    "target-health": "4",
    "now-finance": "3",
}


@pytest.fixture
def member():
    themes()
    return speaker()


@pytest.fixture
def browser(member, sign_in):
    return sign_in(member)


def save(browser, version=0, **said):
    return browser.post(FORM, data={"version": str(version), **said})


def publish(browser, version):
    return browser.post(f"{FORM}/publish", data={"version": str(version)})


def draft_of(member):
    return SelfAssessment.draft_of(member.city)


def test_a_part_is_kept_and_gone_on_with(browser, member):
    assert save(browser, **SAID).status_code == 303

    assert draft_of(member).levels == {"housing": (4, 5), "health": (2, 4), "finance": (3, None)}
    page = browser.get(FORM).text
    assert 'name="now-housing" value="4" checked' in page
    assert 'name="version" value="1"' in page


def test_what_was_taken_back_is_gone(browser, member):
    save(browser, **SAID)
    save(browser, 1, **{"now-housing": "", "now-health": "3"})

    assert draft_of(member).levels == {"health": (3, None)}
    assert db.session.scalar(db.select(db.func.count(Rating.id))) == 1


def test_nobody_else_sees_a_draft_and_nothing_follows_from_it(browser, member, visitor, sign_in):
    save(browser, **SAID)

    assert not member.city.interests
    assert "Housing" not in visitor.get("/cities/lyon").text
    colleague = sign_in(speaker(role="member", city=member.city))
    assert [colleague.get(f"{FORM}{page}").status_code for page in ("", "/preview")] == [403, 403]


def test_before_publishing_everything_that_becomes_public_is_shown(browser, member):
    answer = save(browser, look="1", **SAID)
    assert answer.headers["Location"] == f"{FORM}/preview"

    page = browser.get(answer.headers["Location"]).text
    offers, needs = page.split('id="needs"')
    assert "Housing and homelessness" in offers
    assert "Health and mental health" in needs
    assert "Municipal finance" not in page


def test_what_is_at_4_is_an_offer_and_what_is_to_rise_by_2_a_need(browser, member, visitor):
    save(browser, **SAID)
    assert publish(browser, 1).status_code == 303

    housing, health = themes("housing", "health")
    assert (member.city.offers, member.city.needs) == ([housing], [health])
    assert draft_of(member) is None
    assert "self-assessed" in visitor.get("/cities/lyon").text


@pytest.mark.parametrize(
    ("now", "target", "is_offer", "is_need"),
    [
        (4, None, True, False),
        (3, 5, False, True),
        (3, 4, False, False),
        (None, 5, False, False),
        (5, 5, True, False),
        (1, 3, False, True),
    ],
)
def test_the_rule_at_its_edges(now, target, is_offer, is_need):
    rating = Rating(now=now, target=target)

    assert (rating.is_offer, rating.is_need) == (is_offer, is_need)


def test_what_the_city_named_by_itself_stays_beside_what_follows(browser, member):
    housing, finance, health = themes("housing", "finance", "health")
    member.city.offer(housing)
    member.city.offer(finance)
    save(browser, **SAID)
    publish(browser, 1)

    by_theme = {one.theme.key: (one.is_by_hand, one.is_assessed) for one in member.city.interests_in("offer")}
    assert by_theme == {"finance": (True, False), "housing": (True, True)}
    browser.post("/cities/lyon/interests", data={})
    assert (member.city.offers, member.city.needs) == ([housing], [health])


def test_next_year_the_form_begins_with_the_last_one_and_replaces_what_followed(browser, member):
    save(browser, **SAID)
    publish(browser, 1)

    page = browser.get(FORM).text
    assert 'name="now-housing" value="4" checked' in page
    assert "The form begins with what you published" in page
    assert draft_of(member) is None, "reading changes nothing"
    save(browser, **{"now-health": "5"})
    assert "will be taken away" in browser.get(f"{FORM}/preview").text
    publish(browser, 1)
    assert [theme.key for theme in member.city.offers] == ["health"]
    assert member.city.needs == []


def test_two_editors_do_not_overwrite_each_other_unseen(browser, member, sign_in):
    colleague = sign_in(speaker(member.city, "city_deputy"))
    save(colleague, **{"now-housing": "5", "now-health": "2"})

    answer = save(browser, **{"now-housing": "3", "now-health": "2"})

    assert answer.status_code == 409
    assert draft_of(member).levels["housing"] == (5, None)
    assert 'name="now-housing" value="3" checked' in answer.text
    assert "Saved by your colleague: now 5, target –" in answer.text
    assert answer.text.count("Saved by your colleague") == 1
    assert 'name="version" value="1"' in answer.text
    assert save(browser, 1, **{"now-housing": "3"}).status_code == 303


def test_nothing_is_published_that_was_not_looked_at(browser, member):
    save(browser, **SAID)
    save(browser, 1, **SAID | {"now-finance": "5"})

    answer = publish(browser, 1)

    assert answer.status_code == 409
    assert "Municipal finance" in answer.text
    assert not member.city.interests
    assert 'name="version" value="2"' in answer.text


def test_a_second_press_publishes_nothing_twice(browser, member):
    save(browser, **SAID)
    publish(browser, 1)

    assert publish(browser, 1).status_code == 303
    assert db.session.scalar(db.select(db.func.count(SelfAssessment.id))) == 1


def test_without_a_draft_there_is_nothing_to_look_at(browser):
    assert browser.get(f"{FORM}/preview").headers["Location"] == FORM


def test_levels_that_do_not_exist_are_not_said(browser, member):
    save(browser, **{"now-housing": "9", "target-health": "x", "now-gold": "5", "now-finance": "1"})

    assert draft_of(member).levels == {"finance": (1, None)}


def test_the_form_needs_its_version(browser, member):
    assert browser.post(FORM, data=SAID).status_code == 422
    assert draft_of(member) is None


def test_a_city_has_one_draft(member):
    save_draft(member.city, {"housing": (1, 2)}, 0)
    db.session.add(SelfAssessment(city=member.city, version=0))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_draft_saved_with_an_old_version_is_stale(member):
    save_draft(member.city, {"housing": (1, 2)}, 0)

    with pytest.raises(StaleAssessment):
        save_draft(member.city, {"housing": (5, 5)}, 0)


def test_the_form_costs_as_much_for_many_answers(browser, member, count_queries):
    counts = []
    for version, said in enumerate(
        [
            {"now-housing": "1"},
            {f"now-{theme}": "2" for theme in ("housing", "health", "finance", "language")},
        ]
    ):
        save(browser, version, **said)
        with count_queries() as statements:
            browser.get(FORM)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def in_units_of_their_own(app, *deeds):
    """Does them in threads at once, each to the end only when no other can go on; returns what each raised, or None."""
    start, raised, written = Barrier(len(deeds)), [None] * len(deeds), []

    def work(number):
        start.wait()
        try:
            with app.app_context(), unit_of_work():
                deeds[number](db.session.scalar(db.select(City).filter_by(slug="lyon")))
                db.session.flush()
                written.append(number)
                assert wait_until(nobody_goes_on)
        except Exception as problem:
            raised[number] = problem

    def nobody_goes_on():
        settled = len(written) + sum(one is not None for one in raised)
        return settled + held_up(len(deeds) - settled) >= len(deeds)

    db.session.commit()
    workers = [Thread(target=work, args=(number,)) for number in range(len(deeds))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    db.session.expire_all()
    return raised


def held_up(others):
    """How many units wait for a lock of another. SQLite lets one write at a time, so all others do."""
    if db.engine.dialect.name == "sqlite":
        return others
    with db.engine.connect() as beside:
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return beside.scalar(db.text(waiting))


def test_who_begins_at_once_begins_one_draft_and_one_of_them_hears_of_it(app, member):
    raised = in_units_of_their_own(
        app, *(lambda city, now=now: save_draft(city, {"housing": (now, 5)}, 0) for now in (1, 2, 3))
    )

    assert sorted(type(one).__name__ for one in raised) == ["NoneType", "StaleAssessment", "StaleAssessment"]
    assert draft_of(member).version == 1


def test_who_saves_at_once_does_not_overwrite(app, member):
    save_draft(member.city, {"housing": (1, 5)}, 0)
    raised = in_units_of_their_own(
        app,
        lambda city: save_draft(city, {"housing": (2, 5)}, 1),
        lambda city: draft_to_change(city).publish(1),
    )

    assert sum(one is not None for one in raised) == 1, raised
    draft = draft_of(member)
    published = SelfAssessment.last_of(member.city)
    assert (draft.levels == {"housing": (2, 5)}) if draft else (published.levels == {"housing": (1, 5)})
