"""Coming into a space: by a press, by asking, by being asked; and who may not."""

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import CLOSED, CONFIDENTIALITY, JOINING
from tests.factories import MemberFactory, SpaceFactory, guest

SECRET = "Cities that were attacked"


def mails():
    return db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)).all()


def entry():
    return db.session.scalars(db.select(SpaceEntry)).one()


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Lead")


@pytest.fixture
def group(ana):
    space = SpaceFactory(name=SECRET, confidentiality="group", joining="request")
    space.admit(ana, "facilitator")
    return space


READERS = {
    "visitor": (None, {}),
    "guest": (guest, {}),
    "without city": (MemberFactory, {"city": None}),
    "official": (MemberFactory, {}),
    "coordinator": (MemberFactory, {"city": None, "team_role": "coordinator"}),
}
READS = {  # class: who reads it from outside
    "public": set(READERS),
    "members": {"official", "coordinator"},
    "city_officials": {"official", "coordinator"},
    "group": set(),
    "chatham": set(),
}
COMES_IN = {"official", "coordinator"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("joining", JOINING)
@pytest.mark.parametrize("key", CONFIDENTIALITY)
def test_who_comes_in_by_which_door(sign_in, visitor, key, joining, reader):
    """Each class, each way of joining, each reader: what the list shows, what the page says, what the presses do."""
    make, values = READERS[reader]
    space = SpaceFactory(confidentiality=key, joining=joining, name="Named space")
    browser = sign_in(make(**values)) if make else visitor
    reads, asks = reader in READS[key], joining == "request" and reader in COMES_IN
    shut = 404 if make else 401
    joins = reads and joining == "open" and key not in CLOSED and reader in COMES_IN

    assert ("Named space" in browser.get("/spaces").text) == (reads or asks)
    page = browser.get(f"/spaces/{space.slug}")
    assert page.status_code == (200 if reads else 404 if make else 302)
    answer = browser.post(f"/spaces/{space.slug}/join")
    assert answer.status_code == (303 if joins else 403 if reads and make else shut)
    answer = browser.post(f"/spaces/{space.slug}/requests", data={"why": "Please"})
    assert answer.status_code == (303 if asks else 403 if reads and make else shut)
    assert bool(db.session.scalars(db.select(SpaceEntry)).all()) == asks


@pytest.mark.parametrize("key", ["group", "chatham"])
def test_a_closed_group_that_takes_requests_shows_its_name_and_nothing_in_it(sign_in, ana, key):
    space = SpaceFactory(confidentiality=key, joining="request", name="Named space")
    space.admit(ana, "facilitator")
    browser = sign_in(MemberFactory())

    page = browser.get(f"/spaces/{space.slug}/requests/new").text

    assert "Named space" in page and "Ana Lead" not in page
    assert browser.get(f"/spaces/{space.slug}").status_code == 404
    assert browser.get(f"/spaces/{space.slug}/people").status_code == 404


def test_who_asks_is_let_in_by_those_who_look_after_it(sign_in, ana, group):
    ben = MemberFactory(name="Ben Asker")
    sign_in(ben).post(f"/spaces/{group.slug}/requests", data={"why": "We had it too."})
    sign_in(ben).post(f"/spaces/{group.slug}/requests", data={"why": "Again."})
    asked = entry()
    leader = sign_in(ana)

    assert [(mail.template, mail.member_id) for mail in mails()] == [("spaces/asked", ana.id)]
    assert "Ben Asker" in leader.get("/").text
    assert "We had it too." in leader.get(f"/spaces/entries/{asked.id}").text
    assert leader.post(f"/spaces/entries/{asked.id}/accept").status_code == 303

    assert sign_in(ben).get(f"/spaces/{group.slug}").status_code == 200
    assert mails()[-1].template == "spaces/answered" and mails()[-1].member_id == ben.id
    assert leader.post(f"/spaces/entries/{asked.id}/accept").status_code == 403
    assert ana.id in db.session.scalars(db.select(AuditEntry.actor_id).filter_by(verb="enter_space")).all()


def test_who_is_declined_reads_why_and_may_ask_again(sign_in, ana, group):
    ben = MemberFactory()
    asker, leader = sign_in(ben), sign_in(ana)
    asker.post(f"/spaces/{group.slug}/requests", data={"why": ""})
    address = f"/spaces/entries/{entry().id}/decline"

    assert leader.post(address, data={"reason": " "}).status_code == 422
    assert leader.post(address, data={"reason": "Only for cities of the coast."}).status_code == 303

    assert "Only for cities of the coast." in compose(mails()[-1]).text
    assert asker.get(f"/spaces/{group.slug}").status_code == 404
    asker.post(f"/spaces/{group.slug}/requests", data={"why": "We have a coast."})
    states = db.session.scalars(db.select(SpaceEntry.state).order_by(SpaceEntry.id)).all()
    assert states == ["declined", "waiting"]


def test_nobody_answers_for_others(sign_in, ana, group):
    """Neither the asker, nor another member, nor the team from outside, nor who leads another space."""
    ben, other = MemberFactory(), SpaceFactory(confidentiality="group")
    stranger = MemberFactory()
    other.admit(stranger, "facilitator")
    sign_in(ben).post(f"/spaces/{group.slug}/requests", data={"why": ""})
    address = f"/spaces/entries/{entry().id}"

    assert sign_in(ben).post(f"{address}/accept").status_code == 403
    for member in (stranger, MemberFactory(city=None, team_role="admin")):
        assert sign_in(member).get(address).status_code == 404
        assert sign_in(member).post(f"{address}/accept").status_code == 404
    assert entry().state == "waiting" and group.role_of(ben) is None


def test_who_asked_may_think_again(sign_in, ana, group):
    ben = MemberFactory()
    sign_in(ben).post(f"/spaces/{group.slug}/requests", data={"why": ""})
    asked = entry()

    assert sign_in(ana).post(f"/spaces/entries/{asked.id}/withdraw").status_code == 403
    assert sign_in(ben).post(f"/spaces/entries/{asked.id}/withdraw").status_code == 303
    assert sign_in(ana).post(f"/spaces/entries/{asked.id}/accept").status_code == 403


@pytest.mark.parametrize("make", [MemberFactory, guest], ids=["member", "guest"])
def test_who_is_asked_in_says_yes(sign_in, ana, group, make):
    ben, leader = make(name="Ben Called"), sign_in(ana)
    found = leader.get(f"/spaces/{group.slug}/invitations/new?q=Ben").text
    assert "Ben Called" in found

    leader.post(f"/spaces/{group.slug}/invitations", data={"member": ben.id, "why": "You know this."})
    called = entry()
    browser = sign_in(ben)

    assert "You know this." in browser.get(f"/spaces/entries/{called.id}").text
    assert SECRET in browser.get("/spaces").text
    assert browser.get(f"/spaces/{group.slug}").status_code == 404
    assert leader.post(f"/spaces/entries/{called.id}/accept").status_code == 403
    assert browser.post(f"/spaces/entries/{called.id}/accept").status_code == 303
    assert browser.get(f"/spaces/{group.slug}").status_code == 200


def test_who_is_asked_in_may_say_no_without_a_reason(sign_in, ana, group):
    ben = MemberFactory()
    sign_in(ana).post(f"/spaces/{group.slug}/invitations", data={"member": ben.id})

    assert sign_in(ben).post(f"/spaces/entries/{entry().id}/decline").status_code == 303

    assert entry().state == "declined" and group.role_of(ben) is None
    assert SECRET not in sign_in(ben).get("/").text


def test_asking_and_being_asked_meet(sign_in, ana, group):
    """Two who want the same need no third press."""
    ben, cleo = MemberFactory(), MemberFactory()
    sign_in(ben).post(f"/spaces/{group.slug}/requests", data={"why": ""})
    sign_in(ana).post(f"/spaces/{group.slug}/invitations", data={"member": ben.id})
    assert group.role_of(ben) == "member"

    sign_in(ana).post(f"/spaces/{group.slug}/invitations", data={"member": cleo.id})
    sign_in(cleo).post(f"/spaces/{group.slug}/requests", data={"why": ""})
    assert group.role_of(cleo) == "member"


def test_only_those_who_look_after_it_invite(sign_in, group):
    ben, cleo = MemberFactory(), MemberFactory()
    group.admit(ben)

    assert sign_in(ben).get(f"/spaces/{group.slug}/invitations/new").status_code == 403
    assert sign_in(ben).post(f"/spaces/{group.slug}/invitations", data={"member": cleo.id}).status_code == 403
    assert not db.session.scalars(db.select(SpaceEntry)).all()


def test_a_member_who_is_gone_or_in_is_not_invited(sign_in, ana, group):
    gone, inside = MemberFactory(state="deactivated"), MemberFactory()
    group.admit(inside)

    for member in (gone, inside):
        sign_in(ana).post(f"/spaces/{group.slug}/invitations", data={"member": member.id})
    assert sign_in(ana).post(f"/spaces/{group.slug}/invitations", data={"member": 999_999}).status_code == 404
    assert sign_in(ana).post(f"/spaces/{group.slug}/invitations", data={}).status_code == 422

    assert not db.session.scalars(db.select(SpaceEntry)).all()


@pytest.mark.parametrize("key", CONFIDENTIALITY)
def test_mails_name_open_spaces_only(sign_in, ana, key):
    space = SpaceFactory(name=SECRET, confidentiality=key, joining="request")
    space.admit(ana, "facilitator")
    ben, cleo = MemberFactory(name="Ben Asker"), MemberFactory()
    sign_in(ben).post(f"/spaces/{space.slug}/requests", data={"why": "A word in confidence"})
    sign_in(ana).post(f"/spaces/entries/{entry().id}/accept")
    sign_in(ana).post(f"/spaces/{space.slug}/invitations", data={"member": cleo.id, "why": "A word back"})

    letters = [compose(mail) for mail in mails()]

    assert [mail.template for mail in mails()] == ["spaces/asked", "spaces/answered", "spaces/invited"]
    for letter in letters:
        said = letter.subject + letter.text + letter.html
        assert (SECRET in said) == (key not in CLOSED)
    everything = "".join(letter.text + letter.html for letter in (letters[0], letters[2]))
    assert ("Ben Asker" in everything) == ("confidence" in everything) == (key not in CLOSED)


def test_an_archived_space_takes_nobody(sign_in, ana, group):
    ben = MemberFactory()
    sign_in(ben).post(f"/spaces/{group.slug}/requests", data={"why": ""})
    sign_in(ana).post(f"/spaces/{group.slug}/archive")

    assert sign_in(ana).post(f"/spaces/entries/{entry().id}/accept").status_code == 403
    assert sign_in(ana).get(f"/spaces/{group.slug}/invitations/new").status_code == 403
    assert sign_in(MemberFactory()).get(f"/spaces/{group.slug}/requests/new").status_code == 404
