"""Bookmarks among what is a member's own."""

from flask import url_for
from flask_babel import gettext as _

from cityexchange.bookmarks.listing import first_of
from cityexchange.core.reader import OneReader
from cityexchange.core.registries import FEW_OWN, OwnLine, OwnPart
from cityexchange.languages.labels import translated_words


def kept_for_later(member: OneReader) -> OwnPart:
    return OwnPart(
        name="bookmarks",
        title=_("Bookmarks"),
        place="start",
        lines=[_line(line) for line in first_of(member, FEW_OWN)],
        all_address=url_for("bookmarks.index_bookmarks"),
        nothing=_("Nothing kept yet: press “Keep for later” on a topic, a workshop or a study visit."),
        way=url_for("forums.index_topics"),
        way_words=_("See the topics"),
    )


def _line(line):
    """What is open to the member no more leads to the list, where it can be removed."""
    if not line.kept:
        return OwnLine(_("No longer open to you"), url_for("bookmarks.index_bookmarks"), is_ours=True)
    address = url_for(line.kind.endpoint, id=line.kept.id)
    notes = line.kind.one, line.kept.when, translated_words(line.title)
    return OwnLine(line.title.text, address, notes, line.title.language)
