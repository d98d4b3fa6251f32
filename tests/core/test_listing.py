import re

import pytest

from cityexchange.chat import views as chat
from cityexchange.cities.models import City
from cityexchange.cities.views import directory as cities
from cityexchange.core.db import db, utcnow
from cityexchange.members.joining import JoinRequest
from cityexchange.members.views import join_requests
from cityexchange.spaces.views import pages as spaces
from tests.chat.factories import RoomFactory
from tests.factories import CityFactory, MemberFactory, SpaceFactory


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    for module in (chat, cities, join_requests, spaces):
        monkeypatch.setattr(module, "LINES", 3)


def walk(browser, address, pattern):
    """What the pages show, one list for each, by following their ways on."""
    found = []
    while address:
        page = browser.get(address).text
        found.append(re.findall(pattern, page))
        on = re.search(r'rel="next" href="([^"]+)"', page)
        address = on and on[1].replace("&amp;", "&")
    return found


def test_all_cities_come_once_by_name_and_what_was_chosen_stays_chosen(visitor):
    for name in ("Eve", "Ada", "Ada", "Cid", "Bob", "Dan", "Fay"):
        CityFactory(name=name)
    CityFactory(name="Elsewhere", region="africa")
    pages = walk(visitor, "/cities?region=europe", r"city-tile[^>]*><b><bdi>(\w+)")
    assert pages == [["Ada", "Ada", "Bob"], ["Cid", "Dan", "Eve"], ["Fay"]]
    assert "7 cities" in visitor.get("/cities?region=europe").text


def test_a_list_goes_on_after_the_line_seen_although_lines_came_in_between(visitor):
    for name in ("B", "D", "F", "H"):
        CityFactory(name=name)
    first = visitor.get("/cities").text
    CityFactory(name="A")
    on = re.search(r'rel="next" href="([^"]+)"', first)[1]
    assert walk(visitor, on, r"city-tile[^>]*><b><bdi>(\w+)") == [["H"]]


@pytest.mark.parametrize("after", ["0", "x", "-1", "99999", "9" * 30, "%00"])
def test_a_line_that_nobody_gave_out_is_the_beginning(visitor, after):
    CityFactory(name="Ada")
    assert "Ada" in visitor.get(f"/cities?after={after}").text


def test_a_hidden_line_does_not_tell_where_it_would_stand(visitor):
    CityFactory(name="Ada"), CityFactory(name="Zoe")
    hidden = CityFactory(name="Mid", state="suspended")
    page = visitor.get(f"/cities?after={hidden.id}").text
    assert db.session.get(City, hidden.id) and "Ada" in page and "Zoe" in page


def test_rooms_come_by_space_and_a_space_may_go_on_on_the_next_page(sign_in):
    one, two = SpaceFactory(name="One"), SpaceFactory(name="Two")
    for space, name in ((two, "c"), (two, "d"), (one, "b"), (one, "a"), (two, "e")):
        RoomFactory(space=space, name=f"room-{name}")
    closed = RoomFactory(space=SpaceFactory(confidentiality="group"), name="room-x")
    pages = walk(sign_in(MemberFactory()), "/chat", r"<bdi lang=\"en\">room-(\w)")
    assert closed and pages == [["a", "b", "c"], ["d", "e"]]


def test_requests_that_wait_come_first_and_all_are_reached(sign_in):
    for n, state in enumerate(
        ["accepted", "waiting", "declined", "waiting", "waiting", "waiting", "accepted"]
    ):
        db.session.add(
            JoinRequest(name=f"p{n}", email=f"p{n}@a.example", job_title="x", password="x", state=state,
                        created_at=utcnow())
        )  # fmt: skip
        db.session.flush()
    coordinator = sign_in(MemberFactory(team_role="coordinator"))
    pages = walk(coordinator, "/join-requests", r"row__title\">\s*<a [^>]+>\s*<bdi>p(\d)")
    assert pages == [["1", "3", "4"], ["5", "0", "2"], ["6"]]


def test_spaces_come_by_name_and_none_that_is_closed_to_me(sign_in):
    for name in ("Delta", "Alpha", "Echo", "Bravo"):
        SpaceFactory(name=name)
    SpaceFactory(name="Closed", confidentiality="group")
    pages = walk(sign_in(MemberFactory()), "/spaces", r"card__title[^>]*><a[^>]*>(\w+)")
    assert pages == [["Alpha", "Bravo", "Delta"], ["Echo"]]
