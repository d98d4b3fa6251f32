"""Who is in which room, as far as this process knows. Nothing is stored: it is told again while it is true.

Each process tells its own list under its own name; clients add the lists up and forget one that is not repeated.
"""

import time
from typing import Any
from uuid import uuid4

from cityexchange.chat.models import Room
from cityexchange.chat.payloads import person
from cityexchange.core.sockets import channel, line_ended, my_line, socketio, tell_line
from cityexchange.members.models import Member

SHOWN = 50
"""Names told; beyond them only how many there are."""
EVERY = 25.0
"""Seconds after which a list is told again."""
PAUSE = 2.0
"""Seconds in which comings and goings are told together: a full room must not talk of itself only."""


class Attendance:
    """The lines in one room: `{line: (member's id, who they are)}`."""

    def __init__(self, room: Room):
        self.room_id, self.channel = room.id, channel(room)
        self.is_told_in_rounds = room.space.hides_names
        self.lines: dict[str, tuple[int, dict[str, Any]]] = {}
        self.told_at = 0.0
        self.is_due = False

    def payload(self) -> dict[str, Any]:
        people = dict(self.lines.values())
        return {
            "room_id": self.room_id,
            "process": _process,
            "count": len(people),
            "people": list(people.values())[:SHOWN],
        }

    def tell_soon(self) -> None:
        """Where names are hidden with the next round only: who comes here as they leave another room would be known by the moment."""
        if self.is_told_in_rounds:
            return
        wait = self.told_at + PAUSE - time.monotonic()
        if wait <= 0 or not _has_time():
            self.tell()
        elif not self.is_due:
            self.is_due = True
            socketio.start_background_task(self._tell_later, wait)

    def _tell_later(self, wait):
        socketio.sleep(wait)
        self.tell()

    def tell(self) -> None:
        self.is_due, self.told_at = False, time.monotonic()
        socketio.emit("room:presence", self.payload(), to=self.channel)


_process = uuid4().hex[:8]
_rooms: dict[int, Attendance] = {}
_is_repeating = False


def arrive(room: Room, member: Member) -> None:
    """The line of this event is in the room now; it hears at once who else is."""
    attendance = _rooms.setdefault(room.id, Attendance(room))
    attendance.lines[my_line()] = (member.id, person(member, room))
    tell_line(my_line(), "room:presence", **attendance.payload())
    attendance.tell_soon()
    _repeat()


def leave(room_id: int, line: str) -> None:
    attendance = _rooms.get(room_id)
    if attendance and attendance.lines.pop(line, None):
        attendance.tell_soon()
        if not attendance.lines:
            del _rooms[room_id]


@line_ended.connect
def leave_all(line):
    for room_id in list(_rooms):
        leave(room_id, line)


def _has_time():
    """Whether things can be done later here: in the server, not in a test that waits for nothing."""
    return socketio.async_mode == "gevent"


def _repeat():
    global _is_repeating
    if not _is_repeating and _has_time():
        _is_repeating = True
        socketio.start_background_task(_tell_again_and_again)


def _tell_again_and_again():
    while True:
        socketio.sleep(EVERY)
        for attendance in list(_rooms.values()):
            attendance.tell()
