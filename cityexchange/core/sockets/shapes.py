"""What an event's payload must look like: one dictionary with exactly the arguments of its handler, of their types."""

from collections.abc import Callable
from inspect import Parameter, signature
from types import NoneType
from typing import Any, get_args, get_type_hints

from cityexchange.core.db import LARGEST_NUMBER


class Shape:
    """Read from a handler's annotations: `int` (0 to 2^31-1), `str` (no NUL, no half characters), `| None`."""

    def __init__(self, function: Callable[..., Any]):
        hints = get_type_hints(function)
        parameters = signature(function).parameters.values()
        self.types = {p.name: get_args(hints[p.name]) or (hints[p.name],) for p in parameters}
        self.required = {p.name for p in parameters if p.default is Parameter.empty}

    def fits(self, payload: tuple[Any, ...]) -> bool:
        """Whether these arguments of an event can be handed to the handler as they are."""
        if len(payload) != 1 or not isinstance(payload[0], dict):
            return False
        arguments = payload[0]
        return self.required <= arguments.keys() <= self.types.keys() and all(
            _fits(value, self.types[name]) for name, value in arguments.items()
        )


def _fits(value, types):
    kind = type(value)
    if kind not in types:
        return False
    if kind is int:
        return 0 <= value <= LARGEST_NUMBER
    return kind is NoneType or "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
