"""Themes among what a member follows: they lie below, where nobody knows of following."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.core.reader import OneReader
from cityexchange.follows.kinds import Followable, Followed, followables
from cityexchange.follows.labels import OF_TOPICS
from cityexchange.themes.labels import theme_label
from cityexchange.themes.models import Theme


def lines(_reader: OneReader, ids):
    found = db.session.scalars(select(Theme).where(Theme.id.in_(ids)))
    return [
        Followed(one.id, theme_label(one.key), url_for("cities.show_theme", key=one.key)) for one in found
    ]


def init_app():
    followables.add("Theme", Followable(Theme, _l("Theme"), _l("Themes"), "city", OF_TOPICS, lines), order=30)
