import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import MailKind, OutgoingMail, deliver, mail_kinds
from tests.mail import templates
from tests.mail.sink import Sink


@pytest.fixture(autouse=True)
def invented_templates(app):
    kept = app.jinja_env.loader
    templates.add_to(app)
    mail_kinds.add("test_replies", MailKind("Replies", ("test/reply",)))
    yield
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
