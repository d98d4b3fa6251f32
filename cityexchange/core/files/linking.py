"""How a text points at a file that was sent in with it, and the form field that takes one."""

from flask import flash, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField

from cityexchange.core.db import db
from cityexchange.core.fields import Form
from cityexchange.core.files.images import SMALL
from cityexchange.core.files.kinds import MOST_BYTES, SomeRefused
from cityexchange.core.files.models import File
from cityexchange.core.files.receiving import receive_all
from cityexchange.core.files.words import ENCODINGS, refusals_in_words, told_of_guess
from cityexchange.core.web import me


def url_of(file: File) -> str:
    return url_for("files.show_file", id=file.id, name=file.name)


def markdown_of(file: File) -> str:
    """A link in Markdown; whatever the name holds stays a name."""
    words = "".join(f"\\{c}" if c in "\\[]" else c for c in file.name)
    return f"![{words}]({url_of(file)})" if file.is_image else f"[{words}]({url_of(file)})"


def shown_sizes(wanted: set[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, int]]:
    """{(id, name): (width, height)} of pictures, as small as a text shows them."""
    numbers = {id for id, _name in wanted}
    pictures = db.select(File.id, File.name, File.width, File.height)
    found = db.session.execute(pictures.where(File.id.in_(numbers), File.width.is_not(None)))
    sizes = {(id, name): _small(width, height) for id, name, width, height in found}
    return {one: size for one, size in sizes.items() if one in wanted}


def _small(width, height):
    scale = min(1, SMALL / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


class WithFile(Form):
    """A form whose `text` may carry files: received once all else is right, and linked at the end of the text.

    With scripts they were sent before and their links stand in the text already; the field is then empty.
    """

    MOST_BYTES = max(MOST_BYTES.values())
    ENCODINGS = ENCODINGS
    file = MultipleFileField(_l("Add files"))

    def validate(self, extra_validators=None):
        return super().validate(extra_validators) and self._take_files()

    def _take_files(self):
        if not self.file.data:
            return True
        try:
            files = receive_all(self.file.data, me())
        except SomeRefused as some:
            self.file.errors = [refusals_in_words(some.refused, some.has_others)]
            return False
        self.text.data = "\n\n".join([self.text.data, *map(markdown_of, files)])
        for file in files:
            if file.said and file.said.encoding:
                flash(told_of_guess(file.name, file.said), "warning")
        return True
