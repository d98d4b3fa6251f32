from sqlalchemy import func, select

from cityexchange.core.db import db
from cityexchange.core.policy import can
from cityexchange.identity.models import IdentityProvider
from cityexchange.identity.providers import OFFERED


def cities_door():
    """On the page of signing in, once a city has its own."""
    is_there = db.session.scalar(select(func.count()).select_from(OFFERED.subquery()))
    return ("identity/_door.html", {}) if is_there else None


def provider_panel(member, city):
    provider = IdentityProvider.of(city.id)
    if not can(member, "run", city):
        return None
    return "identity/_panel.html", {"city": city, "provider": provider}
