"""A translated title says whether the rest of its page is read too: the same on every list, in a letter and on the page itself."""

import pytest

from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import db
from cityexchange.languages.models import translate
from cityexchange.languages.originals import filled_fields, parts_of
from cityexchange.languages.reading import best_readings
from cityexchange.notifications.models import Notification
from cityexchange.workshops.models import LearningObjective
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory

HALF, WHOLE = "Titre traduit", "Traduit"


@pytest.fixture
def claire():
    return MemberFactory(locale="fr", languages_read=["fr"])


@pytest.fixture
def topic():
    space = SpaceFactory(confidentiality="public")
    topic = start_topic(
        ForumFactory(space=space), title="Masa kimin?", text="Bir masamız var.", language="tr"
    )
    translate(topic, "title", "fr", "À qui la table ?")
    return topic


def whole(topic):
    translate(opening(topic), "text", "fr", "Nous avons une table.")
    db.session.commit()


def mark_in(page, words="À qui la table"):
    """The first that stands after the last line of these words."""
    after = page.rpartition(words)[2]
    return min((one for one in (f"{HALF}<", f"{WHOLE}<") if one in after), key=after.index, default="")[:-1]


def kept(topic, claire):
    Bookmark.keep(claire, topic)


def told(topic, claire):
    line = {"occasion": "one", "kind": "reply", "record_type": "Post", "record_id": opening(topic).id}
    db.session.add(Notification(member_id=claire.id, mailing="never", **line))


def nothing(topic, claire):
    pass


PLACES = [
    ("/topics", nothing),
    ("/bookmarks", kept),
    ("/mine", kept),
    ("/notifications", told),
    ("/topics/{id}", nothing),
]


@pytest.mark.parametrize(("address", "prepare"), PLACES)
def test_every_list_says_the_same_and_the_page_too(sign_in, claire, topic, address, prepare):
    prepare(topic, claire)
    browser = sign_in(claire)
    assert mark_in(browser.get(address.format(id=topic.id)).text) == HALF
    whole(topic)
    assert mark_in(browser.get(address.format(id=topic.id)).text) == WHOLE


def workshop():
    workshop = WorkshopFactory(title="Opening hours", is_open=True)
    workshop.objectives.append(LearningObjective(position=1, title="Open a desk in the evening."))
    db.session.flush()
    return workshop


@pytest.mark.parametrize("make", [workshop, open_visit])
def test_of_workshops_and_visits_each_text_of_the_page_counts(make):
    record = make()
    for one in (record, *parts_of(record)):
        for field in filled_fields(one):
            assert one is record and field == "title" or half(record) is not False
            translate(one, field, "fr", f"En français : {field}")
    assert half(record) is False


def half(record):
    db.session.flush()
    title = best_readings(["fr"], [record], ("title",))[type(record).__name__, record.id, "title"]
    return title.is_half if title.is_translation else None


def test_a_text_into_another_language_of_the_reader_is_read_and_into_a_third_is_not(topic):
    translate(opening(topic), "text", "ar", "لدينا طاولة.")
    db.session.flush()
    for languages, is_half in ((["fr"], True), (["fr", "ar"], False), (["fr", "tr"], False)):
        title = best_readings(languages, [topic], ("title",))["Topic", topic.id, "title"]
        assert (title.language, title.is_half) == ("fr", is_half), languages


def test_it_costs_no_statement(sign_in, claire, topic, count_queries):
    for number in range(3):
        more = start_topic(topic.forum, title=f"Soru {number}", language="tr")
        translate(more, "title", "fr", f"Question {number}")
    kept(topic, claire)
    browser = sign_in(claire)
    for address in ("/topics", "/bookmarks"):
        browser.get(address)
        with count_queries() as statements:
            browser.get(address)
        assert sum("FROM posts" in one and "translations" in one for one in statements) <= 1
        assert not [one for one in statements if one.startswith("SELECT topics.id \nFROM topics")]


def test_where_nothing_is_left_one_publishes_no_more_than_what_one_changed(sign_in, claire, topic):
    address = f"/topics/{topic.id}/translations/fr/1"
    helper = MemberFactory(locale="en", languages_read=["fr", "tr"])
    translate(topic, "title", "fr", "À qui la table ?", author=helper)
    browsers = {name: sign_in(one) for name, one in (("other", claire), ("own", helper))}
    assert "Publish what is filled in" in browsers["own"].get(address).text
    translate(opening(topic), "text", "fr", "Nous avons une table.", author=helper)
    db.session.commit()
    own, others = browsers["own"].get(address).text, browsers["other"].get(f"{address}?lang=en").text
    assert "Publish what you changed" in own and "Publish what is filled in" not in own + others
    assert "Publish" not in others and "Back without changes" in others
