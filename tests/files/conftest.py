import io

import pytest

from cityexchange.core.db import db
from cityexchange.core.files import File, file_owners
from cityexchange.core.policy import one_of
from cityexchange.spaces.models import Space


@pytest.fixture(autouse=True)
def spaces_carry_files():
    file_owners.add("Space", Space)
    one_of.forget()
    yield
    file_owners.remove("Space")
    one_of.forget()


@pytest.fixture
def send(sign_in):
    """Sends a file in as a member; the answer."""

    def send(member, content, name="file.png"):
        return sign_in(member).post("/files", data={"file": (io.BytesIO(content), name)})

    return send


@pytest.fixture
def sent(send):
    """The row of a file sent in by a member."""

    def sent(member, content, name="file.png"):
        answer = send(member, content, name)
        assert answer.status_code == 201, answer.text
        return db.session.get(File, answer.json["id"])

    return sent


def address(file, size=None):
    return f"/files/{file.id}/{file.name}" + (f"?size={size}" if size else "")
