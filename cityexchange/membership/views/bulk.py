"""The coordination team invites many people at once, after a look at what would become of each line."""

from flask import flash, render_template
from flask_babel import get_locale, ngettext

from cityexchange.core.files.encodings import Named
from cityexchange.core.once import once
from cityexchange.core.tables import MARK, download
from cityexchange.core.web import authorize, me, see_other
from cityexchange.membership import bulk
from cityexchange.membership.forms import BulkForm
from cityexchange.membership.labels import NO_TABLE
from cityexchange.membership.limits import TABLES
from cityexchange.membership.offers import PlaceOffer
from cityexchange.membership.signals import place_offered
from cityexchange.membership.views.blueprint import bp

EXAMPLE = "city,name,function,email,role,language,note\r\n"


@bp.get("/invitations/new")
def new_invitations():
    authorize("create_many", PlaceOffer())
    return render_table(BulkForm(formdata=None))


@bp.get("/invitations/table.csv")
def show_empty_table():
    """Headings to fill in below."""
    authorize("create_many", PlaceOffer())
    return download(MARK + EXAMPLE, "text/csv", "invitations.csv")


@bp.post("/invitations")
@once
def create_invitations():
    """Without `send` a dry run, which changes nothing: the table comes back with the fate of each line."""
    authorize("create_many", PlaceOffer())
    TABLES.spend(me().id)
    form = BulkForm()
    try:
        lines = lines_of(form) if form.validate() else []
    except bulk.NoTable as problem:
        form.table.errors, lines = [NO_TABLE[str(problem)]], []
    if not lines:
        return render_table(form), 422
    good = list(bulk.good(lines))
    if not form.send.data or not good:
        return render_table(form, lines)
    invite(good, form)
    return see_other("admin.show_desk")


def lines_of(form):
    """The file's, where one was sent; its text goes into the field, to come back with the next press."""
    if form.file.data:
        data = form.file.data.read(bulk.LONGEST_TABLE * 4 + 1)
        if len(data) > bulk.LONGEST_TABLE * 4:
            raise bulk.NoTable("too_long")
        form.said = bulk.said_by(data, Named(form.encoding.data or None, str(get_locale())))
        form.table.data = form.said.text
    text = form.table.data or ""
    if len(text) > bulk.LONGEST_TABLE:
        raise bulk.NoTable("too_long")
    return bulk.judge(bulk.read(text))


def invite(lines, form):
    for made in bulk.invite_all(lines, me(), form.locale.data, (form.note.data or "").strip()):
        place_offered.send(offer=made)
    said = ngettext("%(num)s person is invited by mail.", "%(num)s people are invited by mail.", len(lines))
    flash(said)


def render_table(form, lines=()):
    good = sum(line.is_good for line in lines)
    return render_template("membership/bulk.html", form=form, lines=lines, good=good)
