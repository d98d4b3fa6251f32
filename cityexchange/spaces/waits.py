"""Ways into a space that wait for the reader's yes: invitations to them, and requests to spaces that they look after."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, or_

from cityexchange.core.db import at_most, constant
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import MOST, Said, Wait, lines, waits
from cityexchange.members.models import Member
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import looked_after_by


def find(reader: Reader):
    to_me = and_(SpaceEntry.member_id == reader.id, SpaceEntry.kind == constant("invitation"))
    to_mine = and_(SpaceEntry.space_id.in_(looked_after_by(reader)), SpaceEntry.kind == constant("request"))
    waiting = visible_to(reader, SpaceEntry).where(SpaceEntry.state == constant("waiting"))
    waiting = waiting.where(or_(to_me, to_mine)).join(Space, Space.id == SpaceEntry.space_id)
    waiting = waiting.join(Member, Member.id == SpaceEntry.member_id)
    known = {"title": Space.name, "language": Space.language, "who": Member.name, "note": SpaceEntry.kind}
    known |= {"since": SpaceEntry.created_at, "leads_to": SpaceEntry.id}
    return lines(waiting.order_by(SpaceEntry.id).limit(at_most(MOST)), "Space", Space.id, **known)


def say(row):
    asks = row.note == "request"
    asked_for = _("%(name)s asks to come into this space, which you look after.", name=row.who)
    return Said(
        kind=_("Somebody asks to come in") if asks else _("You are invited"),
        why=asked_for if asks else _("You are asked to come into this space."),
        way=_("Look at it and answer"),
        address=url_for("spaces.show_entry", id=row.leads_to),
    )


def init_app():
    waits.add("spaces", Wait("spaces", find, say, "chat"), order=30)
