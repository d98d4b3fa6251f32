"""What a request may hold before anybody looks at it: numbers that a row can have, and text that a database can keep."""

from flask import Request, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import IntegerConverter

from cityexchange.core.db import LARGEST_NUMBER

MOST_DIGITS = 7
"""Of a page's number: what stands on it is still counted by a number that a database knows."""


class Number(IntegerConverter):
    """`<int:id>`: at most nineteen digits, for Python itself fails on thousands."""

    regex = r"\d{1,19}"


class WithoutNul(ImmutableMultiDict):
    """PostgreSQL keeps no NUL, and nobody means one: it is dropped from what forms and addresses say."""

    def __init__(self, mapping=None):
        pairs = MultiDict(mapping or ()).items(multi=True)
        super().__init__([(_without_nul(key), _without_nul(value)) for key, value in pairs])


def _without_nul(value):
    return value.replace("\0", "") if isinstance(value, str) else value


class CleanRequest(Request):
    parameter_storage_class = WithoutNul
    _is_too_large = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Bytes that are no UTF-8 become signs for that, as in the path; the library would fail on them.
        self.query_string = self.query_string.decode("utf-8", "replace").encode()

    def _load_form_data(self):
        """The library bounds the number of fields in parts alone (MAX_FORM_PARTS); and of a body that it refused half read it would take
        the rest for the form when it is asked again."""
        if self._is_too_large:
            raise RequestEntityTooLarge
        try:
            self._refuse_too_many_pairs()
            super()._load_form_data()
        except RequestEntityTooLarge:
            self._is_too_large = True
            raise

    def _refuse_too_many_pairs(self):
        is_unread = "form" not in self.__dict__ and self.mimetype == "application/x-www-form-urlencoded"
        if is_unread and self.get_data().count(b"&") >= current_app.config["MAX_FORM_PARTS"]:
            raise RequestEntityTooLarge

    @property
    def whole_body(self):
        """As a stream, from its beginning where it was read already and is kept."""
        return self._get_stream_for_parsing()


def _refuse_the_impossible():
    """No row has such a number and no text such a sign: there is no page, and databases would fail on the question."""
    numbers = (value for value in (request.view_args or {}).values() if isinstance(value, int))
    if "\0" in request.path or any(number > LARGEST_NUMBER for number in numbers):
        abort(404)


def page_number():
    """The page asked for, at least 1; nonsense is a 404, as any page that does not exist."""
    raw = request.args.get("page", "1")
    return int(raw) if raw.isdecimal() and len(raw) <= MOST_DIGITS and int(raw) > 0 else abort(404)


def whole_number(name):
    """A number of the address's query, 0 when there is none; nonsense is a 404."""
    raw = request.args.get(name, "0")
    return int(raw) if raw.isdecimal() and len(raw) < 10 else abort(404)


def init_app(app):
    app.request_class = CleanRequest
    app.url_map.converters["int"] = Number
    app.before_request(_refuse_the_impossible)
