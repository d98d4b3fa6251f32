import factory

from cityexchange.chat.models import Room
from tests.factories import ModelFactory, SpaceFactory


class RoomFactory(ModelFactory):
    class Meta:
        model = Room

    space = factory.SubFactory(SpaceFactory)
    name = factory.Sequence("Room {}".format)
