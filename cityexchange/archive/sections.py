"""All that is kept about a member, by model and column: what an export holds. A test fails for a model that is named nowhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import inspect, select

from cityexchange.bookmarks.models import Bookmark
from cityexchange.chat.models import Message, Occupancy, Reaction
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.files.models import File
from cityexchange.core.mail import OutgoingMail
from cityexchange.digest.models import Digest, DigestAnswer, DigestReminder
from cityexchange.drafts.models import Draft
from cityexchange.drafts.sent import SentDraft
from cityexchange.follows.models import Follow
from cityexchange.forums.models import Post, ReadPosition, Revision, Topic
from cityexchange.identity.models import Identity
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.models import Translation
from cityexchange.languages.thanks import TranslationThanks
from cityexchange.members.factors import Authenticator, Passkey
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member, Seat, SignInSession
from cityexchange.membership.models import CharterAcceptance, CityApplication, Suspension, Verification
from cityexchange.membership.offers import PlaceOffer
from cityexchange.notifications.models import Notification, NotificationChoice, QuietHours
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import Membership
from cityexchange.visits.models import StudyVisit, VisitApplication, VisitChange
from cityexchange.workshops.amendments import Amendment
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.registrations import Registration
from cityexchange.workshops.states import StateChange

FORMAT = 1
"""Raised when a name or a meaning in the JSON changes."""


@dataclass(frozen=True)
class Section:
    key: str
    label: Any
    model: Any
    owner: Any
    fields: str
    more: Callable[[Any], dict[str, Any]] = lambda record: {}
    by: str = "id"
    """What of the member stands in `owner`: the number, or the address of before there was an account."""
    only: tuple[Any, ...] = ()

    def rows(self, member: Any) -> Iterator[dict[str, Any]]:
        """Only the columns that are named: never another person's words, and no digest or secret."""
        keys = inspect(self.model).primary_key
        mine = self.owner == getattr(member, self.by), *self.only
        for record in db.session.scalars(select(self.model).where(*mine).order_by(*keys)):
            yield {name: plain(getattr(record, name)) for name in self.fields.split()} | self.more(record)


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def answers(application):
    return {
        "texts": {text.part: text.text for text in application.texts},
        "goals": [goal.text for goal in application.goals],
    }


def of_application(application):
    """Why the team said yes was written for the team; why it said no was mailed to the applicant."""
    reason = application.reason if application.state == "declined" else ""
    return {"city": application.city.name, "facts": application.facts, "reason": reason}


# Threat: until the code is typed, anybody may have written anything about this address.
PROVEN_REQUEST = (JoinRequest.state != "unconfirmed",)
PROVEN_APPLICATION = (CityApplication.state != "unconfirmed",)
# Threat: a refusal names what is hidden from the member, and would say that it is there.
DONE = (AuditEntry.outcome == "done",)

