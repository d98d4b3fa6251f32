import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.follows.models import Follow
from cityexchange.forums.models import ReadPosition
from tests.forums.factories import start_topic, titles


def test_the_asker_marks_what_helped_and_takes_it_back(sign_in, ana, ben, topic):
    reply = topic.post(ben, "Try this.")
    browser = sign_in(ana)
    browser.post(f"/posts/{reply.id}/mark")
    assert topic.state == "answered" and "The answer that helped" in browser.get(f"/topics/{topic.id}").text

    browser.post(f"/posts/{reply.id}/unmark")
    assert topic.state == "open"
    assert sign_in(ben).post(f"/posts/{reply.id}/mark").status_code == 403


def test_acts_of_state_are_refused_to_strangers_and_written_down(sign_in, ana, ben, facilitator, topic):
    for act in ("close", "pin", "reopen"):
        assert sign_in(ben).post(f"/topics/{topic.id}/{act}").status_code == 403
    assert sign_in(ana).post(f"/topics/{topic.id}/close").status_code == 303
    assert topic.state == "closed"
    team = sign_in(facilitator)
    for act in ("reopen", "pin", "unpin"):
        assert team.post(f"/topics/{topic.id}/{act}").status_code == 303

    acts = db.session.execute(
        db.select(AuditEntry.verb, AuditEntry.outcome).where(AuditEntry.record_type == "Topic")
    )
    assert sorted(acts) == sorted(
        [
            ("close", "done"),
            ("pin", "done"),
            ("reopen", "done"),
            ("unpin", "done"),
            ("close", "refused"),
            ("pin", "refused"),
            ("reopen", "refused"),
        ]
    )


def test_a_member_follows_and_stops(sign_in, ben, topic):
    browser = sign_in(ben)
    for level in ("following", "normal"):
        assert browser.post(f"/follows/Topic/{topic.id}", data={"level": level}).status_code == 303
        assert db.session.scalar(db.select(Follow.level).filter_by(member_id=ben.id)) == level
    assert browser.post(f"/follows/Topic/{topic.id}", data={"level": "shouting"}).status_code == 422


def test_reading_moves_the_position_and_looking_does_not(sign_in, ana, ben, topic):
    for n in range(24):
        topic.post(ana, f"Reply {n}.")
    browser = sign_in(ben)
    browser.get(f"/topics/{topic.id}")
    assert db.session.scalar(db.select(ReadPosition).filter_by(member_id=ben.id)) is None

    assert browser.post(f"/topics/{topic.id}/read", data={"position": "21"}).status_code == 204
    page = browser.get("/topics?filter=unread").text
    assert "4 new" in page and f"/topics/{topic.id}?page=2#n22" in page

    assert browser.post(f"/topics/{topic.id}/read").status_code == 303
    assert titles(browser.get("/topics?filter=unread").text) == []


@pytest.mark.parametrize("position", ["-5", "x", "99999999999999999999"])
def test_nonsense_for_a_position_is_harmless(sign_in, ben, topic, position):
    assert sign_in(ben).post(f"/topics/{topic.id}/read", data={"position": position}).status_code in (
        204,
        422,
    )


def test_lists_across_forums_answer_what_is_asked(sign_in, ana, ben):
    open_one = start_topic(author=ana, title="Open question")
    answered = start_topic(author=ana, title="Answered question")
    answered.mark_answer(answered.post(ben, "So."), ana)
    start_topic(author=ana, title="A discussion", kind="discussion")
    open_one.post(ben, "Me too.")
    open_one.post(ana, "Anybody?")
    browser = sign_in(ben)
    lists = {
        name: titles(browser.get(f"/topics?filter={name}").text)
        for name in ("latest", "new", "unread", "unanswered", "mine")
    }

    assert lists == {
        "latest": ["Open question", "A discussion", "Answered question"],
        "new": ["A discussion"],
        "unread": ["Open question"],
        "unanswered": ["Open question"],
        "mine": ["Open question", "Answered question"],
    }
    assert browser.get("/topics?filter=all").status_code == 404


ROLES = "Your role does not allow this step."
OURS = {"Origin": "http://localhost"}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("closed", "This topic was closed meanwhile"),
        ("held", "This topic is held for review"),
        ("removed", "This topic was removed meanwhile"),
    ],
)
def test_who_may_reply_hears_what_became_of_the_topic_meanwhile(sign_in, facilitator, topic, state, words):
    topic.state = state
    answer = sign_in(facilitator).post(
        f"/topics/{topic.id}/posts", data={"text": "Typed <long>."}, headers={"Origin": "http://localhost"}
    )

    assert answer.status_code == 403 and topic.post_count == 1
    assert words in answer.text and ROLES not in answer.text
    assert "Typed &lt;long&gt;." in answer.text
    assert f'href="/topics/{topic.id}"' in answer.text


def test_the_words_of_an_edit_come_back_when_the_topic_was_closed_meanwhile(sign_in, ana, ben, topic):
    post = topic.post(ben, "First words.")
    topic.close(ana)
    path, ours = f"/posts/{post.id}/edit", {"Origin": "http://localhost"}
    own, others = (sign_in(who).post(path, data={"text": "Second"}, headers=ours) for who in (ben, ana))

    assert (own.status_code, others.status_code) == (403, 403)
    assert "This topic was closed meanwhile" in own.text and f'href="/posts/{post.id}"' in own.text
    assert ROLES in others.text and "closed meanwhile" not in others.text


def test_programs_hear_what_is_over_too(sign_in, ana, ben, topic):
    topic.close(ana)
    answer = sign_in(ben).post(f"/topics/{topic.id}/posts", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["title"]) == (403, "This topic was closed meanwhile")


@pytest.mark.parametrize(
    ("verb", "words"),
    [("close", "This topic was closed meanwhile"), ("reopen", "This topic is open again already")],
)
def test_who_decides_what_is_decided_already_hears_that(sign_in, ana, ben, topic, verb, words):
    if verb == "close":
        topic.close(ana)
    asker, other = (sign_in(who).post(f"/topics/{topic.id}/{verb}") for who in (ana, ben))

    assert (asker.status_code, other.status_code) == (403, 403)
    assert words in asker.text and ROLES not in asker.text and f'href="/topics/{topic.id}"' in asker.text
    assert ROLES in other.text


def test_who_replies_in_a_space_that_was_archived_hears_that(sign_in, ben, topic):
    topic.forum.space.archive()
    answer = sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "Too late."}, headers=OURS)

    assert answer.status_code == 403 and "This space was archived meanwhile" in answer.text
    assert "Too late." in answer.text and ROLES not in answer.text
