"""The real server, under load: while pictures are drawn anew, others are answered."""

import io
import threading

import pytest
import requests
from itsdangerous import URLSafeTimedSerializer

from cityexchange.app import create_app
from cityexchange.core.db import db
from cityexchange.members.models import SignInSession
from config import DevelopmentConfig
from tests.factories import MemberFactory
from tests.files.factories import picture, png_of_900_megapixels
from tests.prepared import database_with, nobody
from tests.services import LiveServer


@pytest.fixture
def server(tmp_path):
    with LiveServer(tmp_path, database_with(nobody, "uploads", tmp_path)) as server:
        yield server


@pytest.fixture
def member(server):
    """A signed-in member's HTTP session with the real server."""

    class Settings(DevelopmentConfig):
        DATA_FOLDER = str(server.folder)
        SQLALCHEMY_DATABASE_URI = server.database_url
        BASE_URL = server.base_url
        REDIS_URL = None

    app = create_app(Settings)
    with app.app_context():
        person = MemberFactory()
        _, secret = SignInSession.begin(person)
        kept = {"sign_in": secret, "_user_id": person.get_id(), "_fresh": True, "csrf_token": "raw"}
        cookie = app.session_interface.get_signing_serializer(app).dumps(kept)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    http = requests.Session()
    http.cookies.set("session", cookie)
    http.headers["X-CSRFToken"] = URLSafeTimedSerializer(app.secret_key, "wtf-csrf-token").dumps("raw")
    return http


def upload(server, member, content, answers):
    answer = member.post(f"{server.base_url}/files", files={"file": ("a.png", io.BytesIO(content))})
    answers.append(answer.status_code)


def test_while_pictures_are_drawn_others_are_answered(server, member):
    large, bomb, answers = picture("PNG", (5000, 4000), "RGB"), png_of_900_megapixels(), []
    uploads = [
        threading.Thread(target=upload, args=(server, member, content, answers))
        for content in (large, bomb, large, bomb, large)
    ]
    [one.start() for one in uploads]
    others = 0
    while any(one.is_alive() for one in uploads):
        assert requests.get(f"{server.base_url}/healthz").ok
        others += 1

    assert sorted(answers) == [201, 201, 201, 413, 413]
    # Who had to wait for the pictures would be answered between two of them at most.
    assert others > 4 * len(uploads)
