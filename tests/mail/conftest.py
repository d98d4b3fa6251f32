import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import MailKind, OutgoingMail, deliver, mail_kinds
from tests.mail import templates
from tests.mail.sink import Sink

unwanted = set()
"""Ids of those who want no mails of the invented kind: what a feature would keep in a table of its own."""


def choose(member_id, is_on):
    unwanted.discard(member_id) if is_on else unwanted.add(member_id)


def why_not(mail):
    return "switched_off" if mail.member_id in unwanted else None


@pytest.fixture(autouse=True)
def invented_templates(app):
    kept = app.jinja_env.loader
    templates.add_to(app)
    mail_kinds.add("test_replies", MailKind("Replies", choose, why_not, templates=("test/reply",)))
    yield
    unwanted.clear()
    app.jinja_env.loader = kept
    mail_kinds.remove("test_replies")


@pytest.fixture
def sink():
    with Sink() as sink:
        yield sink


@pytest.fixture
def deliver_to(app):
    """Delivers what is due to a mail server, as the worker's sweep does."""
    kept = app.config["MAIL_URL"]

    def deliver_now(url):
        app.config["MAIL_URL"] = url
        db.session.commit()
        deliver()
        db.session.expire_all()

    yield deliver_now
    app.config["MAIL_URL"] = kept


@pytest.fixture
def states():
    return lambda: [
        (mail.state, mail.reason)
        for mail in db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id))
    ]
