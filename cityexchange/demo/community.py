"""Cities, people and spaces of the illustrative community, made by the models' own verbs."""

from datetime import date

from flask import current_app
from flask_security.utils import hash_password

from cityexchange.cities.domains import EmailDomain
from cityexchange.cities.models import City, Interest
from cityexchange.core.db import db, utcnow
from cityexchange.demo.content import read
from cityexchange.members.models import Member
from cityexchange.members.naming import free_handle
from cityexchange.membership.activation import settle
from cityexchange.membership.models import CharterAcceptance
from cityexchange.organisations.models import Organisation
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import CLOSED, Space
from cityexchange.themes.models import Theme

REGIONS = {
    "Africa": "africa",
    "Arab States": "arab_states",
    "Asia-Pacific": "asia_pacific",
    "Europe & Central Asia": "europe",
    "Latin America & Caribbean": "latin_america",
    "North America": "north_america",
}
BASES = {"S": "survey", "K": "judgement"}
"""Whether the evidence was seen in a source or is general knowledge."""
PAGES = ("ar", "en", "es", "fr", "ru", "zh")


def load_cities():
    themes = {theme.key: theme for theme in db.session.scalars(db.select(Theme))}
    for facts in read("cities")["cities"]:
        city = city_of(facts)
        db.session.add(city)
        others = tuple(kind for kind in facts["kinds_other"].split(",") if kind)
        city.declare_kind(
            facts["kind_declared"],
            others,
            evidence=facts["public_anchor"],
            basis=BASES[facts["anchor_evidence"]],
        )
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
        state="applied",
        is_illustrative=True,
    )


def load_people():
    """Members by the keys of demo.json, and the invented team. All share DEMO_PASSWORD."""
    password = hash_password(current_app.config["DEMO_PASSWORD"])
    cities = {city.slug: city for city in db.session.scalars(db.select(City))}
    people = {key: facts for key, facts in read("demo")["people"].items() if facts["city"]}
    members = {key: person(key, facts, cities[facts["city"]], password) for key, facts in people.items()}
    deputies = read("extras")["deputies"]
    for key, facts in deputies.items():
        members[key] = person(key, facts, cities[facts["city"]], password, "city_deputy")
    members |= {facts["key"]: team_member(facts, password) for facts in read("extras")["team"]}
    for facts in read("extras")["organisations"]:
        members |= load_organisation(facts, password)
    db.session.flush()
    for city in {cities[facts["city"]] for facts in deputies.values()}:
        take_in(city, members["coord"])
    return members


def take_in(city, coordinator):
    """As the coordination team would: the domain is checked, the charter accepted; two people have places already."""
    EmailDomain.claim(city, f"{city.slug}.example").verify(coordinator.id)
    CharterAcceptance.record(city, "Illustrative signature")
    settle(city)


def person(key, facts, city, password, role="city_focal_point"):
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
    member.seat_in(city, role, since=date(2026, 1, 12))
    member.languages = member.languages | {facts["lang"]: "fluent"}
    member.address_as, member.asks_line = changes.get("address_as", ""), changes.get("asks", "")
    if role == "city_focal_point":
        offers = db.select(Theme).join(Interest, Interest.theme_id == Theme.id)
        member.ask_themes = db.session.scalars(
            offers.where(Interest.city_id == city.id, Interest.side == "offer")
        ).all()
    return member


def load_organisation(facts, password):
    """Its guests by their keys."""
    house = Organisation(
        slug=facts["slug"],
        name=facts["name"],
        kind=facts["kind"],
        country=facts["country"],
        timezone=facts["timezone"],
        is_illustrative=True,
    )
    house.describe(facts["about"])
    db.session.add(house)
    return {key: guest(key, one, house, password) for key, one in facts["people"].items()}


def guest(key, facts, house, password):
    member = new_member(
        name=facts["name"],
        email=f"{key}@{house.slug}.example",
        job_title=facts["job_title"],
        locale=facts["lang"],
        languages_read=list(dict.fromkeys([facts["lang"], "en"])),
        timezone=house.timezone,
        password=password,
    )
    member.seat_in(house, facts["role"], since=date(2026, 2, 2), category=facts["category"])
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
            joining=facts.get("joining", "invitation" if facts["confidentiality"] in CLOSED else "open"),
            allows_chosen_names=facts.get("allows_chosen_names", False),
            is_illustrative=True,
        )
        db.session.add(space)
        for key in facts.get("members", ()):
            space.admit(members[key], "facilitator" if key == "facilitator" else "member")
        load_ways_in(space, facts, members)
        spaces[facts["slug"]] = space
    db.session.flush()
    return spaces


def load_ways_in(space, facts, members):
    for key, name in facts.get("chosen_names", {}).items():
        space.membership_of(members[key]).chosen_name = name
    for key, why in facts.get("requests", {}).items():
        SpaceEntry.ask(space, members[key], why)
    for key, why in facts.get("invitations", {}).items():
        SpaceEntry.invite(space, members[key], members["facilitator"], why)
