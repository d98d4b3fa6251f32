"""What a city says of itself in words: its languages, its kind, what it needs and offers."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, TextAreaField, URLField
from wtforms.validators import InputRequired, Optional, Regexp

from cityexchange.cities.labels import BASES, KINDS, MEANINGS
from cityexchange.core.fields import DataRequired, Form, Length, TickList, nonce_field, offered
from cityexchange.languages.choices import language_choices
from cityexchange.languages.detection import detect
from cityexchange.languages.forms import written_in_field
from cityexchange.languages.reading import reader_languages

LONGEST = 2_000


class ProfileForm(Form):
    working_languages = TickList(_l("Working languages"), [DataRequired()])
    about = TextAreaField(_l("About the city"), [Optional(), Length(max=LONGEST)])
    language = written_in_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.working_languages.choices = offered(language_choices(get_locale()))

    @classmethod
    def of(cls, city):
        return cls(data={"working_languages": city.working_languages, "about": city.about})

    @property
    def values(self):
        """What City.describe takes."""
        about, language = (self.about.data or "").strip(), self.language.data or None
        languages = self.working_languages.data
        return {
            "about": about,
            "language": language,
            "languages": reader_languages(),
            "working_languages": languages,
        }


class DeclarationForm(Form):
    nonce = nonce_field()
    primary = RadioField(_l("What describes your city best?"), [InputRequired()])
    others = TickList(_l("What also describes it?"))
    why = TextAreaField(_l("Why?"), [DataRequired(), Length(max=300)])
    basis = RadioField(
        _l("What does this rest on?"), [InputRequired()], choices=offered(BASES.items()), default="judgement"
    )
    evidence = TextAreaField(_l("Evidence, in a few words"), [Optional(), Length(max=500)])
    evidence_url = URLField(
        _l("Link to the evidence"),
        [Optional(), Length(max=500), Regexp(r"https?://\S+\Z", message=_l("A link begins with https://."))],
    )
    language = written_in_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.primary.choices = offered((key, with_meaning(key)) for key in KINDS)
        self.others.choices = offered(KINDS.items())

    @classmethod
    def of(cls, city):
        """Begins with what the city said last."""
        last = city.declaration
        names = ("primary", "others", "why", "basis", "evidence", "evidence_url")
        return cls(data={name: getattr(last, name) for name in names} if last else {})

    @property
    def values(self):
        """What City.declare_kind takes."""
        words = {name: (self[name].data or "").strip() for name in ("why", "evidence", "evidence_url")}
        language = self.language.data or detect(f"{words['why']}\n{words['evidence']}", reader_languages())
        kinds = {"primary": self.primary.data, "others": self.others.data, "basis": self.basis.data}
        return {**kinds, **words, "language": language}


def with_meaning(key):
    return _("%(kind)s. %(meaning)s", kind=KINDS[key], meaning=MEANINGS[key])


class InterestsForm(Form):
    """Keys of themes, ticked on either side."""

    offer = SelectMultipleField(_l("We can share experience"), validate_choice=False)
    need = SelectMultipleField(_l("We look for help"), validate_choice=False)

    @classmethod
    def of(cls, city):
        named = [one for one in city.interests if one.is_by_hand]
        return cls(
            data={side: [one.theme.key for one in named if one.side == side] for side in ("offer", "need")}
        )

    @property
    def values(self):
        return {"offer": self.offer.data or [], "need": self.need.data or []}

    def validate_among(self, themes):
        return self.validate() and {*self.values["offer"], *self.values["need"]} <= set(themes)
