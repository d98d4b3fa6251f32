"""The page tells of nothing that the record's own page would not show, and under no other name."""

import pytest

from cityexchange.core.db import db
from cityexchange.core.policy import can, visible_to
from cityexchange.forums.models import Post
from cityexchange.members.models import Visitor
from cityexchange.notifications.models import Notification
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory, start_topic
from tests.notifications.bell.factories import tell, tell_of_posts, unread
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory

TITLE = "A closed matter"
WRITER = "Amina Benali"


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en")


def space_with(ana, confidentiality="group", **values):
    space = SpaceFactory(confidentiality=confidentiality, name=TITLE, **values)
    space.admit(ana)
    return space


def reply_in(ana, space, **values):
    topic = start_topic(ForumFactory(space=space), title=TITLE)
    writer = MemberFactory(name=WRITER)
    space.admit(writer)
    post = topic.post(writer, "Said there", **values)
    tell_of_posts(ana, topic, [post])
    return post


def message_in(ana, space):
    room = RoomFactory(space=space, name=TITLE)
    writer = MemberFactory(name=WRITER)
    space.admit(writer)
    message = room.post(writer, "Said there")
    tell(ana, message, "mention", room)
    return message


def leave_the_space(ana):
    space = space_with(ana)
    reply_in(ana, space)
    return lambda: space.leave(ana)


def leave_the_room(ana):
    space = space_with(ana)
    message_in(ana, space)
    return lambda: space.leave(ana)


def lose_the_place(ana):
    reply_in(ana, space_with(MemberFactory(), "city_officials"))
    seat = ana.seat
    return lambda: (seat.end(), db.session.expire(ana))


def post_is_removed(ana):
    post = reply_in(ana, space_with(ana, "members"))
    return lambda: post.remove(post.author)


def topic_is_held(ana):
    topic = reply_in(ana, space_with(ana, "members")).topic
    return lambda: setattr(topic, "state", "held")


def message_is_removed(ana):
    return message_in(ana, space_with(ana, "members")).remove


def workshop_is_a_draft(ana):
    workshop = WorkshopFactory(title=TITLE, is_announced=True)
    tell(ana, workshop, "change")
    return lambda: setattr(workshop, "state", "draft")


def workshop_of_a_space_that_was_left(ana):
    space = space_with(ana)
    workshop = WorkshopFactory(title="In the closed space", space_id=space.id, is_open=True)
    tell(ana, workshop, "change")
    tell(ana, workshop.register(ana, "online", "en"), "change", template="workshops/place")
    tell(ana, space, "request", template="spaces/named")
    reply_in(ana, space)
    return lambda: space.leave(ana)


def visit_is_closed(ana):
    visit = open_visit(title=TITLE)
    tell(ana, visit, "change", template="visits/visit_endorsed")
    return lambda: setattr(visit, "call_opened_at", None)


def record_is_gone(ana):
    topic = reply_in(ana, space_with(ana, "members")).topic
    return lambda: (db.session.flush(), db.session.delete(topic))


LOSSES = (
    leave_the_space, leave_the_room, lose_the_place, post_is_removed, topic_is_held, message_is_removed, workshop_is_a_draft,
    workshop_of_a_space_that_was_left, visit_is_closed, record_is_gone,
)  # fmt: skip


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)
def test_what_the_member_does_not_see_any_more_is_not_told(ana, sign_in, loss):
    lose, browser = loss(ana), sign_in(ana)
    before = browser.get("/notifications").text
    lose()
    db.session.flush()
    after = browser.get("/notifications").text

    assert TITLE in before and 'class="row' in before
    assert TITLE not in after and WRITER not in after and 'class="row' not in after


def test_what_is_hidden_can_still_be_marked_as_read(ana, sign_in):
    """Else a number would stand at the bell for ever."""
    browser = sign_in(ana)
    workshop_is_a_draft(ana)()
    page = browser.get("/notifications").text
    assert "Mark all as read" in page and TITLE not in page

    browser.post(f"/notifications/read?newest={unread(ana)[-1]}")
    assert unread(ana) == [] and "Mark all as read" not in browser.get("/notifications").text


def under_the_rule(ana):
    return space_with(ana, "chatham")


def under_a_pen_name(ana):
    return space_with(ana, allows_chosen_names=True)


@pytest.mark.parametrize("written", [reply_in, message_in], ids=["a post", "a message"])
def test_under_the_chatham_house_rule_nobody_is_named(ana, sign_in, written):
    written(ana, under_the_rule(ana))
    page = sign_in(ana).get("/notifications").text

    assert TITLE in page and WRITER not in page and "Former member" not in page


@pytest.mark.parametrize("written", [reply_in, message_in], ids=["a post", "a message"])
def test_a_chosen_name_stands_in_place_of_ones_own(ana, sign_in, written):
    record = written(ana, under_a_pen_name(ana))
    record.pen_name = "The quiet one"
    page = sign_in(ana).get("/notifications").text

    assert "The quiet one" in page and WRITER not in page


@pytest.mark.parametrize("written", [reply_in, message_in], ids=["a post", "a message"])
def test_who_has_left_is_a_former_member(ana, sign_in, written):
    record = written(ana, space_with(ana, "members"))
    record.author.name = ""
    page = sign_in(ana).get("/notifications").text

    assert "Former member" in page and WRITER not in page


def test_a_guest_reads_cities_where_visitors_would_and_names_where_they_were_let_in(sign_in):
    visiting = guest(locale="en")
    for space in (SpaceFactory(confidentiality="public"), space_with(visiting)):
        reply_in(visiting, space)
    city = db.session.scalars(db.select(Post).order_by(Post.id)).all()[1].author_city.name
    page = sign_in(visiting).get("/notifications").text

    assert page.count(WRITER) == 1 and page.count(f"<bdi>{city}</bdi>") == 1


def test_nobody_else_sees_or_reads_what_a_member_is_told(ana, sign_in):
    reply_in(ana, space_with(ana, "members"))
    others = MemberFactory(), MemberFactory(team_role="admin", city=None)
    (mine,) = db.session.scalars(visible_to(ana, Notification)).all()
    assert can(ana, "read", mine)

    for other in (*others, Visitor()):
        assert db.session.scalars(visible_to(other, Notification)).all() == []
        assert not can(other, "read", mine)
    for other in others:
        assert TITLE not in sign_in(other).get("/notifications").text
        assert sign_in(other).post(f"/notifications/{mine.id}/read").status_code == 404
        assert sign_in(other).post(f"/notifications/read?newest={mine.id}").status_code == 303
    assert unread(ana) == [mine.id]


def test_a_visitor_has_no_page_and_no_bell(visitor):
    assert visitor.get("/notifications").status_code == 302
    assert visitor.post("/notifications/read?newest=1").status_code == 401
    assert "data-unread" not in visitor.get("/").text


def test_a_type_that_nobody_knows_is_not_told(ana, sign_in):
    reply_in(ana, space_with(ana, "members"))
    db.session.scalar(db.select(Notification).filter_by(member_id=ana.id)).record_type = "Removed"

    assert 'class="row' not in sign_in(ana).get("/notifications").text
