"""What is said to who acts on an old page: a place has ended, a decision was taken, an offer or a suspension is over."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import Ended, ended

SEAT = (
    _l("This place has ended meanwhile"),
    _l("Nothing was changed. Invite the person again, if they are to have a place."),
)
OFFER = {
    "offer_withdrawn": (
        _l("This invitation was withdrawn meanwhile"),
        _l("Nobody can take the place with it any more. Nothing was changed."),
    ),
    "offer_taken": (
        _l("This invitation was accepted meanwhile"),
        _l("The person has the place. Whoever looks after the people can end it at the desk."),
    ),
    "offer_expired": (
        _l("This invitation has run out"),
        _l("Nobody can take the place with it any more. Invite the person again, if they are to have it."),
    ),
}
APPLICATION = (
    _l("This application was decided meanwhile"),
    _l(
        "A colleague was faster, or you pressed twice. Nothing was changed; the application says what became of it."
    ),
)
SUSPENSION = (
    _l("This suspension was lifted meanwhile"),
    _l("A colleague was faster, or its days are over. Nothing was changed."),
)


def way_to_desk(record):
    """Of a seat or an offer."""
    if record.city:
        return url_for("membership.show_desk", slug=record.city.slug)
    return url_for("membership.show_organisation", slug=record.organisation.slug)


def way_to_application(application):
    return url_for("membership.show_application", id=application.id)


def way_to_whom(suspension):
    if suspension.member_id:
        return url_for("members.show_member", id=suspension.member_id)
    return url_for("membership.show_desk", slug=suspension.city.slug)


def init_app():
    ended.add("seat_ended", Ended(*SEAT, way_to_desk, _l("Back to the desk")))
    for name, words in OFFER.items():
        ended.add(name, Ended(*words, way_to_desk, _l("Back to the desk")))
    ended.add("application_decided", Ended(*APPLICATION, way_to_application, _l("Back to the application")))
    ended.add("suspension_lifted", Ended(*SUSPENSION, way_to_whom, _l("See how it stands")))
