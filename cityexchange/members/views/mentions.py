from flask import jsonify, render_template, request
from flask_babel import gettext as _

from cityexchange.cities import mentions as cities
from cityexchange.cities.labels import country_name
from cityexchange.core.text import called_in
from cityexchange.core.text.mentions import SIGNS
from cityexchange.core.unseen import UNSEEN
from cityexchange.core.web import me
from cityexchange.members import mentions as members
from cityexchange.members.limits import NAME_LOOKUPS
from cityexchange.members.views.blueprint import bp

MOST = 8
LONGEST = 60
MOST_CALLED = 20


@bp.get("/mentions")
def index_mentions():
    """Completion of what was begun: ?q=@cl or ?q=#ly, as [{"insert", "name", "label"}], at most eight."""
    NAME_LOOKUPS.spend(me().id)
    # Without the joiners of Persian names and the marks of direction: they are typed, and nobody sees them.
    begun = UNSEEN.sub("", request.args.get("q", "")[:LONGEST])
    sign, letters = SIGNS.get(begun[:1]), begun[1:].strip() if begun.isprintable() else ""
    offer = {"@": member_choices, "#": city_choices}.get(sign)
    return jsonify(offer(letters) if offer and letters else [])


@bp.get("/mentions/called")
def show_called() -> str:
    """Of `name` (@handle), repeated: a part of a page that says who that is, as far as the reader may know."""
    NAME_LOOKUPS.spend(me().id)
    called = called_in(" ".join(request.args.getlist("name")[:MOST_CALLED])[: LONGEST * MOST_CALLED])
    people = members.called(me(), {name for sign, name in called if sign == "@"})
    return render_template("members/called.html", people=people)


def member_choices(letters):
    found = members.beginning(me(), letters, MOST)
    return [choice(f"@{one.handle}", one.name, one.city and str(one.city.called)) for one in found]


def city_choices(letters):
    found = cities.beginning(me(), letters, MOST)
    return [choice(f"#{one.slug}", str(one.called), country_name(one.country)) for one in found]


def choice(insert, name, place):
    label = _("%(name)s, %(place)s", name=name, place=place) if place else name
    return {"insert": insert, "name": name, "label": label}
