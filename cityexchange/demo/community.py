"""Cities, people and spaces of the illustrative community, made by the models' own verbs."""

from datetime import date

from flask import current_app
from flask_security.utils import hash_password

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.demo.content import read
from cityexchange.members.models import Member
from cityexchange.members.naming import free_handle
from cityexchange.spaces.models import Space
from cityexchange.themes.models import Theme

REGIONS = {
    "Africa": "africa",
    "Arab States": "arab_states",
    "Asia-Pacific": "asia_pacific",
    "Europe & Central Asia": "europe",
    "Latin America & Caribbean": "latin_america",
    "North America": "north_america",
}
PAGES = ("ar", "en", "es", "fr", "ru", "zh")


def load_cities():
    themes = {theme.key: theme for theme in db.session.scalars(db.select(Theme))}
    for facts in read("cities")["cities"]:
        city = city_of(facts)
        db.session.add(city)
        others = tuple(kind for kind in facts["kinds_other"].split(",") if kind)
        city.declare_kind(facts["kind_declared"], others)
        for key in filter(None, facts["expertise_themes"].split(",")):
            city.offer(themes[key])
        for key in filter(None, facts["need_themes"].split(",")):
            city.need(themes[key])
    db.session.flush()


def city_of(facts):
    return City(
        slug=facts["slug"],
        name=facts["name"],
        geonameid=facts["geonameid"],
        country=facts["country"],
        region=REGIONS[facts["region"]],
        latitude=facts["lat"],
        longitude=facts["lon"],
        population=facts["population_geonames"],
        timezone=facts["timezone"],
        working_languages=facts["working_languages"].split(","),
        about=facts["public_anchor"],
        state="active",
        is_illustrative=True,
    )


def load_people():
    """Members by the keys of demo.json, and the invented team. All share DEMO_PASSWORD."""
    password = hash_password(current_app.config["DEMO_PASSWORD"])
    cities = {city.slug: city for city in db.session.scalars(db.select(City))}
    people = {key: facts for key, facts in read("demo")["people"].items() if facts["city"]}
    members = {key: person(key, facts, cities[facts["city"]], password) for key, facts in people.items()}
    members |= {facts["key"]: team_member(facts, password) for facts in read("extras")["team"]}
    db.session.flush()
    return members


def person(key, facts, city, password):
    changes = read("extras")["people"].get(key, {})
    locale = changes.get("locale") or (facts["lang"] if facts["lang"] in PAGES else "en")
    member = new_member(
        name=facts["name"],
        email=f"{key}@{facts['city']}.example",
        job_title=facts["job_title"],
        locale=locale,
        languages_read=changes.get("reads") or list(dict.fromkeys([facts["lang"], locale, "en"])),
        timezone=city.timezone,
        password=password,
    )
    member.seat_in(city, "city_focal_point", since=date(2026, 1, 12))
    return member


def team_member(facts, password):
    return new_member(
        name=facts["name"],
        email=f"{facts['mailbox']}@cityexchange.example",
        job_title=facts["job_title"],
        locale=facts["locale"],
        languages_read=facts["reads"],
        timezone=facts["timezone"],
        team_role=facts["role"],
        password=password,
    )


def new_member(**facts):
    member = Member(
        handle=free_handle(facts["name"]),
        state="active",
        email_confirmed_at=utcnow(),
        is_illustrative=True,
        **facts,
    )
    db.session.add(member)
    db.session.flush()
    return member


def load_spaces(members):
    """The spaces that the threads of demo.json name, each with its class and, where closed, its members."""
    spaces = {}
    for facts in read("extras")["spaces"]:
        space = Space(
            slug=facts["slug"],
            name=facts["name"],
            description=facts["description"],
            confidentiality=facts["confidentiality"],
            joining="invitation" if facts["confidentiality"] in ("group", "chatham") else "open",
            is_illustrative=True,
        )
        db.session.add(space)
        for key in facts.get("members", ()):
            space.admit(members[key], "facilitator" if key == "facilitator" else "member")
        spaces[facts["slug"]] = space
    db.session.flush()
    return spaces
