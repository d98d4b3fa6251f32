"""A city, a house and a space with their people, for what changes somebody's rights."""

from types import SimpleNamespace

import pytest
from flask_security.utils import hash_password

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import utcnow
from cityexchange.membership.models import CharterAcceptance
from tests.admin.steps import PASSWORD
from tests.factories import CityFactory, MemberFactory, OrganisationFactory, SpaceFactory, guest


@pytest.fixture
def world(app, sign_in):
    """People by their first names, and `as_` for the browser of one of them."""
    lyon = CityFactory(name="Lyon", slug="lyon")
    EmailDomain.claim(lyon, "lyon.example").verify(None)
    CharterAcceptance.record(lyon, "The mayor")
    proven = {"city": lyon, "email_confirmed_at": utcnow()}
    people = {
        "ana": MemberFactory(role="city_focal_point", password=hash_password(PASSWORD), **proven),
        "ben": MemberFactory(role="city_deputy", **proven),
        "dora": MemberFactory(city=lyon),
        "cora": MemberFactory(city=None, team_role="coordinator"),
        "olga": MemberFactory(city=None, team_role="admin"),
        "gita": guest(organisation=OrganisationFactory(slug="house")),
    }
    space = SpaceFactory(slug="harbour", joining="request")
    space.admit(people["ana"], "facilitator")
    browsers = {}

    def as_(name):
        if name not in browsers:
            browsers[name] = sign_in(people[name]) if name else app.test_client()
        return browsers[name]

    return SimpleNamespace(app=app, lyon=lyon, space=space, as_=as_, **people)
