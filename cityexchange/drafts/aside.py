"""Words that were refused because another device has written meanwhile: kept beside, as a draft of their own, until their writer chooses."""

from typing import Any

from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.drafts.models import Draft, Full, Words, insist_on_room
from cityexchange.members.models import Member


def aside_of(member: Any, place: str, words: Words, writer: str) -> Draft | None:
    """Of the same copy in a browser, or of the same words: each refusal of one form is of one draft."""
    mine = select(Draft).filter_by(member_id=member.id, place=place, is_aside=True).order_by(Draft.id.desc())
    own = (
        one for one in db.session.scalars(mine) if one.fields == words.fields or writer == one.writer != ""
    )
    return next(own, None)


def set_aside(member: Any, place: str, words: Words, writer: str) -> None:
    """Full."""
    there = aside_of(member, place, words, writer)
    if there is None:
        insist_on_room(member)
        there = Draft.of(member, place, words, writer)
        there.current, there.is_aside = None, True
        db.session.add(there)
    elif there.fields != words.fields:
        there.fields, there.opening, there.version = words.fields, words.opening, there.version + 1


def set_aside_after(member_id: int, place: str, words: Words, writer: str) -> None:
    """The refusal itself changes nothing. Where there is no room the words stay where they were typed."""
    member = db.session.get(Member, member_id)
    try:
        set_aside(member, place, words, writer)
    except Full:
        return


def take_up(member: Any, place: str, words: Words, writer: str) -> None:
    """What was chosen is in the form, and no longer beside it."""
    if there := aside_of(member, place, words, writer):
        there.discard()
        db.session.flush()
