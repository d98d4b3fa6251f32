"""Deleting a record takes its parts along, whether the session has read them or not; what others' words stand on refuses."""

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from cityexchange.bookmarks.models import Bookmark
from cityexchange.chat.models import Message, Occupancy, Reaction, Room
from cityexchange.core.db import db
from cityexchange.events.models import EventSession, Schedule
from cityexchange.follows.models import Follow
from cityexchange.forums.models import Answer, Forum, Post, ReadPosition, Revision, Tagging, Topic
from cityexchange.languages.models import Translation
from cityexchange.spaces.models import Membership, Space
from cityexchange.visits.models import (
    ApplicationText,
    LearningGoal,
    OfferText,
    StudyVisit,
    VisitApplication,
    VisitChange,
    VisitSite,
)
from cityexchange.workshops.models import LearningObjective, Workshop
from cityexchange.workshops.registrations import Registration
from cityexchange.workshops.states import StateChange
from tests.bookmarks.factories import keep
from tests.chat.factories import RoomFactory
from tests.factories import ThemeFactory
from tests.forums.factories import opening
from tests.visits.factories import sent_application

WORKSHOP = {Workshop, Schedule, EventSession, LearningObjective, StateChange, Registration}
APPLICATION = {VisitApplication, ApplicationText, LearningGoal}
TOPIC = {Topic, Post, Revision, Answer, Tagging, ReadPosition}
ROOM = {Room, Message, Reaction, Occupancy}
GO_WITH = {
    "workshop": WORKSHOP,
    "visit": APPLICATION | {StudyVisit, OfferText, VisitSite, VisitChange},
    "application": APPLICATION,
    "message": {Message, Reaction},
    "room": ROOM,
    "post": {Revision, Answer},
    "topic": TOPIC,
    "forum": TOPIC | {Forum},
    "space": TOPIC | ROOM | WORKSHOP | {Forum, Space, Membership},
}
"""{root: the models of which there is nothing more once it is gone}"""
MEMBERS_KEEP = ("workshop", "visit", "topic")
MEMBERS_FOLLOW = ("topic", "forum", "space", "room")


@pytest.fixture
def roots(house):
    """{name: record}, each with one of each of its parts."""
    member, topic = house.author, house.topic
    topic.themes, house.workshop.themes = [ThemeFactory()], [ThemeFactory()]
    house.post.edit(member, "Mine, again.", version=1)
    ReadPosition.advance(member, topic, 1)
    house.space.admit(member)
    room = RoomFactory(space=house.space)
    message = room.post(member, "Hello")
    message.react(member, "👍")
    room.read(member, 1)
    roots = {
        "application": sent_application(house.visit),
        "message": message,
        "room": room,
        "post": house.post,
        **{name: getattr(house, name) for name in ("workshop", "visit", "topic", "forum", "space")},
    }
    for name in MEMBERS_KEEP:
        keep(member, roots[name])
    for name in MEMBERS_FOLLOW:
        Follow.choose(member, roots[name], "everything")
    db.session.commit()
    return roots


def number_of(model):
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def read_all(record, depth=3):
    """Whatever hangs on it is in the session."""
    for relation in inspect(type(record)).relationships:
        if relation.lazy != "write_only" and depth:
            found = getattr(record, relation.key)
            for one in found if relation.uselist else filter(None, [found]):
                read_all(one, depth - 1)


@pytest.mark.parametrize("is_read", [False, True], ids=["of which nothing was read", "that was read whole"])
@pytest.mark.parametrize("name", GO_WITH)
def test_a_record_goes_with_all_that_is_part_of_it(roots, name, is_read):
    model, id = type(roots[name]), roots[name].id
    if not is_read:
        db.session.expunge_all()
    root = db.session.get(model, id)
    if is_read:
        read_all(root)
    assert [part.__name__ for part in GO_WITH[name] if not number_of(part)] == []

    db.session.delete(root)
    db.session.commit()

    assert db.session.get(model, id) is None
    assert [part.__name__ for part in GO_WITH[name] if number_of(part)] == []
    for named in (Translation, Bookmark, Follow):
        left = db.select(named).filter_by(record_type=model.__name__, record_id=id)
        assert db.session.scalars(left).all() == []


STAND_UNDER = {
    "a member who has written": lambda house: house.author,
    "a city that hosts a visit": lambda house: house.host,
    "the theme of a visit": lambda house: house.visit.theme,
    "the schedule of a workshop": lambda house: house.schedule,
}


@pytest.mark.parametrize("name", STAND_UNDER)
def test_what_others_stand_on_is_not_deleted(house, name):
    db.session.delete(STAND_UNDER[name](house))

    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    assert opening(house.topic) and house.visit.theme and house.schedule.sessions
