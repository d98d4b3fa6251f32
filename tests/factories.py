"""Invented records for tests; each feature's own factories stand in tests/<feature>/factories.py."""

import factory
from factory.alchemy import SQLAlchemyModelFactory

from cityexchange.cities.models import City
from cityexchange.core import audit, databases
from cityexchange.core.db import db
from cityexchange.members.models import Member
from cityexchange.organisations.models import Organisation
from cityexchange.spaces.models import Space
from cityexchange.themes.models import Theme


class ModelFactory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session
        sqlalchemy_session_persistence = "flush"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = super()._create(model_class, *args, **kwargs)
        if hasattr(made, "audited") and databases.is_unit.get():
            audit.record("invent", made)  # where a test makes it within a unit of work: see core/audited.py
        return made


class ThemeFactory(ModelFactory):
    class Meta:
        model = Theme

    key = factory.Sequence("theme_{}".format)
    cluster = "A"


class CityFactory(ModelFactory):
    class Meta:
        model = City

    slug = factory.Sequence("city-{}".format)
    name = factory.Sequence("City {}".format)
    country = "FR"
    region = "europe"
    timezone = "Europe/Paris"
    state = "active"


class MemberFactory(ModelFactory):
    """An official with a seat in a city of their own, unless `city=None` or `city=other`."""

    class Meta:
        model = Member

    name = factory.Sequence("Member {}".format)
    handle = factory.Sequence("member-{}".format)
    email = factory.Sequence("member{}@city.example".format)
    state = "active"
    timezone = "Europe/Paris"
    languages_read = ["en"]

    @classmethod
    def _create(cls, model_class, *args, city=..., role="member", **kwargs):
        member = super()._create(model_class, *args, **kwargs)
        if city is not None:
            member.seat_in(CityFactory() if city is ... else city, role)
            db.session.flush()
            db.session.expire(member, ["seat"])
        return member


class OrganisationFactory(ModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence("organisation-{}".format)
    name = factory.Sequence("Organisation {}".format)
    kind = "partner"


def guest(role="partner_observer", organisation=None, **values):
    """A member with a seat in an organisation that is no city."""
    member = MemberFactory(city=None, **values)
    member.seat_in(organisation or OrganisationFactory(), role, category="civil_society")
    db.session.flush()
    db.session.expire(member, ["seat"])
    return member


class SpaceFactory(ModelFactory):
    class Meta:
        model = Space

    slug = factory.Sequence("space-{}".format)
    name = factory.Sequence("Space {}".format)
