"""What the page of one workshop shows to one reader, in a number of queries that does not grow."""

import secrets
from typing import Any, NamedTuple

from sqlalchemy import bindparam, false, inspect, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from cityexchange.bookmarks.models import is_kept, is_kept_by
from cityexchange.core.db import db, rows, utcnow
from cityexchange.core.pages import of_version
from cityexchange.core.policy import can, visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.web import find
from cityexchange.events.models import EventSession
from cityexchange.languages.reading import best_readings, reader_languages, reading
from cityexchange.themes.models import Theme
from cityexchange.workshops.forms import RegistrationForm
from cityexchange.workshops.history import for_organisers
from cityexchange.workshops.models import LearningObjective, Workshop, workshop_themes
from cityexchange.workshops.registrants import cities_of_coming, names_of_coming
from cityexchange.workshops.registrations import Places

ABOVE = (joinedload(Workshop.schedule), joinedload(Workshop.host_city), joinedload(Workshop.space))
WANTED: Any = bindparam("wanted")


def find_workshop(id):
    """With what stands above it, and without the rows below: the body of its page may be in memory."""
    return find(Workshop, id, *ABOVE)


def find_whole(id):
    """With its sessions, objectives and themes."""
    return load_rows(find_workshop(id))


class Version(NamedTuple):
    """Differs whenever the page shows something else to this reader, also as registration ends by the clock."""

    number: int
    is_before_close: bool
    is_kept: bool
    """By this reader: stands beside the part that others are shown too."""


def version_of(reader: OneReader, id):
    """None when the reader sees no such workshop."""
    found = rows(_version(reader), {**reader.bind_values, "wanted": id}).first()
    if found is None:
        return None
    number, closes, is_kept = found
    return Version(number, bool(closes and utcnow() < closes), bool(is_kept))


@prepared
def _version(reader: Reader):
    visible = visible_to(reader, Workshop).where(Workshop.id == WANTED)
    keeps = is_kept(Workshop) if reader.is_authenticated else false()
    return visible.with_only_columns(Workshop.version, Workshop.registration_closes_at, keeps)


def load_rows(workshop):
    """What is not there yet, at half the cost of loader options: by statements that are put together once instead of for each load."""
    _load(workshop.schedule, "sessions", _sessions())
    _load(workshop, "objectives", _objectives())
    _load(workshop, "themes", _themes())
    return workshop


@prepared
def _sessions():
    return select(EventSession).where(EventSession.schedule_id == WANTED).order_by(EventSession.starts_at)


@prepared
def _objectives():
    found = select(LearningObjective).where(LearningObjective.workshop_id == WANTED)
    return found.order_by(LearningObjective.position)


@prepared
def _themes():
    found = select(Theme).join(workshop_themes, workshop_themes.c.theme_id == Theme.id)
    return found.where(workshop_themes.c.workshop_id == WANTED).order_by(Theme.position)


def _load(record, name, statement):
    if name in inspect(record).unloaded:
        set_committed_value(record, name, db.session.scalars(statement, {"wanted": record.id}).all())


def context_of(workshop, member: OneReader, version=None, **forms):
    """Of the template. `forms` are those that came back with errors; without a `version` everything is rendered anew."""
    mine = workshop.registration_of(member) if member.is_authenticated else None
    form = forms.get("form") or _registration_form(workshop, member, mine)
    places = Places(workshop) if form or _depends_on_places(workshop, mine) else None
    if form and places:
        form.say_what_is_full(places)
    is_full = bool(places) and _is_full(places, member)
    may_organise = can(member, "organise", workshop)
    return {
        "workshop": workshop,
        "title": reading(workshop, "title", member),
        "body": _body(workshop, member, version, ReaderContext.of(workshop, member, mine, form, is_full)),
        "places": places,
        "is_full": is_full,
        "mine": mine,
        "is_kept": version.is_kept if version else is_kept_by(member, workshop),
        "zone": member.timezone or "UTC",
        "form": form,
        "refused": forms.get("refused"),
        "may_organise": may_organise,
        **(for_organisers(workshop, forms.get("refused"), forms.get("reason_form")) if may_organise else {}),
    }


def _depends_on_places(workshop, mine):
    return not mine.has_place if mine else workshop.is_taking_registrations


def _is_full(places, member: OneReader):
    """Whoever registers now waits, whatever kind of place they choose."""
    is_left = any(map(places.left, places.workshop.places_offered))
    return not is_left or places.is_city_full(member.city.id if member.city else None)


class ReaderContext(NamedTuple):
    """All about a reader that shows in the body of the page, beside language and zone."""

    is_member: bool
    sees_who_comes: bool
    may_register: bool
    is_full: bool
    joining_link: str
    languages: tuple[str, ...]

    @classmethod
    def of(cls, workshop, member: OneReader, mine, form, is_full):
        link = workshop.joining_link if _may_join(workshop, member, mine) else ""
        sees_who_comes = can(member, "see_who_comes", workshop)
        return cls(
            member.is_authenticated, sees_who_comes, bool(form), is_full, link, tuple(reader_languages())
        )


def _body(workshop, member: OneReader, version, reader_context):
    def gather():
        return {
            "workshop": workshop,
            **reader_context._asdict(),
            **_context_of_body(workshop, member, reader_context),
        }

    key = version and (workshop.id, version.number, version.is_before_close, reader_context)
    return of_version(key, "workshops/_body.html", gather)


def _context_of_body(workshop, member: OneReader, reader_context):
    load_rows(workshop)
    words, places = readings_of(workshop), Places(workshop)
    return {
        "words": words,
        "objectives": [words["LearningObjective", one.id] for one in workshop.objectives],
        "session_titles": [words["EventSession", one.id] for one in workshop.schedule.held],
        "places": places,
        "zone": member.timezone or "UTC",
        "names": names_of_coming(workshop, member) if reader_context.sees_who_comes else (),
        "cities": cities_of_coming(workshop, places),
    }


def readings_of(workshop):
    """{field: Reading} of the workshop, and those of its rows by (class name, id)."""
    records = [workshop, *workshop.objectives, *workshop.schedule.sessions]
    readings = best_readings(reader_languages(), records, Workshop.translated_fields)
    return {
        field if kind == "Workshop" else (kind, id): reading
        for (kind, id, field), reading in readings.items()
    }


def title_for_mail(workshop, member: OneReader):
    """The title in the language the member reads best; None where a closed space lets no mail speak of it."""
    if workshop.space and not workshop.space.has_mail_content:
        return None
    return reading(workshop, "title", member).text


def _may_join(workshop, member: OneReader, mine):
    return bool(mine and mine.has_place) or can(member, "organise", workshop)


def _registration_form(workshop, member: OneReader, mine):
    if mine or not workshop.is_taking_registrations or not can(member, "register", workshop):
        return None
    form = RegistrationForm(formdata=None, nonce=secrets.token_urlsafe(16)).offer(workshop)
    form.mode.data = form.mode.data or workshop.places_offered[0]
    form.language.data = next((c for c in member.languages_read if c in workshop.languages_offered), None)
    return form
