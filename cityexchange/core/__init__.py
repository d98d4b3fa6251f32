"""What every feature stands on. Core knows no feature and no product word."""

from cityexchange.core import (
    assets,
    db,
    errors,
    files,
    headers,
    health,
    i18n,
    jobs,
    logs,
    mail,
    names,
    readiness,
    sockets,
    web,
)


def init_app(app):
    for part in (
        logs,
        db,
        web,
        i18n,
        headers,
        assets,
        errors,
        names,
        readiness,
        health,
        sockets,
        jobs,
        mail,
        files,
    ):
        part.init_app(app)
