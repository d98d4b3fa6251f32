"""What every feature stands on. It imports none of them. Of the product it names who reads (`reader`), whom a text mentions
(`text/mentions`), where one signs in, and the places on pages that features fill (`registries`)."""

from cityexchange.core import (
    assets,
    compression,
    db,
    errors,
    files,
    headers,
    health,
    heavy_texts,
    i18n,
    jobs,
    kept,
    limits,
    logs,
    mail,
    once,
    pages,
    previews,
    questions,
    readiness,
    requests,
    signing,
    sockets,
    web,
    wording,
)
from cityexchange.core.limits import door, visitors

PARTS = (
    logs,
    compression,
    db,
    requests,
    signing,
    visitors,
    door,
    web,
    questions,
    heavy_texts,
    previews,
    assets,
    pages,
    errors,
    kept,
    i18n,
    wording,
    headers,
    readiness,
    health,
    sockets,
    jobs,
    once,
    limits,
    mail,
    files,
)
"""In this order: what is made first is told of each request first."""


def init_app(app):
    for part in PARTS:
        part.init_app(app)
