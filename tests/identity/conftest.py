import pytest

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.identity import outside
from cityexchange.identity.discovery import discovered
from cityexchange.identity.models import IdentityProvider
from tests.factories import CityFactory, MemberFactory
from tests.identity.provider import CLIENT, MadeUpProvider
from tests.patience import PATIENCE


@pytest.fixture
def open_loopback(app, monkeypatch):
    monkeypatch.setitem(app.config, "OUTSIDE_NETWORKS", ["127.0.0.0/8"])
    monkeypatch.setattr(outside, "SECONDS", PATIENCE)


@pytest.fixture
def there(open_loopback):
    """The provider as it runs."""
    provider = MadeUpProvider()
    yield provider
    provider.close()


@pytest.fixture
def lyon(app):
    city = CityFactory(name="Lyon", slug="lyon")
    EmailDomain.claim(city, "lyon.example").verify(None)
    return city


@pytest.fixture
def claire(lyon):
    return MemberFactory(city=lyon, email="claire@lyon.example", name="Claire", role="city_focal_point")


@pytest.fixture
def provider(there, lyon):
    """The provider as the city has set it up."""
    db.session.commit()
    facts = discovered(there.issuer)
    provider = IdentityProvider(city=lyon, issuer="", client_id="", is_offered=True)
    db.session.add(provider)
    db.session.flush()
    provider.point_to(there.issuer, CLIENT, "a secret")
    provider.note_facts(facts)
    db.session.commit()
    return provider


@pytest.fixture
def mails(app):
    return lambda: list(db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)))
