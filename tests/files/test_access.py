"""Abuse case 9: a file is seen exactly by those who see what it hangs on, by whatever road."""

import pytest

from cityexchange.core.db import db
from cityexchange.core.files import attach, attach_linked
from tests.factories import MemberFactory, SpaceFactory
from tests.files.conftest import address
from tests.files.factories import PDF, picture

ROADS = {
    "GET": {},
    "HEAD": {"method": "HEAD"},
    "Range": {"headers": {"Range": "bytes=0-3"}},
    "thumbnail": {"query_string": {"size": "small"}},
}


@pytest.fixture
def members():
    return MemberFactory(name="Insider"), MemberFactory(name="Outsider")


@pytest.fixture
def file(sent, members):
    file = sent(members[0], picture())
    space = SpaceFactory(confidentiality="group")
    space.admit(members[0])
    attach(file, space)
    return file


@pytest.mark.parametrize("road", ROADS)
def test_who_does_not_see_the_record_does_not_see_its_file(sign_in, visitor, members, file, road):
    insider, outsider = members
    path = address(file)
    assert sign_in(insider).open(path, **ROADS[road]).status_code in {200, 206}

    assert sign_in(outsider).open(path, **ROADS[road]).status_code == 404
    assert visitor.open(path, **ROADS[road]).status_code == 404


def test_a_remembered_version_does_not_open_what_is_closed(sign_in, members, file):
    insider, outsider = members
    etag = sign_in(insider).get(address(file)).headers["ETag"]
    known = {"headers": {"If-None-Match": etag}}

    assert sign_in(insider).get(address(file), **known).status_code == 304
    assert sign_in(outsider).get(address(file), **known).status_code == 404


def test_whoever_loses_the_space_loses_the_file(sign_in, members, file):
    browser = sign_in(members[0])
    assert browser.get(address(file)).status_code == 200
    space = db.session.scalar(
        db.select(type(SpaceFactory())).where(type(SpaceFactory()).id == file.record_id)
    )
    space.leave(members[0])

    assert browser.get(address(file)).status_code == 404


def test_when_the_record_is_gone_so_is_the_file(sign_in, members, sent):
    space = SpaceFactory(confidentiality="public")
    file = sent(members[0], picture())
    attach(file, space)
    browser = sign_in(members[0])
    assert browser.get(address(file)).status_code == 200
    db.session.delete(space)

    assert browser.get(address(file)).status_code == 404


def test_the_files_of_a_public_space_are_public(visitor, members, sent):
    file = sent(members[0], picture())
    attach(file, SpaceFactory(confidentiality="public"))

    assert visitor.get(address(file)).status_code == 200


def test_what_hangs_nowhere_is_its_senders_alone(sign_in, visitor, members, sent):
    insider, outsider = members
    file = sent(insider, picture())
    assert sign_in(insider).get(address(file)).status_code == 200

    assert sign_in(outsider).get(address(file)).status_code == 404
    assert visitor.get(address(file)).status_code == 404
    file.uploader_id = None
    assert visitor.get(address(file)).status_code == 404


def test_an_answer_is_asked_for_each_time_and_runs_nothing(sign_in, members, sent):
    for content, name in ((PDF, "report.pdf"), (picture(), "plan.webp"), (b"a,b", "list.csv")):
        file = sent(members[0], content, name)
        for size in ("large", "small"):
            headers = sign_in(members[0]).get(address(file, size)).headers
            assert headers["Cache-Control"] == "private, no-cache"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Content-Disposition"] == f"attachment; filename={name}"
            assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_file_is_taken_out_by_its_sender_until_it_is_used(sign_in, members, sent):
    insider, outsider = members
    used, unused = sent(insider, PDF), sent(insider, PDF)
    attach(used, SpaceFactory(confidentiality="public"))
    assert sign_in(outsider).post(f"/files/{unused.id}/remove").status_code == 404
    assert sign_in(outsider).post(f"/files/{used.id}/remove").status_code == 403
    assert sign_in(insider).post(f"/files/{used.id}/remove").status_code == 403

    path = address(unused)
    assert sign_in(insider).post(f"/files/{unused.id}/remove").status_code == 204
    assert sign_in(insider).get(path).status_code == 404
    assert sign_in(insider).get(address(used)).status_code == 200


def test_linking_to_anothers_file_does_not_hang_it_on_ones_own_record(members, sent):
    insider, outsider = members
    theirs, mine = sent(insider, picture()), sent(outsider, picture())
    space = SpaceFactory(confidentiality="public")

    assert attach_linked(f"![]({address(theirs)}) ![]({address(mine)})", space, outsider) == [mine]
    assert not theirs.is_attached


def test_a_file_hangs_on_one_record_for_good(members, sent):
    file = sent(members[0], picture())
    attach(file, SpaceFactory())
    with pytest.raises(ValueError):
        attach(file, SpaceFactory())


def test_visitors_send_nothing_in(visitor):
    assert visitor.post("/files").status_code == 401
