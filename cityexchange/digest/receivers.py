"""Of workshops and visits: who has done what they wanted to be reminded of, and what nobody can do any more."""

from cityexchange.digest.reminders import look_again, withdraw, withdraw_all
from cityexchange.notifications.signals import hours_moved
from cityexchange.visits.signals import application_changed, visit_changed
from cityexchange.workshops.signals import registration_made, workshop_moved


@registration_made.connect
def withdraw_where_registered(registration):
    withdraw(registration.member_id, registration.workshop)


@application_changed.connect
def withdraw_where_applied(application, change):
    if change.to_state == "submitted":
        withdraw(application.applicant_id, application.visit)


@workshop_moved.connect
def withdraw_where_nobody_registers(workshop, change):
    if change.to_state != "registration_open":
        withdraw_all(workshop)


@visit_changed.connect
def withdraw_where_nobody_applies(visit, change):
    if change.to_state != "call_open":
        withdraw_all(visit)


@hours_moved.connect
def look_when_to_remind(member_ids):
    look_again(member_ids)
