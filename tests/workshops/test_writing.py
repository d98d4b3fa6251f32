import pytest

from cityexchange.core.db import db
from cityexchange.workshops.models import Workshop
from tests.factories import CityFactory, MemberFactory, SpaceFactory, ThemeFactory
from tests.workshops.factories import WorkshopFactory, noon_in, organiser


def whole_form(**changes):
    """What an organiser types for a workshop that lacks nothing."""
    typed = {
        "title": "Counting what matters",
        "language": "en",
        "text": "Local data with **few means**.",
        "scope": "regional",
        "regions": ["africa"],
        "space_id": "0",
        "objectives-0": "Name three sources",
        "objectives-1": "Plan one page",
        "audience": "Data officers",
        "mode": "hybrid",
        "host_city_id": str(CityFactory(name="Tunis", timezone="Africa/Tunis").id),
        "venue": "Town hall",
        "joining_link": "https://meet.example/1",
        "timezone": "Africa/Tunis",
        "sessions-0-title": "Opening",
        "sessions-0-starts": f"{noon_in(40):%Y-%m-%dT09:00}",
        "sessions-0-ends": f"{noon_in(40):%Y-%m-%dT12:30}",
        "sessions-1-title": "",
        "capacity_in_person": "30",
        "capacity_online": "60",
        "city_limit": "limit",
        "max_per_city": "2",
        "registration_until": f"{noon_in(30):%Y-%m-%d}",
        "working_languages": ["fr", "ar"],
        "has_interpretation": "pairs",
        "interpretation-0-source": "fr",
        "interpretation-0-target": "ar",
        "cost_statement": "Free",
        "accessibility_note": "Step-free",
        "data_notice": "Not recorded",
    }
    return {key: value for key, value in (typed | changes).items() if value is not None}


def the_workshop():
    return db.session.scalars(db.select(Workshop)).one()


def test_an_organiser_writes_announces_and_opens_a_workshop(sign_in, visitor):
    browser = sign_in(organiser())

    assert browser.get("/workshops/new").status_code == 200
    assert browser.post("/workshops/new", data=whole_form()).status_code == 303
    id = the_workshop().id
    assert visitor.get(f"/workshops/{id}").status_code != 200
    for step in ("announce", "open-registration"):
        assert browser.post(f"/workshops/{id}/{step}").status_code == 303

    text = visitor.get(f"/workshops/{id}").text
    for words in ("Counting what matters", "Tunis time", "<strong>few means</strong>", "Name three sources"):
        assert words in text
    assert the_workshop().state == "registration_open"
    assert [(c.from_state, c.to_state) for c in the_workshop().changes] == [
        ("draft", "announced"),
        ("announced", "registration_open"),
    ]


def test_what_the_form_shows_again_is_what_was_saved(sign_in):
    browser = sign_in(organiser())
    browser.post("/workshops/new", data=whole_form())
    before = {c.key: getattr(the_workshop(), c.key) for c in Workshop.__table__.columns}
    uid, start = the_workshop().schedule.held[0].uid, the_workshop().schedule.held[0].starts_at
    session_id = the_workshop().schedule.held[0].id

    saved = browser.post(
        f"/workshops/{the_workshop().id}/edit",
        data=whole_form(**{"sessions-0-id": str(session_id), "host_city_id": str(before["host_city_id"])}),
    )

    after = {c.key: getattr(the_workshop(), c.key) for c in Workshop.__table__.columns}
    assert saved.status_code == 303
    assert {k: v for k, v in before.items() if k != "updated_at"} == {
        k: v for k, v in after.items() if k != "updated_at"
    }
    assert (the_workshop().schedule.held[0].uid, the_workshop().schedule.held[0].starts_at) == (uid, start)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Please look at these points again"),
        ("sessions-0-ends", "", "A session needs a name"),
        ("sessions-0-ends", "2027-01-01T08:00", "The end must be after the beginning"),
        ("sessions-0-starts", "0001-01-01T08:00", "check the year"),
        ("registration_until", "9999-12-31", "check the year"),
        ("joining_link", "javascript:alert(1)", "Write the whole address"),
        ("interpretation-0-target", "fr", "two different languages"),
        ("max_per_city", "", "how many places one city"),
        ("capacity_online", "-5", "Please look"),
        ("timezone", "Mars/Base", "Please look"),
    ],
)
def test_slips_come_back_with_what_was_typed(sign_in, field, value, words):
    answer = sign_in(organiser()).post(
        "/workshops/new", data=whole_form(audience="Kept as typed", **{field: value})
    )

    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept as typed" in answer.text
    assert db.session.query(Workshop).count() == 0


