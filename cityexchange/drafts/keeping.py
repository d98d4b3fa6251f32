"""Which draft the words of a form are kept in: the one that it began with, or a new one."""

from typing import Any

from sqlalchemy import and_, or_, select, update

from cityexchange.core.db import db
from cityexchange.core.statements import execute, insert_once
from cityexchange.drafts.models import CURRENT, ChangedElsewhere, Draft, Full, Words, insist_on_room
from cityexchange.members.models import Member


def keep_words(
    member: Member,
    place: str,
    words: Words,
    known: str,
    writer: str = "",
    beside: int | None = None,
) -> Draft:
    """`known` is the mark that the form began with, empty for none; `beside` is the number of the draft for which these words are no
    other version. ChangedElsewhere where `known` is no longer what is there; Full."""
    there = known_at(member, place, known, writer, beside)
    if there is None:
        insist_on_room(member)
        if beside is not None and (twice := make_way(member, place, words)):
            return twice
        draft = Draft.of(member, place, words, writer)
        if insert_once(draft, "member_id", "place", "current"):
            return draft
        there = Draft.at(member, place)
    if there is None:
        raise Full
    if there.fields != words.fields and not (
        there.is_known_to(known, writer) and there.rewrite(words, writer)
    ):
        raise ChangedElsewhere(there)
    return there


def known_at(member: Any, place: str, known: str, writer: str, beside: int | None) -> Draft | None:
    """What the form goes on with: which it says that it began with, or which its copy wrote; else what is there, if it is not to
    stand `beside` that. What has made way keeps its own number, whatever has come to its place."""
    id = known.partition("-")[0]
    number = int(id) if id.isdecimal() and len(id) < 10 else 0
    own = or_(Draft.current == CURRENT, Draft.id == number, and_(Draft.writer == writer, Draft.writer != ""))
    found = db.session.scalars(select(Draft).filter_by(member_id=member.id, place=place).where(own)).all()
    open_ones = [one for one in found if not one.is_aside or one.mark == known]
    ranks = (
        lambda one: one.id == number,
        lambda one: writer and one.writer == writer and one.id != beside,
        lambda one: one.current and beside is None,
    )
    return next((one for is_it in ranks for one in open_ones if is_it(one)), None)


def make_way(member: Any, place: str, words: Words) -> Draft | None:
    """For a new one beside it; a second press of the same words finds them there, and no other copy is taken for theirs."""
    there = Draft.at(member, place)
    if there is None or there.fields == words.fields:
        return there
    way = {"current": None, "writer": "", "updated_at": Draft.updated_at}
    execute(update(Draft).where(Draft.id == there.id).values(**way), {}, of=there)
    db.session.expire(there)
    return None
