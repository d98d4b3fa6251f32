"""Whatever people write: its language is kept, it is translated on one page, and read where it stands."""

import re

import pytest
from sqlalchemy import Text, inspect

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.languages.labels import field_words
from cityexchange.languages.models import Translatable, Translation, translate
from cityexchange.languages.originals import fields_of, translatable
from tests.chat.factories import RoomFactory
from tests.factories import CityFactory, MemberFactory, OrganisationFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.forums.mailed import mails
from tests.visits.factories import offered_visit, open_visit
from tests.workshops.factories import WorkshopFactory, organiser, slot

NOT_TRANSLATED = {
    "JoinRequest.why",  # for the few who decide, kept until they have
    "JoinRequest.reason",
    "CityApplication.why",  # as the two above
    "CityApplication.reason",
    "Verification.reason",
    "SpaceEntry.why",
    "SpaceEntry.reason",
    "Suspension.reason",
    "PlaceOffer.note",
    "IdentityProvider.sealed_secret",  # ours to unseal, never to read
    "Press.location",  # an address
    "SentDraft.location",
    "Revision.text",  # what a post said before, shown as a comparison of words
}


@pytest.fixture
def claire():
    return MemberFactory(locale="fr", languages_read=["fr"])


def test_no_long_text_is_left_without_a_language():
    """A column for a text that people write is declared as a translated field, or stands in the list above."""
    forgotten = set()
    for model in (mapper.class_ for mapper in db.Model.registry.mappers):
        texts = {c.key for c in inspect(model).columns if type(c.type) is Text} - {
            "html",
            "folded",
            "sought",
            "asks_folded",
            "chosen_folded",
        }
        forgotten |= {f"{model.__name__}.{key}" for key in texts - set(fields_of(model))}

    assert forgotten == NOT_TRANSLATED


def test_every_declared_field_has_a_language_a_policy_and_a_name():
    declared = [
        mapper.class_ for mapper in db.Model.registry.mappers if issubclass(mapper.class_, Translatable)
    ]

    assert {model.__name__ for model in declared} - {"Translation"} == set(translatable())
    for model in declared:
        assert hasattr(model, "language"), model
        for field in model.translated_fields:
            assert field in inspect(model).columns and field in field_words and len(field) <= 32, (
                model,
                field,
            )


def a_workshop():
    return WorkshopFactory(is_open=True)


def a_city():
    return CityFactory(about="A port.")


def a_declaration():
    declaration = CityFactory().declare_kind("recent", why="Half came lately.", evidence="The census.")
    db.session.flush()
    return declaration


def a_step_of_a_visit():
    visit = open_visit()
    visit.cancel(visit.offered_by, "The bridge is closed.")
    return db.session.scalar(db.select(translatable()["VisitChange"]).filter_by(to_state="cancelled"))


def a_step_of_a_workshop():
    workshop = a_workshop()
    workshop.postpone(organiser(), "The bridge is closed.")
    return workshop.last_change


EVERYTHING = {
    "Space": lambda: SpaceFactory(description="Open."),
    "Forum": lambda: ForumFactory(description="First days."),
    "Room": lambda: RoomFactory(description="Short words."),
    "Topic": start_topic,
    "Post": lambda: start_topic().post(MemberFactory(), "We have opened a desk for newcomers."),
    "Message": lambda: RoomFactory().post(MemberFactory(), "We have opened a desk for newcomers."),
    "Workshop": a_workshop,
    "LearningObjective": lambda: a_workshop().objectives[0],
    "EventSession": lambda: a_workshop().schedule.held[0],
    "StateChange": a_step_of_a_workshop,
    "StudyVisit": open_visit,
    "OfferText": lambda: open_visit().texts[0],
    "VisitSite": lambda: open_visit().sites[0],
    "VisitChange": a_step_of_a_visit,
    "City": a_city,
    "KindDeclaration": a_declaration,
    "Organisation": lambda: OrganisationFactory(about="We help families settle."),
}
OF_APPLICANTS = {"ApplicationText", "LearningGoal"}
"""What only few people see: tests/visits."""


def test_all_models_are_tried_below():
    assert EVERYTHING.keys() | OF_APPLICANTS | {"Note"} >= set(translatable())


@pytest.mark.parametrize("kind", EVERYTHING)
def test_all_that_is_written_is_translated_on_the_same_page(sign_in, claire, kind):
    record = EVERYTHING[kind]()
    fields = [field for field in fields_of(type(record)) if getattr(record, field)]
    browser, address = sign_in(claire), f"/translations/{kind}/{record.id}"
    page = browser.get(address).text
    answer = browser.post(address, data={"language": "fr", **{field: f"En {field}" for field in fields}})

    assert all(f'name="{field}"' in page for field in fields)
    assert answer.status_code == 303
    kept = db.session.scalars(db.select(Translation).filter_by(record_type=kind, record_id=record.id))
    assert {(one.field, one.text, one.origin) for one in kept} == {(f, f"En {f}", "human") for f in fields}


