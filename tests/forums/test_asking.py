"""One form from everywhere: words first, and where they belong follows from them (practice.md US06)."""

import re
from urllib.parse import quote

import pytest
from flask_security.utils import hash_password

from cityexchange.core.db import db, utcnow
from cityexchange.forums.models import Topic
from cityexchange.languages.models import translate
from tests.conftest import PASSWORD
from tests.factories import CityFactory, MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, newest, opening, start_topic

WORDS = {"title": "A good title", "text": "A good text.", "kind": "question"}


@pytest.fixture
def education():
    return ForumFactory(slug="education", name="Education", description="School, language, families.")


@pytest.fixture
def housing():
    return ForumFactory(slug="housing", name="Housing", description="Temporary and first homes.")


@pytest.fixture
def themes():
    return {key: ThemeFactory(key=key) for key in ("education", "housing", "language")}


def ticked(page, name):
    boxes = re.findall(r"<input [^>]*>", page)
    return [
        re.search(r'value="([^"]*)"', box)[1]
        for box in boxes
        if f'name="{name}"' in box and " checked" in box
    ]


def offered(page, name):
    return re.findall(rf'<input [^>]*name="{name}"[^>]*value="([^"]*)"', page)


def similar(page):
    """Titles of the topics that are shown as being like this one."""
    part = page.split('data-ask="similar"')[-1].split("</details>")[0]
    return re.findall(r'class="row__title">\s*<a [^>]*>([^<]*)</a>', part)


def test_a_member_asks_without_having_chosen_a_forum_before(sign_in, ana, education, themes):
    answer = sign_in(ana).post("/ask", data=WORDS | {"forum": "education", "themes": ["education"]})
    topic = db.session.scalar(db.select(Topic))

    assert (answer.status_code, answer.location) == (303, f"/topics/{topic.id}")
    assert (topic.title, topic.forum, topic.themes) == ("A good title", education, [themes["education"]])


IN_SIX_LANGUAGES = [
    ("How do you tell families about school enrolment?", "education"),
    ("Comment informer les familles de l'inscription à l'école ?", "education"),
    ("¿Qué alojamiento temporal sirve a las familias?", "housing"),
    ("Как школа узнаёт о новых семьях?", "education"),
    ("كيف نخبر الأسر عن التسجيل في المدرسة؟", "education"),
    ("我们怎样帮助孩子入学？", "education"),
    ("Rent and landlords: what can a city do?", "housing"),
]


@pytest.mark.parametrize(("title", "slug"), IN_SIX_LANGUAGES)
def test_a_first_press_without_a_forum_suggests_one_and_publishes_nothing(
    sign_in, ana, education, housing, themes, title, slug
):
    browser = sign_in(ana)
    answer = browser.post("/ask", data=WORDS | {"title": title})
    assert answer.status_code == 422 and db.session.scalar(db.select(Topic)) is None
    assert ticked(answer.text, "forum") == [slug] and slug in ticked(answer.text, "themes")
    assert title.split()[0] in answer.text and "A good text." in answer.text

    words = WORDS | {"title": title, "forum": slug, "themes": ticked(answer.text, "themes")}
    assert browser.post("/ask", data=words).status_code == 303
    assert newest().topic.forum.slug == slug


def test_words_that_name_nothing_are_kept_and_all_forums_shown(sign_in, ana, education, housing):
    answer = sign_in(ana).post("/ask", data=WORDS)
    assert answer.status_code == 422 and ticked(answer.text, "forum") == []
    assert '<details class="field__more" open>' in answer.text
    assert set(offered(answer.text, "forum")) == {"education", "housing"}


def test_what_somebody_chose_is_never_changed_by_a_suggestion(sign_in, ana, education, housing, themes):
    words = {"title": "Hm", "text": "School.", "kind": "question", "forum": "housing", "themes": ["language"]}
    page = sign_in(ana).post("/ask", data=words).text
    assert ticked(page, "forum") == ["housing"] and ticked(page, "themes") == ["language"]


def test_who_can_read_it_stands_with_each_forum(sign_in, ana, education):
    ForumFactory(space=SpaceFactory(confidentiality="public"), slug="open")
    page = sign_in(ana).get("/ask").text
    assert "Every member can read here; visitors cannot." in page
    assert "Everybody can read here, also without an account." in page


def closed():
    return SpaceFactory(confidentiality="group")


def archived():
    return SpaceFactory(archived_at=utcnow())


@pytest.mark.parametrize("make_space", [closed, archived, None])
def test_a_forum_where_one_cannot_write_is_neither_offered_nor_taken(sign_in, ana, education, make_space):
    slug = ForumFactory(space=make_space(), name="School secrets").slug if make_space else "nowhere"
    browser = sign_in(ana)
    for path in ("/ask", "/ask?title=School", f"/ask?forum={slug}", "/ask/suggestions?title=School"):
        assert "School secrets" not in browser.get(path).text and slug not in offered(
            browser.get(path).text, "forum"
        )
    answer = browser.post("/ask", data=WORDS | {"forum": slug})
    assert answer.status_code == 422 and "You cannot write in this forum." in answer.text
    assert "A good text." in answer.text and db.session.scalar(db.select(Topic)) is None


def hide(topic):
    topic.state = "held"


def lock_away(topic):
    topic.forum.space.confidentiality = "group"


def remove(topic):
    opening(topic).remove(topic.author)


@pytest.mark.parametrize("change", [hide, lock_away, remove])
def test_topics_like_it_are_those_that_one_may_see(sign_in, ana, ben, change):
    other = start_topic(author=ben, title="Enrolment in our nursery schools")
    browser, path = sign_in(ana), "/ask/suggestions?title=How+to+begin+enrolment"
    assert similar(browser.get(path).text) == ["Enrolment in our nursery schools"]
    change(other)
    assert similar(browser.get(path).text) == []
    assert "nursery" not in browser.post("/ask", data=WORDS | {"title": "Enrolment"}).text


