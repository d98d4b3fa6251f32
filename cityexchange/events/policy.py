"""A schedule is visible exactly when what it belongs to is."""

from sqlalchemy import false, or_, select

from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader
from cityexchange.core.registries import Registry
from cityexchange.events.models import EventSession, Schedule

schedule_owners = Registry("whose schedules a member may see: f(member) -> Select of schedule ids")


class SchedulePolicy(Policy, model=Schedule):
    @classmethod
    def visible(cls, member: Reader):
        return select(Schedule).where(
            or_(false(), *(Schedule.id.in_(ids(member)) for ids in schedule_owners))
        )


class EventSessionPolicy(Policy, model=EventSession):
    @classmethod
    def visible(cls, member: Reader):
        schedules = SchedulePolicy.visible(member).with_only_columns(Schedule.id)
        return select(EventSession).where(EventSession.schedule_id.in_(schedules))
