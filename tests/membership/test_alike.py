"""Nobody gets a place under a name that others would take for somebody else's, unless the team has looked (abuse case 30)."""

import pytest

from cityexchange.core.db import db
from cityexchange.membership.models import CityApplication
from cityexchange.membership.offers import PlaceOffer
from tests.factories import CityFactory, MemberFactory
from tests.membership.steps import CITY_FORM, PERSON


@pytest.fixture
def page(visitor, sign_in, coordinator, mails):
    def page(**changes):
        visitor.post("/cities/apply", data=CITY_FORM | changes)
        visitor.post("/cities/apply/code", data={"code": mails()[-1].facts["code"]})
        application = db.session.scalar(db.select(CityApplication))
        return sign_in(coordinator).get(f"/city-applications/{application.id}").text

    return page


@pytest.mark.parametrize(("field", "name"), [("name", "HeIa Mansour"), ("deputy_name", "Sami JIassi")])
def test_a_name_that_looks_like_that_of_a_member_is_told_of(page, field, name):
    known = MemberFactory(name=CITY_FORM[field])

    told = page(**{field: name})

    assert f'looks like that of <a href="/members/{known.id}"><bdi>{known.name}</bdi></a>, who is a' in told
    assert told.count("Make sure") == 1


def test_the_same_name_is_told_of_where_it_is_of_the_team(page):
    MemberFactory(name=CITY_FORM["name"])
    known = MemberFactory(name=CITY_FORM["name"], city=None, team_role="admin")

    told = page(deputy_name=CITY_FORM["name"])

    assert f'<a href="/members/{known.id}"><bdi>{known.name}</bdi></a>, who is of the team' in told
    assert told.count("Make sure") == 1


@pytest.fixture
def lyon():
    return CityFactory(slug="lyon", name="Lyon")


@pytest.fixture
def focal_point(lyon):
    return MemberFactory(name="Ana Ruiz", city=lyon, role="city_focal_point")


NAMES = {
    "that of an administrator": ("Claire Vasseur", "Claire Vasseur", "admin", False),
    "that of an administrator, in capitals": ("CLAIRE VASSEUR", "Claire Vasseur", "admin", False),
    "like that of a member elsewhere": ("CIaire Vasseur", "Claire Vasseur", None, False),
    "in Cyrillic": ("Сара Хоре", "Capa Xope", None, False),
    "that of a member elsewhere": ("Claire Vasseur", "Claire Vasseur", None, True),
    "another one": ("Elia Rossi", "Ella Rossi", "admin", True),
}


@pytest.mark.parametrize(("name", "known", "team_role", "is_taken"), NAMES.values(), ids=NAMES)
def test_a_city_offers_no_place_under_the_name_of_somebody_else_and_the_team_does(
    lyon, focal_point, coordinator, sign_in, name, known, team_role, is_taken
):
    MemberFactory(name=known, city=CityFactory() if team_role is None else None, team_role=team_role)
    doors = ("/cities/lyon/invitations", f"/seats/{focal_point.seat.id}/hand-over")
    for number, door in enumerate(doors):
        form = PERSON | {"name": name, "email": f"zoe{number}@lyon.example"}
        answer = sign_in(focal_point).post(door, data=form)
        assert answer.status_code == (303 if is_taken else 422), answer.text
        assert is_taken or "Ask the coordination team to invite this person." in answer.text
        assert sign_in(coordinator).post(door, data=form).status_code == 303
    assert db.session.scalar(db.select(PlaceOffer).filter_by(name=name))
