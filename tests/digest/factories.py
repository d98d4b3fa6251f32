"""A community in which something concerns somebody."""

from cityexchange.cities.models import Interest
from cityexchange.core.db import db
from cityexchange.members.models import AskTheme
from cityexchange.themes.models import Theme
from tests.factories import CityFactory, MemberFactory, ThemeFactory
from tests.forums.factories import ForumFactory, start_topic


def theme(key):
    return db.session.scalar(db.select(Theme).filter_by(key=key)) or ThemeFactory(key=key)


def official(offers=(), needs=(), asks=(), reads=("en",), place="Lyon", **values):
    """Whose city shares and needs such themes, who reads such languages and may be asked about others."""
    city = CityFactory(name=place, country=values.pop("country", "FR"))
    member = MemberFactory(city=city, languages_read=list(reads), **values)
    for side, keys in {"offer": offers, "need": needs}.items():
        db.session.add_all(Interest(city=city, theme=theme(key), side=side) for key in keys)
    db.session.add_all(AskTheme(member_id=member.id, theme_id=theme(key).id) for key in asks)
    db.session.flush()
    db.session.expire(member, ["ask_themes"])
    return member


def question(*themes, author=None, language="en", forum=None, **values):
    topic = start_topic(
        forum or ForumFactory(), author, **{"title": "Who has done it?", "language": language} | values
    )
    topic.themes = [theme(key) for key in themes]
    db.session.flush()
    return topic
