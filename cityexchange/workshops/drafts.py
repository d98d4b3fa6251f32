"""Texts of workshops among a member's drafts."""

from flask_babel import lazy_gettext as _l

from cityexchange.core.policy import can
from cityexchange.core.reader import OneReader
from cityexchange.drafts.places import Place, draft_places, of_records
from cityexchange.workshops.forms import WorkshopForm
from cityexchange.workshops.models import Workshop


def about_new(reader: OneReader, names):
    return dict.fromkeys(names) if can(reader, "create", Workshop()) else {}


def init_app():
    new = Place(_l("A new workshop"), "workshops.new_workshop", about_new, form=WorkshopForm, is_several=True)
    about_edits, page = of_records(Workshop, "edit"), "workshops.edit_workshop"
    edit = Place(_l("Changes of a workshop"), page, about_edits, form=WorkshopForm)
    draft_places.add("workshops.create_workshop", new)
    draft_places.add("workshops.update_workshop", edit)
