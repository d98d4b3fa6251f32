"""What every feature stands on. Core knows no feature and no product word."""

from cityexchange.core import assets, db, errors, headers, health, i18n, logs, names, sockets, web


def init_app(app):
    for part in (logs, db, web, assets, errors, names, i18n, headers, health, sockets):
        part.init_app(app)
