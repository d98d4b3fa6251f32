"""The crowd, their cities, and the two spaces where they meet."""

from datetime import UTC, date, datetime
from hashlib import sha256

from flask import current_app
from flask_security.utils import hash_password
from sqlalchemy import insert

from cityexchange.cities.models import KINDS, REGIONS, City
from cityexchange.core.db import db
from cityexchange.members.models import Member, Seat
from cityexchange.spaces.models import Space

SLUG = "volume"
CITIES = 40
MANY_AT_ONCE = 5_000
BEGAN_AT = datetime(2026, 1, 1, tzinfo=UTC)


def insert_many(model, rows):
    for start in range(0, len(rows), MANY_AT_ONCE):
        db.session.execute(insert(model), rows[start : start + MANY_AT_ONCE])


def insert_numbered(model, rows):
    """Inserts, and answers the ids in the order of the rows."""
    query = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(db.session.scalars(query, rows))


def load_people(size):
    """[(member id, city id)] of m0001@volume.example and on; all share DEMO_PASSWORD."""
    cities = insert_numbered(City, [city(number) for number in range(1, CITIES + 1)])
    password = hash_password(current_app.config["DEMO_PASSWORD"])
    count = max(size.members, size.registrants)
    members = insert_numbered(Member, [person(number, password) for number in range(1, count + 1)])
    crowd = [(member, cities[place % CITIES]) for place, member in enumerate(members)]
    insert_many(Seat, [{"member_id": m, "city_id": c, "since": date(2026, 1, 1)} for m, c in crowd])
    return crowd


def city(number):
    return {
        "slug": f"{SLUG}-{number:02}", "name": f"Example city {number}", "country": "XX", "state": "active",
        "region": REGIONS[number % len(REGIONS)], "kind_primary": KINDS[number % len(KINDS)],
        "working_languages": ["en"], "is_illustrative": True,
    }  # fmt: skip


def person(number, password):
    email = f"m{number:04}@volume.example"
    return {
        "name": f"Example member {number}", "handle": f"volume-m{number:04}", "email": email, "password": password,
        "languages": {"en": "works"}, "state": "active", "email_confirmed_at": BEGAN_AT, "is_illustrative": True,
        # Known by all who read this, and worth nothing: a cookie is signed, and names a session of its own.
        "fs_uniquifier": sha256(email.encode()).hexdigest(),
    }  # fmt: skip


def load_spaces():
    """One that everybody reads, one for members."""
    names = ((SLUG, "Example space", "public"), (f"{SLUG}-members", "Example space for members", "members"))
    spaces = [
        Space(slug=slug, name=name, confidentiality=kind, is_illustrative=True) for slug, name, kind in names
    ]
    db.session.add_all(spaces)
    db.session.flush()
    return spaces
