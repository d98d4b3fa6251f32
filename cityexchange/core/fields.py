"""What the fields of all forms have in common."""

from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, SelectChoice
from wtforms.validators import NumberRange
from wtforms.widgets import HiddenInput

from cityexchange.core.db import LARGEST_NUMBER


def row_number(*validators: Any) -> IntegerField:
    """A hidden number of a row or a version: at most what a row can hold."""
    return IntegerField(validators=[*validators, NumberRange(0, LARGEST_NUMBER)], widget=HiddenInput())


def offered(*pairs: tuple[Any, Any] | Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a list offers, from (value, words) each, alone or many together: `offered(NONE, MODES.items())`."""
    flat = [pair for one in pairs for pair in ([one] if isinstance(one, tuple) else one)]
    return [SelectChoice(value, words) for value, words in flat]
