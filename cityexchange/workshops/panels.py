"""Workshops on the pages of what lies below: the start page, a city, a space."""

from flask_babel import gettext as _
from sqlalchemy import bindparam, or_, select

from cityexchange.core.db import among
from cityexchange.core.reader import Reader
from cityexchange.workshops.listing import first_of
from cityexchange.workshops.models import Workshop, workshop_themes
from cityexchange.workshops.registrations import GONE, Registration

FEW = 4


def on_start(member):
    """The next events: one's own first among those of the coming time."""
    return _panel(_("Next workshops"), member, coming)


def coming(reader: Reader):
    yield ~among(Workshop.state, ("draft", "cancelled"))
    if reader.is_authenticated:
        mine = Registration.member_id == reader.id, ~among(Registration.state, GONE)
        own = select(Registration.workshop_id).where(*mine)
        yield or_(Workshop.state != "postponed", Workshop.id.in_(own))


def on_city(member, city):
    return _panel(_("Workshops in this city"), member, in_city, city_id=city.id)


def in_city(_reader: Reader):
    return (Workshop.host_city_id == bindparam("city_id"),)


def on_space(member, space):
    return _panel(_("Workshops of this space"), member, in_space, space_id=space.id)


def in_space(_reader: Reader):
    return (Workshop.space_id == bindparam("space_id"),)


def on_theme(member, theme):
    return _panel(_("Workshops on this theme"), member, about_theme, theme=theme.key, theme_id=theme.id)


def about_theme(_reader: Reader):
    yield ~among(Workshop.state, ("draft", "cancelled"))
    themes = select(workshop_themes.c.workshop_id).where(workshop_themes.c.theme_id == bindparam("theme_id"))
    yield Workshop.id.in_(themes)


def _panel(title, member, which, theme=None, **bind_values):
    if cards := first_of(member, which, FEW, **bind_values):
        context = {"title": title, "cards": cards, "zone": member.timezone or "UTC", "theme": theme}
        return "workshops/_panel.html", context
