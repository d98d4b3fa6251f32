"""What those who come hold of a workshop, in calendars, in mails and on its page; and what a save changed in it.

Each such save is one row of the history, one mail to each of them and one newer calendar file. Other words (a typo in the
description) are no news: tests/workshops/test_told.py has each field that people see, told or with the reason why not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.members.models import Member
from cityexchange.workshops.signals import workshop_amended

HEARD = ("announced", "registration_open", "registration_closed", "running", "postponed")
"""States in which people hold something of it."""
TEXTS = ("accessibility_note", "cost_statement", "data_notice")
"""On whose words somebody decided to come."""
LANGUAGES = ("working_languages", "interpretation")
SAID = ("title", "mode", "host_city", "venue", "joining_link", "timezone", *LANGUAGES, *TEXTS)
WHEN = ("session", "timezone")
Difference = dict[str, Any]
"""{"what": one of SAID or "session", "before": .., "after": ..}; for a session what `_session` gives, None where there was or is none."""


class Amendment(db.Model):
    """One change of what people hold: by somebody who organises, or by new rules of a time zone."""

    part_of = "workshop"

    __tablename__ = "workshop_amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    differences: Mapped[list[Difference]] = mapped_column(JSON, default=list)
    is_of_clocks: Mapped[bool] = mapped_column(default=False)
    """Nobody decided it: the rules of a zone are others than when the times were written."""
    workshop: Mapped[Any] = relationship("Workshop")

    def differences_for(self, registration: Any) -> list[Difference]:
        """The joining link is for those who have a place."""
        hidden = () if registration.has_place else ("joining_link",)
        return [one for one in self.differences if one["what"] not in hidden]

    def news_for(self, registration: Any) -> list[Difference]:
        """Without what waits for the new dates of a postponed workshop."""
        waits = WHEN if self.workshop.state == "postponed" else ()
        return [one for one in self.differences_for(registration) if one["what"] not in waits]

    @property
    def kind(self) -> str:
        """What the mail says first: "clocks", "times", "other"."""
        if self.is_of_clocks:
            return "clocks"
        is_when = all(one["what"] in WHEN for one in self.differences)
        return "times" if is_when and not all(map(_is_other_name, self.differences)) else "other"


class Amending:
    """Mixed into Workshop."""

    id: Any
    state: Any
    schedule: Any
    _is_amending = False

    @contextmanager
    def amending(self, by: Member | None) -> Iterator[None]:
        """What changes inside of what people hold is remembered and told, once. One within another is part of that."""
        if self._is_amending or self.state not in HEARD:
            yield
            return
        self._is_amending, before = True, promised_by(self)
        try:
            yield
        finally:
            self._is_amending = False
        self.amend(by, before)

    def amend(self, by: Member | None, before: dict[str, Any], is_of_clocks: bool = False) -> None:
        """`before`: what `promised_by` gave."""
        db.session.flush()
        is_renewed = self.schedule.sequence != before["sequence"]
        self.tell(by, differences(before, promised_by(self)), is_renewed, is_of_clocks)

    def tell(
        self, by: Member | None, found: list[Difference], is_renewed: bool = False, is_of_clocks: bool = False
    ) -> None:
        """Those who come, of these differences. `is_renewed`: the calendar file has counted up already."""
        if self._is_amending or not found or self.state not in HEARD:
            return
        if not is_renewed:
            self.schedule.renew_calendars()
        amendment = Amendment(
            workshop_id=self.id, actor_id=by.id if by else None, differences=found, is_of_clocks=is_of_clocks
        )
        db.session.add(amendment)
        db.session.flush()
        workshop_amended.send(workshop=self, amendment=amendment)


def promised_by(workshop: Any) -> dict[str, Any]:
    """All that people hold of it: SAID, its sessions by uid, and the number of its calendar file."""
    host = db.session.get(City, workshop.host_city_id) if workshop.host_city_id else None
    own = {name: getattr(workshop, name) or "" for name in SAID if name != "host_city"}
    sessions = {one.uid: _session(one, workshop.timezone) for one in workshop.schedule.held}
    counted = {"sessions": sessions, "sequence": workshop.schedule.sequence}
    return own | counted | {"host_city": host.called.kept if host else ""}


def _session(session, zone):
    """`clock`: what clocks in `zone` show; `starts` and `ends`: the instants."""
    return {
        "title": session.title,
        "language": session.language,
        "zone": zone,
        "clock": [session.wall_starts.isoformat(), session.wall_ends.isoformat()],
        "starts": session.starts_at.isoformat(),
        "ends": session.ends_at.isoformat(),
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """In the order of the form; sessions by their time."""
    said = [(what, before[what], after[what]) for what in SAID]
    was, now = before["sessions"], after["sessions"]
    by_time = sorted(was.keys() | now.keys(), key=lambda uid: (now.get(uid) or was[uid])["starts"])
    sat = [("session", was.get(uid), now.get(uid)) for uid in by_time]
    return [
        {"what": what, "before": old, "after": new} for what, old, new in said + sat if not _is_same(old, new)
    ]


def _is_same(old, new):
    if isinstance(old, dict) and isinstance(new, dict):
        return all(old[name] == new[name] for name in ("title", "starts", "ends"))
    if isinstance(old, list) and isinstance(new, list):
        return sorted(old) == sorted(new)
    return old == new


def _is_other_name(one):
    old, new = one["before"], one["after"]
    is_kept = one["what"] == "session" and old and new
    return bool(is_kept and (old["starts"], old["ends"]) == (new["starts"], new["ends"]))
