"""How a text points at a file that was sent in with it, and the form field that takes one."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from cityexchange.core.fields import Form
from cityexchange.core.files.kinds import MOST_BYTES, Refused
from cityexchange.core.files.models import File
from cityexchange.core.files.receiving import receive
from cityexchange.core.files.words import reason_in_words
from cityexchange.core.web import me


def url_of(file: File) -> str:
    return url_for("files.show_file", id=file.id, name=file.name)


def markdown_of(file: File) -> str:
    """A link in Markdown; whatever the name holds stays a name."""
    words = "".join(f"\\{c}" if c in "\\[]" else c for c in file.name)
    return f"![{words}]({url_of(file)})" if file.is_image else f"[{words}]({url_of(file)})"


class WithFile(Form):
    """A form whose `text` may carry a file: received once all else is right, and linked at the end of the text.

    With scripts the file was sent before and the link stands in the text already; the field is then empty.
    """

    MOST_BYTES = max(MOST_BYTES.values())
    file = FileField(_l("Add a file"))

    def validate(self, extra_validators=None):
        return super().validate(extra_validators) and self._take_file()

    def _take_file(self):
        if not self.file.data:
            return True
        try:
            file = receive(self.file.data, me())
        except Refused as refusal:
            self.file.errors = [reason_in_words(refusal.reason)]
            return False
        self.text.data = f"{self.text.data}\n\n{markdown_of(file)}"
        return True