def test_topics_are_alike_by_a_rare_word_or_by_a_theme(sign_in, ana, themes):
    by_word = start_topic(author=ana, title="Enrolment days")
    by_theme = start_topic(author=ana, title="Okul kaydı", themes=(themes["education"],))
    for number in range(12):
        start_topic(author=ana, title=f"Families ask {number}")
    page = sign_in(ana).get("/ask/suggestions?title=Families+and+school+enrolment").text
    assert set(similar(page)) == {by_word.title, by_theme.title}
    assert 'data-themes="education"' in page


def test_a_title_is_found_alike_as_it_is_read(sign_in, ana, ben):
    topic = start_topic(author=ben, title="Okul kaydı", language="tr")
    translate(topic, "title", "en", "School enrolment", "human", ben)
    assert similar(sign_in(ana).get("/ask/suggestions?title=Enrolment").text) == ["School enrolment"]


CARRIED = [
    ("mention=%40ben-okoro", "@ben-okoro:"),
    ("mention=%23lyon", "#lyon:"),
    ("mention=ben-okoro", ""),
    ("mention=%40ben-okoro%20buy%20now", ""),
    ("mention=%3Cscript%3E", ""),
    ("mention=%40", ""),
]


@pytest.mark.parametrize(("query", "text"), CARRIED)
def test_a_mention_is_carried_and_nothing_else_in_its_place(sign_in, ana, education, query, text):
    page = sign_in(ana).get(f"/ask?{query}").text
    assert re.search(r'<textarea [^>]*name="text"[^>]*>\r?\n?([^<]*)</textarea>', page)[1] == text


def test_a_theme_a_forum_and_a_title_are_carried(sign_in, ana, education, themes):
    page = sign_in(ana).get("/ask?theme=education&forum=education&title=%3Cb%3E+%D9%83%D9%8A%D9%81").text
    assert ticked(page, "themes") == ["education"] and ticked(page, "forum") == ["education"]
    assert 'value="&lt;b&gt; كيف"' in page
    page = sign_in(ana).get("/ask?theme=rumours&forum=nowhere").text
    assert ticked(page, "themes") == [] and ticked(page, "forum") == []


@pytest.mark.parametrize("title", ["How to begin?", "كيف نبدأ؟", "我们怎样开始？", 'a "quote" & more'])
def test_a_visitor_comes_to_it_after_signing_in_with_what_was_typed(visitor, ana, education, title):
    ana.password = hash_password(PASSWORD)
    wall = visitor.get(f"/ask?title={quote(title)}")
    assert wall.status_code == 302 and wall.location.startswith("/sign-in?next=")
    answer = visitor.post(wall.location, data={"email": ana.email, "password": PASSWORD})
    assert answer.status_code == 303
    page = visitor.get(answer.location).text
    assert f'value="{title}"' in page.replace("&#34;", '"').replace("&amp;", "&")


def test_the_first_page_takes_a_visitors_question(visitor, education):
    page = visitor.get("/").text
    assert re.search(r'<form [^>]*method="get" action="/ask"', page) and 'name="title"' in page


def test_one_asks_from_everywhere(sign_in, ana, ben, topic, themes):
    city = CityFactory(slug="lyon", name="Lyon")
    links = {
        "/": "/ask",
        "/forums": "/ask",
        "/topics": "/ask",
        f"/topics/{topic.id}": "/ask",
        "/themes/education": "/ask?theme=education",
        f"/cities/{city.slug}": "/ask?mention=%23lyon",
        f"/members/{ben.id}": f"/ask?mention=@{ben.handle}",
    }
    browser = sign_in(ana)
    for path, link in links.items():
        assert f'href="{link}"' in browser.get(path).text.replace("%40", "@"), path


def test_a_city_that_takes_no_part_is_not_asked(sign_in, ana):
    CityFactory(slug="ghost", state="applied")
    assert "/ask?mention" not in sign_in(ana).get("/cities/ghost").text


def test_where_everybody_writes_for_themselves_no_official_word_is_taken_or_dropped(sign_in, education):
    focal = MemberFactory(role="city_focal_point")
    space = SpaceFactory(confidentiality="chatham")
    space.admit(focal)
    frank = ForumFactory(space=space)
    browser = sign_in(focal)
    assert 'name="is_official"' in browser.get("/ask").text
    answer = browser.post("/ask", data=WORDS | {"forum": frank.slug, "is_official": "y"})
    assert answer.status_code == 422 and "everybody writes for themselves" in answer.text
    assert 'name="is_official"' in answer.text
    assert browser.post("/ask", data=WORDS | {"forum": frank.slug}).status_code == 303


def test_who_can_write_nowhere_hears_what_to_do(sign_in):
    guest = MemberFactory(city=None)
    page = sign_in(guest).get("/ask")
    assert page.status_code == 200 and "No forum is open to you yet" in page.text


def test_suggestions_cost_the_same_however_many_topics_there_are(sign_in, ana, themes, count_queries):
    browser, costs = sign_in(ana), []
    forum = ForumFactory()
    for crowd in (1, 20):
        for number in range(crowd):
            start_topic(forum, ana, title=f"Enrolment {crowd} {number}", themes=(themes["education"],))
        with count_queries() as statements:
            page = browser.get("/ask/suggestions?title=School+enrolment").text
        assert similar(page)
        costs.append(len([one for one in statements if not one.startswith("BEGIN")]))
    assert costs[0] == costs[1]
