from sqlalchemy import select

from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader
from cityexchange.themes.models import Theme


class ThemePolicy(Policy, model=Theme):
    """The taxonomy is public knowledge."""

    @classmethod
    def visible(cls, member: Reader):
        return select(Theme)

    def follow(self):
        return self.member.is_authenticated
