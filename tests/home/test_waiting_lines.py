"""What stands first among what waits for somebody of several parts, and in whose words."""

from datetime import timedelta

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.jobs.heartbeat import SILENCE, Heartbeat
from cityexchange.home.waiting import _each_once
from cityexchange.languages.models import translate
from cityexchange.spaces.entries import SpaceEntry
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import start_topic
from tests.home.asking import asked_to_join
from tests.home.test_start import team, waiting
from tests.visits.factories import coordinator, host_team, offered_visit, reviewed_visit


class Row:
    record_type, leads_to = "Topic", None

    def __init__(self, id):
        self.id = id


def test_what_waits_in_two_kinds_stands_at_its_first_place():
    a, b, c, again = Row(1), Row(2), Row(3), Row(1)
    assert _each_once([("one", a), ("one", b), ("two", c), ("two", again)]) == [
        ("one", a),
        ("one", b),
        ("two", c),
    ]


def test_an_invitation_names_the_space_in_the_readers_language(sign_in):
    ana = MemberFactory(locale="fr", languages_read=["fr"])
    space = SpaceFactory(name="Reading circle", language="en", confidentiality="group", joining="request")
    translate(space, "name", "fr", "Cercle de lecture", author=MemberFactory())
    SpaceEntry.invite(space, ana, MemberFactory(), "Come in.")

    assert waiting(sign_in(ana).get("/").text) == ["Cercle de lecture"]


def test_a_coordinator_who_speaks_for_a_city_sees_both(sign_in):
    official, focal_point = host_team()
    focal_point.team_role, focal_point.locale = "coordinator", "en"
    ours = offered_visit(official, title="Offered by us")
    ours.submit(official)
    others = reviewed_visit(*host_team(), title="Offered by others")
    asked_to_join(official.city)
    db.session.commit()

    assert others.endorsed_at and not ours.endorsed_at
    found = waiting(sign_in(focal_point).get("/").text)
    assert {"Offered by us", "Offered by others", "Dana Novak asks for a place"} <= set(found)
    alone = waiting(sign_in(coordinator()).get("/").text)
    assert "Offered by others" in alone and "Offered by us" not in alone and len(alone) == 1


def test_a_worker_is_silent_as_soon_as_it_is_for_who_watches(sign_in):
    with clock_at(utcnow() - SILENCE - timedelta(seconds=5)):
        db.session.add(Heartbeat(name="w:1", at=utcnow()))
        db.session.commit()

    assert waiting(sign_in(team("admin")).get("/").text) == ["The worker has fallen silent"]


def test_what_a_colleague_began_is_marked_until_it_is_read(sign_in):
    ana = MemberFactory(locale="en")
    talk = start_topic(author=MemberFactory(city=ana.city), title="Said by a colleague", kind="story")
    browser = sign_in(ana)

    def city():
        return browser.get("/").text.split('id="city"')[1].split("</section>")[0]

    assert talk.title in city() and 'class="unread"' in city()
    browser.get(f"/topics/{talk.id}")
    browser.post(f"/topics/{talk.id}/read", data={"since": 0, "until": talk.post_count})
    assert talk.title in city() and 'class="unread"' not in city()
