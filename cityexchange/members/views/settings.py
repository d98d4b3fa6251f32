from flask import flash, g, render_template, session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cityexchange.core.listing import stretch_of
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import (
    MemberPage,
    SettingsPage,
    filled,
    member_pages,
    settings_pages,
    sign_in_panels,
)
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.members import security
from cityexchange.members.admission import forget_pending
from cityexchange.members.forms import PasswordForm
from cityexchange.members.imitation import namesakes
from cityexchange.members.limits import RENAMES, WRONG_PASSWORDS
from cityexchange.members.models import SignInSession
from cityexchange.members.notices import tell
from cityexchange.members.profile import SettingsForm
from cityexchange.members.views.blueprint import bp

LINES = 20
"""Browsers on a page of those that are signed in."""


@bp.get("/settings")
def edit_settings():
    return render_settings(SettingsForm(me().record))


@bp.post("/settings")
def update_settings():
    member, form = me(), SettingsForm(me().record)
    authorize("edit", member)
    if form.move_language():
        return render_settings(form)
    if form.changes_name:
        RENAMES.take(member.id)
    if not form.validate():
        return render_settings(form), 422
    form.apply()
    session.pop("lang", None)
    flash(_("Your settings are saved."))
    return see_other("members.edit_settings")


def render_settings(form):
    return render_template("members/settings/own.html", form=form, namesakes=namesakes(form.member))


@bp.get("/settings/sign-in")
def edit_sign_in():
    return render_sign_in(PasswordForm())


@bp.post("/settings/password")
def change_password():
    """Ends every other sign-in: whoever knew the old password is out."""
    member, form = me(), PasswordForm()
    authorize("edit", member)
    WRONG_PASSWORDS.take(member.id)
    if not (form.validate() and is_current_password(form)):
        return render_sign_in(form), 422
    digest = security.hashed(form.password.data)
    WRONG_PASSWORDS.give_back(member.id)
    member.change_password(digest, but=g.sign_in_session)
    tell(member, "password_changed")
    forget_pending(member)
    flash(_("Your password is changed. Other browsers are signed out."))
    return see_other("members.edit_sign_in")


def is_current_password(form):
    if security.verified_member(me().email, form.current.data):
        return True
    form.current.errors = [_("This is not your current password.")]
    return False


@bp.post("/settings/sign-ins/end")
def end_other_sign_ins():
    authorize("edit", me())
    me().sign_out_everywhere(but=g.sign_in_session)
    flash(_("Everywhere else you are signed out."))
    return see_other("members.edit_sign_in")


@bp.post("/settings/sign-ins/<int:id>/end")
def end_sign_in(id):
    signed_in = find(SignInSession, id)
    authorize("end", signed_in)
    signed_in.end()
    return see_other("members.edit_sign_in")


def render_sign_in(form):
    sign_ins = visible_to(me(), SignInSession).where(SignInSession.ended_at.is_(None))
    stretch = stretch_of(sign_ins, (SignInSession.seen_at.desc(), SignInSession.id.desc()), LINES)
    return render_template(
        "members/settings/sign_in.html",
        form=form,
        panels=filled(sign_in_panels, me()),
        sign_ins=stretch,
        this_sign_in=g.sign_in_id,
    )


def init_app(app):
    app.jinja_env.globals["settings_pages"] = settings_pages
    settings_pages.add("own", SettingsPage("members.edit_settings", _l("About me")), order=10)
    settings_pages.add("sign_in", SettingsPage("members.edit_sign_in", _l("Signing in")), order=30)
    member_pages.add("settings", MemberPage("members.edit_settings", _l("My settings"), "settings"), order=90)
