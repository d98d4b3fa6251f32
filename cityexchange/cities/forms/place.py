"""Which place on earth a city is: found in the register, or described by hand. For forms that ask for one; drawn by
`place_field` of templates/cities/_place_field.html.

    class ApplicationForm(HasPlace): ...
    form.validate()     False, without an error, where somebody only pressed "Find"
    form.place_values    what City(**values) takes

A PlaceSearch only finds and chooses.
"""

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import FloatField, IntegerField, RadioField, SearchField, SelectField, StringField, SubmitField
from wtforms.validators import NumberRange, Optional

from cityexchange.cities.labels import country_choices
from cityexchange.cities.register import Place, place, regions, search
from cityexchange.core.fields import Form, Length, offered
from cityexchange.core.zones import zone_choices

MOST_PEOPLE = 50_000_000


class PlaceSearch(Form):
    place_text = SearchField(_l("City"), [Length(max=100)])
    find_place = SubmitField(_l("Find"))
    geonameid = RadioField(_l("Which one is it?"), [Optional()], validate_choice=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.found_places = search(self.place_text.data or "")
        if (chosen := self.chosen_place) and chosen not in self.found_places:
            self.found_places.insert(0, chosen)
        locale = str(get_locale())
        self.geonameid.choices = offered(
            (str(one.geonameid), one.name_in(locale)) for one in self.found_places
        )

    @property
    def chosen_place(self) -> Place | None:
        number = self.geonameid.data or ""
        return place(int(number)) if number.isdecimal() and len(number) < 10 else None


class HasPlace(PlaceSearch):
    own_name = StringField(_l("Name of the city"), [Length(max=120)])
    own_country = SelectField(_l("Country"), [Optional()], default="")
    own_timezone = SelectField(_l("Time zone"), [Optional()], default="UTC")
    own_population = IntegerField(_l("Inhabitants"), [Optional(), NumberRange(1, MOST_PEOPLE)])
    own_latitude = FloatField(_l("Latitude"), [Optional(), NumberRange(-90, 90)])
    own_longitude = FloatField(_l("Longitude"), [Optional(), NumberRange(-180, 180)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_country.choices = offered(("", "–"), country_choices(str(get_locale())))
        self.own_timezone.choices = zone_choices()

    def validate(self, extra_validators=None):
        is_valid = super().validate(extra_validators)
        if self.find_place.data:
            for field in self:
                field.errors = []
            return False
        return self._validate_place() and is_valid

    def _validate_place(self):
        if self.chosen_place:
            return True
        if not (self.own_name.data or "").strip():
            self.place_text.errors = [_l("Choose your city from the list, or describe it below.")]
        elif not self.own_country.data:
            self.own_country.errors = [_l("Say which country the city is in.")]
        elif (self.own_latitude.data is None) != (self.own_longitude.data is None):
            self.own_longitude.errors = [_l("Give both latitude and longitude, or neither.")]
        else:
            return True
        return False

    @property
    def place_values(self):
        """name, country, region, latitude, longitude, population, timezone, geonameid and, of the register, names: of a City."""
        if chosen := self.chosen_place:
            names = [
                "name",
                "country",
                "region",
                "latitude",
                "longitude",
                "population",
                "timezone",
                "geonameid",
            ]
            return {name: getattr(chosen, name) for name in names} | {"names": chosen.by_language}
        country = self.own_country.data
        return {
            "name": self.own_name.data.strip(),
            "country": country,
            "region": regions()[country],
            "latitude": self.own_latitude.data,
            "longitude": self.own_longitude.data,
            "population": self.own_population.data,
            "timezone": self.own_timezone.data,
            "geonameid": None,
        }
