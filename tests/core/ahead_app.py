"""The application whose clock is ahead of the machine's by CLOCK_AHEAD seconds, in a process of its own."""

import os
from datetime import timedelta

from cityexchange.core import db
from wsgi import app

db._ahead = timedelta(seconds=float(os.environ["CLOCK_AHEAD"]))

__all__ = ["app"]
