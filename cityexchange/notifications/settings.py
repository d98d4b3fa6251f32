"""The table of choices, a tab of the settings."""

from flask import Blueprint, flash, render_template
from flask_babel import gettext as _

from cityexchange.core.web import authorize, me, see_other
from cityexchange.notifications.forms import ChoicesForm

bp = Blueprint("notification_choices", __name__, url_prefix="/settings/mails")


@bp.get("")
def edit_choices():
    return render_choices(ChoicesForm(me()))


@bp.post("")
def choose():
    """One press keeps the whole table."""
    authorize("edit", me())
    form = ChoicesForm(me())
    if not form.validate():
        return render_choices(form), 422
    form.keep()
    flash(_("Your settings are saved."))
    return see_other(".edit_choices")


def render_choices(form):
    return render_template("notifications/choices.html", form=form)
