"""Cards, times and names are rendered once and kept: each reader still finds exactly what is theirs."""

from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.workshops.factories import WorkshopFactory, organiser, slot


def page(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, path
    return response.text


def test_my_registration_stands_on_my_card_alone(visitor, sign_in):
    workshop, mine, other = WorkshopFactory(is_open=True), MemberFactory(), MemberFactory()
    workshop.register(mine, "online", "en")
    readers = {"mine": sign_in(mine), "other": sign_in(other), "visitor": visitor}

    for _round in range(2):
        for path in ("/workshops", "/"):
            assert {n for n, one in readers.items() if "You have a place" in page(one, path)} == {"mine"}, (
                path
            )


def test_a_place_taken_changes_the_card_of_everybody(sign_in):
    workshop, browser = WorkshopFactory(is_open=True, capacity_online=7), sign_in(MemberFactory())
    assert "Online: 7 places left" in page(browser, "/workshops")

    workshop.register(MemberFactory(), "online", "en")

    assert "Online: 6 places left" in page(browser, "/workshops")


def test_a_card_tells_its_day_in_the_zone_and_language_of_each_reader(sign_in):
    workshop = WorkshopFactory(is_announced=True, zone="UTC", slots=[slot(days=40)])
    starts = workshop.schedule.starts_at
    zones = {"far_east": "Pacific/Kiritimati", "far_west": "Pacific/Niue"}
    days = set()
    for zone in zones.values():
        text = page(sign_in(MemberFactory(timezone=zone)), "/workshops")
        days.add(text.split('class="date-plate__day">')[1].split("<")[0])
    in_french = page(sign_in(MemberFactory(locale="fr", timezone="UTC")), "/workshops")
    in_english = page(sign_in(MemberFactory(locale="en", timezone="UTC")), "/workshops")

    assert starts.isoformat() in in_french
    assert len(days) == 2
    assert "Inscriptions" not in in_english
    assert 'lang="fr"' in in_french
    assert in_french.split('class="cards"')[1] != in_english.split('class="cards"')[1]


def test_names_drawn_for_a_member_do_not_reach_the_visitor_nor_the_words_for_visitors_the_member(
    visitor, sign_in
):
    workshop = WorkshopFactory(is_open=True)
    workshop.register(MemberFactory(name="Ana Example", city=CityFactory(name="Sfax")), "online", "en")
    member, path = sign_in(MemberFactory()), f"/workshops/{workshop.id}"

    for _round in range(2):
        assert "Ana Example" in page(member, path)
        assert "Ana Example" not in page(visitor, path)
    assert "Members see who comes" in page(visitor, path)
    assert "Members see who comes" not in page(member, path)
    assert "Your time" in page(sign_in(MemberFactory(timezone="Asia/Tokyo")), path)
    assert "Your time" not in page(visitor, path)


def test_a_draft_and_a_closed_space_stay_out_of_lists_of_equal_standing(sign_in):
    space = SpaceFactory(confidentiality="group")
    WorkshopFactory(is_announced=True, title="Behind doors", space_id=space.id)
    inside, outside = MemberFactory(), MemberFactory()
    space.admit(inside)
    mine = WorkshopFactory(title="My own draft", organiser_id=inside.id)
    assert mine.state == "draft"

    for title in ("Behind doors", "My own draft"):
        assert title in page(sign_in(inside), "/workshops")
        assert title not in page(sign_in(outside), "/workshops")


def test_the_list_counts_its_pages_whatever_narrows_it(sign_in):
    browser = sign_in(organiser())
    WorkshopFactory.create_batch(21, is_announced=True, mode="online")

    assert 'rel="next"' in page(browser, "/workshops?mode=online")
    assert 'rel="prev"' in page(browser, "/workshops?mode=online&page=2")
    assert "No workshop fits" in page(browser, "/workshops?mode=hybrid")


def test_what_one_reader_came_with_stands_in_no_link_of_another(sign_in):
    workshop = WorkshopFactory(is_open=True)
    workshop.postpone(None, "Elections in the host city")
    first, second = sign_in(MemberFactory()), sign_in(MemberFactory())

    first.get(f"/workshops/{workshop.id}?came=from-a-mail")

    page = second.get(f"/workshops/{workshop.id}").text
    assert "/translations/StateChange/" in page and "from-a-mail" not in page
