"""Topics among what waits: for who asked, for facilitators; and what the people of a member's city asked and told of late."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import case, or_

from cityexchange.core.db import among, at_most, constant
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import MOST, Said, Wait, lines, moment, newest_first, of_my_city, waits
from cityexchange.forums.listing import is_waiting
from cityexchange.forums.models import HIDDEN, ReadPosition, Topic
from cityexchange.forums.panels import under_names
from cityexchange.forums.standing import has_unread, is_readers

NEWEST = Topic.last_posted_at.desc(), Topic.id.desc()


def answers(reader: Reader):
    """What others said to what the reader asked or told, and the reader has not read."""
    mine = visible_to(reader, Topic).outerjoin(ReadPosition, is_readers(Topic, reader))
    mine = mine.where(Topic.author_id == reader.id, Topic.last_posted_at > moment("half_a_year_ago"))
    others = or_(Topic.last_author_id.is_(None), Topic.last_author_id != reader.id), Topic.post_count > 1
    mine = mine.where(~among(Topic.state, HIDDEN), *others, has_unread())
    return _topics(mine.order_by(*NEWEST), since=Topic.last_posted_at)


def unanswered(reader: Reader):
    """For facilitators: questions in which nobody has said anything for a week."""
    if not reader.has_team_role("facilitator"):
        return None
    silent = Topic.last_posted_at < moment("a_week_ago"), Topic.last_posted_at > moment("half_a_year_ago")
    open_ones = visible_to(reader, Topic).where(is_waiting(), *silent)
    return _topics(open_ones.order_by(Topic.last_posted_at, Topic.id), since=Topic.last_posted_at)


def held(reader: Reader):
    """For who looks after what is held for review: an index knows those few."""
    if not reader.has_team_role("facilitator"):
        return None
    kept_back = visible_to(reader, Topic).where(among(Topic.state, ("held",)))
    return _topics(kept_back.order_by(Topic.last_posted_at, Topic.id), since=Topic.last_posted_at)


def of_city(reader: Reader):
    """What its people began of late, where it shows who they are."""
    if not (reader.seat and reader.is_official):
        return None
    ours = visible_to(reader, Topic).outerjoin(ReadPosition, is_readers(Topic, reader))
    ours = ours.where(
        Topic.author_city_id == reader.seat.city_id,
        Topic.author_id != reader.id,
        Topic.pen_name.is_(None),
        ~among(Topic.state, HIDDEN),
        *under_names(reader),
    )
    note = case((has_unread(), constant("new")))
    return _topics(ours.order_by(*NEWEST), since=Topic.last_posted_at, note=note)


def _topics(found, **known):
    return lines(
        found.limit(at_most(MOST)), "Topic", Topic.id, title=Topic.title, language=Topic.language, **known
    )


def say_answers(row):
    why = _("There is an answer to you that you have not read.")
    return Said(_("You have an answer"), why, _("Read the answers"), _address(row))


def say_unanswered(row):
    why = _("Nobody has said anything here for a week or longer, and the question is still open.")
    return Said(_("A question waits"), why, _("Find somebody who can answer"), _address(row))


def say_held(row):
    why = _("It is held for review: nobody else reads it until you decide.")
    return Said(_("Held for review"), why, _("Look at it and decide"), _address(row))


def say_of_city(row):
    return Said(_("In the forums"), "", "", _address(row))


def _address(row):
    return url_for("forums.show_topic", id=row.id)


def init_app():
    waits.add("held", Wait("held", held, say_held, "forum"), order=40)
    waits.add("unanswered", Wait("unanswered", unanswered, say_unanswered, "forum"), order=50)
    waits.add("answers", Wait("answers", answers, say_answers, "forum", order=newest_first), order=60)
    of_my_city.add("topics", Wait("topics", of_city, say_of_city, "forum", order=newest_first), order=20)
