from flask import render_template, request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import MemberPage, filled, member_pages, member_panels
from cityexchange.core.web import find, me
from cityexchange.languages.choices import language_choices
from cityexchange.members.directory import ROLES, chosen_of, page_of, theme_of
from cityexchange.members.models import Member
from cityexchange.members.views.blueprint import bp


@bp.get("/people")
def index_people():
    chosen = chosen_of(request.args)
    lines, stretch = page_of(me(), chosen)
    return render_template(
        "members/people.html",
        lines=lines,
        stretch=stretch,
        chosen=chosen,
        is_narrowed=any(chosen.values()),
        theme=theme_of(chosen),
        languages=language_choices(get_locale()),
        roles=ROLES.items(),
    )


@bp.get("/members/<int:id>")
def show_member(id):
    member = find(Member, id)
    return render_template("members/show.html", member=member, panels=filled(member_panels, me(), member))


def init_app():
    member_pages.add(
        "own", MemberPage("members.show_member", _l("My page"), "user", is_numbered=True), order=10
    )
