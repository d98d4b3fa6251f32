"""Names and descriptions of spaces, forums and rooms: in the language of the page, at the price of one small question."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.core.policy import is_visible, visible_to
from cityexchange.languages.models import Translation, correct, translate
from cityexchange.languages.reading import best_reading
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.languages.factories import NoteFactory
from tests.workshops.factories import WorkshopFactory


def shown(languages, record, field="name"):
    reading = best_reading(languages, record, field)
    return reading.language, reading.text, reading.is_translation


@pytest.fixture
def space():
    return SpaceFactory(name="Neighbours", description="Who lives next door.")


@pytest.fixture
def claire():
    return MemberFactory(locale="fr", languages_read=["fr", "en"])


def test_signs_and_texts_are_read_in_the_language_of_the_page_though_the_reader_reads_the_original_too(space):
    translate(space, "name", "fr", "Voisinage")
    note = NoteFactory(text="We have opened a desk.", language="en")
    translate(note, "text", "fr", "Nous avons ouvert un guichet.")

    assert shown(["fr", "en"], space) == ("fr", "Voisinage", True)
    assert shown(["fr", "en"], note, "text") == ("fr", "Nous avons ouvert un guichet.", True)


def test_what_is_read_second_best_comes_before_what_is_read_third(space):
    translate(space, "name", "es", "Vecindario")

    assert shown(["fr", "en", "es"], space) == ("en", "Neighbours", False)
    assert shown(["fr", "es"], space) == ("es", "Vecindario", True)
    assert shown(["fr"], space) == ("en", "Neighbours", False)


def test_a_sign_painted_anew_is_read_as_it_is_by_who_can_and_marked_for_who_cannot(space):
    translate(space, "name", "fr", "Voisinage")
    space.name = "Districts"

    assert shown(["fr", "en"], space) == ("en", "Districts", False)
    reading = best_reading(["fr"], space, "name")
    assert (reading.text, reading.is_outdated, reading.original_text) == ("Voisinage", True, "Districts")


def test_many_signs_cost_one_query_a_page_and_none_in_the_language_of_the_page(
    app, count_queries, sign_in, claire
):
    rooms = [RoomFactory(space=SpaceFactory()) for _ in range(5)]
    for room in rooms:
        translate(room, "name", "fr", f"Salon {room.id}")
        translate(room.space, "name", "fr", f"Espace {room.id}")
    english = sign_in(MemberFactory())
    french = sign_in(claire)
    numbers = []
    for browser in (english, french):
        browser.get("/chat")
        with count_queries() as statements:
            page = browser.get("/chat").text
        numbers.append(sum("translations" in statement for statement in statements))

    assert numbers == [0, 1]
    assert all(f"Salon {room.id}" in page and f"Espace {room.id}" in page for room in rooms)


def test_a_new_translation_a_changed_and_a_deleted_one_are_seen_at_once(space, sign_in, claire):
    browser = sign_in(claire)
    assert "Neighbours" in browser.get("/spaces").text
    for words in ("Voisinage", "Nos voisins"):
        translate(space, "name", "fr", words)
        assert words in browser.get("/spaces").text
    db.session.delete(db.session.scalar(db.select(Translation)))

    assert "Neighbours" in browser.get("/spaces").text


# ---- everywhere that names stand ----


class House:
    """A space with all that hangs in it, its names in French."""

    def __init__(self, reader):
        self.space = SpaceFactory(name="Neighbours", description="Who lives next door.", slug="house")
        self.forum = ForumFactory(
            space=self.space, name="Stairs", description="Noise and shoes.", slug="stairs"
        )
        self.room = RoomFactory(space=self.space, name="Kitchen", description="Short words.")
        self.theme = ThemeFactory(key="housing")
        self.author = MemberFactory()
        self.topic = start_topic(
            self.forum, self.author, title="Whose shoes?", language="en", themes=(self.theme,)
        )
        start_topic(self.forum, self.author, title="Which lamp?", language="en", kind="story")
        self.room.read(reader, 0)
        self.message = self.room.post(reader, "Hello")
        self.room.post(self.author, "Good morning")
        self.workshop = WorkshopFactory(is_open=True, space_id=self.space.id)
        self.post = self.topic.post(reader, "Mine.")
        for record, name, description in (
            (self.space, "Voisinage", "Qui habite à côté."),
            (self.forum, "Escalier", "Du bruit et des chaussures."),
            (self.room, "Cuisine", "Quelques mots."),
        ):
            translate(record, "name", "fr", name)
            translate(record, "description", "fr", description)
        db.session.commit()


@pytest.fixture
def house(claire):
    return House(claire)


PLACES = [
    ("/spaces", "Voisinage", "Qui habite à côté."),
    ("/spaces/house", "Voisinage", "Qui habite à côté.", "Escalier", "Cuisine"),
    ("/forums", "Voisinage", "Escalier", "Du bruit et des chaussures."),
    ("/forums/stairs", "Voisinage", "Escalier", "Du bruit et des chaussures."),
    ("/forums/stairs/new", "Escalier"),
    ("/topics", "Escalier"),
    ("/topics/{topic.id}", "Escalier"),
    ("/posts/{post.id}/edit", "Escalier"),
    ("/posts/{post.id}/revisions", "Escalier"),
    ("/posts/{post.id}/remove", "Escalier"),
    ("/chat", "Voisinage", "Cuisine", "Quelques mots."),
    ("/chat/rooms/{room.id}", "Voisinage", "Cuisine", "Quelques mots."),
    ("/chat/messages/{message.id}/edit", "Cuisine"),
    ("/chat/messages/{message.id}/remove", "Cuisine"),
    ("/", "Escalier", "Cuisine"),
    ("/cities/{author.city.slug}", "Escalier"),
    ("/themes/{theme.key}", "Escalier"),
    ("/workshops/{workshop.id}", "Voisinage"),
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
def test_names_stand_in_the_language_of_the_page(house, sign_in, claire, place):
    path, *names = place
    page = sign_in(claire).get(path.format(**vars(house))).text

    for name in names:
        assert re.search(rf'lang="fr"[^>]*>(<a [^>]*>)?{re.escape(name)}<', page), name


@pytest.mark.parametrize("path", ["/spaces/house", "/forums/stairs", "/chat/rooms/{room.id}"])
def test_a_translated_name_is_marked_and_its_original_one_press_away(house, sign_in, claire, path):
    page = sign_in(claire).get(path.format(**vars(house))).text
    opening = re.search(r'<details class="(original|room__about)">', page)
    marked, originals = page[opening.end() :].split("</summary>", 1)

    assert "Traduit par une personne." in marked and "original" in marked
    assert 'lang="en" dir="auto"><p>' in originals


def test_an_outdated_name_says_so(house, sign_in):
    house.forum.name = "Lifts"
    reader = MemberFactory(locale="fr", languages_read=["fr"])
    page = sign_in(reader).get("/forums/stairs").text

    assert "Escalier" in page and "Lifts" in page
    assert "a changé depuis" in page


@pytest.mark.parametrize("path", ["/forums", "/forums/stairs", "/topics/{topic.id}", "/spaces/house"])
def test_pages_that_visitors_share_follow_the_names(house, visitor, path):
    house.space.confidentiality = "public"
    in_french = {"Accept-Language": "fr"}
    path = path.format(**vars(house))
    assert "Escalier" in visitor.get(path, headers=in_french).text

    translate(house.forum, "name", "fr", "Cage d'escalier")
    assert "Cage d&#39;escalier" in visitor.get(path, headers=in_french).text
    assert "Stairs" in visitor.get(path, headers={"Accept-Language": "en"}).text


# ---- the visibility of a translation is that of its original ----


def test_the_translated_name_of_a_closed_space_is_for_those_let_in(house, sign_in, claire, visitor):
    house.space.confidentiality = "group"
    house.space.admit(claire)
    outsider = MemberFactory(locale="fr", languages_read=["fr"], city=None, team_role="admin")
    inside, outside = sign_in(claire), sign_in(outsider)
    words = ("Voisinage", "Escalier", "Cuisine", "Qui habite à côté.")
    lists = ("/", "/spaces", "/forums", "/topics", "/chat", f"/themes/{house.theme.key}", "/workshops")
    seen = "".join(inside.get(path).text for path in lists)

    assert all(word in seen for word in words)
    for browser in (outside, visitor):
        page = "".join(browser.get(path, headers={"Accept-Language": "fr"}).text for path in lists)
        assert not any(word in page for word in words)


@pytest.mark.parametrize("kind", ["space", "forum", "room"])
def test_who_may_not_see_a_space_finds_none_of_its_translations(house, sign_in, claire, kind):
    house.space.confidentiality = "group"
    house.space.admit(claire)
    outsider, record = MemberFactory(), getattr(house, kind)
    of_it = {"record_type": type(record).__name__, "record_id": record.id}
    translations = db.session.scalars(db.select(Translation).filter_by(**of_it)).all()
    address = f"/translations/{type(record).__name__}/{record.id}"

    assert all(is_visible(claire, one) and not is_visible(outsider, one) for one in translations)
    assert not db.session.scalars(visible_to(outsider, Translation).filter_by(**of_it)).all()
    assert sign_in(claire).get(address).status_code == 200
    assert sign_in(outsider).get(address).status_code == 404
    assert sign_in(outsider).post(address, data={"language": "es", "name": "x"}).status_code == 404


# ---- who looks after them ----


def test_a_colleague_translates_a_name_on_the_page_for_it(sign_in, claire, space):
    browser, address = sign_in(claire), f"/translations/Space/{space.id}"
    assert f'href="{address}?next=/spaces/{space.slug}"' in browser.get(f"/spaces/{space.slug}").text
    page = browser.get(address).text
    assert "Neighbours" in page and "Who lives next door." in page and 'name="text"' not in page
    form = {"language": "fr", "name": "Voisinage", "description": "Qui habite à côté."}
    answer = browser.post(f"{address}?next=/spaces/{space.slug}", data=form)

    assert answer.location == f"/spaces/{space.slug}"
    assert "Voisinage" in browser.get(answer.location).text


def test_a_name_longer_than_its_place_is_given_back(sign_in, claire, space):
    answer = sign_in(claire).post(
        f"/translations/Space/{space.id}", data={"language": "fr", "name": "é" * 121}
    )
    assert answer.status_code == 422 and "é" * 121 in answer.text


def test_facilitators_mend_what_a_colleague_wrote_and_other_colleagues_do_not(sign_in, claire, space):
    translate(space, "name", "fr", "Mal dit", "human", MemberFactory())
    address, form = f"/translations/Space/{space.id}", {"language": "fr", "name": "Voisinage"}
    facilitator = MemberFactory(city=None, team_role="facilitator")

    assert sign_in(claire).post(address, data=form).status_code == 403
    assert shown(["fr"], space)[1] == "Mal dit"
    assert sign_in(facilitator).post(address, data=form).status_code == 303
    assert shown(["fr"], space)[1] == "Voisinage"


@pytest.mark.parametrize("kind", ["space", "forum", "room"])
def test_facilitators_correct_the_language_of_a_name(house, sign_in, claire, kind):
    record = getattr(house, kind)
    address = f"/translations/{type(record).__name__}/{record.id}/language"
    facilitator = MemberFactory(city=None, team_role="facilitator")

    assert sign_in(claire).post(address, data={"language": "de"}).status_code == 403
    assert record.language == "en"
    assert sign_in(facilitator).post(address, data={"language": "de"}).status_code == 303
    assert record.language == "de"


def test_a_language_corrected_renews_what_visitors_share(house, visitor):
    house.space.confidentiality = "public"
    assert 'lang="en">Stairs' in visitor.get(f"/topics/{house.topic.id}").text
    correct(house.forum, "nl")
    assert 'lang="nl">Stairs' in visitor.get(f"/topics/{house.topic.id}").text
