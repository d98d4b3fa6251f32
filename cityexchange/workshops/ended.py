"""What is said where a workshop ended, was cancelled or took another step while somebody had its page open."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import Ended, ended
from cityexchange.workshops.registrations import Registration

WORDS = {
    "workshop_ended": (
        _l("This workshop is over"),
        _l("It has taken place or was cancelled meanwhile, so nothing about it can be changed any more."),
    ),
    "workshop_moved": (
        _l("This workshop has moved on meanwhile"),
        _l("A colleague took a step since you opened the page. Look at the workshop again, then choose."),
    ),
}


def way(record):
    id = record.workshop_id if isinstance(record, Registration) else record.id
    return url_for("workshops.show_workshop", id=id)


def init_app():
    for name, words in WORDS.items():
        ended.add(name, Ended(*words, way, _l("Back to the workshop")))
