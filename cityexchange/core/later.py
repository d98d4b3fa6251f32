"""Libraries that only some deeds need: `webauthn = later("webauthn")` is loaded when the first of these asks it for something.

Each costs every start tens of milliseconds, and every process megabytes. Not for what `run_in_thread` does: a real thread must not be the one
that loads.
"""

from functools import partial
from typing import Any

from werkzeug.local import LocalProxy
from werkzeug.utils import import_string


def later(name: str) -> Any:
    return LocalProxy(partial(import_string, name))
