from datetime import date

import pytest

from cityexchange.core.mail import queue_mail
from cityexchange.digest.models import Digest
from tests.factories import MemberFactory, SpaceFactory


@pytest.fixture
def mail():
    space = SpaceFactory(name="<i>Housing</i>")
    return queue_mail("key", MemberFactory(name="Nour", locale="ar"), "test/reply", record=space, number=1)


def test_a_queued_mail_is_read_without_a_worker(visitor, mail):
    assert "&lt;i&gt;Housing" in visitor.get("/dev/mail").text
    page = visitor.get(f"/dev/mail/{mail.id}").text
    assert "Message-ID: &lt;" in page
    assert "&lt;i&gt;Housing" in page


def test_the_html_part_stands_in_a_sandbox(visitor, mail):
    answer = visitor.get(f"/dev/mail/{mail.id}/html")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert 'lang="ar" dir="rtl"' in answer.text


def test_what_may_not_be_sent_is_not_shown_either(visitor, mail):
    mail.record.confidentiality = "group"
    assert "Housing" not in visitor.get(f"/dev/mail/{mail.id}").text
    assert visitor.get(f"/dev/mail/{mail.id}/html").status_code == 404


def test_in_production_there_is_no_such_page(app, visitor, mail, monkeypatch):
    assert visitor.get("/dev/mail").status_code == 200
    monkeypatch.setitem(app.config, "ENV_NAME", "production")
    for path in ("/dev/mail", f"/dev/mail/{mail.id}", f"/dev/mail/{mail.id}/html"):
        assert visitor.get(path).status_code == 404


def test_a_letter_with_nothing_left_to_tell_says_so_in_a_sentence(visitor):
    mail = queue_mail(
        "key", MemberFactory(), "digest/weekly", record=Digest.begin(MemberFactory(), date(2026, 9, 7))
    )
    for path in ("/dev/mail", f"/dev/mail/{mail.id}"):
        page = visitor.get(path).text
        assert "Nothing of this mail is left to show" in page and "digest/weekly" not in page
