"""A discussion is translated on one page, in one sitting: whatever is filled in is published, the rest waits, and nothing typed is lost."""

import re

import pytest
from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.forums.translating import TOGETHER
from cityexchange.languages.limits import TRANSLATIONS
from cityexchange.languages.models import Translation, translate
from tests.abuse.forms import form_of
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic


@pytest.fixture
def claire():
    return MemberFactory(locale="en", languages_read=["en", "fr"])


@pytest.fixture
def topic():
    topic = start_topic(title="Whose desk?", text="We have one desk.", language="en")
    topic.post(MemberFactory(), "Ours is a small one.", language="en")
    topic.post(MemberFactory(), "Nous en avons deux.", language="fr")
    return topic


def translations():
    found = db.session.scalars(select(Translation).order_by(Translation.id))
    return [(one.record_type, one.field, one.language, one.text) for one in found]


def address(topic, language="fr", number=1):
    return f"/topics/{topic.id}/translations/{language}/{number}"


def send(browser, where, **values):
    typed = form_of(browser.get(where).text, where) | values
    return browser.post(where, data=typed, headers={"Origin": "http://localhost"})


def error_at(page, name):
    found = re.search(rf'id="{name}-error">(.*?)</p>', page, re.DOTALL)
    return found.group(1).split("</svg>")[-1].strip() if found else None


def test_the_topic_leads_there_and_the_language_is_the_readers(sign_in, claire, topic):
    browser = sign_in(claire)
    assert f'href="/topics/{topic.id}/translations"' in browser.get(f"/topics/{topic.id}").text
    assert browser.get(f"/topics/{topic.id}/translations").location == address(topic, "fr")
    assert browser.get(f"/topics/{topic.id}/translations?language=ar").location == address(topic, "ar")


@pytest.mark.parametrize("path", ["xx/1", "fr/0", "fr/2", "fr/99999", "FR/1", "fr/-1", "und/1"])
def test_there_is_no_page_for_what_is_no_language_or_beyond_the_end(sign_in, claire, topic, path):
    assert sign_in(claire).get(f"/topics/{topic.id}/translations/{path}").status_code == 404


def test_nothing_else_than_a_language_can_be_asked_for(sign_in, claire, topic):
    for asked in ("xx", "//evil.example", ""):
        answer = sign_in(claire).get(f"/topics/{topic.id}/translations?language={asked}")
        assert answer.status_code == 404 or answer.location == address(topic, "fr")


def test_a_whole_thread_in_one_sitting(sign_in, claire, topic):
    answer = send(
        sign_in(claire),
        address(topic),
        **{"title": "À qui le bureau ?", "text-1": "Un **seul** bureau.", "text-2": "Le nôtre est petit."},
    )
    assert (answer.status_code, answer.location) == (303, f"/topics/{topic.id}")
    assert translations() == [
        ("Topic", "title", "fr", "À qui le bureau ?"),
        ("Post", "text", "fr", "Un **seul** bureau."),
        ("Post", "text", "fr", "Le nôtre est petit."),
    ]
    page = sign_in(MemberFactory(locale="fr", languages_read=["fr"])).get(f"/topics/{topic.id}").text
    assert "<strong>seul</strong>" in page and "À qui le bureau" in page


def test_any_field_may_wait(sign_in, claire, topic):
    browser, where = sign_in(claire), address(topic)
    answer = send(browser, where, **{"text-2": "Le nôtre est petit."})
    assert (answer.status_code, answer.location) == (303, where)
    assert [one[3] for one in translations()] == ["Le nôtre est petit."]
    page = browser.get(where).text
    assert "2 texts on this page" in page
    assert send(browser, where, title="À qui ?").location == where
    assert len(translations()) == 2, "what stands already is not published again"


def test_nothing_filled_in_is_told(sign_in, claire, topic):
    answer = send(sign_in(claire), address(topic), **{"title": " ", "text-1": ""})
    assert answer.status_code == 422 and "Write at least one translation" in answer.text


