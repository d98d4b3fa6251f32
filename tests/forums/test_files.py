"""Files travel with posts, and are read by exactly those who read the post."""

from io import BytesIO

import pytest
from PIL import Image

from cityexchange.core.db import db
from cityexchange.core.files import File
from cityexchange.forums.models import Post
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory


@pytest.fixture
def circle():
    return SpaceFactory(confidentiality="group")


@pytest.fixture
def topic(circle):
    ana = MemberFactory()
    circle.admit(ana)
    return ForumFactory(space=circle).start_topic(ana, "Forms for buddies", "Who has one?")


def picture():
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    file.seek(0)
    return file


def reply(browser, topic, file, name="plan [1].png"):
    data = {"text": "Here is ours", "file": (file, name)}
    return browser.post(f"/topics/{topic.id}/posts", data=data, content_type="multipart/form-data")


def test_a_reply_carries_a_file_without_scripts(topic, circle, sign_in):
    friend, stranger = MemberFactory(), MemberFactory()
    circle.admit(friend)

    assert reply(sign_in(topic.author), topic, picture()).status_code == 303

    file = db.session.scalar(db.select(File))
    post = db.session.scalar(db.select(Post).filter_by(position=2))
    assert (file.record_type, file.record_id) == ("Post", post.id)
    assert f"/files/{file.id}/" in post.html
    assert sign_in(friend).get(f"/files/{file.id}/{file.name}").status_code == 200
    assert sign_in(stranger).get(f"/files/{file.id}/{file.name}").status_code == 404


def test_what_is_no_file_of_ours_is_sent_back_with_the_text(topic, sign_in):
    response = reply(sign_in(topic.author), topic, BytesIO(b"MZ\x90\x00 not a picture"), "virus.exe")

    assert response.status_code == 422
    assert "Here is ours" in response.text
    assert "This kind of file is not taken" in response.text
    assert db.session.scalar(db.select(db.func.count()).select_from(Post)) == 1


def test_a_file_sent_before_hangs_on_the_post_that_links_it(topic, sign_in):
    browser = sign_in(topic.author)
    sent = browser.post(
        "/files", data={"file": (picture(), "a.png")}, content_type="multipart/form-data"
    ).json

    browser.post(f"/topics/{topic.id}/posts", data={"text": f"Look: {sent['markdown']}"})

    assert db.session.get(File, sent["id"]).record_type == "Post"


def test_nobody_hangs_the_file_of_another_on_their_post(topic, circle, sign_in):
    thief = MemberFactory()
    circle.admit(thief)
    sent = (
        sign_in(topic.author)
        .post("/files", data={"file": (picture(), "a.png")}, content_type="multipart/form-data")
        .json
    )

    sign_in(thief).post(f"/topics/{topic.id}/posts", data={"text": sent["markdown"]})

    assert db.session.get(File, sent["id"]).record_type is None


def test_several_files_travel_with_a_reply_without_scripts(topic, sign_in):
    data = {"text": "Here are ours", "file": [(picture(), "a.png"), (picture(), "b.png")]}
    browser = sign_in(topic.author)
    answer = browser.post(f"/topics/{topic.id}/posts", data=data, content_type="multipart/form-data")

    assert answer.status_code == 303
    post = db.session.scalar(db.select(Post).filter_by(position=2))
    assert post.html.count("<img") == 2
    assert set(db.session.scalars(db.select(File.record_id))) == {post.id}


def test_without_scripts_it_is_told_how_a_table_was_read(topic, sign_in):
    table = BytesIO("ville;Montréal".encode("cp1252"))
    browser = sign_in(topic.author)
    data = {"text": "Our cities", "file": [(table, "cities.csv")]}
    answer = browser.post(f"/topics/{topic.id}/posts", data=data, content_type="multipart/form-data")

    page = browser.get(answer.location).text
    assert "cities.csv is not in UTF-8. It was read as Western European (Windows-1252)" in page
    assert "ville;Montréal" in page


def test_of_several_files_one_that_is_refused_takes_none(topic, sign_in):
    data = {"text": "Here are ours", "file": [(picture(), "a.png"), (BytesIO(b"MZ\x90\x00"), "b.exe")]}
    browser = sign_in(topic.author)
    answer = browser.post(f"/topics/{topic.id}/posts", data=data, content_type="multipart/form-data")

    assert answer.status_code == 422 and "Here are ours" in answer.text
    assert db.session.scalar(db.select(db.func.count(File.id))) == 0


@pytest.mark.parametrize(
    ("names", "refused", "has_others"),
    [
        (["a.png", "b.exe", "c.png"], ["b.exe"], True),
        (["a.exe", "خطة.exe", "c.png"], ["a.exe", "خطة.exe"], True),
        (["計画.exe"], ["計画.exe"], False),
    ],
)
def test_each_file_that_is_refused_without_scripts_is_named(topic, sign_in, names, refused, has_others):
    contents = [picture() if name.endswith("png") else BytesIO(b"MZ\x90\x00") for name in names]
    data = {"text": "Here are ours", "file": list(zip(contents, names, strict=True))}
    answer = sign_in(topic.author).post(
        f"/topics/{topic.id}/posts", data=data, content_type="multipart/form-data"
    )
    summary = answer.text.split('role="alert"')[1].split("</ul>")[0]

    assert [name for name in names if name in summary] == refused
    assert ("other files were not taken" in summary) == has_others
