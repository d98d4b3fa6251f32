"""Two cities, a closed space of one of them, and one of everything that has an address: what outsiders try to reach.

`World().places[key]` is the last part of the address of that record; every text in it carries CANARY.
"""

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db
from cityexchange.core.files import attach
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import SignInSession
from cityexchange.membership.models import CityApplication, Suspension
from cityexchange.membership.offers import PlaceOffer
from cityexchange.notifications.models import Notification
from cityexchange.spaces.entries import SpaceEntry
from tests.bookmarks.factories import keep
from tests.chat.factories import RoomFactory
from tests.drafts.factories import keep_draft
from tests.factories import CityFactory, MemberFactory, OrganisationFactory, SpaceFactory, ThemeFactory, guest
from tests.files.factories import picture
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.notifications.bell.factories import tell
from tests.visits.factories import draft_application, offered_visit, open_visit
from tests.workshops.factories import WorkshopFactory, organiser

CANARY = "quetzal-7f3a"
OUTSIDERS = (
    "visitor",
    "gone",
    "guest",
    "official",
    "focal_point",
    "organiser",
    "facilitator",
    "coordinator",
    "admin",
)


class World:
    """`people[role]`: the outsiders of OUTSIDERS but "visitor"; `inside`: who belongs to it all."""

    def __init__(self, sent):
        self.inner = CityFactory(slug="inner-city", name="Inner City", working_languages=["en"])
        self.outer = CityFactory(slug="outer-city", name="Outer City")
        EmailDomain.claim(self.inner, "inner.example").verify(None)
        self.inside = MemberFactory(name="Inside Person", city=self.inner, role="city_focal_point")
        self.people = self._outsiders()
        self.records = {**self._space(sent), **self._city(), **self._events()}
        db.session.flush()
        self.places = {key: getattr(one, "slug", None) or one.id for key, one in self.records.items()}
        db.session.commit()

    def _outsiders(self):
        team = {
            role: MemberFactory(name=f"The {role}", city=None, team_role=role)
            for role in ("facilitator", "coordinator", "admin")
        }
        return team | {
            "gone": MemberFactory(name="The gone", city=self.outer),
            "guest": guest(name="The guest", organisation=OrganisationFactory(slug="other-house")),
            "official": MemberFactory(name="The official", city=self.outer),
            "focal_point": MemberFactory(name="The focal point", city=self.outer, role="city_focal_point"),
            "organiser": organiser(name="The organiser"),
        }

    def _space(self, sent):
        space = SpaceFactory(
            slug="closed-space", name=f"Space {CANARY}", confidentiality="group", joining="invitation"
        )
        space.description = f"Description {CANARY}"
        space.admit(self.inside, "facilitator")
        colleague, called = MemberFactory(name="Colleague", city=self.inner), MemberFactory(city=self.inner)
        membership = space.admit(colleague)
        forum = ForumFactory(slug="closed-forum", name=f"Forum {CANARY}", space=space)
        topic = start_topic(forum, self.inside, title=f"Topic {CANARY}", text=f"Text {CANARY}")
        topic.mark_answer(topic.post(colleague, f"Reply {CANARY}"), self.inside)
        room = RoomFactory(space=space, name=f"Room {CANARY}")
        file = sent(self.inside, picture(), f"{CANARY}.png")
        attach(file, opening(topic))
        return {
            "space": space, "forum": forum, "topic": topic, "post": opening(topic), "room": room, "file": file,
            "bookmark": keep(self.inside, topic, f"Note {CANARY}"), "notification": self._tell(opening(topic), topic),
            "message": room.post(self.inside, f"Message {CANARY}"), "membership": membership,
            "draft": keep_draft(self.inside, f"/topics/{topic.id}/posts", text=f"Draft {CANARY}"),
            "entry": SpaceEntry.invite(space, called, self.inside, f"Word {CANARY}"),
        }  # fmt: skip

    def _tell(self, post, topic):
        """Those outside too, as if all had seen it once; who is gone was told no more when they went."""
        there = [person for role, person in self.people.items() if role != "gone"]
        tell([self.inside, *there], post, "mention", topic)
        mine = db.select(Notification).filter_by(member_id=self.inside.id, kind="mention")
        return db.session.scalars(mine).one()

    def _city(self):
        asked = {"name": f"Asker {CANARY}", "email": "asker@inner.example", "job_title": "Officer"}
        join = JoinRequest(**asked, city=self.inner, password="x", state="waiting", is_of_domain=True)
        theirs = CityFactory(slug="applying-city", state="applied")
        deputy = {"deputy_name": "D", "deputy_job_title": "D", "deputy_email": "d@a.example"}
        application = CityApplication(
            city=theirs, name=f"Applicant {CANARY}", job_title="Mayor", email="a@a.example", **deputy,
            signatory=f"Mayor {CANARY}", charter=1, state="waiting",
            facts={"kind": "transit", "kind_why": f"Why {CANARY}", "working_languages": ["en"]},
        )  # fmt: skip
        db.session.add_all([join, application])
        seated = MemberFactory(name="Seated", city=self.inner, role="city_deputy")
        suspended = MemberFactory(name="Suspended", city=self.inner)
        _, secret = SignInSession.begin(seated)
        offer = {
            "role": "member",
            "name": f"Called {CANARY}",
            "job_title": "Officer",
            "email": "called@inner.example",
        }
        house = OrganisationFactory(slug="some-house", name="Some House")
        return {
            "join_request": join, "city_application": application, "seat": seated.seats[0], "member": seated,
            "suspension": Suspension.begin(suspended, 3, f"Reason {CANARY}", self.people["coordinator"]),
            "city": self.inner, "offer": PlaceOffer.make(self.inner, self.inside, **offer),
            "organisation": house, "session": _session_of(seated),
        }  # fmt: skip

    def _events(self):
        workshop = WorkshopFactory(
            title=f"Workshop {CANARY}", host_city_id=self.inner.id, space=self._hidden_space()
        )
        open_one = WorkshopFactory(is_open=True, host_city_id=self.inner.id)
        visit = offered_visit(self.inside, title=f"Visit {CANARY}", theme=ThemeFactory(key="abuse"))
        return {
            "workshop": workshop,
            "registration": open_one.register(self.inside, "online", "en"),
            "visit": visit,
            "application": draft_application(
                open_visit(theme=ThemeFactory(key="abuse_2")), self.inside, motivation=CANARY
            ),
        }

    def _hidden_space(self):
        return SpaceFactory(slug="workshop-space", confidentiality="group")


def _session_of(member):
    return db.session.scalars(db.select(SignInSession).filter_by(member_id=member.id)).one()
