"""The illustrative community, as a whole and through the eyes of those who try it."""

from datetime import date, timedelta

import pytest

from cityexchange.bookmarks.models import Bookmark
from cityexchange.chat.models import Message, Room
from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.i18n import LOCALES
from cityexchange.core.mail import OutgoingMail
from cityexchange.demo import boards, loading
from cityexchange.demo.content import added_threads, moved, read
from cityexchange.demo.sign_in import SIX
from cityexchange.forums.models import Forum, Post, Topic
from cityexchange.languages.models import Translation
from cityexchange.members.models import Member
from cityexchange.membership.activation import MISSING, missing
from cityexchange.notifications.models import Notification
from cityexchange.organisations.models import Organisation
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import Space
from cityexchange.themes.models import Theme
from cityexchange.visits.models import StudyVisit, VisitApplication
from cityexchange.workshops.models import Workshop


def count(model):
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def test_no_part_of_the_file_is_dropped_silently():
    parts = read("demo").keys() - {"as_of", "notice"}

    assert parts == set(loading.LOADED) | loading.NOT_YET.keys()
    assert not set(loading.LOADED) & loading.NOT_YET.keys()


def test_whoever_loads_it_hears_what_is_left_out(app, monkeypatch):
    said = app.test_cli_runner().invoke(args=["demo", "load"]).output

    assert set(loading.NOT_YET_INSIDE) <= set(loading.LOADED)
    for words in loading.left_out():
        assert words in said


def test_all_that_has_a_home_is_there(community):
    threads = [thread for thread in read("demo")["threads"] if thread["type"] not in boards.LATER]
    added = [read(f"threads/{key}")["thread"] for key in added_threads()]

    assert count(City) == 48
    assert count(Theme) == 35
    houses, talks = read("extras")["organisations"], read("extras")["talks"]
    guests = sum(len(house["people"]) for house in houses)
    assert count(Organisation) == len(houses) == guests == 3
    # Each city's deputy; the coordination team is of both files.
    assert count(Member) == 24 + 24 + len(read("extras")["officials"]) + 4 + guests
    assert count(Topic) == len(threads) + len(talks) + len(added) == 11 + 1 + 13
    assert count(Post) == sum(len(thread["posts"]) for thread in threads + added) + sum(
        len(t["replies"]) + 1 for t in talks
    )
    assert count(SpaceEntry) == 2
    assert count(Workshop) == 6
    assert count(StudyVisit) == 5
    assert count(VisitApplication) == 13
    assert count(Bookmark) == len(read("demo")["bookmarks"]) == 4
    assert count(Room) == len(read("extras")["rooms"])
    assert count(Message) == sum(len(room["messages"]) for room in read("extras")["rooms"])


def test_states_are_those_of_the_file(community):
    workshops = {w["title"]["en"]: w["status"] for w in read("demo")["workshops"]}
    visits = {v["title"]: v["status"] for v in read("demo")["study_visits"]}

    for workshop in db.session.scalars(db.select(Workshop)):
        assert workshop.state == workshops.get(workshop.title, "announced"), workshop.title
    assert {v.title: v.state for v in db.session.scalars(db.select(StudyVisit))} == visits


def test_what_is_next_lies_ahead(community):
    coming = db.session.scalars(db.select(Workshop).where(Workshop.state != "draft"))
    assert all(workshop.schedule.starts_at > utcnow() for workshop in coming)
    calls = db.session.scalars(db.select(StudyVisit).filter_by(state="call_open")).all()
    assert calls
    assert all(visit.call_deadline > utcnow() for visit in calls)


def test_dates_keep_their_day_of_the_week():
    for day in ("2027-03-16", "2026-10-06"):
        assert moved(day, date(2030, 5, 16)).weekday() == date.fromisoformat(day).weekday()
    assert moved(read("demo")["as_of"], date.fromisoformat(read("demo")["as_of"])) == date(2027, 2, 1)


@pytest.mark.parametrize("day", range(7))
def test_deadlines_lie_on_their_side_of_today_on_every_day_of_the_week(day):
    today = date(2030, 5, 13) + timedelta(days=day)
    for visit in read("demo")["study_visits"]:
        deadline = visit["call_deadline"] and moved(visit["call_deadline"], today)
        if visit["status"] in ("selecting", "follow_up"):
            assert deadline < today
        elif deadline:
            assert deadline > today
    for workshop in read("demo")["workshops"]:
        assert moved(workshop["registration_deadline"], today) >= today


