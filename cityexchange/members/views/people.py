from flask import redirect, render_template, url_for

from cityexchange.core import audit
from cityexchange.core.web import authorize, find, me
from cityexchange.members.models import Member
from cityexchange.members.views import bp


@bp.get("/members/<int:id>")
def show_member(id):
    return render_template("members/show.html", member=find(Member, id))


@bp.post("/members/<int:id>/suspend")
def suspend_member(id):
    member = find(Member, id)
    authorize("suspend", member)
    member.suspend()
    audit.record("suspend", member, actor_id=me().id)
    return redirect(url_for(".show_member", id=id), 303)


@bp.post("/members/<int:id>/reinstate")
def reinstate_member(id):
    member = find(Member, id)
    authorize("reinstate", member)
    member.reinstate()
    audit.record("reinstate", member, actor_id=me().id)
    return redirect(url_for(".show_member", id=id), 303)
