"""What WTForms' own fields and validators say, so that our catalogues hold it: its own lack half of that in Arabic, Russian and Chinese.

A wall reads the library (tests/core/test_library_words.py): what it says in another release has to stand here.
"""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

ONE = (
    _l("This field is required."),
    _l("Field must be equal to %(other_name)s."),
    _l("Field must be between %(min)d and %(max)d characters long."),
    _l("Invalid Choice: could not coerce."),
    _l("Invalid choice(s): one or more data inputs could not be coerced."),
    _l("Invalid URL."),
    _l("Invalid input."),
    _l("Not a valid choice."),
    _l("Not a valid date value."),
    _l("Not a valid datetime value."),
    _l("Not a valid float value."),
    _l("Not a valid integer value."),
    _l("Number must be at least %(min)s."),
    _l("Number must be at most %(max)s."),
    _l("Number must be between %(min)s and %(max)s."),
)
MANY = (
    lazy_ngettext(
        "'%(value)s' is not a valid choice for this field.",
        "'%(value)s' are not valid choices for this field.",
        2,
    ),
    lazy_ngettext(
        "Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.", 2
    ),
    lazy_ngettext(
        "Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long.", 2
    ),
    lazy_ngettext(
        "Field must be exactly %(max)d character long.", "Field must be exactly %(max)d characters long.", 2
    ),
)
