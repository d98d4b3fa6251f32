"""What happened to a seat can be read years later: what it was, what it became, and no names."""

import csv
import io
import json
from datetime import timedelta

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from tests.factories import MemberFactory


def test_the_audit_tells_what_a_seat_was_and_became(lyon, ana, sign_in, coordinator):
    seat = MemberFactory(city=lyon, name="Dora").seat
    until = str(utcnow().date() + timedelta(days=9))
    changes = {"role": "city_deputy", "category": "government", "until": until, "speaks_officially": "y"}
    assert sign_in(ana).post(f"/seats/{seat.id}", data=changes).status_code == 303

    entry = db.session.scalar(db.select(AuditEntry).filter_by(verb="change_seat"))
    before = {"role": "member", "category": "local_authority", "until": None, "speaks_officially": False}
    after = changes | {"speaks_officially": True}
    assert entry.facts == {"before": before, "after": after} and entry.record_id == seat.id
    desk = sign_in(coordinator)
    assert "city_deputy" in desk.get("/desk/audit").text.split("change_seat</code></td>")[1]

    table = desk.post("/desk/audit.csv", data={"verb": "change_seat"}).text.removeprefix("\ufeff")
    line = next(csv.DictReader(io.StringIO(table)))
    assert json.loads(line["facts"]) == entry.facts and "Dora" not in table


def test_what_was_not_said_again_stays(lyon, ana, sign_in):
    seat = MemberFactory(city=lyon).seat
    sign_in(ana).post(f"/seats/{seat.id}", data={"role": "member"})

    facts = db.session.scalar(db.select(AuditEntry.facts).filter_by(verb="change_seat"))
    assert facts["before"] == facts["after"]