def test_what_is_in_that_language_has_no_field_and_what_is_translated_is_folded_away(sign_in, claire, topic):
    translate(opening(topic), "text", "fr", "Un bureau.", author=claire)
    page = sign_in(claire).get(address(topic)).text
    assert 'name="text-3"' not in page and 'name="text-2"' in page
    folded = page.split('aria-labelledby="text-1-title"')[1].split("</section>")[0]
    assert "<details>" in folded and ">Un bureau.</textarea>" in folded.replace("\n", "").replace("\r", "")
    assert "<details>" not in page.split('aria-labelledby="text-2-title"')[1].split("</section>")[0]


def test_one_may_mend_ones_own_and_a_machines(sign_in, claire, topic):
    translate(opening(topic), "text", "fr", "Un bureu.", author=claire)
    translate(topic, "title", "fr", "De qui bureau ?", "machine")
    send(sign_in(claire), address(topic), **{"title": "À qui le bureau ?", "text-1": "Un bureau."})
    found = db.session.scalars(select(Translation).order_by(Translation.id))
    assert [(one.text, one.origin) for one in found] == [
        ("Un bureau.", "human"),
        ("À qui le bureau ?", "reviewed"),
    ]


def test_a_colleagues_words_are_theirs(sign_in, claire, topic):
    translate(opening(topic), "text", "fr", "Le leur.", author=MemberFactory())
    browser, where = sign_in(claire), address(topic)
    assert 'name="text-1"' not in browser.get(where).text and "Le leur." in browser.get(where).text
    answer = send(browser, where, **{"text-1": "Le mien.", "text-2": "Petit."})
    assert answer.status_code == 409
    assert "A colleague has translated this meanwhile" in error_at(answer.text, "text-1")
    assert "Le mien." in answer.text and "Petit." in answer.text and "Le leur." in answer.text
    assert [one[3] for one in translations()] == ["Le leur."]


def test_an_original_that_changed_meanwhile_is_told_and_nothing_is_lost(sign_in, claire, topic):
    browser, where = sign_in(claire), address(topic)
    typed = form_of(browser.get(where).text, where) | {"text-1": "Un bureau.", "text-2": "Petit."}
    opening(topic).write("We have three desks.")
    db.session.flush()

    answer = browser.post(where, data=typed)
    assert answer.status_code == 409 and translations() == []
    assert "The original has changed" in error_at(answer.text, "text-1")
    assert error_at(answer.text, "text-2") is None
    assert all(words in answer.text for words in ("three desks", "Un bureau.", "Petit."))

    again = form_of(answer.text, where)
    assert (again["text-1"], again["text-2"]) == ("Un bureau.", "Petit.")
    assert browser.post(where, data=again | {"text-1": "Trois bureaux."}).status_code == 303
    assert [one[3] for one in translations()] == ["Trois bureaux.", "Petit."]


def test_an_outdated_translation_is_open_again_to_anybody(sign_in, claire, topic):
    translate(opening(topic), "text", "fr", "Un bureau.", author=MemberFactory())
    opening(topic).write("We have three desks.")
    db.session.flush()
    browser, where = sign_in(claire), address(topic)
    assert "The original has changed since" in browser.get(where).text
    assert send(browser, where, **{"text-1": "Trois bureaux."}).status_code == 303
    assert [one[3] for one in translations()] == ["Trois bureaux."]


def test_a_draft_knows_which_original_it_was_made_of(sign_in, claire, topic):
    browser, where = sign_in(claire), address(topic)
    typed = form_of(browser.get(where).text, where) | {"text-1": "Un bureau."}
    assert browser.post(f"/drafts?place={where}", data=typed).status_code == 303
    assert "Un bureau." in browser.get(where).text
    opening(topic).write("We have three desks.")
    db.session.flush()
    page = browser.get(where).text
    assert "The original has changed" in error_at(page, "text-1") and "Un bureau." in page
    assert address(topic) in browser.get("/drafts").text


def test_a_text_can_be_looked_at_first(sign_in, claire, topic):
    answer = send(sign_in(claire), address(topic), **{"text-1": "Un **seul**.", "preview": "text-1"})
    assert answer.status_code == 200 and "<strong>seul</strong>" in answer.text
    assert "Un **seul**." in answer.text and translations() == []


