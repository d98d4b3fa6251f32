"""Many processes register and withdraw at once on a real database: never one place too many (abuse case 39)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cityexchange.app import create_app
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.workshops.registrations import Registration
from config import TestConfig
from tests.factories import MemberFactory
from tests.session import new_database
from tests.workshops.factories import WorkshopFactory, noon_in, slot

BY_HAND = ("announced", "registration_open")
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.no_app
RUSH = """
import json, sys, threading
from cityexchange.app import create_app
from cityexchange.core.db import db, unit_of_work
from cityexchange.core.jobs import run_sweep
from cityexchange.members.models import Member
from cityexchange.workshops.models import Workshop
from config import TestConfig

url, folder, workshop_id, acts = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])

class Settings(TestConfig):
    SQLALCHEMY_DATABASE_URI, DATA_FOLDER, REDIS_URL = url, folder, None

app = create_app(Settings)
start = threading.Barrier(len(acts))

def act(verb, member_id):
    with app.app_context():
        start.wait()
        if verb == "sweep":
            return run_sweep("workshops")
        for press in range(2):
            with unit_of_work():
                workshop, member = db.session.get(Workshop, workshop_id), db.session.get(Member, member_id)
                if verb == "register":
                    workshop.register(member, "in_person", "en", nonce=f"form {member_id}")
                elif mine := workshop.registration_of(member):
                    mine.withdraw()

people = [threading.Thread(target=act, args=one) for one in acts]
[one.start() for one in people]
[one.join() for one in people]
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))])
def crowd(request, tmp_path):
    """An application on an empty database of its own, and a function that sets processes upon it."""
    url = new_database(f"race_{os.getpid()}", tmp_path, kind=request.param)

    class Settings(TestConfig):
        SQLALCHEMY_DATABASE_URI, DATA_FOLDER, REDIS_URL = url, str(tmp_path), None

    def rush(workshop_id, acts):
        """`acts`: pairs of a verb and a member's id, shared out among two processes."""
        # Our own transaction would hold SQLite's writing lock, and everybody would wait for us.
        db.session.commit()
        programs = [
            subprocess.Popen(
                [sys.executable, "-c", RUSH, url, str(tmp_path), str(workshop_id), json.dumps(half)], cwd=ROOT
            )
            for half in (acts[::2], acts[1::2])
        ]
        assert [program.wait() for program in programs] == [0, 0]
        db.session.rollback()

    with create_app(Settings).app_context():
        db.create_all()
        yield rush
        db.session.rollback()
        db.engine.dispose()


def states(workshop_id):
    rows = select(Registration.state, func.count()).filter_by(workshop_id=workshop_id)
    return dict(db.session.execute(rows.group_by(Registration.state)).all())


def ids_of(state):
    return list(db.session.scalars(select(Registration.id).filter_by(state=state).order_by(Registration.id)))


def test_a_rush_for_ten_places_gives_exactly_ten(crowd):
    workshop = WorkshopFactory(is_open=True, capacity_in_person=10)
    id, people = workshop.id, [member.id for member in MemberFactory.create_batch(100)]

    crowd(id, [("register", member_id) for member_id in people])

    assert states(id) == {"confirmed": 10, "waitlisted": 90}
    assert max(ids_of("confirmed")) < min(ids_of("waitlisted"))


def test_places_given_back_during_a_rush_go_to_those_who_wait_longest(crowd):
    workshop = WorkshopFactory(is_open=True, capacity_in_person=10)
    members = MemberFactory.create_batch(80)
    for member in members[:40]:
        workshop.register(member, "in_person", "en")
    id, people = workshop.id, [member.id for member in members]

    crowd(id, [("withdraw", one) for one in people[:30]] + [("register", one) for one in people[40:]])

    assert states(id) == {"confirmed": 10, "waitlisted": 40, "withdrawn": 30}
    assert max(ids_of("confirmed")) < min(ids_of("waitlisted"))
    assert_each_promoted_and_mailed_once()


def assert_each_promoted_and_mailed_once():
    mails = list(db.session.execute(select(OutgoingMail.template, OutgoingMail.record_id)))
    assert len(mails) == len(set(mails))
    promoted = {id for template, id in mails if template == "workshops/promoted"}
    waited = {id for template, id in mails if template == "workshops/waiting"}
    still = set(ids_of("waitlisted"))
    gone = {id for id in waited - promoted if db.session.get(Registration, id).state == "withdrawn"}
    assert promoted <= waited
    assert promoted == waited - still - gone


def test_two_workers_at_once_take_each_step_once(crowd):
    late = [WorkshopFactory(is_announced=n % 2 == 0, is_open=n % 2 == 1) for n in range(6)]
    for workshop in late:
        workshop.register_until(noon_in(-30).date())
        workshop.schedule.plan("Africa/Tunis", [slot(days=-20)])

    crowd(late[0].id, [("sweep", 0)] * 8)

    for workshop in late:
        steps = [change.to_state for change in workshop.changes if change.to_state not in BY_HAND]
        assert steps == ["registration_closed", "running", "completed"]
