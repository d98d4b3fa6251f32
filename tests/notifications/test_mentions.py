"""Who is named in a post or a message hears of it: once, and only where they may read and want to hear."""

import pytest

from cityexchange.core.db import db
from cityexchange.follows.models import Follow
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.notifications.told import all_told, suspend, told

NAMED = {"handle": "zoe-adjei"}


@pytest.fixture
def zoe():
    return MemberFactory(name="Zoë Adjei", **NAMED)


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", handle="ben-okoro")


def in_forum(space, author, text):
    topic = start_topic(ForumFactory(space=space), author, text="Hello.")
    return topic.post(author, text)


def in_opening(space, author, text):
    return opening(start_topic(ForumFactory(space=space), author, text=text))


def in_chat(space, author, text):
    return RoomFactory(space=space).post(author, text)


DOORS = {"a reply": in_forum, "an opening": in_opening, "a message": in_chat}
each_door = pytest.mark.parametrize("door", DOORS)

# Who is named in a space of which class, and where they hear of it: everywhere, in forums alone, nowhere.
PEOPLE = {
    "an official": (lambda: MemberFactory(**NAMED), "members", set(DOORS)),
    "a guest where all may read": (lambda: guest(**NAMED), "public", {"a reply", "an opening"}),
    "a guest where members read": (lambda: guest(**NAMED), "members", set()),
    "a guest let in": (lambda: let_in(guest(**NAMED)), "group", set(DOORS)),
    "somebody outside of a closed space": (lambda: MemberFactory(**NAMED), "group", set()),
    "somebody let in": (lambda: let_in(MemberFactory(**NAMED)), "chatham", set(DOORS)),
    "somebody suspended": (lambda: suspended(), "public", set()),
    "somebody who waits": (lambda: MemberFactory(state="pending", **NAMED), "public", set()),
}


def let_in(member):
    member.is_let_in = True
    return member


def suspended():
    member = MemberFactory(**NAMED)
    suspend(member)
    return member


@each_door
@pytest.mark.parametrize("who", PEOPLE)
def test_who_is_named_hears_of_it_where_they_may_read(ben, who, door):
    invite, confidentiality, doors = PEOPLE[who]
    named, space = invite(), SpaceFactory(confidentiality=confidentiality)
    space.admit(ben)
    if hasattr(named, "is_let_in"):
        space.admit(named)
    record = DOORS[door](space, ben, "What do you think, @zoe-adjei?")

    name = f"{type(record).__name__}:{record.id}"
    assert told(named) == ([("mention", name)] if door in doors else [])


# What is said, and whether Zoë is named by it.
WORDS = {
    "a call": ("Ask @zoe-adjei.", True),
    "a call in Arabic": ("ما رأيك يا @zoe-adjei؟", True),
    "a call in Chinese, with its sign": ("你好 ＠zoe-adjei 。", True),
    "twice": ("@zoe-adjei, @zoe-adjei!", True),
    "a quote": ("> Ask @zoe-adjei.\n\nYes.", False),
    "code": ("Type `@zoe-adjei`.", False),
    "an address": ("Write to somebody@zoe-adjei.", False),
    "another": ("Ask @zoe-adjei-2.", False),
}


@each_door
@pytest.mark.parametrize("what", WORDS)
def test_a_text_names_whom_it_calls_itself(zoe, ben, what, door):
    text, is_named = WORDS[what]
    DOORS[door](SpaceFactory(), ben, text)

    assert len(told(zoe)) == is_named


@each_door
def test_who_names_themselves_hears_nothing(zoe, door):
    DOORS[door](SpaceFactory(), zoe, "I am @zoe-adjei.")

    assert all_told() == []


# What is said before and after an edit, and how often Zoë has heard of it then.
EDITS = {
    "keeps the call": ("@zoe-adjei, see this.", "@zoe-adjei, do see this.", 1),
    "takes it away and brings it back": ("@zoe-adjei, see this.", "See this.", 1),
    "brings a call": ("See this.", "@zoe-adjei, see this.", 1),
    "takes it out of a quote": ("> @zoe-adjei\n\nSee.", "@zoe-adjei\n\nSee.", 1),
    "puts it into a quote": ("See this.", "> @zoe-adjei, see this.\n\nOr not.", 0),
}


@each_door
@pytest.mark.parametrize("what", EDITS)
def test_an_edit_tells_whom_it_names_anew_once(zoe, ben, what, door):
    before, after, times = EDITS[what]
    record = DOORS[door](SpaceFactory(), ben, before)
    edit(record, ben, after)
    edit(record, ben, before)
    edit(record, ben, after)

    assert len(told(zoe)) == times


def edit(record, editor, text):
    if type(record).__name__ == "Message":
        record.edit(text)
    else:
        record.edit(editor, text, version=record.version)
        db.session.refresh(record)


def test_a_reaction_names_nobody_again(zoe, ben):
    message = in_chat(SpaceFactory(), ben, "@zoe-adjei, see this.")
    db.session.execute(db.delete(type(all_told()[0])))
    message.react(ben, "👍")

    assert all_told() == []


def test_who_has_muted_the_place_hears_nothing(zoe, ben):
    topic, room = start_topic(author=ben), RoomFactory()
    Follow.choose(zoe, topic, "muted")
    Follow.choose(zoe, room, "muted")
    first = room.post(zoe, "Hello.")
    topic.post(ben, "@zoe-adjei?")
    room.post(ben, "@zoe-adjei?", reply_to=first)

    assert told(zoe) == []


def test_the_answer_to_a_message_is_told_to_its_author(zoe, ben):
    room = RoomFactory()
    question = room.post(zoe, "Who has a form for this?")
    answer = room.post(ben, "We have.", reply_to=question)
    room.post(zoe, "I mean one in French.", reply_to=question)

    assert told(zoe) == [("reply", f"Message:{answer.id}")]
    assert told(ben) == []


def test_who_is_answered_and_named_hears_once(zoe, ben):
    room = RoomFactory()
    answer = room.post(ben, "We have, @zoe-adjei.", reply_to=room.post(zoe, "Who has a form for this?"))

    assert told(zoe) == [("mention", f"Message:{answer.id}")]


def test_the_answer_to_somebody_who_has_left_is_told_to_nobody(zoe, ben):
    space = SpaceFactory(confidentiality="group")
    for member in (zoe, ben):
        space.admit(member)
    room = RoomFactory(space=space)
    question = room.post(zoe, "Who has a form for this?")
    space.leave(zoe)
    room.post(ben, "We have.", reply_to=question)

    assert all_told() == []


def test_a_line_of_the_chat_says_which_message_and_not_who_said_it(zoe, ben):
    space = SpaceFactory(confidentiality="chatham")
    for member in (zoe, ben):
        space.admit(member)
    message = RoomFactory(space=space).post(ben, "@zoe-adjei?")
    [line] = all_told()

    assert (line.conversation, line.position) == (f"Room:{message.room_id}", message.number)
    assert line.facts == {} and line.created_at == message.posted_at
