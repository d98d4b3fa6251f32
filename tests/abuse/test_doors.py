"""Abuse cases 1, 3 and 4: every address that names a record, tried by everybody who has no business there.

A door that is added later has to say whose record it opens and to whom (doors.py), or the first test fails.
"""

import re

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from tests.abuse.doors import OPEN_TO, RECORDS, SEEN_BY, address, doors
from tests.abuse.world import CANARY, OUTSIDERS

NOBODYS = {"GET": (302, 401, 404), "POST": (401, 404)}
"""What a visitor hears: sign in first; of a file's bytes, that there are none."""
LOOSE = {"audit_entries", "try_counts", "sign_in_sessions", "members", "heartbeats", "outgoing_mails"}
"""Tables that a refused request may write to: the refusal itself, when somebody was last here."""
AFTER_ANOTHER = {"members.decline_join_request"}
"""What the door before it has settled."""
LAST = {
    "membership.end_a_seat",
    "membership.end_city",
    "membership.end_organisation",
    "membership.take_back_city",
    "membership.take_back_organisation",
}
"""What has ended or left opens no other door any more."""


def test_every_door_says_whose_record_it_opens(app):
    unknown = [rule for _, _, rule, record in doors(app) if record not in SEEN_BY]

    assert unknown == []
    assert {record for _, record in RECORDS} == set(SEEN_BY)
    assert set(OPEN_TO) <= {endpoint for endpoint, *_ in doors(app)}


def snapshot():
    tables = (table for table in db.metadata.sorted_tables if table.name not in LOOSE)
    return {table.name: sorted(map(repr, db.session.execute(db.select(table)))) for table in tables}


def refusals():
    return db.session.scalar(db.select(db.func.count()).select_from(AuditEntry).filter_by(outcome="refused"))


def without_chance(text, *places):
    """A page without what differs from one request to the next."""
    for place in places:
        text = text.replace(str(place), "")
    return re.sub(
        r'(nonce|value|content|data-unread-at)="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|next=[^"&]*', "", text
    )


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_door_opens_to_who_has_no_business_there(app, world, browsers, role):
    browser, before, wrong = browsers[role], snapshot(), []
    for endpoint, method, rule, record in doors(app):
        if role in OPEN_TO.get(endpoint, ()):
            continue
        place, known = world.places[record], refusals()
        answer = browser.open(address(rule, place), method=method)
        if role in ("visitor", "gone"):
            is_right = answer.status_code in NOBODYS[method]
        else:
            is_right = answer.status_code == (403 if role in SEEN_BY[record] else 404)
            is_right = is_right and refusals() == known + 1
        if role not in SEEN_BY[record]:
            nowhere = "nowhere" if isinstance(place, str) else 999_999
            none = browser.open(address(rule, nowhere), method=method)
            same = (without_chance(one.text, place, nowhere) for one in (answer, none))
            is_right = is_right and none.status_code == answer.status_code and len(set(same)) == 1
        if not is_right or CANARY in answer.text:
            wrong.append((endpoint, method, answer.status_code, refusals() - known))

    assert wrong == []
    assert snapshot() == before


@pytest.mark.parametrize("role", sorted(set.union(*OPEN_TO.values())))
def test_doors_open_to_those_whose_business_it_is(app, world, browsers, role):
    """Or the test above would hold for a house without doors."""
    shut = []
    for endpoint, method, rule, record in sorted(doors(app), key=lambda door: (door[0] in LAST, door)):
        if role in OPEN_TO.get(endpoint, ()) and (role != "gone" or method == "GET"):
            status = browsers[role].open(address(rule, world.places[record]), method=method).status_code
            if status in (401, 403, 404) and endpoint not in AFTER_ANOTHER:
                shut.append((endpoint, method, status))

    assert shut == []


def test_the_one_inside_finds_what_is_hidden(app, world, sign_in):
    """The canary is really there: whoever belongs to it reads it."""
    browser = sign_in(world.inside)
    for path in ("/spaces/closed-space", "/forums/closed-forum", f"/topics/{world.places['topic']}",
                 f"/chat/rooms/{world.places['room']}", f"/applications/{world.places['application']}", "/bookmarks", "/drafts", "/follows", "/notifications"):  # fmt: skip
        assert CANARY in browser.get(path).text, path


PAGES_WITH_LISTS = (
    "/", "/forums", "/topics", "/topics?filter=new", "/spaces", "/workshops", "/workshops?when=past", "/visits", "/chat", "/cities",
    "/cities/inner-city", "/themes", "/themes/abuse", "/mentions?q=in", "/members/{inside}", "/cities/map", "/cities?q=quetzal",
    "/organisations", "/settings/data", "/bookmarks", "/drafts", "/follows", "/notifications", "/robots.txt",
)  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_list_and_no_count_says_what_is_hidden(world, browsers, role):
    """Abuse case 5, for what there is beside search: lists, panels, mentions, the map."""
    browser = browsers[role]
    for path in PAGES_WITH_LISTS:
        page = browser.get(path.format(inside=world.inside.id))
        if role in ("coordinator", "admin"):  # the desk has what waits for them; nothing of the closed space
            hidden = [
                f"{what} {CANARY}" for what in ("Space", "Forum", "Topic", "Text", "Reply", "Room", "Message")
            ]
        else:
            hidden = [CANARY]
        assert not [words for words in hidden if words in page.text], path


def test_what_is_looked_at_is_not_changed(app, world, sign_in):
    """Abuse case 14: every address that a browser may follow, followed by whoever may most; nothing moves."""
    inside, admin = sign_in(world.inside), sign_in(world.people["admin"])
    plain = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    named = [address(rule, world.places[record]) for _, method, rule, record in doors(app) if method == "GET"]
    before = snapshot()

    for path in sorted({*plain, *named} - {"/metrics"}):
        for browser in (inside, admin):
            assert browser.get(path).status_code < 500, path

    assert snapshot() == before
