import re

import pytest

from cityexchange.languages.models import translate
from tests.factories import CityFactory, MemberFactory, SpaceFactory, ThemeFactory
from tests.workshops.factories import WorkshopFactory, organiser, slot


def page(browser, path, **kwargs):
    response = browser.get(path, **kwargs)
    assert response.status_code == 200, path
    return response.text


def test_everybody_reads_the_list_and_only_organisers_see_drafts(visitor, sign_in):
    WorkshopFactory(is_announced=True, title="Counting what matters")
    WorkshopFactory(title="Secret draft")

    for reader in (visitor, sign_in(MemberFactory())):
        assert "Counting what matters" in page(reader, "/workshops")
        assert "Secret draft" not in page(reader, "/workshops")
    assert "Secret draft" in page(sign_in(organiser()), "/workshops")


def test_the_list_is_narrowed_by_theme_language_mode_and_region(visitor):
    housing = ThemeFactory(key="housing")
    one = WorkshopFactory(is_announced=True, title="Housing first", mode="online", working_languages=["es"])
    one.themes.append(housing)
    two = WorkshopFactory(is_announced=True, title="Counting", scope="regional", regions=["africa"])
    assert two.mode == "hybrid"

    for query, shown in {
        "theme=housing": {"Housing first"},
        "language=es": {"Housing first"},
        "language=fr": {"Counting"},
        "mode=hybrid": {"Counting"},
        "region=africa": {"Housing first", "Counting"},
        "region=europe": {"Housing first"},
        "theme=nonsense&language=%25": {"Housing first", "Counting"},
        "past=1": set(),
    }.items():
        text = page(visitor, f"/workshops?{query}")
        assert {title for title in ("Housing first", "Counting") if title in text} == shown, query


def test_what_is_over_moves_to_the_past(visitor):
    workshop = WorkshopFactory(is_open=True, title="Long ago")
    workshop.schedule.plan("Africa/Tunis", [slot(days=-20)])

    assert "Long ago" not in page(visitor, "/workshops")
    assert "Long ago" in page(visitor, "/workshops?past=1")


def test_times_are_told_there_and_here_with_both_zones_in_words(sign_in):
    slots = [slot(hours=2, days=40)]
    workshop = WorkshopFactory(is_announced=True, zone="America/Bogota", slots=slots)

    text = page(sign_in(MemberFactory(timezone="Asia/Tokyo")), f"/workshops/{workshop.id}")

    assert "Bogota time (Colombia Standard Time)" in text
    assert "Tokyo time (Japan Standard Time)" in text
    assert "12:00" in text
    assert "02:00" in text


def test_where_clocks_change_between_sessions_each_time_names_its_zone(visitor):
    slots = [slot(days=1), slot(days=185, title="After the change")]
    workshop = WorkshopFactory(zone="Europe/Madrid", slots=slots)
    workshop.state = "announced"

    text = page(visitor, f"/workshops/{workshop.id}")

    assert "Madrid time (Central European Standard Time)" in text
    assert "Madrid time (Central European Summer Time)" in text


@pytest.mark.parametrize("locale", ["ar", "es", "fr", "ru", "zh"])
def test_pages_stand_in_every_language(visitor, locale):
    workshop = WorkshopFactory(is_open=True)

    for path in ("/workshops", f"/workshops/{workshop.id}"):
        assert f'lang="{locale}"' in page(visitor, f"{path}?lang={locale}")


def test_a_reader_sees_the_title_in_their_language_and_the_original_beside_it(sign_in):
    workshop = WorkshopFactory(is_announced=True, title="Counting what matters")
    translate(workshop, "title", "fr", "Compter l'essentiel")
    reader = sign_in(MemberFactory(locale="fr", languages_read=["fr"]))

    text = page(reader, f"/workshops/{workshop.id}")

    assert re.search(r'<h1[^>]*lang="fr"[^>]*>Compter l&#39;essentiel</h1>', text)
    assert "Counting what matters" in text
    assert "Compter l&#39;essentiel" in page(reader, "/workshops")


def test_names_of_participants_are_for_members_cities_for_everybody(visitor, sign_in):
    workshop, member = (
        WorkshopFactory(is_open=True),
        MemberFactory(name="Ana Example", city=CityFactory(name="Sfax")),
    )
    workshop.register(member, "online", "en")
    path = f"/workshops/{workshop.id}"

    assert "Ana Example" in page(sign_in(MemberFactory()), path)
    assert "Ana Example" not in page(visitor, path)
    assert "Sfax" in page(visitor, path)


def test_under_the_chatham_house_rule_neither_name_nor_city_is_shown(sign_in):
    space = SpaceFactory(confidentiality="chatham")
    workshop = WorkshopFactory(is_open=True, space_id=space.id)
    member, reader = MemberFactory(name="Ana Example", city=CityFactory(name="Sfax")), MemberFactory()
    for one in (member, reader):
        space.admit(one)
    workshop.register(member, "online", "en")
    lead = organiser()
    space.admit(lead)

    text = page(sign_in(reader), f"/workshops/{workshop.id}")

    assert "1 person has a place" in text
    assert "Ana Example" not in text
    assert "Sfax" not in text
    assert "Ana Example" in page(sign_in(lead), f"/workshops/{workshop.id}")


