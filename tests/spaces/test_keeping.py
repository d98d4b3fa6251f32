"""Looking after a space: opening it, who is in it, who leads, what it may become."""

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.forums.models import Forum
from cityexchange.spaces.models import CONFIDENTIALITY, Space
from tests.factories import MemberFactory, SpaceFactory, guest

FACTS = {
    "name": "Ports",
    "description": "",
    "language": "en",
    "confidentiality": "group",
    "joining": "request",
}


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Lead")


@pytest.fixture
def space(ana):
    space = SpaceFactory(confidentiality="group", joining="request")
    space.admit(ana, "facilitator")
    return space


@pytest.mark.parametrize("role", ["facilitator", "coordinator", "admin"])
def test_the_team_opens_spaces_and_finds_a_forum_in_them(sign_in, role):
    member = MemberFactory(city=None, team_role=role)
    browser = sign_in(member)

    answer = browser.post("/spaces", data=FACTS | {"language": "fr"})

    opened = db.session.scalars(db.select(Space)).one()
    assert answer.location == "/spaces/ports" and opened.role_of(member) == "facilitator"
    forum = db.session.scalars(db.select(Forum)).one()
    assert forum.space == opened and forum.language == "fr" and "discussions" in forum.name
    assert browser.get("/forums/ports").status_code == 200


@pytest.mark.parametrize("make", [MemberFactory, guest])
def test_nobody_else_opens_one(sign_in, make):
    browser = sign_in(make())

    assert browser.get("/spaces/new").status_code == 403
    assert browser.post("/spaces", data=FACTS).status_code == 403
    assert "/spaces/new" not in browser.get("/spaces").text


def test_two_spaces_of_one_name_have_two_addresses(sign_in):
    browser = sign_in(MemberFactory(city=None, team_role="facilitator"))

    made = [
        browser.post("/spaces", data=FACTS | {"name": name}).location
        for name in ("Ports", "Ports", "New", "港口")
    ]

    assert made == ["/spaces/ports", "/spaces/ports-2", "/spaces/new-2", "/spaces/space"]


def test_a_closed_space_is_not_opened_to_a_press(sign_in):
    browser = sign_in(MemberFactory(city=None, team_role="facilitator"))

    answer = browser.post("/spaces", data=FACTS | {"joining": "open", "description": "Kept words"})

    assert answer.status_code == 422 and "Kept words" in answer.text
    assert not db.session.scalars(db.select(Space)).all()


@pytest.mark.parametrize("after", CONFIDENTIALITY)
@pytest.mark.parametrize("before", CONFIDENTIALITY)
def test_a_class_becomes_narrower_and_never_wider(sign_in, ana, before, after):
    space = SpaceFactory(confidentiality=before, joining="invitation")
    space.admit(ana, "facilitator")
    is_wider = CONFIDENTIALITY.index(after) < CONFIDENTIALITY.index(before)

    answer = sign_in(ana).post(
        f"/spaces/{space.slug}/edit", data=FACTS | {"confidentiality": after, "joining": "invitation"}
    )

    assert answer.status_code == (422 if is_wider else 303)
    assert space.confidentiality == (before if is_wider else after)


def test_whoever_closes_a_space_that_nobody_leads_leads_it(sign_in):
    facilitator = MemberFactory(city=None, team_role="facilitator")
    space = SpaceFactory(confidentiality="members")

    sign_in(facilitator).post(f"/spaces/{space.slug}/edit", data=FACTS)

    assert space.is_closed and space.role_of(facilitator) == "facilitator"


def test_only_those_who_look_after_it_edit_and_archive(sign_in, space):
    ben = MemberFactory()
    space.admit(ben)
    browser = sign_in(ben)

    for path in ("edit", "archive", "reopen"):
        assert browser.post(f"/spaces/{space.slug}/{path}", data=FACTS).status_code == 403
        assert sign_in(MemberFactory()).post(f"/spaces/{space.slug}/{path}", data=FACTS).status_code == 404
    assert space.archived_at is None and space.name != "Ports"


def test_an_archived_space_is_read_and_opened_again(sign_in, ana, space):
    browser = sign_in(ana)
    browser.post(f"/spaces/{space.slug}/archive")
    assert "is archived" in browser.get(f"/spaces/{space.slug}").text

    browser.post(f"/spaces/{space.slug}/reopen")
    assert space.archived_at is None


def test_who_is_in_it_is_seen_by_who_reads_it(sign_in, visitor, ana, space):
    ben = MemberFactory(name="Ben Reader")
    space.admit(ben)

    assert "Ana Lead" in sign_in(ben).get(f"/spaces/{space.slug}/people").text
    assert sign_in(MemberFactory()).get(f"/spaces/{space.slug}/people").status_code == 404
    public = SpaceFactory(confidentiality="public")
    public.admit(ana)
    assert visitor.get(f"/spaces/{public.slug}/people").status_code == 302


def test_a_facilitator_names_and_removes_people(sign_in, ana, space):
    ben = MemberFactory(name="Ben Reader")
    place, browser = space.admit(ben), sign_in(ana)

    browser.post(f"/spaces/memberships/{place.id}", data={"role": "facilitator"})
    assert space.role_of(ben) == "facilitator"
    assert browser.post(f"/spaces/memberships/{place.id}", data={"role": "owner"}).status_code == 303
    assert space.role_of(ben) == "facilitator"

    browser.post(f"/spaces/memberships/{place.id}/end")
    assert space.role_of(ben) is None
    assert sign_in(ben).get(f"/spaces/{space.slug}").status_code == 404


def test_members_do_not_manage_each_other(sign_in, ana, space):
    ben, theirs = MemberFactory(), space.membership_of(ana)
    mine = space.admit(ben)

    for place in (theirs, mine):
        assert (
            sign_in(ben).post(f"/spaces/memberships/{place.id}", data={"role": "facilitator"}).status_code
            == 403
        )
        assert sign_in(ben).post(f"/spaces/memberships/{place.id}/end").status_code == 403
        assert sign_in(MemberFactory()).post(f"/spaces/memberships/{place.id}/end").status_code == 404
    assert space.role_of(ben) == "member" and space.role_of(ana) == "facilitator"


def test_a_closed_space_keeps_its_last_facilitator(sign_in, ana, space):
    mine = space.membership_of(ana)

    answer = sign_in(ana).post(f"/spaces/memberships/{mine.id}", data={"role": "member"})

    assert answer.status_code == 409 and "Name another one first" in answer.text
    assert space.role_of(ana) == "facilitator"


def test_who_was_longest_in_follows_a_facilitator_who_leaves_the_site(ana, space):
    ben, cleo = MemberFactory(), MemberFactory()
    space.admit(ben)
    space.admit(cleo)

    leave(ana)

    assert [space.role_of(member) for member in (ben, cleo)] == ["facilitator", "member"]
    told = db.session.scalars(db.select(OutgoingMail).filter_by(template="spaces/named")).one()
    assert told.member_id == ben.id
