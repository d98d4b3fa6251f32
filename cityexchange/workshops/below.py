"""What is read on the page of a workshop below its title, and what that is called where it is translated."""

from functools import partial
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from cityexchange.events.models import EventSession
from cityexchange.languages.beside import Below, below_title
from cityexchange.languages.waiting import translated_at
from cityexchange.languages.whole import page_into, part_words
from cityexchange.workshops.models import LearningObjective, Workshop


def texts_below(id: Any) -> list[Below]:
    schedule = select(Workshop.schedule_id).where(Workshop.id == id).correlate_except(Workshop)
    is_held = EventSession.schedule_id == schedule.scalar_subquery(), EventSession.called_off_at.is_(None)
    objectives = Below(LearningObjective, (LearningObjective.workshop_id == id,))
    return [Below(Workshop, (Workshop.id == id,)), objectives, Below(EventSession, is_held)]


def objective(_record: Any, number: int) -> str:
    return _("Objective %(number)s", number=number)


def session(_record: Any, number: int) -> str:
    return _("Session %(number)s", number=number)


def init_app():
    translated_at.add("Workshop", partial(page_into, "Workshop"))
    part_words.add("LearningObjective", objective)
    part_words.add("EventSession", session)
    below_title.add("Workshop", texts_below)
