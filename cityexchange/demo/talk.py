"""What is said in the rooms of the illustrative community."""

from datetime import timedelta

from cityexchange.chat.models import Room
from cityexchange.core.db import utcnow
from cityexchange.demo.content import read

MINUTES_BETWEEN = 7


def load_rooms(members, spaces):
    for item in read("extras")["rooms"]:
        room = Room.open(spaces[item["space"]], item["name"], item["description"], item["language"])
        count = len(item["messages"])
        for number, (key, language, text) in enumerate(item["messages"]):
            message = room.post(members[key], text)
            message.correct_language(language)
            message.posted_at = utcnow() - timedelta(minutes=MINUTES_BETWEEN * (count - number))
