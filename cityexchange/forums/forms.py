"""What people fill in. Each form carries a nonce, so that a second press makes no second post."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import (
    BooleanField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, ValidationError

from cityexchange.core.db import at_most, db
from cityexchange.core.fields import (
    DataRequired,
    Length,
    Shown,
    TickList,
    nonce_field,
    offered,
    row_number,
)
from cityexchange.core.files.linking import WithFile
from cityexchange.core.once import press_key
from cityexchange.core.policy import visible_to
from cityexchange.core.web import can_current, me
from cityexchange.drafts.forms import Drafted
from cityexchange.forums.labels import KIND_HELP
from cityexchange.languages.forms import written_in_field
from cityexchange.members.policy import speaks_officially
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import looked_after_by
from cityexchange.themes.labels import theme_label
from cityexchange.themes.models import Theme

LONGEST = 20_000
"""Characters in a post."""
MOST_THEMES = 5
TITLE = _l("Title")


def tidy(text):
    """Nobody means the space around a text."""
    return text.strip() if text else text


def text_field(label):
    empty = _l("Please write something first.")
    rules = [DataRequired(empty), Length(max=LONGEST), Shown()]
    return TextAreaField(label, rules, filters=[tidy])


def official_field():
    """There for those alone who may (`speak_officially`)."""
    words = _l("Without this tick it is your professional view, not the position of your city.")
    return BooleanField(_l("I write this on behalf of my city"), description=words)


def title_field(label=TITLE):
    rules = [
        DataRequired(_l("Please give it a title.")),
        Length(min=4, max=200, message=_l("Please use between 4 and 200 characters.")),
    ]
    return StringField(label, rules, filters=[tidy])


class TopicForm(Drafted, WithFile):
    """One form from everywhere. `forums`: where the member may start something; `slug`: of the one in the address, if one is."""

    title = title_field(_l("What do you ask, or tell?"))
    text = text_field(_l("In your own words"))
    kind = RadioField(_l("What is it?"), [InputRequired()], default="question")
    forum = RadioField(_l("Where does it belong?"), validate_choice=False)
    themes = TickList(_l("Themes"))
    language = written_in_field()
    is_official = official_field()
    nonce = nonce_field()

    def __init__(self, forums, slug=None, **kwargs):
        super().__init__(**kwargs)
        self.places = {forum.slug: forum for forum in forums}
        self.forum.choices = offered((key, forum.name) for key, forum in self.places.items())
        self.forum.data = self.forum.data or slug
        if not self.is_submitted() and self.chosen is None:
            self.forum.data = None
        announces = self._offers_announcement()
        self.kind.choices = offered(
            (key, words) for key, words in KIND_HELP.items() if key != "announcement" or announces
        )
        if not self._offers_official():
            del self.is_official
        self.known = {theme.key: theme for theme in db.session.scalars(themes_in_order())}
        self.themes.choices = offered((key, theme_label(key)) for key in self.known)

    @property
    def chosen(self):
        """The forum, None until one is."""
        return self.places.get(self.forum.data)

    def _can(self, verb):
        return self.chosen is not None and can_current(verb, self.chosen)

    def _offers_official(self):
        """Before a forum is chosen, and where the tick has to be taken away again, to all who may at all."""
        is_open = self.chosen is None or (self.is_submitted() and self.is_official.data)
        return speaks_officially(me()) if is_open else self._can("speak_officially")

    def _offers_announcement(self):
        """As the tick above: before a forum is chosen, and where another kind has to be, to all who may somewhere."""
        is_open = self.chosen is None or (self.is_submitted() and self.kind.data == "announcement")
        return leads_any(me(), self.places.values()) if is_open else self._can("announce")

    def validate_kind(self, field):
        if field.data == "announcement" and self.chosen and not (field.errors or self._can("announce")):
            words = _(
                "Only those who look after this forum can announce something in it. "
                "Please choose another kind, or another forum."
            )
            raise ValidationError(words)

    def validate_forum(self, field):
        if not field.data:
            raise ValidationError(_("Please choose where it belongs: that decides who can read it."))
        if self.chosen is None:
            raise ValidationError(_("You cannot write in this forum. Please choose another one."))

    def validate_is_official(self, field):
        if field.data and self.chosen and not self._can("speak_officially"):
            raise ValidationError(
                _("In this forum everybody writes for themselves. Take this tick away, please.")
            )

    def validate_themes(self, field):
        if len(field.data or ()) > MOST_THEMES:
            raise ValidationError(_("Please choose at most %(count)s themes.", count=MOST_THEMES))

    @property
    def values(self):
        """What Forum.start_topic takes."""
        themes = tuple(self.known[key] for key in self.themes.data or ())
        plain = {name: self[name].data for name in ("kind", "title", "text")}
        more = {"language": self.language.data or None, "is_official": ticked(self), "nonce": press_key()}
        return plain | {"themes": themes} | more


def leads_any(member, forums):
    """Whether the member may announce in one of these, where they may start something: asked once, not of each."""
    spaces = Space.id.in_({forum.space_id for forum in forums}), Space.id.in_(looked_after_by(member))
    return db.session.scalar(select(Space.id).where(*spaces).limit(at_most(1))) is not None


def themes_in_order():
    return visible_to(me(), Theme).order_by(Theme.position, Theme.id)


def ticked(form):
    """Whether it is said on behalf of the city."""
    return "is_official" in form and form.is_official.data


class ReplyForm(Drafted, WithFile):
    text = text_field(_l("Your reply"))
    is_official = official_field()
    nonce = nonce_field()


class PostForm(Drafted, WithFile):
    """Editing. `title` is there for the opening post only; `version` is the one the writer started from."""

    title = title_field()
    text = text_field(_l("Text"))
    language = written_in_field()
    is_official = official_field()
    reason = StringField(_l("What did you change, and why?"), [Length(max=200)], filters=[tidy])
    version = row_number(InputRequired())

    def __init__(self, post, **kwargs):
        super().__init__(obj=post, title=post.topic.title, **kwargs)
        if not can_current("speak_officially", post):
            del self.is_official
        if not post.is_opening:
            del self.title

    @property
    def values(self):
        """What Post.edit takes."""
        title = self.title.data if "title" in self else None
        plain = {name: self[name].data for name in ("text", "version")}
        return plain | {
            "title": title,
            "language": self.language.data or None,
            "reason": self.reason.data or "",
            "is_official": ticked(self),
        }
