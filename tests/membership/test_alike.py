"""Whoever decides about a city that applies reads whom its people could be taken for (abuse case 30)."""

import pytest

from cityexchange.core.db import db
from cityexchange.membership.models import CityApplication
from tests.factories import MemberFactory
from tests.membership.steps import CITY_FORM


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
