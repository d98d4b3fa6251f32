"""Rights that became fewer: what a member does not see any more they are told no more, in the transaction of the loss.

Signals come while the old value still stands. So they only note who is to be looked at; the look itself is the last of the
transaction, when all is written.
"""

from functools import partial
from typing import Any

from sqlalchemy import event, or_, select

from cityexchange.core import jobs
from cityexchange.core.db import db, unit_of_work
from cityexchange.core.policy import policies, visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.sockets import expiring_rights
from cityexchange.forums.models import Forum, Post, Topic
from cityexchange.members.models import Member
from cityexchange.notifications.crowds import Crowd
from cityexchange.notifications.gone import (
    MEMBER,
    RECORD_TYPE,
    forget_crowds,
    forget_rows,
    gone,
    take_back_words,
)
from cityexchange.notifications.models import Notification
from cityexchange.notifications.places import CHAT, parts_of
from cityexchange.spaces.models import Membership, Space
from cityexchange.spaces.readers import reads, reads_names
from cityexchange.visits.models import VisitApplication

NOTED = "notifications_to_look_at"


def look_again_at(member_id: int) -> None:
    """At all that this member was told."""
    note(_look_at_member, member_id)


def look_again_in(record: Any) -> None:
    """At all that was told of a space, a topic or an application."""
    note(LOOKS[type(record)], record.id)


def take_back_with_it(record: Any, template: str) -> None:
    """What was asked in the words of this mail, together with the step by which it is asked no more."""
    note(partial(take_back_words, template), record)


def look_where_rights_ended() -> None:
    """Nobody acts when a right ends by its date. Each in a unit of its own: with a year hundreds end, and others write in between."""
    for member_id in _whose_rights_ended():
        if jobs.stopping.is_set():
            return
        with unit_of_work():
            look_again_at(member_id)


def _whose_rights_ended():
    """Of those who were told anything."""
    with unit_of_work(writing=False):
        queries = [expiring_rights[name]() for name in expiring_rights.names()]
        ended = {member_id for query in queries for _id, member_id in db.session.execute(query)}
        told = select(Notification.member_id).distinct().where(Notification.member_id.in_(ended))
        return db.session.scalars(told).all()


def note(look: Any, id: Any) -> None:
    """Looks at it as the last of the transaction."""
    db.session.info.setdefault(NOTED, {})[look, id] = None


@event.listens_for(db.session, "before_commit")
def _look(session):
    if noted := session.info.pop(NOTED, None):
        session.flush()
        for look, id in noted:
            look(id)


@event.listens_for(db.session, "after_rollback")
def _forget_what_was_noted(session):
    session.info.pop(NOTED, None)


def _look_at_member(id):
    if (member := db.session.get(Member, id)) is None:
        return
    db.session.expire(member, ["seat"])
    told = select(Notification.record_type).distinct().where(Notification.member_id == id)
    for name in db.session.scalars(told).all():
        forget_rows(gone(MEMBER, RECORD_TYPE, *_unseen_by(member, name)), gone_from=id, gone_type=name)


def _unseen_by(member, name):
    """Who may not sign in sees nothing. A kind of record that is no more is seen by nobody."""
    model: Any = next((one for one in policies() if one.__name__ == name), None)
    if model is None or not member.active:
        return
    one = visible_to(member, model).with_only_columns(model.id).order_by(None)
    yield ~one.where(model.id == Notification.record_id).correlate(Notification).exists()


def _look_at_topic(id):
    """Whoever looks after it, and its author, may still see what is held; all others, who may be thousands, do not."""
    some_see = _may_see_hidden(id)
    _look_at_records("Post", select(Post.id).where(Post.topic_id == id), some_see)
    _look_at_records("Topic", select(Topic.id).where(Topic.id == id), some_see)


def _may_see_hidden(topic_id):
    """No fewer than `TopicPolicy.open_to` says; of each of these the policy itself is asked."""
    authors = select(Topic.author_id).where(Topic.id == topic_id)
    space = select(Forum.space_id).join(Topic, Topic.forum_id == Forum.id).where(Topic.id == topic_id)
    leading = select(Membership.member_id).where(
        Membership.role == "facilitator", Membership.space_id.in_(space)
    )
    is_one = Member.team_role.is_not(None), Member.id.in_(authors), Member.id.in_(leading)
    return select(Member.id).where(or_(*is_one))


def _look_at_records(name, ids, some_see):
    forget_crowds(Crowd.record_type == name, Crowd.record_id.in_(ids))
    of_it = Notification.record_type == name, Notification.record_id.in_(ids)
    forget_rows(gone(*of_it, Notification.member_id.not_in(some_see)))
    for member_id in db.session.scalars(select(Notification.member_id).distinct().where(*of_it)).all():
        unseen = _unseen_by(db.session.get(Member, member_id), name)
        forget_rows(gone(MEMBER, *of_it, *unseen), gone_from=member_id)


def _look_at_space(id):
    """Of many members at once."""
    if space := db.session.get(Space, id):
        for name in parts_of(Space):
            places = {"gone_type": name, "whole_id": id, "space_id": id}
            forget_rows(_unread_in_space(space.confidentiality, name), **places)


@prepared
def _unread_in_space(confidentiality, name):
    sees = reads_names(confidentiality) if name in CHAT else reads(confidentiality)
    readers = select(Member.id).where(Member.id == Notification.member_id, sees)
    in_it = Notification.record_id.in_(parts_of(Space)[name])
    return gone(RECORD_TYPE, in_it, ~readers.correlate(Notification).exists())


def _look_at_application(id):
    of_it = Notification.record_type == "VisitApplication", Notification.record_id == id
    for member_id in db.session.scalars(select(Notification.member_id).distinct().where(*of_it)).all():
        _look_at_member(member_id)


LOOKS = {Space: _look_at_space, Topic: _look_at_topic, VisitApplication: _look_at_application}
