"""What a member's own city needs and offers, for the start page."""

from flask import url_for
from sqlalchemy import select

from cityexchange.cities.models import Interest
from cityexchange.core.db import at_most
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import Said, Wait, lines, of_my_city
from cityexchange.themes.models import Theme

FEW = 12


def interests(reader: Reader):
    """One line for each, whose title is the key of its theme."""
    if not (reader.seat and reader.is_official):
        return None
    ours = select(Interest).join(Theme, Theme.id == Interest.theme_id)
    ours = ours.where(Interest.city_id == reader.seat.city_id).order_by(Theme.position, Interest.id)
    return lines(ours.limit(at_most(FEW)), "Interest", Interest.id, title=Theme.key, note=Interest.side)


def say(row):
    return Said(row.note, "", "", url_for("cities.show_theme", key=row.title))


def init_app():
    of_my_city.add("interests", Wait("interests", interests, say, "city"), order=10)
