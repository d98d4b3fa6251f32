"""What is said where an offer or an application has gone its way while somebody still wrote in it."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import Ended, ended

OFFER = (
    _l("This offer can no longer be changed"),
    _l("It was sent meanwhile. Only a draft can be changed: ask the coordination team to send it back."),
)
APPLICATION = (
    _l("This application can no longer be changed"),
    _l("The selection has begun, or it was withdrawn meanwhile. Nothing was saved."),
)


def to_offer(visit):
    return url_for("visits.show_visit", id=visit.id)


def to_application(application):
    return url_for("visits.show_application", id=application.id)


def init_app():
    ended.add("offer_sent", Ended(*OFFER, to_offer, _l("Back to the visit")))
    ended.add("application_taken", Ended(*APPLICATION, to_application, _l("Back to the application")))
