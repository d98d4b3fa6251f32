"""One press signs in as one of six members: for looking around, in development only."""

from flask_babel import lazy_gettext as _l

from cityexchange.core.db import at_most, db
from cityexchange.members.models import Member

SIX = (
    ("claire@lyon.example", _l("Official of Lyon, a city of traditional immigration; pages in French")),
    ("nour@sfax.example", _l("Official of Sfax, a city of recent immigration; pages in Arabic")),
    ("organiser@cityexchange.example", _l("Organises workshops; pages in English")),
    ("facilitator@cityexchange.example", _l("Facilitates forums and rooms; pages in Spanish")),
    ("coordinator@cityexchange.example", _l("Coordinates the community; pages in English")),
    ("admin@cityexchange.example", _l("Looks after the system; pages in English")),
)


def find_demo_member(email):
    """The illustrative member with this address, if it is one of the six."""
    if email not in dict(SIX):
        return None
    return db.session.scalar(db.select(Member).filter_by(email=email, is_illustrative=True, state="active"))


def six_members():
    """Address, name and a word about each, for those of the six that were loaded."""
    names = dict(
        db.session.execute(
            db.select(Member.email, Member.name).where(Member.email.in_(dict(SIX)), Member.is_illustrative)
        ).all()
    )
    return [{"email": email, "name": names[email], "words": words} for email, words in SIX if email in names]


def init_app(app):
    app.extensions["demo_sign_in"] = find_demo_member
    app.jinja_env.globals["demo_members"] = six_members
    app.context_processor(lambda: {"demo_notice": is_demo(app)})


def is_demo(app):
    """Whether invented people live here. Asked of the database until they do, then remembered."""
    if not app.extensions.get("is_demo"):
        found = db.session.scalar(db.select(Member.id).where(Member.is_illustrative).limit(at_most(1)))
        if app.testing:
            return bool(found)
        app.extensions["is_demo"] = bool(found)
    return app.extensions["is_demo"]
