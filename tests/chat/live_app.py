"""The probe application with rooms to chat in: one for all members, one for officials (members 2 and 3)."""

from datetime import date

from flask import jsonify

from cityexchange.chat.models import Room
from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.sockets import channel, expiring_rights, outbox, tell
from cityexchange.core.web import public
from cityexchange.members.models import Member, Seat
from cityexchange.spaces.models import Space
from tests.core.live_app import app, prepare

__all__ = ["app"]
looks = []


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


@app.post("/probe/marks/<int:member_id>/<mark>")
@public
def send_mark(member_id, mark):
    """To the lines of a member in every process, by each way there is: it comes after whatever went that way before."""
    member = db.session.get(Member, member_id)
    outbox.put("probe:mark", {"mark": mark, "way": "row"}, channel(member))
    tell(member, "probe:mark", mark=mark, way="told")
    return jsonify(ok=True)


def count_looks():
    """Notes that this process begins to look which rights have ended by their date. Nothing has ended here."""
    looks.append(1)
    return db.select(Seat.id, Seat.member_id).where(db.false())


expiring_rights.add("probe", count_looks)


@app.get("/probe/looks")
@public
def show_looks():
    return jsonify(len(looks))
