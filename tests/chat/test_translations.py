"""A message in a language one does not read is read in translation, as a post is: marked, with the original one press away."""

import pytest

from cityexchange.core.db import db
from cityexchange.languages.models import translate
from cityexchange.notifications.models import Notification
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory

TURKISH = "Günaydın, biz de katılmak isteriz."
FRENCH = "Bonjour, nous voudrions participer aussi."


@pytest.fixture
def message(room):
    said = room.post(MemberFactory(locale="en", languages_read=["tr"]), TURKISH)
    said.correct_language("tr")
    return said


@pytest.fixture
def claire(sign_in):
    return sign_in(MemberFactory(locale="fr", languages_read=["fr"]))


def shown(browser, room):
    return browser.get(f"/chat/rooms/{room.id}").text.split('<template data-template="message"')[0]


def test_who_does_not_read_it_finds_the_translation_first_and_the_original_behind_it(room, message, claire):
    assert FRENCH not in shown(claire, room)
    translate(message, "text", "fr", FRENCH, author=MemberFactory())

    page = shown(claire, room)

    assert 'data-part="translation" lang="fr"' in page and "Traduit par une personne." in page
    translation, original = page.split('<details class="original"')
    assert FRENCH in translation and TURKISH not in translation
    assert TURKISH in original and 'lang="tr"' in original


def test_who_reads_the_original_better_than_the_translation_is_shown_that_alone(room, message, sign_in):
    translate(message, "text", "fr", FRENCH)
    page = shown(sign_in(MemberFactory(locale="en", languages_read=["tr", "fr"])), room)
    assert TURKISH in page and FRENCH not in page


def test_a_translation_of_earlier_words_says_so_and_goes_with_the_words(room, message, claire):
    translate(message, "text", "fr", FRENCH)
    message.edit("Günaydın, yarın geliyoruz.")
    assert "L'original a changé depuis." in shown(claire, room).replace("&#39;", "'")
    message.remove()
    assert FRENCH not in shown(claire, room)


def test_a_message_leads_to_its_translation_page_and_that_back_to_its_place(room, message, claire):
    address = (
        f"/translations/Message/{message.id}?next=/chat/rooms/{room.id}?before%3D26%23message-{message.id}"
    )
    assert address in shown(claire, room)
    form = {"language": "fr", "text": FRENCH}
    answer = claire.post(address.replace("?next", "?language=fr&next"), data=form)
    assert answer.location == f"/chat/rooms/{room.id}?before=26#message-{message.id}"
    assert FRENCH in claire.get(answer.location).text


def test_fifty_translations_cost_no_more_queries_than_one(room, message, claire, count_queries):
    counts, address, author = [], f"/chat/rooms/{room.id}", message.author
    translate(message, "text", "fr", FRENCH)
    for more in (0, 49):
        for _ in range(more):
            translate(room.post(author, TURKISH), "text", "fr", FRENCH)
        claire.get(address)
        with count_queries() as statements:
            assert claire.get(address).text.count('data-part="translation"') == more + 1
        counts.append(len([one for one in statements if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 8


# ---- asking a colleague ----


def asks(message):
    return f'formaction="/translations/Message/{message.id}/ask'


def test_what_one_cannot_read_is_asked_for_from_its_menu_and_the_asker_hears_of_it(
    room, message, claire, sign_in
):
    deniz = MemberFactory(locale="fr", languages_read=["tr"])
    assert asks(message) in shown(claire, room)
    answer = claire.post(f"/translations/Message/{message.id}/ask?next=/chat/messages/{message.id}")
    assert answer.location == f"/chat/messages/{message.id}"
    assert "A colleague waits" in sign_in(deniz).get("/notifications?lang=en").text

    translate(message, "text", "fr", FRENCH, author=deniz)
    assert f'href="/chat/messages/{message.id}"' in claire.get("/notifications").text
    assert asks(message) not in shown(claire, room)


def test_what_one_reads_or_nobody_can_tell_is_not_asked_for(room, message, claire, sign_in):
    short = room.post(MemberFactory(locale="tr", languages_read=["tr"]), "ok")
    short.language = "und"
    db.session.flush()
    assert asks(message) in shown(claire, room) and asks(short) not in shown(claire, room)
    assert asks(message) not in shown(sign_in(MemberFactory(locale="en", languages_read=["tr"])), room)


def test_in_a_closed_room_only_who_reads_it_is_asked(sign_in):
    room, claire = (
        RoomFactory(space__confidentiality="group"),
        MemberFactory(locale="fr", languages_read=["fr"]),
    )
    outside, inside = (MemberFactory(locale="fr", languages_read=["tr"]) for _ in range(2))
    for member in (claire, inside):
        room.space.admit(member)
    message = room.post(inside, TURKISH)
    message.correct_language("tr")
    assert sign_in(claire).post(f"/translations/Message/{message.id}/ask").status_code == 303
    waits = [TURKISH in sign_in(one).get("/translations").text for one in (inside, outside)]
    told = [one for (one,) in db.session.execute(db.select(Notification.member_id))]
    assert waits == [True, False] and told == [inside.id]
    assert sign_in(outside).post(f"/translations/Message/{message.id}/ask").status_code == 404
