import pytest

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from tests.factories import CityFactory, MemberFactory


@pytest.fixture
def coordinator(app):
    return MemberFactory(city=None, team_role="coordinator")


@pytest.fixture
def mails(app):
    return lambda: list(db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)))


@pytest.fixture
def lyon(app):
    city = CityFactory(name="Lyon", slug="lyon")
    EmailDomain.claim(city, "lyon.example").verify(None)
    return city


@pytest.fixture
def ana(lyon):
    return MemberFactory(city=lyon, role="city_focal_point", name="Ana")


@pytest.fixture
def ben(lyon):
    return MemberFactory(city=lyon, role="city_deputy", name="Ben")
