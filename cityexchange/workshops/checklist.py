"""What people must know before they hear of a workshop (practice.md US15). Keys; labels.py has the sentences."""

from typing import Any

from cityexchange.core.db import utcnow

LEAST_OBJECTIVES = 2


def missing_from(workshop: Any) -> list[str]:
    """Keys of what is missing, in the order of the form; empty when it may be announced."""
    return [key for key, is_there in _questions(workshop) if not is_there]


def _questions(w):
    held = w.schedule.held
    begins = held[0].starts_at if held else None
    yield "description", w.text.strip()
    yield "scope", w.scope
    yield "regions", w.scope != "regional" or w.regions
    yield "mode", w.mode
    yield "host_city", w.host_city_id
    yield "venue", w.mode in (None, "online") or w.venue.strip()
    yield "sessions", held
    yield "dates_ahead", not begins or begins > utcnow()
    yield "capacity", w.mode and w.places_offered
    yield "quota", w.quota is not None
    yield "deadline", w.registration_closes_at
    yield "deadline_before_start", _is_deadline_in_time(w, begins)
    yield "languages", w.working_languages
    yield "interpretation", w.interpretation is not None
    yield "objectives", len(w.objectives) >= LEAST_OBJECTIVES
    yield "audience", w.audience.strip()
    yield "cost", w.cost_statement.strip()
    yield "accessibility", w.accessibility_note.strip()
    yield "data_notice", w.data_notice.strip()


def _is_deadline_in_time(w, begins):
    closes = w.registration_closes_at
    return not closes or not begins or closes <= w.end_of_first_day