@pytest.mark.parametrize("words", ["x" * 50_001, "> [](https://keep.example)"])
def test_what_cannot_be_taken_is_given_back_with_the_others(sign_in, claire, topic, words):
    answer = send(sign_in(claire), address(topic), **{"text-1": words, "text-2": "Petit."})
    assert answer.status_code == 422 and error_at(answer.text, "text-1") and "Petit." in answer.text
    assert translations() == []


def test_a_long_thread_is_paged_and_one_goes_on_to_the_next_page(sign_in, claire):
    topic = start_topic(language="fr", title="Long", text="Un.")
    for number in range(TOGETHER):
        topic.post(MemberFactory(), f"Post {number}.", language="en" if number else "fr")
    browser = sign_in(claire)
    first = browser.get(address(topic)).text
    assert 'name="text-3"' in first and f'name="text-{TOGETHER + 1}"' not in first
    assert f'href="{address(topic, number=2)}"' in first
    filled = {f"text-{number}": f"Message {number}." for number in range(3, TOGETHER + 1)}
    assert send(browser, address(topic), **filled).location == address(topic, number=2)
    last = browser.get(address(topic, number=2)).text
    assert f'name="text-{TOGETHER + 1}"' in last and 'name="title"' not in last


def test_a_removed_post_has_no_words_here(sign_in, claire, topic):
    post = topic.post(MemberFactory(), "Words of shame.", language="en")
    post.remove(MemberFactory())
    page = sign_in(claire).get(address(topic)).text
    assert "Words of shame." not in page and f'name="text-{post.position}"' not in page


def test_who_does_not_see_the_topic_neither_reads_nor_writes(sign_in, claire, visitor):
    hidden = start_topic(ForumFactory(space=SpaceFactory(confidentiality="group")), text="Hidden words.")
    browser = sign_in(claire)
    for where in (address(hidden), f"/topics/{hidden.id}/translations"):
        assert browser.get(where).status_code == 404
    assert browser.post(address(hidden), data={"text-1": "x"}).status_code == 404
    public = start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")))
    db.session.commit()
    assert visitor.get(address(public)).status_code == 302
    assert visitor.post(address(public), data={"text-1": "x"}).status_code == 401
    assert translations() == []


def test_a_sitting_counts_as_well_and_nothing_typed_is_lost(sign_in, claire, topic):
    for _time in range(TRANSLATIONS.most):
        TRANSLATIONS.spend(claire.id)
    db.session.commit()
    answer = send(sign_in(claire), address(topic), **{"text-1": "Un bureau.", "text-2": "Petit."})
    assert answer.status_code == 429 and "Petit." in answer.text
    assert translations() == []


def test_what_is_written_from_right_to_left_stands_so_beside_what_is_not(sign_in, claire, topic):
    page = sign_in(claire).get(address(topic, "ar")).text
    field = re.search(r'<textarea[^>]* name="text-1"[^>]*>', page).group(0)
    assert 'dir="rtl"' in field and 'lang="ar"' in field
    beside = page.split('aria-labelledby="text-1-title"')[1]
    assert re.search(r'<div class="written" lang="en" dir="auto">', beside)


def test_enter_publishes_and_looks_at_nothing(sign_in, claire, topic):
    form = sign_in(claire).get(address(topic)).text.split(f'action="{address(topic)}"')[1]
    assert "name=" not in re.search(r'<button[^>]*type="submit"[^>]*>', form).group(0)


def test_under_the_chatham_house_rule_nobody_is_named_there(sign_in, claire):
    space = SpaceFactory(confidentiality="chatham")
    space.admit(claire)
    author = MemberFactory(name="Zoé Marchand")
    space.admit(author)
    topic = start_topic(ForumFactory(space=space), author, language="en")
    assert "Marchand" not in sign_in(claire).get(address(topic)).text


def test_the_page_costs_the_same_however_many_texts_there_are(sign_in, claire, topic, count_queries):
    browser, numbers = sign_in(claire), []
    for _round in range(2):
        browser.get(address(topic))
        with count_queries() as statements:
            browser.get(address(topic))
        numbers.append(len(statements))
        for number in range(4):
            topic.post(MemberFactory(), f"Another one, number {number}.", language="en")
        db.session.commit()
    assert numbers[0] == numbers[1]
