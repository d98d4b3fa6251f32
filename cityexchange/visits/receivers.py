"""Who hears of what, by mail, once. What may not be seen any more when the mail goes out is not sent."""

from cityexchange.core.db import db
from cityexchange.core.mail import queue_mail
from cityexchange.members.models import Member
from cityexchange.members.seats import coordinators, speakers_of
from cityexchange.visits.models import VisitApplication
from cityexchange.visits.policy import host_team
from cityexchange.visits.signals import application_changed, visit_changed, visit_endorsed
from cityexchange.visits.states import OFFERED


@visit_changed.connect
def tell_of_visit(visit, change):
    for member in others(concerned(visit, change), change.actor_id):
        queue_mail(f"visit_changed:{change.id}:{member.id}", member, "visits/visit_changed", change, visit)


def concerned(visit, change):
    if change.to_state == "offer_review" or change.from_state in OFFERED:
        return [*host_team(visit), *coordinators()]
    return [*host_team(visit), *applicants(visit, with_drafts=change.to_state == "cancelled")]


def applicants(visit, with_drafts):
    living = db.select(VisitApplication.applicant_id).where(
        VisitApplication.visit_id == visit.id, VisitApplication.state != "withdrawn"
    )
    if not with_drafts:
        living = living.where(VisitApplication.state != "draft")
    return db.session.scalars(db.select(Member).where(Member.id.in_(living), Member.state == "active"))


def others(members, actor_id):
    """Each once, without the one who did it."""
    return {member.id: member for member in members if member.id != actor_id}.values()


@visit_endorsed.connect
def tell_of_endorsement(visit):
    key = f"visit_endorsed:{visit.id}:{visit.endorsed_at.timestamp():.0f}"
    for member in others([*host_team(visit), *coordinators()], visit.endorsed_by_id):
        queue_mail(f"{key}:{member.id}", member, "visits/visit_endorsed", visit, visit)


@application_changed.connect
def tell_of_application(application, change):
    if change.to_state == "submitted":
        ask_for_endorsement(application, change)
    if change.from_state == "draft" and change.to_state == "submitted":
        tell_of_submission(application)
    elif change.to_state == "withdrawn":
        tell_of_withdrawal(application, change)
    elif change.actor_id != application.applicant_id:
        key = f"application_changed:{change.id}"
        queue_mail(key, application.applicant, "visits/application_changed", change, application.visit)


def tell_of_submission(application):
    visit = application.visit
    key = f"application_received:{application.id}"
    queue_mail(key, application.applicant, "visits/application_received", application, visit)
    for member in others(host_team(visit), application.applicant_id):
        queue_mail(
            f"new_application:{application.id}:{member.id}",
            member,
            "visits/new_application",
            application,
            visit,
        )


def ask_for_endorsement(application, change):
    for member in others(speakers_of(application.city_id), application.applicant_id):
        key = f"application_to_endorse:{change.id}:{member.id}"
        queue_mail(key, member, "visits/application_to_endorse", application, application.visit)


def tell_of_withdrawal(application, change):
    """The host hears which city withdrew; the text itself is out of their sight from now on."""
    if change.from_state == "draft":
        return
    visit = application.visit
    for member in others(host_team(visit), change.actor_id):
        key = f"application_withdrawn:{application.id}:{member.id}"
        city = application.city.name_in(member.locale)
        queue_mail(key, member, "visits/application_withdrawn", visit, visit, city=city)
