"""What is begun, by the verb that a press is."""

from cityexchange.core.db import db
from cityexchange.drafts.fields import words_of
from cityexchange.drafts.keeping import keep_words
from cityexchange.drafts.models import Draft


def keep_draft(member, place, known="", writer="", **fields):
    draft = keep_words(member, place, words_of(fields.items()), known, writer)
    db.session.flush()
    return draft


def drafts_of(member):
    """[(place, {field: value})], the first one first."""
    rows = db.select(Draft).filter_by(member_id=member.id).order_by(Draft.id)
    return [(one.place, dict(one.fields)) for one in db.session.scalars(rows)]
