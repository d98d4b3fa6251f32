import io
import json
import zipfile

from flask import Blueprint, flash, redirect, render_template, session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import logout_user

from cityexchange.archive.leaving import leave
from cityexchange.archive.limits import EXPORTS
from cityexchange.archive.sections import SECTIONS, data_of
from cityexchange.core import audit
from cityexchange.core.registries import SettingsPage, settings_pages
from cityexchange.core.tables import download, table_of
from cityexchange.core.web import authorize, me
from cityexchange.members.forms import LeavingForm
from cityexchange.members.limits import PROOFS
from cityexchange.members.models import LastAdministrator
from cityexchange.members.seats import LastFocalPoint
from cityexchange.members.views.factors import is_sure

bp = Blueprint("archive", __name__)


@bp.get("/settings/data")
def show_data():
    return render_data(LeavingForm())


@bp.post("/settings/data/json")
def export_json():
    """A press, no link: taking one's data away is an act, and stands in the audit."""
    data = json.dumps(taken(), ensure_ascii=False, indent=1)
    return download(data, "application/json", "my-data.json")


@bp.post("/settings/data/csv")
def export_csv():
    """A table for each section that has lines, in one packed file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as tables:
        for key, lines in taken()["sections"].items():
            if lines:
                tables.writestr(f"{key}.csv", table_of(lines))
    return download(packed.getvalue(), "application/zip", "my-data.zip")


@bp.post("/settings/data/html")
def export_html():
    """One file that is read without us: no script, no style, nothing from elsewhere."""
    page = render_template("archive/export.html", sections=SECTIONS, data=taken()["sections"])
    return download(page, "text/html", "my-data.html")


def taken():
    authorize("edit", me())
    EXPORTS.spend(me().id)
    audit.record("export_own_data", me(), actor_id=me().id)
    return data_of(me())


@bp.post("/settings/leave")
def leave_for_good():
    member, form = me(), LeavingForm()
    authorize("edit", member)
    PROOFS.take(member.id)
    if not (form.validate() and proven(member, form) and has_left(member, form)):
        return render_data(form), 422
    logout_user()
    session.clear()
    flash(_("You have left. What you wrote stays, without your name. Thank you."))
    return redirect("/", 303)


def proven(member, form):
    if is_sure(member, form.proof.data):
        PROOFS.give_back(member.id)
        return True
    form.proof.errors = [_("This is neither your password nor a code of now.")]
    return False


def has_left(member, form):
    try:
        leave(member)
    except LastFocalPoint:
        form.proof.errors = [_("You are the last focal point of your city. Hand the place over first.")]
    except LastAdministrator:
        form.proof.errors = [_("You are the last administrator. Somebody else takes the role first.")]
    return not form.proof.errors


def render_data(form):
    return render_template("archive/data.html", form=form, sections=SECTIONS)


def init_app(app):
    settings_pages.add("data", SettingsPage("archive.show_data", _l("My data")), order=40)
