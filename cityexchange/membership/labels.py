"""The words for what a city still lacks, and for what becomes of the lines of a table, in the reader's language."""

from datetime import date

from flask_babel import lazy_gettext as _l

MISSING = {
    "focal_point": _l("A focal point who has confirmed their address"),
    "deputy": _l("A deputy focal point who has confirmed their address"),
    "verification": _l("A verified e-mail domain, or a decision of the coordination team"),
    "charter": _l("The accepted charter"),
}

FATES = {
    "new": _l("Will be invited"),
    "again": _l("Will be invited again: the earlier invitation ends"),
    "no_name": _l("The name or the function is missing"),
    "odd_name": _l(
        "The name mixes alphabets, has signs that cannot be seen, or no letters, or is that of an office"
    ),
    "odd_function": _l("The function has signs that cannot be seen, or goes over several lines"),
    "too_long": _l("One of the texts is too long"),
    "no_address": _l("This is no e-mail address"),
    "no_city": _l("No city of this name takes part or applies"),
    "no_role": _l("The role is none of: member, elected_member, city_focal_point, city_deputy"),
    "no_language": _l("The language is none of: ar, en, es, fr, ru, zh"),
    "cannot_come": _l("This person has an account that was closed or suspended"),
    "there": _l("Has a place in this city already"),
    "elsewhere": _l("Has a place elsewhere, which would have to end first"),
    "other_domain": _l("The address belongs to another city"),
    "twice": _l("The address stands further up in the table"),
}
NO_TABLE = {
    "empty": _l("There is no line with a person in it."),
    "too_long": _l("The table has more than 1,000 lines, or 500,000 characters. Send it in parts."),
    "other_encoding": _l(
        "The file is not in the encoding that you chose. Choose it once more, with another one."
    ),
    "unreadable": _l("This file is no table. In a spreadsheet, save it as “CSV UTF-8”."),
}


def init_app(app):
    app.jinja_env.filters.update(
        missing_label=lambda key: MISSING[key],
        fate_label=lambda key: FATES[key],
        day_of=date.fromisoformat,
    )
