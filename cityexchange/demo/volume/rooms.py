"""Rooms and their messages, numbered without gaps."""

from collections import Counter
from datetime import timedelta

from cityexchange.chat.models import Message, Occupancy, Room
from cityexchange.demo.volume import words
from cityexchange.demo.volume.people import BEGAN_AT, insert_many, insert_numbered

BETWEEN_MESSAGES = timedelta(minutes=3)


def load_rooms(random, size, space, writers):
    if not size.rooms:
        return
    rooms = insert_numbered(Room, room_rows(size, space))
    insert_many(Message, list(message_rows(random, size, rooms, writers)))
    insert_many(Occupancy, [{"room_id": room, "member_id": m} for room in rooms for m, _ in writers[::5]])


def room_rows(size, space):
    newest = Counter(number % size.rooms for number in range(size.messages))
    return [
        {"space_id": space.id, "name": f"Example room {number + 1}", "newest": newest[number]}
        for number in range(size.rooms)
    ]


def message_rows(random, size, rooms, writers):
    texts = words.written(random, words.short_text, Message.heading_base)
    for place in range(size.messages):
        author, city = random.choice(writers)
        yield {
            "room_id": rooms[place % len(rooms)], "number": place // len(rooms) + 1, "author_id": author,
            "author_city_id": city, "posted_at": BEGAN_AT + place * BETWEEN_MESSAGES, "is_language_stated": True,
            **texts[place % len(texts)],
        }  # fmt: skip
