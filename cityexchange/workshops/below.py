"""What is read on the page of a workshop below its title."""

from typing import Any

from sqlalchemy import select

from cityexchange.events.models import EventSession
from cityexchange.languages.beside import Below, below_title
from cityexchange.workshops.models import LearningObjective, Workshop


def texts_below(id: Any) -> list[Below]:
    schedule = select(Workshop.schedule_id).where(Workshop.id == id).scalar_subquery()
    is_held = EventSession.schedule_id == schedule, EventSession.called_off_at.is_(None)
    objectives = Below(LearningObjective, (LearningObjective.workshop_id == id,))
    return [Below(Workshop, (Workshop.id == id,)), objectives, Below(EventSession, is_held)]


def init_app():
    below_title.add("Workshop", texts_below)