def test_a_time_that_clocks_skip_there_is_refused_by_name(sign_in):
    CityFactory(timezone="Europe/Madrid")
    skipped = {"sessions-0-starts": "2027-03-28T02:30", "sessions-0-ends": "2027-03-28T04:00"}

    answer = sign_in(organiser()).post("/workshops/new", data=whole_form(timezone="Europe/Madrid", **skipped))

    assert answer.status_code == 422
    assert "this time does not exist there" in answer.text


def test_more_rows_come_without_javascript_and_save_nothing(sign_in):
    answer = sign_in(organiser()).post("/workshops/new", data=whole_form(add_rows="1"))

    assert answer.status_code == 200
    assert 'name="sessions-4-title"' in answer.text
    assert "Counting what matters" in answer.text
    assert db.session.query(Workshop).count() == 0


def test_a_title_alone_makes_a_draft_with_a_list_of_what_is_missing(sign_in):
    browser = sign_in(organiser())
    bare = {"title": "An idea", "language": "en", "space_id": "0", "host_city_id": "0", "timezone": "UTC"}

    assert browser.post("/workshops/new", data=bare).status_code == 303

    assert set(the_workshop().missing()) >= {
        "scope",
        "mode",
        "sessions",
        "objectives",
        "quota",
        "interpretation",
    }
    text = browser.get(f"/workshops/{the_workshop().id}").text
    assert "Write at least two learning objectives." in text
    assert "/announce" not in text


def test_only_organisers_write_and_steer(sign_in, visitor):
    workshop = WorkshopFactory(is_open=True)
    steps = [
        "edit",
        "announce",
        "open-registration",
        "close-registration",
        "begin",
        "complete",
        "postpone",
        "cancel",
    ]

    for member in (
        MemberFactory(),
        MemberFactory(team_role="facilitator"),
        MemberFactory(role="city_focal_point"),
    ):
        browser = sign_in(member)
        assert browser.get("/workshops/new").status_code == 403
        assert browser.post("/workshops/new", data=whole_form()).status_code == 403
        answers = {
            browser.post(f"/workshops/{workshop.id}/{step}", data={"reason": "x"}).status_code
            for step in steps
        }
        assert answers == {403}
    assert {visitor.post(f"/workshops/{workshop.id}/{step}").status_code for step in steps} == {401}
    assert the_workshop().state == "registration_open"


def test_an_edit_takes_nobodys_place_and_leaves_nothing_essential_out(sign_in):
    workshop = WorkshopFactory(is_open=True)
    for member in MemberFactory.create_batch(3):
        workshop.register(member, "in_person", "en")
    browser, path = sign_in(organiser()), f"/workshops/{workshop.id}/edit"

    too_small = browser.post(path, data=whole_form(capacity_in_person="2", space_id=None))
    no_longer = browser.post(path, data=whole_form(mode="online", space_id=None))
    incomplete = browser.post(path, data=whole_form(data_notice="", space_id=None))

    assert [a.status_code for a in (too_small, no_longer, incomplete)] == [422, 422, 422]
    assert "More people have a place already" in too_small.text
    assert "what happens to people's data" in incomplete.text
    assert (the_workshop().capacity_in_person, the_workshop().data_notice) == (10, "Nothing is recorded")


def test_more_places_by_an_edit_go_to_those_who_wait(sign_in):
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    _, waits = (workshop.register(m, "in_person", "en") for m in MemberFactory.create_batch(2))

    answer = sign_in(organiser()).post(f"/workshops/{workshop.id}/edit", data=whole_form(space_id=None))

    assert answer.status_code == 303
    assert waits.state == "confirmed"


def test_a_workshop_that_is_out_cannot_leave_its_closed_space(sign_in, visitor):
    space, lead = SpaceFactory(confidentiality="group"), organiser()
    space.admit(lead)
    workshop = WorkshopFactory(is_open=True, space_id=space.id)

    sign_in(lead).post(f"/workshops/{workshop.id}/edit", data=whole_form(space_id="0"))

    assert the_workshop().title == "Counting what matters"
    assert the_workshop().space_id == space.id


def test_themes_are_kept(sign_in):
    theme = ThemeFactory(key="housing")

    sign_in(organiser()).post("/workshops/new", data=whole_form(themes=[str(theme.id)]))

    assert [t.key for t in the_workshop().themes] == ["housing"]
