"""Every kind of writing has a limit of its own, far above what hands do, and says so without losing what was typed."""

import io
import subprocess
import sys

import pytest
from werkzeug.exceptions import TooManyRequests

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.files.limits import UPLOADS
from cityexchange.core.limits.stores import PROCESS, TryCount
from cityexchange.forums.limits import EDITS, POSTS
from cityexchange.forums.models import Post
from cityexchange.languages.limits import TRANSLATIONS
from cityexchange.members.limits import NAME_LOOKUPS
from cityexchange.spaces.limits import MEMBERSHIPS
from cityexchange.visits.limits import APPLICATIONS, OFFERS
from cityexchange.workshops.limits import REGISTRATIONS, WORKSHOPS
from tests.factories import MemberFactory, SpaceFactory
from tests.files.factories import PDF
from tests.forums.factories import opening, start_topic
from tests.tables import written_elsewhere
from tests.visits.factories import application_fields, open_visit
from tests.visits.test_offers import offer_fields
from tests.workshops.factories import WorkshopFactory, organiser

OURS = {"Origin": "http://localhost"}
KINDS = {}


def kind(limit):
    """A road to this limit: makes the records, and returns a member and what they send again and again."""

    def keep(prepare):
        KINDS[prepare.__name__] = (limit, prepare)
        return prepare

    return keep


@kind(POSTS)
def replies():
    topic = start_topic()
    return topic.author, lambda browser: browser.post(f"/topics/{topic.id}/posts", data={"text": "again"})


@kind(POSTS)
def topics():
    topic = start_topic()
    form = {"kind": "question", "title": "Once more", "text": "Is it so?"}
    return topic.author, lambda browser: browser.post(f"/forums/{topic.forum.slug}/new", data=form)


@kind(EDITS)
def edits():
    post = opening(start_topic())

    def send(browser):
        form = {"title": "Other words", "text": "Other text", "version": opening(post.topic).version}
        return browser.post(f"/posts/{post.id}/edit", data=form)

    return post.author, send


@kind(TRANSLATIONS)
def translations():
    post = opening(start_topic())
    form = {"language": "fr", "text": "Nous avons deux personnes."}
    reader = MemberFactory(languages_read=["fr", "en"])
    return reader, lambda browser: browser.post(f"/translations/Post/{post.id}", data=form)


@kind(APPLICATIONS)
def applications():
    visit = open_visit()
    form = application_fields(save="draft")
    return MemberFactory(), lambda browser: browser.post(f"/visits/{visit.id}/applications", data=form)


@kind(OFFERS)
def offers():
    return MemberFactory(), lambda browser: browser.post("/visits", data=offer_fields())


@kind(REGISTRATIONS)
def registrations():
    workshop = WorkshopFactory(is_open=True)
    form = {"mode": "online", "language": "en"}
    return MemberFactory(), lambda browser: browser.post(f"/workshops/{workshop.id}/registrations", data=form)


@kind(WORKSHOPS)
def workshops():
    form = {"title": "A workshop", "language": "en", "timezone": "UTC", "host_city_id": "0", "space_id": "0"}
    return organiser(), lambda browser: browser.post("/workshops/new", data=form)


@kind(MEMBERSHIPS)
def memberships():
    space = SpaceFactory(confidentiality="members")
    return MemberFactory(), lambda browser: browser.post(f"/spaces/{space.slug}/join")


@kind(UPLOADS)
def uploads():
    return MemberFactory(), lambda b: b.post("/files", data={"file": (io.BytesIO(PDF), "report.pdf")})


@kind(UPLOADS)
def uploads_that_are_refused():
    return MemberFactory(), lambda b: b.post("/files", data={"file": (io.BytesIO(b"MZ\x90\0"), "a.exe")})


@pytest.mark.parametrize("name", KINDS)
def test_beyond_the_limit_one_waits_and_others_do_not(app, monkeypatch, sign_in, name):
    limit, prepare = KINDS[name]
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 0.1)
    member, send = prepare()
    browser = sign_in(member)
    answers = [send(browser).status_code for _ in range(limit.allowed)]
    assert len(answers) >= 2
    assert 429 not in answers and 500 not in answers and 404 not in answers
    if "refused" not in name:
        assert set(answers) <= {201, 303, 403}, answers

    late = send(browser)

    assert late.status_code == 429
    assert 0 < int(late.headers["Retry-After"]) <= limit.seconds
    assert db.session.scalars(db.select(AuditEntry).filter_by(status=429)).one().actor_id == member.id
    assert send(sign_in(MemberFactory(team_role="coordinator"))).status_code != 429