def test_a_workshop_of_a_closed_space_is_not_there_for_others_not_even_the_team(visitor, sign_in):
    space = SpaceFactory(confidentiality="group")
    workshop, inside = WorkshopFactory(is_open=True, title="Behind doors", space_id=space.id), MemberFactory()
    space.admit(inside)
    paths = [f"/workshops/{workshop.id}", f"/workshops/{workshop.id}.ics"]

    for outside in (sign_in(MemberFactory()), sign_in(organiser())):
        assert [outside.get(path).status_code for path in paths] == [404, 404]
        assert "Behind doors" not in page(outside, "/workshops")
    assert "Behind doors" in page(sign_in(inside), paths[0])
    hidden, missing = visitor.get(paths[0]), visitor.get("/workshops/999999")
    assert hidden.status_code == missing.status_code


def test_the_joining_link_is_for_those_who_have_a_place(visitor, sign_in):
    workshop = WorkshopFactory(is_open=True, joining_link="https://meet.example/secret", capacity_online=1)
    has, waits = MemberFactory.create_batch(2)
    for member in (has, waits):
        workshop.register(member, "online", "en")

    for path in (f"/workshops/{workshop.id}", f"/workshops/{workshop.id}.ics"):
        assert "meet.example" in sign_in(has).get(path).text.replace("\r\n ", "")
        assert "meet.example" in sign_in(organiser()).get(path).text.replace("\r\n ", "")
        for reader in (visitor, sign_in(waits), sign_in(MemberFactory())):
            assert "meet.example" not in reader.get(path).text.replace("\r\n ", "")


def test_who_gave_the_place_back_no_longer_sees_the_link(sign_in):
    workshop, member = (
        WorkshopFactory(is_open=True, joining_link="https://meet.example/secret"),
        MemberFactory(),
    )
    workshop.register(member, "online", "en").withdraw()

    assert "meet.example" not in page(sign_in(member), f"/workshops/{workshop.id}")


def test_queries_do_not_grow_with_workshops_or_registrants(sign_in, count_queries):
    ThemeFactory()
    reader, one = sign_in(MemberFactory()), WorkshopFactory(is_open=True, capacity_in_person=60)
    one.register(MemberFactory(), "in_person", "en")
    numbers = []
    for _round in range(2):
        with count_queries() as of_list:
            page(reader, "/workshops")
        with count_queries() as of_page:
            page(reader, f"/workshops/{one.id}")
        numbers.append((len(of_list), len(of_page)))
        for _n in range(15):
            one.register(MemberFactory(), "in_person", "en")
            WorkshopFactory(is_open=True, slots=[slot(), slot(days=41)])

    assert numbers[0] == numbers[1]
    assert max(numbers[0]) <= 16


def test_panels_tell_what_comes_next(sign_in):
    city, space, member = CityFactory(), SpaceFactory(), MemberFactory()
    workshop = WorkshopFactory(is_open=True, title="Next of all", host_city_id=city.id, space_id=space.id)
    workshop.register(member, "online", "en")
    browser = sign_in(member)

    for path in ("/", f"/cities/{city.slug}", f"/spaces/{space.slug}"):
        text = page(browser, path)
        assert "Next of all" in text, path
        assert "You have a place" in text, path


def test_only_organisers_read_the_list_of_who_registered(sign_in):
    workshop, member = WorkshopFactory(is_open=True), MemberFactory(name="Ana Example")
    workshop.register(member, "online", "en")
    path = f"/workshops/{workshop.id}/registrations"

    assert "Ana Example" in page(sign_in(organiser()), path)
    assert sign_in(member).get(path).status_code == 403


def test_the_calendar_file_is_unchanged_for_who_has_it(visitor):
    workshop = WorkshopFactory(is_announced=True)
    first = visitor.get(f"/workshops/{workshop.id}.ics")

    again = visitor.get(f"/workshops/{workshop.id}.ics", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.mimetype, again.status_code) == ("text/calendar", 304)


def test_a_themes_page_shows_its_coming_workshops_to_those_who_see_them(visitor, sign_in):
    housing = ThemeFactory(key="housing")
    coming = WorkshopFactory(is_announced=True, title="Coming to us")
    elsewhere = WorkshopFactory(is_announced=True, title="On something else")
    draft = WorkshopFactory(title="Secret draft")
    for one in (coming, draft):
        one.themes.append(housing)
    page = visitor.get("/themes/housing").text
    assert coming.title in page and elsewhere.title not in page and draft.title not in page
    assert 'href="/workshops?theme=housing"' in page
    coming.space = SpaceFactory(confidentiality="group")
    assert coming.title not in visitor.get("/themes/housing").text
