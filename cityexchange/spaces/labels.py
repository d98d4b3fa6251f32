"""The words for classes of confidentiality (practice.md 2.2), in the reader's language."""

from flask_babel import lazy_gettext as _l

CLASSES = {
    "public": _l("Public"),
    "members": _l("All members"),
    "city_officials": _l("Verified officials only"),
    "group": _l("Closed group"),
    "chatham": _l("Chatham House Rule"),
}
RULES = {
    "public": _l("Everybody can read here, also without an account."),
    "members": _l("Every member can read here; visitors cannot."),
    "city_officials": _l("Only officials with a verified seat in a city can read here."),
    "group": _l("Only those who were let in can read here. Mails about this space show no content."),
    "chatham": _l(
        "You may use what you learn here, but never say who said it or which city they are from. "
        "Names are hidden, and mails show no content."
    ),
}


JOINING = {
    "open": _l("Whoever reads here comes in with one press"),
    "request": _l("People ask, and those who look after the space decide"),
    "invitation": _l("Those who look after the space invite people"),
}
ROLES = {"member": _l("Member of the space"), "facilitator": _l("Facilitator")}


def init_app(app):
    app.jinja_env.filters.update(
        confidentiality_label=lambda key: CLASSES[key],
        confidentiality_rule=lambda key: RULES[key],
        space_role_label=lambda key: ROLES[key],
    )
