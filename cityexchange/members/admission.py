"""From a first proof of who somebody is to being signed in: by the second factor, where there is one."""

from flask import request, session, url_for
from sqlalchemy import delete

from cityexchange.core.db import db
from cityexchange.core.registries import other_doors
from cityexchange.core.web import way_back
from cityexchange.members import passkeys, security
from cityexchange.members.codes import MailProof
from cityexchange.members.factors import Authenticator, Passkey, RecoveryCode, SecondStep, has_second_factor
from cityexchange.members.known_browsers import remember
from cityexchange.members.notices import tell

KEY = "second_step"


def other_door(member):
    """The address where this member signs in instead, or None: every door of ours asks here. As much work for nobody as for somebody."""
    id = member.id if member else 0
    return next((address for find in other_doors if (address := find(id))), None)


def passwords_allowed(member):
    """Whether this member may use a password of ours, or a code by mail."""
    return member.active and not other_door(member)


def admit(member, target=""):
    """Where to go on, after a first proof of ours: signed in, to the second step and still nobody, or to the city's own door."""
    return other_door(member) or admit_proven(member, target)


def admit_proven(member, target=""):
    """As `admit`, after the proof of a door that is not ours."""
    way_on = way_back(target=target)
    if not has_second_factor(member):
        enter(member)
        return way_on
    language = session.get("lang")
    session.clear()
    session.update(
        {KEY: SecondStep.begin(member), "way_on": way_on} | ({"lang": language} if language else {})
    )
    return url_for("members.new_second_step")


def admit_wholly(member, target=""):
    """After a passkey: what one has and what one knows, or is, were proven together."""
    if elsewhere := other_door(member):
        return elsewhere
    enter(member)
    return way_back(target=target)


def enter(member):
    remember(member.email)
    security.sign_in(member, device=security.device_in_words(request.user_agent.string))


def pending():
    """The second step that this browser has still to take, or None."""
    return SecondStep.living(session.get(KEY, ""))


def proves(member, code, answer=""):
    """Whether a code of the authenticator, a recovery code or a passkey's answer is this member's own. Each is good once."""
    if answer:
        try:
            return bool(passkeys.owner(answer, member))
        except passkeys.WrongAnswer:
            return False
    authenticator = Authenticator.of(member)
    if authenticator and authenticator.confirmed_at and authenticator.takes(code):
        return True
    if RecoveryCode.take(member, code):
        tell(member, "recovery_code_used", left=RecoveryCode.left(member))
        return True
    return False


def end_pending(step):
    db.session.delete(step)
    session.pop(KEY, None)
    return session.pop("way_on", "/")


def forget_pending(member):
    """With a password that is no more: the half sign-ins that began with it, and the codes that are under way."""
    db.session.execute(delete(SecondStep).where(SecondStep.member_id == member.id))
    MailProof.forget(member)


def ways_of(member):
    """Which ways of a second step the member has."""
    authenticator = Authenticator.of(member)
    return {
        "authenticator": bool(authenticator and authenticator.confirmed_at),
        "passkey": bool(Passkey.of(member)) and passkeys.are_possible(),
        "recovery": bool(RecoveryCode.left(member)),
    }
