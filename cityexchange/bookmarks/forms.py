from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from cityexchange.bookmarks.models import LONGEST_NOTE
from cityexchange.core.fields import Form


def tidy(note):
    """A browser sends two characters for each line that it counted as one."""
    return (note or "").replace("\r\n", "\n").strip()


class NoteForm(Form):
    note = TextAreaField(
        _l("A note to yourself"),
        [Length(max=LONGEST_NOTE, message=_l("Please use at most 500 characters."))],
        filters=[tidy],
    )
