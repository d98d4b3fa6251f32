"""Letters of features above, which come by themselves once a week: a row of the table of choices, and the link in each."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from wtforms import FormField

from cityexchange.core.mail import mail_kinds
from cityexchange.members.models import Member
from cityexchange.notifications.forms import ChoicesForm, LetterRow
from cityexchange.notifications.kinds import LETTERS
from cityexchange.notifications.models import NotificationChoice
from cityexchange.notifications.wanted import mail_kind


def add_letter(name: str, label: Any, template: str) -> None:
    """In `init_app` of the feature that writes it; whoever wants none is `without(name)`."""
    LETTERS[name] = label
    setattr(ChoicesForm, name, FormField(LetterRow, label))
    mail_kinds.add(name, mail_kind(name, label, template))


def without(name: str) -> ColumnElement[bool]:
    """A condition on Member: that they want no such letter."""
    said = NotificationChoice.member_id == Member.id, NotificationChoice.kind == name
    return exists().where(*said, NotificationChoice.mailing == "never")
