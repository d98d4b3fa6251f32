"""Where nothing can be written, whoever writes hears so in words with what was typed, and everybody reads on."""

import errno
import io
import sqlite3
from contextlib import closing, contextmanager

import pytest
import structlog
from sqlalchemy import event

from cityexchange.core.db import db
from tests.chat.factories import RoomFactory
from tests.core.test_kept import OURS, given_back
from tests.factories import MemberFactory
from tests.files.factories import PDF
from tests.forums.factories import start_topic
from tests.session import database_kind

LONG = "Merci, 谢谢 <b>& شكرا " * 300
KINDS = {
    "sqlite": {
        "full": ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"),
        "read-only": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    },
    "postgresql": {
        "read-only": (
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        ),
    },
}
"""How the database comes to refuse, on each of its lines, and to take again."""
NOTHING = {
    "en": "Nothing can be saved at the moment",
    "fr": "Rien ne peut être enregistré",
    "ar": "لا يمكن حفظ أي شيء",
}


def pack():
    """Pages that tests before this one have emptied would be filled first."""
    db.session.commit()
    with closing(sqlite3.connect(db.engine.url.database)) as line:
        line.execute("VACUUM")


@contextmanager
def refusing(kind):
    """The database of the application, for whoever takes a line of it meanwhile."""
    refuse, take = KINDS[database_kind()][kind]
    if kind == "full":
        pack()

    def say(words):
        return lambda line, *_: (line.cursor().execute(words), line.commit())

    deaf, heard = say(refuse), say(take)
    event.listen(db.engine, "checkout", deaf)
    event.listen(db.engine, "checkin", heard)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", deaf)
        event.remove(db.engine, "checkin", heard)


@pytest.mark.parametrize("language", NOTHING)
@pytest.mark.parametrize("form", ["a reply", "a message"])
@pytest.mark.parametrize("kind", KINDS[database_kind()])
def test_what_finds_no_room_is_given_back_in_words_and_can_be_sent_again(sign_in, kind, form, language):
    topic = start_topic()
    room, browser = RoomFactory(space=topic.forum.space), sign_in(topic.author)
    room.space.admit(topic.author)
    path, page = {
        "a reply": (f"/topics/{topic.id}/posts", f"/topics/{topic.id}"),
        "a message": (f"/chat/rooms/{room.id}/messages", f"/chat/rooms/{room.id}"),
    }[form]
    words = LONG if form == "a reply" else LONG[:1900]
    before = browser.get(page).status_code
    with refusing(kind):
        refusal = browser.post(f"{path}?lang={language}", data={"text": words}, headers=OURS)
        assert (before, browser.get(page).status_code) == (200, 200)
    assert refusal.status_code == 507 and int(refusal.headers["Retry-After"]) > 0
    assert NOTHING[language] in refusal.text and given_back(refusal) == [words]
    assert browser.post(path, data={"text": words, "nonce": "n-12345678"}, headers=OURS).status_code == 303
    assert browser.get(page).text.count("شكرا") >= 300 * len(words) // len(LONG)


class Full:
    """A store of files whose disk is as it is said."""

    def __init__(self, number):
        self.number = number

    def put(self, place, content):
        raise OSError(self.number, "so it is")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])
def test_a_file_that_finds_no_room_is_refused_in_words(app, sign_in, monkeypatch, number):
    monkeypatch.setitem(app.extensions, "files", Full(number))
    upload = {"file": (io.BytesIO(PDF), "report.pdf")}
    with structlog.testing.capture_logs() as lines:
        answer = sign_in(MemberFactory()).post("/files", data=upload, headers={"Accept": "application/json"})
    assert answer.status_code == 507 and answer.json["title"] == NOTHING["en"]
    assert [line["log_level"] for line in lines if line["log_level"] != "info"] == ["error"]


def test_what_is_no_want_of_room_stays_a_fault_of_ours(app, sign_in, monkeypatch):
    monkeypatch.setitem(app.extensions, "files", Full(errno.EISDIR))
    with pytest.raises(OSError, match="so it is"):
        sign_in(MemberFactory()).post("/files", data={"file": (io.BytesIO(PDF), "report.pdf")})
