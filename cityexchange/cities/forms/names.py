"""What a city is called: a line for each language of the pages, and for each it works in."""

from functools import lru_cache

from flask_babel import gettext as _
from wtforms import StringField
from wtforms.validators import Optional

from cityexchange.cities import register
from cityexchange.cities.finding import anothers_among
from cityexchange.core.fields import Form, Length
from cityexchange.core.i18n import LOCALES, language_name

LONGEST = 120
FIELD = "in_"


class NamesForm(Form):
    """`lines`: [(language, field)]."""

    def __init__(self, city, **kwargs):
        super().__init__(**kwargs)
        self.city = city
        named = [field for field in self if field.name.startswith(FIELD)]
        self.lines = [(field.name.removeprefix(FIELD), field) for field in named]
        for language, field in self.lines:
            field.label.text = language_name(language)

    def validate(self, extra_validators=None):
        """Threat: a city signs every text of its people, and would sign with the name of another one."""
        is_valid = super().validate(extra_validators)
        taken = anothers_among(filter(None, self.names.values()), self.city)
        for field in (field for _language, field in self.lines if field.data in taken and not field.errors):
            field.errors = [_("Another city goes by this name. Write a name of your own city.")]
        return is_valid and not taken

    @property
    def names(self) -> dict[str, str]:
        return {language: field.data for language, field in self.lines}


def names_form(city, **kwargs) -> NamesForm:
    others = [language for language in city.working_languages if language not in LOCALES]
    return _form_of((*LOCALES, *others))(city, **kwargs)


def names_form_of(city) -> NamesForm:
    """What the city has said; where it has said nothing, what the register knows stands there to be saved or not."""
    place = register.place(city.geonameid) if city.geonameid else None
    known = {**(place.by_language if place else {}), **city.names}
    return names_form(city, data={f"{FIELD}{language}": name for language, name in known.items()})


@lru_cache(maxsize=64)
def _form_of(languages):
    fields = {
        f"{FIELD}{language}": StringField(language, [Optional(), Length(max=LONGEST)])
        for language in languages
    }
    return type("NamesForm", (NamesForm,), fields)
