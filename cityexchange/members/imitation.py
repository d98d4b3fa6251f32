"""A name must not be taken for somebody else's, neither for the own name of a member nor for one that somebody chose."""

from itertools import chain
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms.validators import StopValidation

from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.registries import names_in_use
from cityexchange.core.web import me
from cityexchange.members.alphabets import has_letters, has_unseen_signs, mixes_alphabets
from cityexchange.members.looks import is_taken_for, letters_of
from cityexchange.members.models import Member, Seat
from cityexchange.members.offices import is_office
from cityexchange.members.team_names import borrows

COPIED = " \t\r\n\v\f\x85\xa0\u2028\u2029\xad\u061c\u200b\u200e\u200f\u2060\ufeff"
"""What comes along at the ends of a name that one copies."""
OF_OFFICE = _l("This is the name of an office. Please write the name of a person.")
FAULTS = (
    (has_unseen_signs, _l("This name has signs that cannot be seen. Please type it again by hand.")),
    (lambda name: not has_letters(name), _l("A name needs letters. Please write yours.")),
    (
        mixes_alphabets,
        _l("Please write each part of your name in one alphabet, with the letters that people write today."),
    ),
    (is_office, OF_OFFICE),
)


def fault_of(name: str) -> Any | None:
    """What is said to whoever writes this name, or None; tells nothing about who is a member."""
    return next((words for is_so, words in FAULTS if is_so(name)), None)


def readable_name(form, field):
    """For forms of visitors too. Threat: what is trimmed elsewhere, as a direction before it, is no slip in a name but a try."""
    typed = field.raw_data[0] if field.raw_data else field.data or ""
    if field.process_errors:
        raise StopValidation()
    words = fault_of(typed.strip(COPIED))
    if words and not (words is OF_OFFICE and _may_bear_office(field)):
        raise StopValidation(words)


def _may_bear_office(field):
    """Who is of the team writes in its name, and whoever has a name keeps it."""
    return me().team_role is not None or field.data.strip() == field.object_data


def imitates(name: str, member_id: int | None) -> bool:
    """
    Whether another member's name looks like this one and is not the same, or somebody else goes by it where names are chosen.
    People may well share their own names, letter for letter; a chosen name is one person's alone, and a name of the team is the team's.
    Without a member somebody else gives the name, who knows the person: a mark or a word that differs is theirs then.
    """
    is_like = _is_like if member_id else _is_taken_for
    if any(is_like(name, other) and not _is_shared(name, other) for other in _others(member_id)):
        return True
    return any(is_taken_for(name, other) for other in _chosen_by_others(member_id))


def resembles(name: str, member_id: int | None) -> bool:
    """Whether another member has or chose this name, or one that looks the same: for names that are not a person's own."""
    if any(_is_like(name, other) for other in _others(member_id)):
        return True
    return any(is_taken_for(name, other) for other in _chosen_by_others(member_id))


def members_like(name: str, city: City | None) -> list[Member]:
    """Whom somebody with this name could be taken for: whose name only looks like it, or is the same in the same city or in the team."""
    alike = [other.id for other in _others(None) if _is_like(name, other)]
    found = db.session.scalars(select(Member).where(Member.id.in_(alike)).order_by(Member.id))
    return [
        member
        for member in found
        if member.team_role
        or letters_of(member.name) != letters_of(name)
        or (city is not None and member.city == city)
    ]


def namesakes(member: Member) -> list[Member]:
    """Who of the same city could be taken for this member: such people share a name, or were told apart by whoever let them in."""
    if member.city is None:
        return []
    of_city = Member.seat.has(Seat.city_id == member.city.id)
    others = (
        select(Member).where(of_city, Member.id != member.id, Member.state == "active").order_by(Member.id)
    )
    return [other for other in db.session.scalars(others) if is_taken_for(member.name, other.name)]


def _is_like(name, other):
    """Threat: somebody adds a mark or a word to a name of the team. Other people's names may well differ by a mark or a word."""
    return _is_taken_for(name, other) or (other.team_role is not None and borrows(name, other.name))


def _is_taken_for(name, other):
    return is_taken_for(name, other.name)


def _is_shared(name, other):
    return not other.team_role and letters_of(other.name) == letters_of(name)


def _others(member_id):
    """Of everybody, without a member given."""
    return db.session.execute(
        select(Member.id, Member.name, Member.team_role).where(Member.id.is_distinct_from(member_id))
    )


def _chosen_by_others(member_id):
    return chain.from_iterable(names(member_id) for names in names_in_use)
