"""The landing page is kept in memory for visitors, and changes with what it shows."""

from datetime import timedelta

from cityexchange.core.db import db, utcnow
from cityexchange.languages.models import translate
from tests.factories import CityFactory, MemberFactory
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory


def landing(visitor, language="en"):
    response = visitor.get(f"/?lang={language}")
    assert response.status_code == 200
    return response.text


def test_it_changes_with_workshops_visits_cities_and_translations(visitor):
    workshop, city = (
        WorkshopFactory(is_open=True, title="Counting"),
        CityFactory(name="Sfax", latitude=34.7, longitude=10.7),
    )
    later = utcnow() + timedelta(seconds=1)
    assert "Counting" in landing(visitor)

    workshop.title, workshop.updated_at = "Counting again", later
    city.name, city.updated_at = "Tangier", later
    visit = open_visit(title="Reception in many languages")
    db.session.flush()
    text = landing(visitor)
    assert "Counting again" in text
    assert "Tangier" in text
    assert "Sfax" not in text
    assert visit.title in text

    assert "Compter" not in landing(visitor, "fr")
    translate(workshop, "title", "fr", "Compter")
    assert "Compter" in landing(visitor, "fr")
    workshop.state = "draft"
    db.session.flush()
    assert "Counting again" not in landing(visitor)


def test_a_member_never_gets_the_page_of_visitors_nor_a_visitor_a_members(visitor, sign_in):
    member = sign_in(MemberFactory(name="Ana Example"))

    for _round in range(2):
        assert "Ana Example" in member.get("/").text
        assert "Ana Example" not in landing(visitor)


def test_it_is_answered_from_memory_and_unchanged_for_who_has_it(visitor, count_queries):
    WorkshopFactory(is_open=True)
    first = visitor.get("/")
    with count_queries() as of_second:
        again = visitor.get("/", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert len(of_second) <= 5
    assert "csrf_token" not in first.text


def test_where_members_may_be_tried_out_each_visitor_gets_a_form_of_their_own(app, monkeypatch):
    six = [{"email": "a@city.example", "name": "A", "words": "x"}]
    monkeypatch.setitem(app.jinja_env.globals, "demo_members", lambda: six)

    response = app.test_client().get("/")

    assert "ETag" not in response.headers
