"""The probe application with a room to chat in."""

from cityexchange.chat.models import Room
from cityexchange.core.db import db
from cityexchange.spaces.models import Space
from tests.core.live_app import app, prepare

__all__ = ["app"]


@app.cli.command("chat-prepare")
def prepare_chat():
    prepare.callback()
    space = Space(slug="members", name="Members", confidentiality="members")
    db.session.add(space)
    Room.open(space, "Housing")
    db.session.commit()