def test_an_empty_field_is_not_asked_for(sign_in, claire):
    workshop = WorkshopFactory(is_open=True, mode="online", venue="")
    page = sign_in(claire).get(f"/translations/Workshop/{workshop.id}").text

    assert 'name="audience"' in page and 'name="venue"' not in page


def test_the_page_of_a_whole_leads_to_its_parts(sign_in, claire):
    workshop, visit = a_workshop(), open_visit()
    browser = sign_in(claire)
    page = browser.get(f"/translations/Workshop/{workshop.id}").text
    for part in (*workshop.objectives, *workshop.schedule.held):
        assert f"/translations/{type(part).__name__}/{part.id}?next=" in page
    page = browser.get(f"/translations/StudyVisit/{visit.id}").text
    for part in (*visit.texts, *visit.sites):
        assert f"/translations/{type(part).__name__}/{part.id}?next=" in page


# ---- read where it stands ----


def in_french(record):
    for field in fields_of(type(record)):
        if getattr(record, field):
            translate(record, field, "fr", f"[{type(record).__name__}.{field} en français]")


def assert_reads(page, record):
    for field in fields_of(type(record)):
        if getattr(record, field):
            words = re.escape(f"[{type(record).__name__}.{field} en français]")
            assert re.search(rf'lang="fr"[^>]*>(<p[^>]*>)?{words}', page), (record, field)


def test_a_workshop_is_read_in_french_down_to_its_sessions(sign_in, claire):
    workshop = WorkshopFactory(is_open=True, slots=[slot(title="Opening"), slot(days=41, title="Closing")])
    records = [workshop, *workshop.objectives, *workshop.schedule.held]
    for record in records:
        in_french(record)
    page = sign_in(claire).get(f"/workshops/{workshop.id}").text

    for record in records:
        assert_reads(page, record)
    assert "Heads of department" in page and 'title="Town hall"' in page


def test_a_calendar_speaks_the_language_of_its_reader(sign_in, claire):
    workshop = a_workshop()
    for record in (workshop, *workshop.schedule.held):
        in_french(record)
    calendar = sign_in(claire).get(f"/workshops/{workshop.id}.ics").text.replace("\r\n ", "")

    for field in ("Workshop.title", "EventSession.title", "Workshop.venue"):
        assert f"[{field} en français]" in calendar


def test_the_reason_of_a_step_is_read_in_french_on_the_page_and_in_the_mail(sign_in, claire):
    workshop = a_workshop()
    workshop.register(claire, "online", "fr")
    workshop.postpone(organiser(), "The bridge is closed and nobody can cross the river.")
    assert workshop.last_change.language == "en"
    in_french(workshop.last_change)

    assert_reads(sign_in(claire).get(f"/workshops/{workshop.id}").text, workshop.last_change)
    mail = db.session.scalar(db.select(OutgoingMail).filter_by(template="workshops/postponed"))
    assert all(
        "[StateChange.reason en français]" in part for part in (compose(mail).text, compose(mail).html)
    )


def test_a_visit_is_read_in_french_with_its_places_and_steps(sign_in, claire):
    visit = open_visit()
    visit.cancel(visit.offered_by, "The bridge is closed and nobody can cross the river.")
    change = db.session.scalar(db.select(translatable()["VisitChange"]).filter_by(to_state="cancelled"))
    records = [visit, *visit.texts, *visit.sites, change]
    for record in records:
        in_french(record)
    page = sign_in(claire).get(f"/visits/{visit.id}").text

    for record in records:
        assert_reads(page, record)
    assert "Reception in many languages" in page


def test_a_city_is_read_in_french(sign_in, claire):
    city = a_city()
    in_french(city)
    page = sign_in(claire).get(f"/cities/{city.slug}").text

    assert_reads(page, city)
    assert "A port." in page


@pytest.mark.parametrize("path", ["/workshops/{}", "/visits/{}"])
def test_pages_with_many_parts_cost_one_query_for_all_readings(sign_in, claire, count_queries, path):
    records = [a_workshop()] if "workshop" in path else [open_visit()]
    browser, address = sign_in(claire), path.format(records[0].id)
    browser.get(address)
    with count_queries() as statements:
        assert browser.get(address).status_code == 200

    assert sum(one.startswith("SELECT translations.") for one in statements) == 1


# ---- mails ----


def test_mails_name_topics_and_visits_in_the_language_of_who_gets_them(claire):
    topic = start_topic(author=claire, title="How to begin?", language="en")
    translate(topic, "title", "fr", "Par où commencer ?")
    topic.post(MemberFactory(), "With two desks.")
    visit = offered_visit(MemberFactory(city=claire.city))
    translate(visit, "title", "fr", "Accueillir en plusieurs langues")
    claire.seat.role = "city_focal_point"
    db.session.flush()
    visit.submit(visit.offered_by)
    letters = {mail.template: compose(mail) for mail in mails() if mail.member_id == claire.id}

    for template, words in (
        ("notifications/conversation", "Par où commencer ?"),
        ("visits/visit_changed", "Accueillir en plusieurs langues"),
    ):
        letter = letters[template]
        assert all(words in part for part in (letter.subject, letter.text, letter.html)), template
