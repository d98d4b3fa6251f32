"""What a city says of itself: who may say it, what is kept of it, who reads it."""

import pytest

from cityexchange.cities.limits import CITY_EDITS
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.languages.models import translate
from tests.cities.factories import speaker, themes
from tests.factories import CityFactory, MemberFactory

DECLARED = {
    "primary": "recent",
    "others": ["transit", "origin"],
    "why": "La moitié de nos nouveaux habitants sont arrivés depuis dix ans.",
    "basis": "survey",
    "evidence": "Enquête municipale de 2025, toute l'agglomération.",
    "evidence_url": "https://example.org/enquete",
    "language": "",
}
OURS = {"Origin": "http://localhost"}
PAGES = ("edit", "names", "declarations/new", "interests", "self-assessment")
CHANGES = {
    "edit": {"working_languages": ["fr"], "about": "Bonjour"},
    "names": {"in_ar": "ليون"},
    "declarations": DECLARED,
    "interests": {"offer": ["housing"]},
    "self-assessment": {"version": "0", "now-housing": "4"},
    "self-assessment/publish": {"version": "1"},
}


def test_a_declaration_is_kept_with_reason_and_evidence_in_its_language(sign_in, visitor):
    member = speaker()
    browser = sign_in(member)

    answer = browser.post("/cities/lyon/declarations", data=DECLARED)

    assert answer.status_code == 303
    declaration = member.city.declaration
    assert (member.city.kind_primary, member.city.kinds_other) == ("recent", ["transit", "origin"])
    assert (declaration.language, declaration.basis) == ("fr", "survey")
    page = visitor.get("/cities/lyon").text
    assert "La moitié de nos nouveaux habitants" in page
    assert 'href="https://example.org/enquete"' in page


def test_an_earlier_declaration_stays_readable_with_its_date(sign_in, visitor):
    member = speaker()
    member.city.declare_kind("traditional", why="Since the railway")
    db.session.flush()

    sign_in(member).post("/cities/lyon/declarations", data=DECLARED)

    page = visitor.get("/cities/lyon").text
    assert "Earlier declarations" in page
    assert "Since the railway" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"primary": "rich"},
        {"primary": ""},
        {"why": ""},
        {"why": "x" * 301},
        {"others": ["rich"]},
        {"basis": "rumour"},
        {"evidence_url": "javascript:alert(1)"},
        {"evidence_url": "https://a b"},
    ],
)
def test_a_declaration_that_is_not_in_order_loses_nothing_that_was_typed(sign_in, wrong):
    member = speaker()

    answer = sign_in(member).post("/cities/lyon/declarations", data=DECLARED | wrong)

    assert answer.status_code == 422
    assert "Enquête municipale" in answer.text
    assert not member.city.declarations


def test_the_reason_is_read_in_the_readers_language(visitor):
    city = CityFactory(slug="sfax")
    declaration = city.declare_kind("recent", why="وصل نصف السكان الجدد حديثًا", language="ar")
    db.session.flush()
    translate(declaration, "why", "en", "Half of the newcomers came lately")

    page = visitor.get("/cities/sfax?lang=en").text
    assert "Half of the newcomers came lately" in page
    assert "وصل نصف" in page


def test_needs_and_offers_named_by_hand_are_just_these(sign_in):
    member = speaker()
    housing, health, finance = themes("housing", "health", "finance")
    member.city.offer(finance)

    answer = sign_in(member).post(
        "/cities/lyon/interests", data={"offer": ["housing"], "need": ["health", "housing"]}
    )

    assert answer.status_code == 303
    assert member.city.offers == [housing]
    assert member.city.needs == [housing, health]


def test_the_page_of_needs_and_offers_says_what_a_self_assessment_named(sign_in):
    member = speaker()
    housing, health = themes("housing", "health")
    member.city.offer(housing)
    browser = sign_in(member)
    assert "self-assessed" not in browser.get("/cities/lyon/interests").text

    member.city.interests_in("offer")[0].is_assessed = True
    assert browser.get("/cities/lyon/interests").text.count("self-assessed") == 1


def test_a_theme_that_nobody_knows_is_refused(sign_in):
    member = speaker()
    themes()

    assert sign_in(member).post("/cities/lyon/interests", data={"offer": ["gold"]}).status_code == 422
    assert not member.city.interests


