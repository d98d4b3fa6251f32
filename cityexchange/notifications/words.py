"""What notifications are called: each kind where a list is narrowed to it, and what of it happened in one line."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

NAMES = {
    "mention": _l("Mentions"),
    "reply": _l("Replies"),
    "topic": _l("New topics"),
    "answer": _l("Marked answers"),
    "message": _l("Messages"),
    "place": _l("Free places"),
    "decision": _l("Decisions"),
    "change": _l("Changes"),
    "request": _l("Requests"),
    "deadline": _l("Deadlines"),
    "translation": _l("Translations"),
}


def happened(kind: str, number: int) -> str:
    """How much of a kind, of which a title says where: "3 replies". What is told by a mail's subject needs no more than its name."""
    counted = {
        "mention": lambda: ngettext("You are named", "You are named %(num)s times", number),
        "reply": lambda: ngettext("%(num)s reply", "%(num)s replies", number),
        "topic": lambda: ngettext("%(num)s new topic", "%(num)s new topics", number),
        "answer": lambda: _("An answer that helped is marked"),
        "message": lambda: ngettext("%(num)s message", "%(num)s messages", number),
        "translation": lambda: ngettext("%(num)s translation", "%(num)s translations", number),
    }
    return counted[kind]() if kind in counted else str(NAMES[kind])
