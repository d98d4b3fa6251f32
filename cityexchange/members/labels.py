"""The words for roles (practice.md 2.2), in the reader's language."""

from flask_babel import lazy_gettext as _l

SEAT_ROLES = {
    "member": _l("Member (municipal official)"),
    "elected_member": _l("Member (elected representative)"),
    "city_focal_point": _l("City focal point"),
    "city_deputy": _l("Deputy focal point"),
}
TEAM_ROLES = {
    "facilitator": _l("Facilitator"),
    "organiser": _l("Event organiser"),
    "coordinator": _l("Community coordinator (secretariat)"),
    "admin": _l("System administrator"),
}


def init_app(app):
    app.jinja_env.filters.update(
        seat_role_label=lambda key: SEAT_ROLES[key], team_role_label=lambda key: TEAM_ROLES[key]
    )