def test_languages_and_text_are_changed_and_the_words_tell_their_language(sign_in):
    member = speaker()
    typed = {
        "working_languages": ["fr", "ar"],
        "about": "Une ville de passage et d'accueil depuis longtemps.",
    }

    answer = sign_in(member).post("/cities/lyon/edit", data=typed)

    assert answer.status_code == 303
    assert sorted(member.city.working_languages) == ["ar", "fr"]
    assert member.city.about_language == "fr"
    assert sign_in(member).post("/cities/lyon/edit", data={"about": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("deputy", 200),
        ("coordinator", 200),
        ("colleague", 403),
        ("speaker elsewhere", 403),
        ("facilitator", 403),
    ],
)
def test_who_speaks_for_a_city_changes_what_it_says(sign_in, who, status):
    themes()
    city = CityFactory(slug="lyon", name="Lyon")
    members = {
        "deputy": lambda: speaker(city, "city_deputy"),
        "coordinator": lambda: MemberFactory(city=None, team_role="coordinator"),
        "colleague": lambda: MemberFactory(city=city),
        "speaker elsewhere": lambda: speaker(CityFactory()),
        "facilitator": lambda: MemberFactory(city=None, team_role="facilitator"),
    }
    browser = sign_in(members[who]())

    assert {browser.get(f"/cities/lyon/{page}").status_code for page in PAGES} == {status}
    changed = {
        path: browser.post(f"/cities/lyon/{path}", data=data).status_code for path, data in CHANGES.items()
    }
    assert set(changed.values()) == {303 if status == 200 else 403}, changed
    assert bool(city.interests or city.declarations or city.about) == (status == 200)
    assert ("Change needs and offers" in browser.get("/cities/lyon").text) == (status == 200)


def test_a_visitor_is_sent_to_sign_in(visitor):
    CityFactory(slug="lyon")

    assert {visitor.get(f"/cities/lyon/{page}").status_code for page in PAGES} == {302}
    assert {
        visitor.post(f"/cities/lyon/{path}", data=data).status_code for path, data in CHANGES.items()
    } == {401}


def test_each_change_is_audited_and_limited(sign_in, app):
    member = speaker()
    browser = sign_in(member)
    browser.post("/cities/lyon/declarations", data=DECLARED)

    entry = db.session.scalar(db.select(AuditEntry).filter_by(verb="declare_kind", outcome="done"))
    assert (entry.actor_id, entry.record_type, entry.record_id) == (member.id, "City", member.city.id)
    for _ in range(CITY_EDITS.most):
        answer = browser.post("/cities/lyon/declarations", data=DECLARED, headers=OURS)
    assert answer.status_code == 429
    assert "Enquête municipale" in answer.text


def test_the_words_of_an_applicant_wait_until_somebody_has_looked(visitor, sign_in):
    city = CityFactory(slug="lyon", name="Lyon", state="applied", about="Come and buy")
    declaration = city.declare_kind("recent", why="Cheap and good")
    db.session.flush()
    member = sign_in(MemberFactory())

    for browser in (visitor, member):
        page = browser.get("/cities/lyon").text
        assert "asked to take part" in page
        assert "Come and buy" not in page
        assert "Cheap and good" not in page
    assert member.get(f"/translations/KindDeclaration/{declaration.id}").status_code == 404
    assert (
        member.post(f"/translations/City/{city.id}", data={"language": "fr", "about": "x"}).status_code == 404
    )
    assert member.get(f"/translations/City/{city.id}").status_code == 404
    team = sign_in(MemberFactory(city=None, team_role="coordinator"))
    assert "Come and buy" in team.get("/cities/lyon").text


def test_the_next_step_is_one_and_the_right_one(sign_in):
    member = speaker()
    browser = sign_in(member)
    assert "Next: say what kind of city yours is" in browser.get("/cities/lyon").text

    browser.post("/cities/lyon/declarations", data=DECLARED)
    assert "Next: where do you stand?" in browser.get("/cities/lyon").text


def test_a_city_is_told_by_its_size_band(visitor):
    CityFactory(slug="lyon", population=522228)

    page = visitor.get("/cities/lyon").text
    assert "250,000 to 1 million inhabitants" in page
    assert "522" not in page