def test_everything_invented_is_flagged_and_nobody_invented_is_mailed(community):
    for model in (City, Member, Organisation, Topic, Post, Workshop, StudyVisit):
        assert db.session.scalar(db.select(model).where(~model.is_illustrative)) is None, model
    assert count(OutgoingMail) == 0
    assert db.session.scalar(db.select(Notification).filter_by(mailed_at=None)) is None


def test_every_page_says_that_the_content_is_illustrative(community, visitor, sign_in):
    claire = db.session.scalar(db.select(Member).filter_by(email="claire@lyon.example"))

    for browser, path in ((visitor, "/"), (visitor, "/cities"), (sign_in(claire), "/forums")):
        assert (
            "invented people"
            in browser.get(path, headers={"Accept-Language": "en"}, query_string={"lang": "en"}).text
        )


def test_six_members_sign_in_by_one_press_each(community, app, visitor):
    assert visitor.get("/").text.count('name="email"') == 6

    for email, _ in SIX:
        browser = app.test_client()
        assert browser.post("/sign-in/demo", data={"email": email}).status_code == 303
        assert browser.get("/settings").status_code == 200


def test_nobody_else_signs_in_by_one_press(community, visitor):
    assert visitor.post("/sign-in/demo", data={"email": "amina@tangier.example"}).status_code == 404


def test_nour_reads_the_pages_in_arabic_and_claire_in_french(community, sign_in):
    for email, start in (
        ("nour@sfax.example", '<html lang="ar" dir="rtl"'),
        ("claire@lyon.example", '<html lang="fr" dir="ltr"'),
    ):
        member = db.session.scalar(db.select(Member).filter_by(email=email))
        assert start in sign_in(member).get("/").text


def test_the_closed_circle_stays_closed(community, sign_in, visitor):
    title = "Protesta vecinal"
    inside, outside = (
        db.session.scalar(db.select(Member).filter_by(email=email))
        for email in ("claire@lyon.example", "admin@cityexchange.example")
    )
    topic = db.session.scalar(db.select(Topic).where(Topic.title.startswith(title)))

    page = sign_in(inside).get(f"/topics/{topic.id}")
    assert page.status_code == 200
    assert "Etxaniz" not in page.text and "Bilbao" not in page.text
    assert sign_in(outside).get(f"/topics/{topic.id}").status_code == 404


def test_every_name_of_the_house_is_there_in_all_six_languages(community):
    for model in (Space, Forum, Room):
        for record in db.session.scalars(db.select(model)):
            of_it = {"record_type": model.__name__, "record_id": record.id, "origin": "human"}
            translations = db.session.scalars(db.select(Translation).filter_by(**of_it)).all()
            there = {(one.field, one.language) for one in translations}
            others = LOCALES.keys() - {record.language}

            assert there == {(field, code) for field in ("name", "description") for code in others}, (
                record.name
            )
            assert all(one.is_of(getattr(record, one.field)) for one in translations)


def test_who_reads_the_pages_in_arabic_or_french_reads_the_names_of_forums_and_rooms_so(community, sign_in):
    names = read("translations")
    for email, code in (("nour@sfax.example", "ar"), ("claire@lyon.example", "fr")):
        browser = sign_in(db.session.scalar(db.select(Member).filter_by(email=email)))
        forums, rooms = browser.get("/forums").text, browser.get("/chat").text

        assert names["spaces"]["community"][code]["name"] in forums
        assert names["forums"]["reception"][code]["name"] in forums
        assert names["rooms"]["Coffee corner"][code]["name"] in rooms
        assert "Reception" not in forums.replace('title="Reception"', "")
        assert "Coffee corner" not in rooms.replace('title="Coffee corner"', "")


def test_half_of_the_cities_take_part_by_the_rule_and_half_have_applied(community):
    cities = db.session.scalars(db.select(City)).all()
    taking_part = [city for city in cities if city.state == "active"]

    assert len(taking_part) == 24 and all(missing(city) == [] for city in taking_part)
    assert {city.state for city in cities} == {"active", "applied"}
    assert missing(next(city for city in cities if city.slug == "geneva")) == list(MISSING)


def test_what_invented_people_are_told_stands_in_the_order_of_time_and_waits_for_no_mail(community):
    told = db.session.scalars(db.select(Notification).order_by(Notification.id)).all()
    moments = [one.created_at for one in told]

    assert moments == sorted(moments) and max(moments) < utcnow()
    assert {one.mailed_at is None for one in told} == {False}
    assert {one.read_at is None for one in told} == {True, False}
    assert {"reply", "mention"} <= {one.kind for one in told}
