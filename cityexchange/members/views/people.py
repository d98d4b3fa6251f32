from flask import render_template

from cityexchange.core.registries import filled, member_panels
from cityexchange.core.web import find, me
from cityexchange.members.models import Member
from cityexchange.members.views.blueprint import bp


@bp.get("/members/<int:id>")
def show_member(id):
    member = find(Member, id)
    return render_template("members/show.html", member=member, panels=filled(member_panels, me(), member))
