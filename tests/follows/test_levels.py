"""Which level holds: the most specific choice. A table of what people chose, and all that they could choose beside a plain reckoning."""

from itertools import product

import pytest
from sqlalchemy import insert, select

from cityexchange.chat.levels import ROOM
from cityexchange.core.db import db
from cityexchange.follows.kinds import LEVELS
from cityexchange.follows.levels import is_muted, level_in, level_of_part, told_of_new, told_of_part
from cityexchange.follows.models import Follow
from cityexchange.forums.levels import TOPIC, parameters_of
from cityexchange.members.models import Member

HEARS = [
    # what is chosen, whether of: a new topic, its replies, a mention in it
    ({}, (False, False, True)),
    ({"topic": "following"}, (False, True, True)),
    ({"topic": "everything"}, (False, True, True)),
    ({"topic": "normal"}, (False, False, True)),
    ({"topic": "muted"}, (False, False, False)),
    ({"forum": "following"}, (True, False, True)),
    ({"forum": "everything"}, (True, True, True)),
    ({"forum": "muted"}, (False, False, False)),
    ({"space": "everything"}, (True, True, True)),
    ({"space": "muted"}, (False, False, False)),
    ({"space": "muted", "topic": "following"}, (False, True, True)),
    ({"space": "muted", "topic": "normal"}, (False, False, True)),
    ({"space": "everything", "forum": "normal"}, (False, False, True)),
    ({"space": "muted", "housing": "following"}, (True, False, True)),
    ({"forum": "muted", "housing": "everything"}, (False, False, False)),
    ({"housing": "muted"}, (False, False, True)),
    ({"housing": "muted", "health": "muted"}, (False, False, False)),
    ({"housing": "muted", "health": "everything"}, (True, True, True)),
    ({"housing": "muted", "space": "everything"}, (True, True, True)),
    ({"housing": "normal", "space": "everything"}, (False, False, True)),
    ({"housing": "following", "health": "normal"}, (True, False, True)),
    ({"forum": "everything", "topic": "muted"}, (True, False, False)),
    ({"room": "everything"}, (False, False, True)),
]


@pytest.mark.parametrize(("chosen", "hears"), HEARS, ids=[str(chosen) for chosen, _ in HEARS])
def test_what_one_hears_of_a_topic_follows_from_what_one_chose(ana, ben, places, chosen, hears):
    for name, level in chosen.items():
        Follow.choose(ana, places[name], level)
    Follow.choose(ben, places["topic"], "normal")
    which = parameters_of(places["topic"])

    assert [ana.id in ids(query, which) for query in (told_of_new(*TOPIC[1:]), told_of_part(*TOPIC))] == list(
        hears[:2]
    )
    assert (ana.id in hearing_mentions(TOPIC, which)) is hears[2]


IN_ROOMS = [
    # what is chosen, whether of: its messages, a mention in it
    ({}, (False, True)),
    ({"room": "following"}, (True, True)),
    ({"room": "everything"}, (True, True)),
    ({"room": "muted"}, (False, False)),
    ({"space": "following"}, (False, True)),
    ({"space": "everything"}, (True, True)),
    ({"space": "everything", "room": "normal"}, (False, True)),
    ({"space": "muted"}, (False, False)),
    ({"space": "muted", "room": "following"}, (True, True)),
    ({"forum": "everything", "topic": "everything", "housing": "everything"}, (False, True)),
]


@pytest.mark.parametrize(("chosen", "hears"), IN_ROOMS, ids=[str(chosen) for chosen, _ in IN_ROOMS])
def test_what_one_hears_of_a_room_follows_from_what_one_chose(ana, places, chosen, hears):
    for name, level in chosen.items():
        Follow.choose(ana, places[name], level)
    which = {"room_id": places["room"].id, "space_id": places["space"].id}

    assert (ana.id in ids(told_of_part(*ROOM), which)) is hears[0]
    assert (ana.id in hearing_mentions(ROOM, which)) is hears[1]


def test_whatever_one_chooses_all_questions_agree(places):
    """Beside a reckoning in plain words, with a member for each that can be chosen."""
    names = "topic", "forum", "housing", "health", "space"
    all_choices = list(product((None, *LEVELS), repeat=len(names)))
    members = members_for(all_choices)
    choose_for(members, names, places)
    which = parameters_of(places["topic"])
    found = {
        "new": numbers(level_in(*TOPIC[1:], member_id=Member.id), which),
        "part": numbers(level_of_part(*TOPIC, member_id=Member.id), which),
    }
    replies, new = ids(told_of_part(*TOPIC), which), ids(told_of_new(*TOPIC[1:]), which)
    every = ids(told_of_part(*TOPIC, least=3), which)

    for id, choices in members.items():
        above, part = reckoned(dict(zip(names, choices, strict=True)))
        told = LEVELS[found["new"][id]], LEVELS[found["part"][id]]
        assert told == (above, part), choices
        assert (id in replies) is (part in ("following", "everything")), choices
        assert (id in new) is (above in ("following", "everything")), choices
        assert (id in every) is (part == "everything"), choices


def reckoned(chosen):
    themes = [chosen["housing"], chosen["health"]]
    told = [level for level in themes if level and level != "muted"]
    of_themes = max(told, key=LEVELS.index) if told else None
    of_themes = "muted" if themes == ["muted", "muted"] else of_themes
    above = next((level for level in (chosen["forum"], of_themes, chosen["space"]) if level), "normal")
    return above, chosen["topic"] or ("normal" if above == "following" else above)


def members_for(choices):
    """{number: what this member chooses}"""
    known = set(db.session.scalars(select(Member.id)))
    rows = [
        {"name": "M", "handle": f"m{n}", "email": f"m{n}@x.example", "fs_uniquifier": f"m{n}"}
        for n in range(len(choices))
    ]
    db.session.execute(insert(Member), rows)
    new = db.session.scalars(select(Member.id).where(Member.id.not_in(known)).order_by(Member.id))
    return dict(zip(new, choices, strict=True))


def choose_for(members, names, places):
    rows = [
        {
            "member_id": id,
            "record_type": type(places[name]).__name__,
            "record_id": places[name].id,
            "level": level,
        }
        for id, choices in members.items()
        for name, level in zip(names, choices, strict=True)
        if level
    ]
    db.session.execute(insert(Follow), rows)


def numbers(level, which):
    return dict(db.session.execute(select(Member.id, level), which).all())


def ids(query, which):
    found = list(db.session.scalars(query, which))
    assert len(found) == len(set(found))
    return set(found)


def hearing_mentions(steps, which):
    return set(db.session.scalars(select(Member.id).where(~is_muted(*steps, member_id=Member.id)), which))
