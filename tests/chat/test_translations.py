"""A message in a language one does not read is read in translation, as a post is: marked, with the original one press away."""

import pytest

from cityexchange.languages.models import translate
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
