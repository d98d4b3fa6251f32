"""What is said where a workshop ended, or was cancelled, while somebody had its page open."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import Ending, endings
from cityexchange.workshops.registrations import Registration

WORDS = (
    _l("This workshop is over"),
    _l("It has taken place or was cancelled meanwhile, so nothing about it can be changed any more."),
)


def way(record):
    id = record.workshop_id if isinstance(record, Registration) else record.id
    return url_for("workshops.show_workshop", id=id)


def init_app():
    endings.add("workshop_over", Ending(*WORDS, way, _l("Back to the workshop")))
