"""Invented workshops: complete enough to be announced unless a test takes something away."""

from datetime import datetime, timedelta

import factory

from cityexchange.core.db import db, utcnow
from cityexchange.events.models import Schedule, Slot
from cityexchange.workshops.models import Workshop
from tests.factories import CityFactory, MemberFactory, ModelFactory

DAY = timedelta(days=1)


def noon_in(days):
    """A naive noon so many days from now."""
    return datetime.combine((utcnow() + days * DAY).date(), datetime.min.time()).replace(hour=12)


def slot(days=40, hours=2, title="Opening", **values):
    return Slot(title, noon_in(days), noon_in(days) + timedelta(hours=hours), **values)


def organiser(**values):
    return MemberFactory(team_role="organiser", city=None, **values)


class WorkshopFactory(ModelFactory):
    """A draft that lacks nothing: `WorkshopFactory(is_open=True)` takes registrations, `zone` and `slots` are its times."""

    class Meta:
        model = Workshop

    title = factory.Sequence("Workshop {}".format)
    scope = "international"
    mode = "hybrid"
    venue = "Town hall"
    working_languages = ["en", "fr"]
    interpretation = [["en", "ar"]]
    audience = "Heads of department"
    cost_statement = "Free of charge"
    accessibility_note = "Step-free"
    data_notice = "Nothing is recorded"
    capacity_in_person = 10
    capacity_online = 20
    quota = {}

    @classmethod
    def _create(
        cls, model_class, *args, is_open=False, is_announced=False, zone="Africa/Tunis", slots=None, **values
    ):
        values.setdefault("host_city_id", CityFactory(timezone=zone).id)
        workshop = model_class(schedule=Schedule(timezone=zone), language="en", **values)
        workshop.write("How to **count** what matters.", "en")
        db.session.add(workshop)
        workshop.aim_at(["Count newcomers", "Protect their data"])
        workshop.registration_until = noon_in(30).date()
        workshop.meet(zone, [slot()] if slots is None else slots)
        if is_open or is_announced:
            workshop.announce(None)
        if is_open:
            workshop.open_registration(None)
        db.session.flush()
        return workshop
