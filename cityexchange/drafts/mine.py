"""Drafts among what is a member's own."""

from flask import url_for
from flask_babel import gettext as _

from cityexchange.core.i18n import local_time
from cityexchange.core.reader import OneReader
from cityexchange.core.registries import FEW_OWN, OwnLine, OwnPart
from cityexchange.drafts.listing import first_of


def drafts_begun(member: OneReader) -> OwnPart:
    return OwnPart(
        name="drafts",
        title=_("Drafts"),
        place="start",
        lines=[_line(line) for line in first_of(member, FEW_OWN)],
        all_address=url_for("drafts.index_drafts"),
        nothing=_("Nothing begun: what you write and do not send yet stands here."),
        way=url_for("forums.new_topic"),
        way_words=_("Ask a question"),
    )


def _line(line):
    """Leads on to the form, where it is still open."""
    address = line.way_on or url_for("drafts.show_draft", id=line.draft.id)
    what = line.spot.place.what if line.spot else ""
    return OwnLine(line.opening, address, (what, local_time(line.draft.updated_at)))
