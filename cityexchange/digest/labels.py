"""The words for the answers of one press."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cityexchange.cities.models import City
from cityexchange.core.i18n import local_date, local_time
from cityexchange.languages.reading import Reading, reading
from cityexchange.workshops.models import Workshop

ANSWER_WORDS = {
    "same": _l("We do this too"),
    "help": _l("I can help"),
    "no": _l("Not for me"),
}


def said_words(answer: str) -> str:
    """What follows of an answer, said to who gave it."""
    return {
        "same": _("Thank you. Whoever asked hears that your city does this too."),
        "help": _("Thank you. Whoever asked hears that you can help."),
        "no": _("It does not come again, and questions like it come later. Nobody else is told."),
    }[answer]


def first_words(answer: str, city: Any) -> str:
    """How a reply may begin."""
    if answer == "help":
        return _("I can help with this, from what we have done in %(city)s.", city=city) + " "
    return _("In %(city)s we do this too.", city=city) + " "


def title_by_mail(record: Any, member: Any) -> Reading | str | None:
    """Of what has a deadline; None where a mail may not say it."""
    if isinstance(record, City):
        return _("The new version of the charter")
    if isinstance(record, Workshop) and record.space and not record.space.has_mail_content:
        return None
    return reading(record, "title", member)


def end_words(record: Any, until: str, zone: str) -> str:
    """`until`: the moment as a fact of a mail holds it."""
    moment = datetime.fromisoformat(until)
    if isinstance(record, City):
        return _(
            "Your city can accept it until %(day)s, and goes on to take part.", day=local_date(moment, zone)
        )
    if isinstance(record, Workshop):
        return _(
            "Registration ends at %(moment)s, and you have no place yet.", moment=local_time(moment, zone)
        )
    return _("Applications end at %(moment)s, and yours is not sent yet.", moment=local_time(moment, zone))


def init_app(app):
    app.jinja_env.filters.update(
        answer_words=lambda key: ANSWER_WORDS[key],
        said_words=said_words,
        title_by_mail=title_by_mail,
        end_words=end_words,
    )
