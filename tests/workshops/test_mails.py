"""Every mail of a workshop, in the reader's language, with both times and nothing that a closed space would hide."""

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.core.policy import is_visible
from cityexchange.languages.models import translate
from tests.factories import MemberFactory, SpaceFactory
from tests.workshops.factories import WorkshopFactory, organiser, slot

KINDS = {"place", "waiting", "promoted", "withdrawn", "postponed", "changed", "cancelled"}


def whole_story(**values):
    """One workshop that causes every kind of mail; the letters by kind."""
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1, zone="America/Bogota", **values)
    people = MemberFactory.create_batch(2, locale="fr", languages_read=["fr"], timezone="Asia/Tokyo")
    if workshop.space:
        for member in people:
            workshop.space.admit(member)
    first, second = (workshop.register(member, "in_person", "en") for member in people)
    first.withdraw()
    workshop.postpone(None, "Elections in the host city")
    workshop.meet("America/Bogota", [slot(days=60)])
    workshop.announce(None)
    workshop.cancel(None, "The hall was flooded")
    translate(workshop, "title", "fr", "Compter l'essentiel")
    mails = db.session.scalars(db.select(OutgoingMail)).all()
    assert all(is_visible(mail.member, mail.record) for mail in mails)
    return {mail.template.removeprefix("workshops/"): compose(mail) for mail in mails}


def test_each_kind_of_mail_says_what_happened_in_words_and_markup():
    letters = whole_story(title="Counting what matters")

    assert set(letters) == KINDS
    for letter in letters.values():
        assert "Compter l'essentiel" in letter.subject
        for part in (letter.text, letter.html):
            assert "/workshops/" in part
            assert "None" not in part
            assert "{{" not in part


def test_mails_with_times_name_both_zones():
    letters = whole_story()

    for kind in ("place", "promoted", "changed"):
        for part in (letters[kind].text, letters[kind].html):
            assert "Bogota" in part
            assert "Tokyo" in part
    assert "Tokyo" not in letters["cancelled"].text


def test_reasons_are_told():
    letters = whole_story()

    assert "Elections in the host city" in letters["postponed"].text
    assert "The hall was flooded" in letters["cancelled"].html


@pytest.mark.parametrize("reason", ["<script>alert(1)</script>"])
def test_what_an_organiser_types_is_no_markup(reason):
    workshop = WorkshopFactory(is_open=True, title="<b>Bold</b>")
    workshop.register(MemberFactory(), "online", "en")
    workshop.cancel(organiser(), reason)

    letters = [compose(mail) for mail in db.session.scalars(db.select(OutgoingMail))]

    assert all("<script>" not in letter.html and "<b>Bold" not in letter.html for letter in letters)
    assert "<b>Bold</b>" in letters[0].subject


def test_a_closed_space_lets_no_mail_say_what_or_why():
    letters = whole_story(title="Behind doors", space_id=SpaceFactory(confidentiality="group").id)

    assert set(letters) == KINDS
    for letter in letters.values():
        for part in (letter.subject, letter.text, letter.html):
            for hidden in ("Behind doors", "Compter", "Elections", "flooded", "Bogota"):
                assert hidden not in part
