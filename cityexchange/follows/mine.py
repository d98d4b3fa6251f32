"""What a member follows, among what is their own."""

from flask import url_for
from flask_babel import gettext as _

from cityexchange.core.reader import OneReader
from cityexchange.core.registries import FEW_OWN, OwnLine, OwnPart
from cityexchange.follows.labels import NAMES
from cityexchange.follows.listing import first_of
from cityexchange.languages.labels import translated_words


def followed(member: OneReader) -> OwnPart:
    return OwnPart(
        name="follows",
        title=_("What I follow"),
        place="start",
        lines=[_line(line) for line in first_of(member, FEW_OWN)],
        all_address=url_for("follows.index_follows"),
        nothing=_(
            "You follow nothing yet. On a topic, a forum or a theme you say how much you want to hear of it."
        ),
        way=url_for("forums.index_topics"),
        way_words=_("See the topics"),
    )


def _line(line):
    """What is open to the member no more leads to the list, where it can be forgotten."""
    if not line.followed:
        return OwnLine(_("No longer open to you"), url_for("follows.index_follows"), is_ours=True)
    name, notes = line.followed.name, (line.kind.one, NAMES[line.follow.level])
    if line.follow.record_type == "Topic":  # names of places bear no mark anywhere
        notes += (translated_words(name),)
    language = getattr(name, "language", None)
    return OwnLine(name.text if language else name, line.followed.address, notes, language, not language)
