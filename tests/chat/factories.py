import factory

from cityexchange.chat.models import Occupancy, Room
from cityexchange.core.db import db
from tests.factories import ModelFactory, SpaceFactory


class RoomFactory(ModelFactory):
    class Meta:
        model = Room

    space = factory.SubFactory(SpaceFactory)
    name = factory.Sequence("Room {}".format)


def place_of(member, room):
    """As the database has it now."""
    found = db.select(Occupancy).filter_by(room_id=room.id, member_id=member.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()
