import pytest

from cityexchange.core.db import db
from cityexchange.notifications.mails import mail_conversations, mail_days
from tests.factories import MemberFactory
from tests.forums.factories import start_topic
from tests.mail.conftest import deliver_to, sink  # noqa: F401  # fixtures


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", handle="ana-ruiz", locale="en")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", handle="ben-okoro", locale="en")


@pytest.fixture
def topic(ana):
    return start_topic(author=ana, title="How to begin?")


@pytest.fixture
def sweep(sink, deliver_to):  # noqa: F811
    """What has arrived at the mail server once the worker has looked for what is due."""

    def mail_now():
        db.session.commit()
        mail_conversations()
        mail_days()
        deliver_to(sink.url)
        return sink.mails

    return mail_now
