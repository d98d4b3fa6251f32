"""Every address that names a record, whose record it is, who sees that record from outside, and who may do the deed."""

import re

RECORDS = (
    ("/chat/rooms/<", "room"), ("/chat/messages/<", "message"),
    ("/topics/<", "topic"), ("/forums/<", "forum"), ("/posts/<", "post"), ("/files/<", "file"),
    ("/spaces/entries/<", "entry"), ("/spaces/memberships/<", "membership"), ("/spaces/<", "space"),
    ("/translations/<", "post"), ("/bookmarks/<kind>", "topic"), ("/follows/<kind>", "topic"), ("/bookmarks/<", "bookmark"),
    ("/notifications/<", "notification"), ("/drafts/<", "draft"), ("/digest/topics/<", "topic"),
    ("/join-requests/<", "join_request"), ("/city-applications/<", "city_application"), ("/seats/<", "seat"),
    ("/suspensions/<", "suspension"), ("/members/<", "member"), ("/cities/<", "city"), ("/organisations/<", "organisation"),
    ("/place-offers/<int:id>/withdraw", "offer"), ("/settings/sign-ins/<", "session"),
    ("/visits/<", "visit"), ("/applications/<", "application"),
    ("/workshops/<", "workshop"), ("/registrations/<", "registration"),
)  # fmt: skip
"""The beginning of a rule, and the record of the world that stands behind it; the first that fits."""

OTHERWISE_HELD = {
    "/themes/<key>": "public",
    "/static/<path:filename>": "public",
    "/sign-in/city/<slug>": "public; what comes back is held in tests/identity",
    "/sign-in/city/<slug>/return": "tests/identity",
    "/sign-in/city/<slug>/asked": "public",
    "/place-offers/<int:id>": "the same for every number; what opens is a mailed code (tests/membership/test_seats.py)",
    "/place-offers/<int:id>/code": "as above",
    "/place-offers/<int:id>/confirm": "as above",
    "/mail/unsubscribe/<token>": "signed (tests/mail)",
    "/mail/unsubscribe/<token>/undo": "signed (tests/mail)",
    "/digest/answers/<token>": "signed (tests/digest)",
    "/digest/answers/<token>/take-back": "signed (tests/digest)",
    "/digest/remind/<token>": "signed (tests/digest)",
    "/digest/remind/<token>/take-back": "signed (tests/digest)",
    "/dev/mail/<int:id>": "development alone (tests/mail)",
    "/dev/mail/<int:id>/html": "development alone (tests/mail)",
}

MEMBERS = {"official", "focal_point", "organiser", "facilitator", "coordinator", "admin"}
TEAM = {"coordinator", "admin"}
EVERYBODY = MEMBERS | {"visitor", "gone", "guest"}
SEEN_BY = {
    "room": set(), "message": set(), "topic": set(), "forum": set(), "post": set(), "file": set(), "bookmark": set(), "notification": set(), "draft": set(),
    "entry": set(), "membership": set(), "space": set(), "session": set(), "application": set(), "workshop": set(),
    "join_request": TEAM, "city_application": TEAM, "suspension": TEAM, "offer": TEAM, "visit": TEAM,
    "seat": MEMBERS, "member": MEMBERS, "organisation": MEMBERS, "registration": MEMBERS, "city": EVERYBODY,
}  # fmt: skip
"""Who knows from outside that a record is there; for all others it is as if it were not."""

TEAM_DOORS = dict.fromkeys(
    (
        "cities.create_declaration",
        "cities.edit_assessment",
        "cities.edit_city",
        "cities.edit_interests",
        "cities.edit_names",
        "cities.new_declaration",
        "cities.preview_assessment",
        "cities.publish_assessment",
        "cities.save_assessment",
        "cities.update_city",
        "cities.update_interests",
        "cities.update_names",
        "identity.edit_provider",
        "identity.remove_provider",
        "identity.update_provider",
        "members.accept_join_request",
        "members.decline_join_request",
        "members.show_join_request",
        "membership.accept_application",
        "membership.create_guest_invitation",
        "membership.create_hand_over",
        "membership.create_invitation",
        "membership.decline_application",
        "membership.edit_organisation",
        "membership.end_a_seat",
        "membership.end_city",
        "membership.end_organisation",
        "membership.lift_suspension",
        "membership.new_city_suspension",
        "membership.new_guest_invitation",
        "membership.new_hand_over",
        "membership.new_invitation",
        "membership.new_member_suspension",
        "membership.show_application",
        "membership.show_desk",
        "membership.suspend_city",
        "membership.suspend_member",
        "membership.take_back_city",
        "membership.take_back_organisation",
        "membership.update_organisation",
        "membership.update_seat",
        "membership.withdraw_offer",
        "visits.show_visit",
    ),
    TEAM,
)
OPEN_TO = TEAM_DOORS | {
    "cities.show_city": EVERYBODY,
    "members.show_member": MEMBERS,
    "membership.show_organisation": MEMBERS,
    "members.new_factor_reset": {"admin"},
    "members.reset_factors": {"admin"},
    "visits.cancel_visit": {"coordinator"},
    "visits.close_visit": {"coordinator"},
    "visits.new_cancel": {"coordinator"},
    "visits.new_send_back": {"coordinator"},
    "visits.open_visit": {"coordinator"},
    "visits.send_back_visit": {"coordinator"},
}
"""Who may do the deed from outside, where it is anybody."""


def doors(app):
    """[(endpoint, method, rule, record)] of all addresses that name a record."""
    for rule in app.url_map.iter_rules():
        if rule.arguments and rule.rule not in OTHERWISE_HELD:
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield rule.endpoint, method, rule.rule, record_of(rule.rule)


def record_of(rule):
    return next((record for beginning, record in RECORDS if rule.startswith(beginning)), None)


def address(rule, place):
    path = (
        rule.replace("<record_type>", "Post").replace("<kind>", "Topic").replace("<path:name>", "picture.png")
    )
    path = path.replace("<language>", "fr").replace("<int:number>", "1")
    return re.sub(r"<(int:)?(id|slug)>", str(place), path)
