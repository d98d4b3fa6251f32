"""Changes of the rights of places: cities, organisations, spaces. Made as those of people."""

from datetime import timedelta

from cityexchange.chat.models import Room
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.members.models import Member, Seat, SignInSession
from cityexchange.membership import clock
from cityexchange.membership.models import CharterAcceptance, CityApplication
from cityexchange.spaces.entries import SpaceEntry
from tests.admin.steps import HOUSE, SPACE, mailed_code, newest
from tests.membership.steps import CITY_FORM, suspend, whole_city


def suspend_city(world):
    yield
    yield suspend(world.as_("cora"), "/cities/lyon/suspend")


def fall_asleep(world):
    for member in (world.ana, world.ben, world.dora):
        member.seen_at = utcnow() - clock.SLEEP - timedelta(days=1)
    yield
    with unit_of_work():
        clock.note_the_dormant()
    yield None


def accept_city(world):
    browser = world.as_(None)
    browser.post("/cities/apply", data=CITY_FORM)
    browser.post("/cities/apply/code", data={"code": mailed_code()})
    yield
    path = f"/city-applications/{newest(CityApplication).id}/accept"
    yield world.as_("cora").post(path, data={"reason": "Called back.", "has_domain": "y"})


def activate(world):
    whole_city("town.example", slug="town")
    yield
    member = db.session.scalar(
        db.select(Member).join(Seat).where(Seat.role == "city_deputy", Seat.city_id != world.lyon.id)
    )
    with unit_of_work():
        SignInSession.begin(member)
    yield None


def end_city(world):
    yield
    yield world.as_("cora").post("/cities/lyon/leave")


def accept_charter(world):
    db.session.execute(db.delete(CharterAcceptance))
    yield
    yield world.as_("ana").post("/cities/lyon/charter")


def add_organisation(world):
    yield
    yield world.as_("cora").post("/organisations", data=HOUSE | {"name": "Second house"})


def edit_organisation(world):
    yield
    yield world.as_("cora").post("/organisations/house/edit", data=HOUSE)


def end_organisation(world):
    yield
    yield world.as_("cora").post("/organisations/house/leave")


def open_space(world):
    yield
    yield world.as_("cora").post("/spaces", data=SPACE)


def narrow_a_space(world):
    yield
    yield world.as_("ana").post("/spaces/harbour/edit", data=SPACE | {"confidentiality": "group"})


def archive_space(world):
    yield
    yield world.as_("ana").post("/spaces/harbour/archive")


def reopen_space(world):
    world.space.archive()
    yield
    yield world.as_("ana").post("/spaces/harbour/reopen")


def ask_for_space(world):
    yield
    yield world.as_("dora").post("/spaces/harbour/requests", data={"why": ""})


def join_space(world):
    world.space.joining = "open"
    yield
    yield world.as_("dora").post("/spaces/harbour/join")


def leave_space(world):
    world.space.admit(world.dora)
    yield
    yield world.as_("dora").post("/spaces/harbour/leave")


def waiting_entry(world, invited=False):
    if invited:
        return SpaceEntry.invite(world.space, world.dora, world.ana)
    return SpaceEntry.ask(world.space, world.dora)


def accept_entry(world):
    entry = waiting_entry(world)
    yield
    yield world.as_("ana").post(f"/spaces/entries/{entry.id}/accept")


def decline_entry(world):
    entry = waiting_entry(world, invited=True)
    yield
    yield world.as_("dora").post(f"/spaces/entries/{entry.id}/decline")


def withdraw_entry(world):
    entry = waiting_entry(world)
    yield
    yield world.as_("dora").post(f"/spaces/entries/{entry.id}/withdraw")


def invite_to_space(world):
    yield
    yield world.as_("ana").post("/spaces/harbour/invitations", data={"member": world.dora.id, "why": ""})


def appoint(world):
    membership = world.space.admit(world.dora)
    yield
    yield world.as_("ana").post(f"/spaces/memberships/{membership.id}", data={"role": "facilitator"})


def put_out(world):
    membership = world.space.admit(world.dora)
    yield
    yield world.as_("ana").post(f"/spaces/memberships/{membership.id}/end")


def name_a_successor(world):
    world.space.confidentiality = "group"
    world.space.admit(world.dora)
    yield
    with unit_of_work():
        world.space.leave(world.ana)
    yield None


def archive_room(world):
    room = Room.open(world.space, "Talk")
    yield
    yield world.as_("ana").post(f"/chat/rooms/{room.id}/archive")
