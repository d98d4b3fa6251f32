"""What every feature stands on. Core knows no feature and no product word."""

from cityexchange.core import db, headers, health, i18n, logs, sockets, web


def init_app(app):
    for part in (logs, db, web, i18n, headers, health, sockets):
        part.init_app(app)
