from flask import Blueprint

from cityexchange.core.web import see_other

bp = Blueprint("membership", __name__)


def back_to_desk(record):
    """Where the people of the city, or of the organisation, of a seat or an offer are looked after."""
    if record.city:
        return see_other("membership.show_desk", slug=record.city.slug)
    return see_other("membership.show_organisation", slug=record.organisation.slug)
