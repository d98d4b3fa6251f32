"""The probe application with rooms to chat in: one for all members, one for officials (members 2 and 3)."""

from datetime import date

from flask import jsonify

from cityexchange.chat.models import Room
from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.web import public
from cityexchange.members.models import Member, Seat
from cityexchange.spaces.models import Space
from tests.core.live_app import app, prepare

__all__ = ["app"]


@app.cli.command("chat-prepare")
def prepare_chat():
    prepare.callback()
    for slug in ("members", "city_officials", "public"):
        space = Space(slug=slug, name=slug, confidentiality=slug)
        db.session.add(space)
        Room.open(space, "Housing")
        space.admit(db.session.get(Member, 1))
    space.admit(db.session.get(Member, 2))  # to the public one: what stays when a seat has ended
    for id in (2, 3):
        db.session.add(
            Seat(member=db.session.get(Member, id), city=db.session.get(City, 1), since=date(2020, 1, 1))
        )
    db.session.commit()


@app.post("/probe/spaces/<slug>/<confidentiality>")
@public
def reclassify_for_probe(slug, confidentiality):
    db.session.scalars(db.select(Space).filter_by(slug=slug)).one().confidentiality = confidentiality
    return jsonify(ok=True)
