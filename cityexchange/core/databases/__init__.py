"""What each database needs to be a server's, under gevent: set up by the name of the engine's dialect."""

from contextvars import ContextVar

from werkzeug.utils import import_string

is_writing: ContextVar[bool] = ContextVar("is_writing", default=True)
"""Whether the unit of work that begins now may write."""


def prepare(engine):
    import_string(f"{__name__}.{engine.dialect.name}:prepare")(engine)
