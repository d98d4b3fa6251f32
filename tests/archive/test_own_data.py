"""What belongs to a person: it is all there, it is only theirs, and it is gone when they leave."""

import csv
import io
import itertools
import json
import zipfile

import pytest
from flask_security.utils import hash_password
from sqlalchemy import inspect

from cityexchange.archive.sections import NOT_EXPORTED, SECTIONS
from cityexchange.chat.models import Message
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail, queue_mail
from cityexchange.forums.models import Post
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member, Seat, SignInSession
from cityexchange.spaces.models import Membership
from tests.chat.factories import RoomFactory
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import start_topic
from tests.notifications.bell.factories import tell
from tests.workshops.factories import WorkshopFactory

PASSWORD = "a long enough one"
CANARY, OTHERS = "canary-of-zoe", "canary-of-somebody-else"


@pytest.fixture
def lyon(app):
    city = CityFactory(name="Lyon", slug="lyon")
    MemberFactory(city=city, role="city_focal_point")
    return city


@pytest.fixture
def zoe(lyon):
    return MemberFactory(
        city=lyon,
        name="Zoë Canary",
        email="zoe@lyon.example",
        job_title="Rare job",
        address_as="Ms Zoë",
        asks_line="Rare job lore",
        password=hash_password(PASSWORD),
    )


@pytest.fixture
def traces(zoe):
    """What Zoë and another left in the same places."""
    other = MemberFactory(name="Other Person", email="other@else.example")
    topic = start_topic(author=zoe)
    topic.post(zoe, f"{CANARY} in a reply")
    topic.post(other, f"{OTHERS} in a reply")
    group = SpaceFactory(confidentiality="group")
    for member in (zoe, other):
        group.admit(member)
    room = RoomFactory(space=group)
    room.post(zoe, f"{CANARY} in a room")
    room.post(other, f"{OTHERS} in a room")
    queue_mail("to-zoe", zoe, "members/accepted")
    tell(other, zoe.city, "change", template="membership/moved_away", facts={"name": zoe.name})
    WorkshopFactory(is_open=True).register(zoe, "online", "en")
    db.session.flush()
    return topic, room, other


def export(browser, kind="json"):
    return browser.post(f"/settings/data/{kind}")


def leave(browser, proof=PASSWORD):
    return browser.post("/settings/leave", data={"proof": proof})


def test_every_model_that_names_a_member_is_exported_or_has_a_reason():
    named = {
        mapper.class_.__name__
        for mapper in db.Model.registry.mappers
        if not mapper.local_table.name.startswith("test_")
        and any(
            key.column.table.name == "members"
            for column in mapper.local_table.columns
            for key in column.foreign_keys
        )
    }
    exported = {section.model.__name__ for section in SECTIONS}

    assert named == (exported | NOT_EXPORTED) - {"Member", "AuditEntry"}


def test_no_section_names_a_secret():
    secret = {
        "password",
        "fs_uniquifier",
        "digest",
        "code_digest",
        "sealed_secret",
        "public_key",
        "nonce",
        "html",
    }
    for section in SECTIONS:
        assert not secret & set(section.fields.split())
        assert set(section.fields.split()) <= set(inspect(section.model).all_orm_descriptors.keys())


def test_one_takes_all_that_is_ones_own_and_nothing_of_others(zoe, traces, sign_in):
    answer = export(sign_in(zoe))
    data = json.loads(answer.data)["sections"]

    assert (
        "attachment" in answer.headers["Content-Disposition"]
        and answer.headers["Cache-Control"] == "no-store"
    )
    assert data["profile"][0]["email"] == "zoe@lyon.example"
    assert data["seats"][0]["place"] == "Lyon"
    assert any(CANARY in post["text"] for post in data["posts"])
    assert any(CANARY in message["text"] for message in data["messages"])
    assert data["registrations"] and data["mails"] and data["spaces"]
    assert data["notifications"][0]["kind"] == "reply"
    assert (
        OTHERS not in answer.text and "other@else.example" not in answer.text and "argon2" not in answer.text
    )


def test_the_tables_hold_the_same_and_run_nothing(zoe, traces, sign_in):
    zoe.job_title, browser = "=HYPERLINK(1)", sign_in(zoe)
    data = json.loads(export(browser).data)["sections"]
    packed = zipfile.ZipFile(io.BytesIO(export(browser, "csv").data))
    assert len(data.pop("acts")) == 1, "the first of the two exports"
    tables = {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))
        for name in packed.namelist()
        if name != "acts.csv"
    }

    assert {key: len(lines) for key, lines in tables.items()} == {
        key: len(lines) for key, lines in data.items() if lines
    }
    assert tables["profile"][0]["job_title"] == "'=HYPERLINK(1)"
    assert [line["text"] for line in tables["posts"]] == [post["text"] for post in data["posts"]]
    assert OTHERS not in str(tables)


def test_the_page_is_read_without_us(zoe, traces, sign_in):
    zoe.name, zoe.locale = "<script>alert(1)</script>", "ar"
    page = export(sign_in(zoe), "html").text

    assert 'lang="ar" dir="rtl"' in page and CANARY in page and OTHERS not in page
    assert "<script" not in page and "src=" not in page and "href=" not in page


