"""Spaces among what a member follows."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.follows.kinds import Followable, followables
from cityexchange.follows.labels import OF_TOPICS
from cityexchange.follows.naming import named_lines
from cityexchange.spaces.models import Space

OF_SPACE = OF_TOPICS | {"everything": _l("Every new topic, every reply and every message in its rooms.")}


def init_app():
    lines = named_lines(Space, lambda row: url_for("spaces.show_space", slug=row.slug), "slug")
    followables.add("Space", Followable(Space, _l("Space"), _l("Spaces"), "forum", OF_SPACE, lines), order=40)
