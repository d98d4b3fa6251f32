"""The words for kinds of organisations (practice.md 2.2), in the reader's language."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "observer": _l("Observer"),
    "partner": _l("Partner"),
    "diaspora": _l("Diaspora organisation"),
    "civil_society": _l("Civil-society organisation"),
    "resource": _l("Resource persons"),
}


def init_app(app):
    app.jinja_env.filters["organisation_kind"] = lambda key: KINDS[key]
