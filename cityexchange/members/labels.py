"""The words for roles (practice.md 2.2), in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cityexchange.core.i18n import language_name

SEAT_ROLES = {
    "member": _l("Member (municipal official)"),
    "elected_member": _l("Member (elected representative)"),
    "city_focal_point": _l("City focal point"),
    "city_deputy": _l("Deputy focal point"),
    "expert": _l("Resource person"),
    "partner_observer": _l("Partner / observer"),
    "diaspora_org": _l("Diaspora or civil-society organisation"),
}
CATEGORIES = {
    "local_authority": _l("Local authority"),
    "government": _l("Government"),
    "un_staff": _l("United Nations staff"),
    "civil_society": _l("Civil society"),
    "private_sector": _l("Private sector"),
}
LACKING = {
    "city": _l("No city found"),
    "domain": _l("The address is of no domain of the city"),
    "letter": _l("No letter yet"),
}
LANGUAGE_LEVELS = {
    "reads": _l("I read it"),
    "works": _l("I take part in meetings"),
    "fluent": _l("I present and negotiate"),
}
LANGUAGE_LEVELS_OF_OTHERS = {
    "reads": _l("reads"),
    "works": _l("takes part in meetings"),
    "fluent": _l("presents and negotiates"),
}
TEAM_ROLES = {
    "facilitator": _l("Facilitator"),
    "organiser": _l("Event organiser"),
    "coordinator": _l("Community coordinator (secretariat)"),
    "admin": _l("System administrator"),
}


def named(name):
    """The name of a person, or what stands in its place once they have left."""
    return name or _l("Former member")


def languages_known(languages):
    """ "French (presents and negotiates), Arabic (reads)", of {language: level}."""
    level = LANGUAGE_LEVELS_OF_OTHERS
    return _(", ").join(f"{language_name(code)} ({level[known]})" for code, known in languages.items())


def init_app(app):
    app.jinja_env.filters.update(
        named=named,
        languages_known=languages_known,
        seat_role_label=lambda key: SEAT_ROLES[key],
        team_role_label=lambda key: TEAM_ROLES[key],
        seat_category_label=lambda key: CATEGORIES[key],
        lacking_label=lambda key: LACKING[key],
    )