def test_taking_it_is_limited_and_stands_in_the_audit(zoe, sign_in, visitor):
    browser = sign_in(zoe)
    kinds = itertools.islice(itertools.cycle(("json", "csv", "html")), 11)
    answers = [export(browser, kind).status_code for kind in kinds]

    assert answers == [200] * 10 + [429]
    assert db.session.scalar(db.select(db.func.count()).where(AuditEntry.verb == "export_own_data")) == 10
    assert export(visitor).status_code == 401


def test_the_buttons_stand_in_their_row(zoe, sign_in):
    """A browser ends a paragraph where a form begins: the forms would stand outside, without the gaps of the row."""
    page = sign_in(zoe).get("/settings/data").text
    row = page.partition('id="export"')[2].partition("<details")[0]

    assert row.count("<form") == 3 and '<div class="actions">' in row
    assert row.rindex("</p>") < row.index('<div class="actions">')


def test_leaving_asks_who_one_is(zoe, sign_in):
    assert leave(sign_in(zoe), "wrong").status_code == 422 and zoe.active


def test_who_has_left_is_a_former_member_of_the_city_everywhere(zoe, traces, sign_in, visitor, connect):
    topic, room, other = traces
    browser, elsewhere, line = sign_in(zoe), sign_in(zoe), connect(zoe)
    assert leave(browser).status_code == 303

    assert browser.get("/settings").status_code == elsewhere.get("/settings").status_code == 302
    assert not line.client.is_connected()
    reader = sign_in(other)
    pages = [f"/topics/{topic.id}", f"/forums/{topic.forum.slug}", "/forums", f"/chat/rooms/{room.id}", "/cities/lyon",
             f"/members/{zoe.id}", "/workshops"]  # fmt: skip
    for path in pages:
        page = reader.get(path).text
        assert "Zoë" not in page and "zoe@" not in page and "Rare job" not in page, path
    assert "Former member" in reader.get(f"/topics/{topic.id}").text
    assert "Former member" in reader.get(f"/chat/rooms/{room.id}").text
    assert (
        "Lyon" in reader.get(f"/topics/{topic.id}").text and CANARY in reader.get(f"/topics/{topic.id}").text
    )
    assert visitor.get(f"/topics/{topic.id}").status_code in (200, 302)


def test_nothing_of_the_person_is_left_in_any_table(zoe, traces, sign_in, visitor):
    visitor.post("/join", data={"name": "Zoë Canary", "email": "zoe@lyon.example", "job_title": "Rare job",
                                "city_name": "Lyon", "password": PASSWORD, "again": PASSWORD})  # fmt: skip
    assert db.session.scalar(db.select(JoinRequest))
    leave(sign_in(zoe))

    for table in db.metadata.sorted_tables:
        for row in db.session.execute(db.select(table)):
            words = repr(row)
            assert "Zoë" not in words and "zoe@lyon" not in words and "Rare job" not in words, table.name
    assert db.session.scalar(db.select(db.func.count()).select_from(SignInSession)) == 0
    assert not db.session.scalars(db.select(Membership).filter_by(member_id=zoe.id)).all()


def test_what_was_written_stays_with_the_city(zoe, traces, sign_in, lyon):
    leave(sign_in(zoe))

    posts = db.session.scalars(db.select(Post).filter_by(author_id=zoe.id)).all()
    assert posts and {post.author_city_id for post in posts} == {lyon.id}
    assert db.session.scalars(db.select(Message).filter_by(author_id=zoe.id)).all()
    assert (
        zoe.state == "anonymised"
        and db.session.scalars(db.select(Seat).filter_by(member_id=zoe.id)).one().until
    )


def test_the_last_focal_point_hands_over_first(lyon, sign_in):
    focal = db.session.scalar(
        db.select(Member).join(Seat, Seat.member_id == Member.id).where(Seat.city_id == lyon.id)
    )
    focal.password = hash_password(PASSWORD)
    answer = leave(sign_in(focal))

    assert answer.status_code == 422 and "Hand the place over first" in answer.text
    assert focal.active and focal.name


def test_the_place_in_a_workshop_is_given_back(zoe, sign_in):
    workshop = WorkshopFactory(is_open=True, capacity_online=1, mode="online")
    workshop.register(zoe, "online", "en")
    next_one = MemberFactory()
    waiting = workshop.register(next_one, "online", "en")
    assert waiting.state == "waitlisted" or waiting.state == "waiting"
    leave(sign_in(zoe))

    db.session.refresh(waiting)
    assert waiting.state == "confirmed"


def test_who_came_to_a_workshop_that_is_over_is_counted_still(zoe, sign_in):
    workshop = WorkshopFactory(is_open=True, mode="online")
    kept = workshop.register(zoe, "online", "en")
    workshop.state = "completed"
    leave(sign_in(zoe))

    db.session.refresh(kept)
    assert kept.state == "confirmed"


def test_the_address_is_free_again_and_opens_nothing(zoe, sign_in, app):
    leave(sign_in(zoe))
    entered = app.test_client().post("/sign-in", data={"email": "zoe@lyon.example", "password": PASSWORD})

    assert entered.status_code == 422
    assert MemberFactory(email="zoe@lyon.example").active
    assert not db.session.scalar(db.select(OutgoingMail.id).where(OutgoingMail.member_id == zoe.id))