def test_usual_numbers_are_above_what_hands_do():
    assert (POSTS.allowed, POSTS.seconds) == (20, 300)
    assert all(limit.allowed >= 20 and limit.seconds == 300 for limit, _ in KINDS.values())


def test_the_page_tells_how_long_and_holds_what_was_typed_in_the_readers_language(app, monkeypatch, sign_in):
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 0.05)
    topic = start_topic()
    topic.author.locale = "fr"
    browser, path = sign_in(topic.author), f"/topics/{topic.id}/posts"
    assert browser.post(path, data={"text": "first"}, headers=OURS).status_code == 303

    late = browser.post(path, data={"text": "Mes <mots> perdus ?", "nonce": "n1"}, headers=OURS)

    assert late.status_code == 429
    assert "Vous pourrez réessayer dans " in late.text
    assert "Mes &lt;mots&gt; perdus ?" in late.text
    assert f'action="{path}"' in late.text and 'name="nonce" value="n1"' in late.text
    assert db.session.scalar(db.select(db.func.count(Post.id)).where(Post.position > 1)) == 1


def test_what_was_not_taken_counts_nothing(app, monkeypatch, sign_in):
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 0.05)
    topic = start_topic()
    browser, path = sign_in(topic.author), f"/topics/{topic.id}/posts"
    assert [browser.post(path, data={"text": ""}).status_code for _ in range(4)] == [422] * 4
    assert browser.post(path, data={"text": "a good one"}).status_code == 303


def test_a_window_that_has_ended_begins_anew():
    POSTS.spend("me")
    row = db.session.get(TryCount, POSTS.key("me"))
    row.count, row.window_ends_at = POSTS.allowed + 7, utcnow()
    db.session.flush()
    POSTS.spend("me")
    db.session.expire_all()
    assert row.count == 1 and row.window_ends_at > utcnow()


def test_lookups_of_mentions_have_a_limit(sign_in, monkeypatch):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)  # all in one moment, however long it takes
    browser = sign_in(MemberFactory())
    answers = [browser.get("/mentions?q=@a").status_code for _ in range(NAME_LOOKUPS.most)]
    assert set(answers) == {200}
    late = browser.get("/mentions?q=@a", headers={"Accept": "application/json"})
    assert late.status_code == 429 and late.json["retry_after"] == int(late.headers["Retry-After"])
    assert sign_in(MemberFactory()).get("/mentions?q=@a").status_code == 200


BURST = """
import sys, threading
from werkzeug.exceptions import TooManyRequests
from cityexchange.app import create_app
from cityexchange.core.db import unit_of_work
from cityexchange.core.limits import MEMBER, Limit
from config import TestConfig

class Settings(TestConfig):
    SQLALCHEMY_DATABASE_URI, DATA_FOLDER, REDIS_URL = sys.argv[1], sys.argv[2], None

app, taken = create_app(Settings), []
limit = Limit("burst", most=10, seconds=300, each=MEMBER, is_writing=True)

def press():
    with app.app_context():
        try:
            with unit_of_work() as work:
                getattr(limit, sys.argv[3])("one member")
                if sys.argv[3] == "take":
                    work.undo()
            taken.append(1)
        except TooManyRequests:
            pass

people = [threading.Thread(target=press) for _ in range(12)]
[one.start() for one in people]
[one.join() for one in people]
print(len(taken))
"""


@pytest.mark.parametrize("way", ["spend", "take"])
def test_two_processes_count_together_and_a_guess_also_when_it_is_undone(app, tmp_path, way):
    db.session.commit()
    written_elsewhere(TryCount)
    command = [sys.executable, "-c", BURST, app.config["SQLALCHEMY_DATABASE_URI"], str(tmp_path), way]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(one.communicate()[0].split()[-1]) for one in both) == 10


def test_what_one_member_spends_is_nobody_elses():
    for _ in range(POSTS.allowed):
        with unit_of_work():
            POSTS.spend(1)
    with unit_of_work():
        POSTS.spend(2)
    with pytest.raises(TooManyRequests), unit_of_work():
        POSTS.spend(1)
