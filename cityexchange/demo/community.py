"""Cities, people and spaces of the illustrative community, made by the models' own verbs."""

from datetime import date

from flask import current_app
from flask_security.utils import hash_password

from cityexchange.cities.domains import EmailDomain
from cityexchange.cities.models import City, Interest
from cityexchange.core.db import db, utcnow
from cityexchange.demo.content import read
from cityexchange.members.handles import free_handle
from cityexchange.members.models import Member
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
    for item in read("cities")["cities"]:
        city = city_of(item)
        describe(city)
        db.session.add(city)
        others = tuple(kind for kind in item["kinds_other"].split(",") if kind)
        city.declare_kind(
            item["kind_declared"],
            others,
            evidence=item["public_anchor"],
            basis=BASES[item["anchor_evidence"]],
        )
        for key in filter(None, item["expertise_themes"].split(",")):
            city.offer(themes[key])
        for key in filter(None, item["need_themes"].split(",")):
            city.need(themes[key])
    db.session.flush()


def city_of(item):
    return City(
        slug=item["slug"],
        name=item["name"],
        names=item["names"],
        geonameid=item["geonameid"],
        country=item["country"],
        region=REGIONS[item["region"]],
        latitude=item["lat"],
        longitude=item["lon"],
        population=item["population_geonames"],
        timezone=item["timezone"],
        working_languages=item["working_languages"].split(","),
        state="applied",
        is_illustrative=True,
    )


def describe(city):
    """In the first of its own working languages that the house writes."""
    about = read("words/cities")[city.slug]["about"]
    language = next(code for code in (*city.working_languages, "en") if code in about)
    city.describe(about[language], city.working_languages, language)


def load_people():
    """Members by the keys of demo.json, and the invented team. All share DEMO_PASSWORD."""
    password = hash_password(current_app.config["DEMO_PASSWORD"])
    cities = {city.slug: city for city in db.session.scalars(db.select(City))}
    people = {key: item for key, item in read("demo")["people"].items() if item["city"]}
    members = {key: person(key, item, cities[item["city"]], password) for key, item in people.items()}
    deputies = read("extras")["deputies"]
    for role, others in (("city_deputy", deputies), ("member", read("extras")["officials"])):
        for key, item in others.items():
            members[key] = person(key, item, cities[item["city"]], password, role)
    members |= {item["key"]: team_member(item, password) for item in read("extras")["team"]}
    for item in read("extras")["organisations"]:
        members |= load_organisation(item, password)
    db.session.flush()
    for city in {cities[item["city"]] for item in deputies.values()}:
        take_in(city, members["coord"])
    return members


def take_in(city, coordinator):
    """As the coordination team would: the domain is checked, the charter accepted; two people have places already."""
    EmailDomain.claim(city, f"{city.slug}.example").verify(coordinator.id)
    CharterAcceptance.record(city, "Illustrative signature")
    settle(city)


def person(key, item, city, password, role="city_focal_point"):
    changes = read("extras")["people"].get(key, {})
    locale = changes.get("locale") or (item["lang"] if item["lang"] in PAGES else "en")
    member = new_member(
        name=item["name"],
        email=f"{key}@{item['city']}.example",
        job_title=item["job_title"],
        locale=locale,
        languages_read=changes.get("reads") or list(dict.fromkeys([item["lang"], locale, "en"])),
        timezone=city.timezone,
        password=password,
    )
    member.seat_in(city, role, since=date(2026, 1, 12))
    member.languages = known(member, item["lang"], changes)
    member.address_as, member.asks_line = changes.get("address_as", ""), changes.get("asks", "")
    if keys := changes.get("themes"):
        member.ask_themes = db.session.scalars(db.select(Theme).where(Theme.key.in_(keys))).all()
    elif role == "city_focal_point":
        offers = db.select(Theme).join(Interest, Interest.theme_id == Theme.id)
        member.ask_themes = db.session.scalars(
            offers.where(Interest.city_id == city.id, Interest.side == "offer")
        ).all()
    return member


def known(member, own, changes):
    """Their own language, those they write too, and what they read."""
    return member.languages | dict.fromkeys(changes.get("works", ()), "works") | {own: "fluent"}


def load_organisation(item, password):
    """Its guests by their keys."""
    house = Organisation(
        slug=item["slug"],
        name=item["name"],
        kind=item["kind"],
        country=item["country"],
        timezone=item["timezone"],
        is_illustrative=True,
    )
    house.describe(item["about"])
    db.session.add(house)
    return {key: guest(key, one, house, password) for key, one in item["people"].items()}


def guest(key, item, house, password):
    member = new_member(
        name=item["name"],
        email=f"{key}@{house.slug}.example",
        job_title=item["job_title"],
        locale=item["lang"],
        languages_read=list(dict.fromkeys([item["lang"], "en"])),
        timezone=house.timezone,
        password=password,
    )
    member.languages = known(member, item["lang"], item)
    member.seat_in(house, item["role"], since=date(2026, 2, 2), category=item["category"])
    return member


def team_member(item, password):
    return new_member(
        name=item["name"],
        email=f"{item['mailbox']}@cityexchange.example",
        job_title=item["job_title"],
        locale=item["locale"],
        languages_read=item["reads"],
        timezone=item["timezone"],
        team_role=item["role"],
        password=password,
    )


def new_member(**values):
    member = Member(
        handle=free_handle(values["name"]),
        state="active",
        email_confirmed_at=utcnow(),
        is_illustrative=True,
        **values,
    )
    db.session.add(member)
    db.session.flush()
    return member


def load_spaces(members):
    """The spaces that the threads of demo.json name, each with its class and, where closed, its members."""
    spaces = {}
    for item in read("extras")["spaces"]:
        space = Space(
            slug=item["slug"],
            name=item["name"],
            description=item["description"],
            confidentiality=item["confidentiality"],
            joining=item.get("joining", "invitation" if item["confidentiality"] in CLOSED else "open"),
            allows_chosen_names=item.get("allows_chosen_names", False),
            is_illustrative=True,
        )
        db.session.add(space)
        for key in item.get("members", ()):
            space.admit(members[key], "facilitator" if key == "facilitator" else "member")
        load_ways_in(space, item, members)
        spaces[item["slug"]] = space
    db.session.flush()
    return spaces


def load_ways_in(space, item, members):
    for key, name in item.get("chosen_names", {}).items():
        space.membership_of(members[key]).chosen_name = name
    for key, why in item.get("requests", {}).items():
        SpaceEntry.ask(space, members[key], why)
    for key, why in item.get("invitations", {}).items():
        SpaceEntry.invite(space, members[key], members["facilitator"], why)