SECTIONS = (
    Section("profile", _l("Profile"), Member, Member.id,
            "name address_as handle email job_title locale languages asks_line is_unlisted timezone team_role state created_at seen_at",
            lambda member: {"ask_themes": [theme.key for theme in member.ask_themes]}),
    Section("requests", _l("Your request for a place"), JoinRequest, JoinRequest.email,
            "name email job_title city_name why locale state reason created_at decided_at",
            lambda asked: {"city": asked.city.name if asked.city else None}, "email", PROVEN_REQUEST),
    Section("city_applications", _l("Your application for a city"), CityApplication, CityApplication.email,
            "name job_title email domain why locale charter state created_at decided_at", of_application, "email", PROVEN_APPLICATION),
    Section("deputy", _l("Applications that name you as deputy"), CityApplication, CityApplication.deputy_email,
            "deputy_name deputy_job_title deputy_email state created_at",
            lambda application: {"city": application.city.name}, "email", PROVEN_APPLICATION),
    Section("offers", _l("Places offered to you"), PlaceOffer, PlaceOffer.email,
            "role category name email job_title locale note state created_at expires_at",
            lambda offer: {"place": offer.place.name}, "email"),
    Section("seats", _l("Places"), Seat, Seat.member_id, "role category speaks_officially since until",
            lambda seat: {"place": seat.place.name if seat.place else None}),
    Section("spaces", _l("Spaces"), Membership, Membership.member_id, "role chosen_name since", lambda one: {"space": one.space.name}),
    Section("entries", _l("Questions and invitations to spaces"), SpaceEntry, SpaceEntry.member_id,
            "kind state why reason created_at decided_at", lambda one: {"space": one.space.name}),
    Section("topics", _l("Topics"), Topic, Topic.author_id, "id title kind state language created_at"),
    Section("posts", _l("Posts"), Post, Post.author_id, "id topic_id pen_name is_official text language posted_at edited_at removed_at"),
    Section("revisions", _l("Earlier versions"), Revision, Revision.editor_id, "post_id version title text language at reason"),
    Section("follows", _l("What you follow"), Follow, Follow.member_id, "record_type record_id level since"),
    Section("reading", _l("How far you have read"), ReadPosition, ReadPosition.member_id, "topic_id position read_at"),
    Section("bookmarks", _l("Bookmarks"), Bookmark, Bookmark.member_id, "record_type record_id note created_at updated_at"),
    Section("drafts", _l("Drafts"), Draft, Draft.member_id, "place fields created_at updated_at"),
    Section("sent_drafts", _l("Drafts that you sent"), SentDraft, SentDraft.member_id, "place location sent_at"),
    Section("weekly_letters", _l("Weekly letters to you"), Digest, Digest.member_id, "week written_at",
            lambda digest: {"items": [[item.record_type, item.record_id] for item in digest.items]}),
    Section("one_press_answers", _l("What you answered with one press"), DigestAnswer, DigestAnswer.member_id, "topic_id answer answered_at"),
    Section("reminders", _l("Deadlines of which you asked to be reminded"), DigestReminder, DigestReminder.member_id, "record_type record_id asked_at due_at"),
    Section("messages", _l("Chat messages"), Message, Message.author_id, "id room_id pen_name text language posted_at edited_at removed_at"),
    Section("rooms", _l("Rooms"), Occupancy, Occupancy.member_id, "room_id last_read since"),
    Section("reactions", _l("Reactions"), Reaction, Reaction.member_id, "message_id emoji"),
    Section("registrations", _l("Workshop registrations"), Registration, Registration.member_id,
            "workshop_id mode language state registered_at confirmed_at withdrawn_at"),
    Section("workshops", _l("Workshops you organise"), Workshop, Workshop.organiser_id, "id title created_at"),
    Section("visits", _l("Study visits you offered"), StudyVisit, StudyVisit.offered_by_id, "id title state language"),
    Section("applications", _l("Applications for study visits"), VisitApplication, VisitApplication.applicant_id,
            "visit_id state submitted_at withdrawn_at", answers),
    Section("translations", _l("Translations"), Translation, Translation.author_id, "record_type record_id field language text created_at"),
    Section("translation_asks", _l("Translations you asked for"), TranslationAsk, TranslationAsk.member_id, "record_type record_id language asked_at"),
    Section("translation_thanks", _l("Translators you thanked"), TranslationThanks, TranslationThanks.member_id, "translation_id"),
    Section("files", _l("Files"), File, File.uploader_id, "id name content_type size record_type record_id created_at"),
    Section("mails", _l("Mails to you"), OutgoingMail, OutgoingMail.member_id, "template state created_at finished_at"),
    Section("choices", _l("What you chose to hear of"), NotificationChoice, NotificationChoice.member_id, "kind is_here mailing"),
    Section("quiet_hours", _l("Quiet hours"), QuietHours, QuietHours.member_id, "begins ends on_free_days"),
    Section("notifications", _l("What you are told"), Notification, Notification.member_id,
            "kind record_type record_id created_at read_at mailing mailed_at"),
    Section("sign_ins", _l("Where you are signed in"), SignInSession, SignInSession.member_id, "device network began_at seen_at ended_at"),
    Section("passkeys", _l("Passkeys"), Passkey, Passkey.member_id, "name created_at used_at"),
    Section("authenticator", _l("Authenticator application"), Authenticator, Authenticator.member_id, "created_at confirmed_at"),
    Section("identities", _l("Your city's sign-in"), Identity, Identity.member_id, "subject created_at used_at"),
    Section("suspensions", _l("Suspensions"), Suspension, Suspension.member_id, "reason until lifted_at created_at"),
    Section("charters", _l("Charters you accepted for a city"), CharterAcceptance, CharterAcceptance.accepted_by_id,
            "version accepted_at accepted_by", lambda acceptance: {"city": acceptance.city.name}),
    Section("verifications", _l("Cities you verified"), Verification, Verification.by_id, "city_id reason created_at"),
    Section("workshop_steps", _l("Steps you took in workshops"), StateChange, StateChange.actor_id,
            "workshop_id from_state to_state reason language at"),
    Section("workshop_amendments", _l("Changes you made to announced workshops"), Amendment, Amendment.actor_id,
            "workshop_id differences at"),
    Section("visit_steps", _l("Steps you took in study visits"), VisitChange, VisitChange.actor_id,
            "visit_id application_id from_state to_state reason language at"),
    Section("acts", _l("Your acts that stand in the audit"), AuditEntry, AuditEntry.actor_id, "at verb record_type record_id facts", only=DONE),
)  # fmt: skip

NOT_EXPORTED = {
    "DigestItem",  # stands with its letter
    "Answer", "EmailDomain",  # acts for others, with nothing of the person but that it was they
    "AskTheme",  # stands in the profile
    "Challenge", "MailProof", "RecoveryCode", "SecondStep",  # digests that live for minutes
}  # fmt: skip


def data_of(member: Any) -> dict[str, Any]:
    """{"format": .., "sections": {key: [row, ..]}}, ready for JSON."""
    return {"format": FORMAT, "sections": {section.key: list(section.rows(member)) for section in SECTIONS}}
