from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from cityexchange.bookmarks.models import LONGEST_NOTE
from cityexchange.core.fields import Form, Length


def tidy(note):
    return (note or "").strip()


class NoteForm(Form):
    note = TextAreaField(
        _l("A note to yourself"),
        [Length(max=LONGEST_NOTE)],
        filters=[tidy],
    )
