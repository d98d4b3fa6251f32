from flask import Blueprint, render_template, request

from cityexchange.admin import auditing
from cityexchange.core import audit
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.listing import stretch_of
from cityexchange.core.registries import desk_panels, filled
from cityexchange.core.tables import MARK, download
from cityexchange.core.web import authorize, me
from cityexchange.members.models import Member

bp = Blueprint("admin", __name__)
LINES = 50
"""Entries of the audit on a page."""


@bp.get("/desk")
def show_desk():
    authorize("read", AuditEntry())
    return render_template("admin/desk.html", panels=filled(desk_panels, me()))


@bp.get("/desk/audit")
def index_audit():
    authorize("read", AuditEntry())
    chosen = chosen_now()
    entries = auditing.narrowed(me(), chosen)
    stretch = stretch_of(entries, (AuditEntry.id.desc(),), LINES)
    return render_template(
        "admin/audit.html",
        stretch=stretch,
        chosen=chosen,
        names=names_of(entry for (entry,) in stretch.rows),
        verbs=auditing.known(AuditEntry.verb),
        record_types=auditing.known(AuditEntry.record_type),
        outcomes=auditing.known(AuditEntry.outcome),
    )


@bp.post("/desk/audit.csv")
def export_audit():
    """A press, no link: taking the audit away is an act, and stands in the audit."""
    authorize("read", AuditEntry())
    chosen = {name: request.form.get(name, "").strip() for name in auditing.FILTERS}
    table = "".join(auditing.as_table(auditing.narrowed(me(), chosen)))
    audit.record("export_audit", actor_id=me().id)
    return download(MARK + table, "text/csv", "audit.csv")


def chosen_now():
    return {name: request.args.get(name, "").strip() for name in auditing.FILTERS}


def names_of(entries):
    """{member's id: name} of who acted, as far as they are members still."""
    ids = {entry.actor_id for entry in entries}
    return dict(db.session.execute(db.select(Member.id, Member.name).where(Member.id.in_(ids))).all())
