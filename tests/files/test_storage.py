import secrets
from datetime import timedelta

import pytest
from moto.server import ThreadedMotoServer

from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.files import File, attach, storage
from cityexchange.core.files.tidying import remove_remains, remove_unattached
from tests.factories import MemberFactory, SpaceFactory
from tests.files.conftest import address
from tests.files.factories import PDF, picture


@pytest.fixture(params=["folder", "s3"])
def stored(request, app, tmp_path, monkeypatch):
    """The application with each of its two storages; S3 is moto's server on loopback."""
    if request.param == "folder":
        opened = storage.open_storage(str(tmp_path / "files"))
    else:
        opened = request.getfixturevalue("bucket")
    monkeypatch.setitem(app.extensions, "files", opened)
    return opened


@pytest.fixture
def bucket(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    name = f"exchange-{secrets.token_hex(8)}"
    opened = storage.open_storage(f"s3://{name}", f"http://{host}:{port}")
    opened.client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    yield opened
    server.stop()


def test_what_is_stored_comes_back_whole_in_part_and_by_version(stored, sent, sign_in):
    member = MemberFactory()
    file = sent(member, PDF, "report.pdf")
    browser = sign_in(member)
    whole = browser.get(address(file))
    part = browser.get(address(file), headers={"Range": "bytes=1-3"})

    assert whole.data == PDF
    assert (part.status_code, part.data) == (206, PDF[1:4])
    assert browser.get(address(file), headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    head = browser.head(address(file))
    assert (head.data, head.content_length) == (b"", len(PDF))


def test_lost_bytes_are_a_page_that_does_not_exist(stored, sent, sign_in):
    member = MemberFactory()
    file = sent(member, PDF, "report.pdf")
    stored.remove(f"{file.place}-large")

    assert sign_in(member).get(address(file)).status_code == 404


def test_what_nobody_used_is_removed_after_a_day_bytes_and_all(stored, sent, monkeypatch):
    member = MemberFactory()
    old, used, young = (sent(member, picture()) for _ in range(3))
    old.created_at = used.created_at = utcnow() - timedelta(days=2)
    attach(used, SpaceFactory())
    places = {used.place, young.place}
    db.session.commit()
    with unit_of_work():
        remove_unattached()
    remove_remains()
    assert len(list(stored.places())) == 6

    monkeypatch.setattr("cityexchange.core.files.tidying.utcnow", lambda: utcnow() + timedelta(days=1.5))
    remove_remains()
    assert {place.split("-")[0] for place, _ in stored.places()} == places
    assert db.session.scalar(db.select(db.func.count(File.id))) == 2


def test_no_place_leads_out_of_the_folder(tmp_path):
    folder = storage.open_storage(str(tmp_path / "files"))
    (tmp_path / "secret").write_text("x")
    with pytest.raises(FileNotFoundError):
        folder.source("../../secret/../secret-large")
