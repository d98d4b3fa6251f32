from flask import render_template
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import MemberPage, filled, member_pages, member_panels
from cityexchange.core.web import find, me
from cityexchange.members.models import Member
from cityexchange.members.views.blueprint import bp


@bp.get("/members/<int:id>")
def show_member(id):
    member = find(Member, id)
    return render_template("members/show.html", member=member, panels=filled(member_panels, me(), member))


def init_app():
    member_pages.add(
        "own", MemberPage("members.show_member", _l("My page"), "user", is_numbered=True), order=10
    )
