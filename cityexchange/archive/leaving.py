"""A member leaves: the person is forgotten, what they wrote stays as "former member" of their city (practice.md K1)."""

import json
import secrets
from typing import Any

from sqlalchemy import String, cast, delete, select, update

from cityexchange.bookmarks.models import Bookmark
from cityexchange.chat.models import Message, Occupancy, Reaction
from cityexchange.core import audit
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.digest.models import Digest, DigestAnswer, DigestReminder
from cityexchange.drafts.models import Draft
from cityexchange.drafts.sent import SentDraft
from cityexchange.follows.models import Follow
from cityexchange.forums.models import Post, ReadPosition, Topic
from cityexchange.identity.models import Identity
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.thanks import TranslationThanks
from cityexchange.members.codes import MailProof
from cityexchange.members.factor_steps import forget_factors
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member, Seat, SignInSession
from cityexchange.members.naming import forget_mentions
from cityexchange.members.seats import end_seat, running
from cityexchange.membership.models import CityApplication
from cityexchange.membership.offers import PlaceOffer
from cityexchange.notifications.models import Notification, NotificationChoice, QuietHours
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import Membership
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.registrations import Registration
from cityexchange.workshops.states import ENDED

SIGNED = Post, Topic, Message
"""What may stand under a chosen name."""
GONE_WITH_THE_PERSON = (
    Occupancy,
    Reaction,
    NotificationChoice,
    QuietHours,
    Follow,
    ReadPosition,
    Bookmark,
    TranslationAsk,
    TranslationThanks,
    Notification,
    Draft,
    SentDraft,
    Digest,
    DigestAnswer,
    DigestReminder,
    OutgoingMail,
    SpaceEntry,
    MailProof,
    SignInSession,
    Identity,
)


def leave(member: Member) -> None:
    """LastFocalPoint where nobody else speaks for the city: then the place is handed over first. LastAdministrator likewise."""
    member.insist_on_another_administrator()
    audit.record("leave", member)
    for seat in db.session.scalars(select(Seat).where(Seat.member_id == member.id, running())).all():
        end_seat(seat)
    give_places_back(member)
    member.sign_out_everywhere()
    anonymise(member)


def give_places_back(member: Member) -> None:
    """Others wait for a place in a workshop to come; one that is over counts who came. Spaces hang up lines."""
    mine = select(Registration).join(Workshop, Workshop.id == Registration.workshop_id)
    to_come = mine.where(Registration.member_id == member.id, Workshop.state.not_in(ENDED))
    for registration in db.session.scalars(to_come).all():
        registration.withdraw()
    for membership in db.session.scalars(select(Membership).filter_by(member_id=member.id)).all():
        membership.space.leave(member)


def anonymise(member: Member) -> None:
    """Nothing is left by which the row could be told from another; pages say what stands in place of the name."""
    address = member.email
    forget_factors(member)
    for model in GONE_WITH_THE_PERSON:
        owned: Any = model
        db.session.execute(delete(owned).where(owned.member_id == member.id))
    forget_address(address)
    forget_what_others_are_told(member.name)
    forget_chosen_names(member)
    forget_mentions(member)
    member.name = member.job_title = ""
    member.handle = f"former-{secrets.token_hex(6)}"
    member.email = f"{member.handle}@left.invalid"
    member.password = member.team_role = member.seen_at = member.previous_visit_at = None
    member.address_as = member.asks_line = ""
    member.languages, member.timezone = {}, "UTC"
    member.ask_themes = []
    member.fs_uniquifier = secrets.token_hex(32)
    member.state = "anonymised"
    db.session.flush()


def forget_chosen_names(member: Member) -> None:
    """The city stays out: under a chosen name it never stood."""
    for model in SIGNED:
        signed: Any = model
        theirs = signed.author_id == member.id, signed.pen_name.is_not(None)
        db.session.execute(update(signed).where(*theirs).values(pen_name=""))
    last = Topic.last_author_id == member.id, Topic.last_pen_name.is_not(None)
    db.session.execute(update(Topic).where(*last).values(last_pen_name=""))


def forget_what_others_are_told(name: str) -> None:
    """What names the person among its facts, as "Ana Ruiz has the place in Lyon" does: it happened, and is over."""
    said = cast(Notification.facts, String).contains(json.dumps(name), autoescape=True)
    db.session.execute(delete(Notification).where(said), execution_options={"synchronize_session": False})


def forget_address(address: str) -> None:
    """What was asked for with it before there was an account, and mails to it."""
    for asked in db.session.scalars(select(JoinRequest).filter_by(email=address)):
        asked.drop_letter()
    for model in (JoinRequest, PlaceOffer):
        db.session.execute(delete(model).where(model.email == address))
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.address == address))
    for application in db.session.scalars(select(CityApplication).filter_by(email=address)):
        application.drop_letter()
    blank = {"name": "", "job_title": "", "email": ""}
    db.session.execute(update(CityApplication).where(CityApplication.email == address).values(blank))
    deputy = {f"deputy_{name}": "" for name in blank}
    db.session.execute(update(CityApplication).where(CityApplication.deputy_email == address).values(deputy))
