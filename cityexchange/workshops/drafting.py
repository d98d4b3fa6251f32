"""Between the organiser's form and the workshop: what the form says becomes the workshop, and back."""

from operator import attrgetter, itemgetter

from flask_babel import format_datetime, get_locale
from flask_babel import gettext as _
from sqlalchemy import select
from wtforms import SelectChoice

from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.db import among, db
from cityexchange.core.ordering import by_name
from cityexchange.core.policy import can, visible_to
from cityexchange.core.zones import zone_place
from cityexchange.events.models import Schedule
from cityexchange.events.times import instant_of
from cityexchange.languages.reading import reading
from cityexchange.spaces.models import Space
from cityexchange.themes.labels import theme_label
from cityexchange.themes.models import Theme
from cityexchange.workshops.forms import WorkshopForm
from cityexchange.workshops.labels import MISSING
from cityexchange.workshops.models import Workshop

TEXTS = ("audience", "cost_statement", "accessibility_note", "data_notice", "venue")
PLAIN = ("scope", "mode", "capacity_in_person", "capacity_online")


def blank(member) -> Workshop:
    """A draft that is not in the database yet."""
    return Workshop(schedule=Schedule(timezone=member.timezone or "UTC"), organiser_id=member.id, title="")


def form_for(workshop, member) -> WorkshopForm:
    """The form with what was sent, else with what the workshop says."""
    form = WorkshopForm(data=_form_data(workshop))
    if workshop.id and workshop.state != "draft":
        # Threat: a workshop of a closed space made public, with the people who registered under its rules.
        del form.space_id
    cities = _hosts(workshop, member)
    zones = sorted({city.timezone for city in cities} | {"UTC", workshop.timezone})
    return form.offer(
        cities=[_host(city) for city in cities],
        zones=by_name(((zone, zone_place(zone)) for zone in zones), itemgetter(1)),
        spaces=_spaces(member),
        themes=[(id, words) for id, _key, words in themes_in_words()],
    )


def _hosts(workshop, member):
    """Those that take part, and the host of today whatever became of it: saving other words must not take it out."""
    hosts = visible_to(member, City).where(among(City.state, TAKING_PART))
    cities = list(db.session.execute(hosts.with_only_columns(City.id, City.called, City.timezone)))
    today = workshop.host_city
    is_there = today is None or today.id in {city.id for city in cities}
    return by_name(cities if is_there else [*cities, today], attrgetter("called"))


def _host(city):
    """The zone is for the browser, which proposes it at once."""
    return SelectChoice(
        city.id, str(city.called), render_kw={"translate": "no", "data-timezone": city.timezone}
    )


def follow_host_city(workshop, form) -> str | None:
    """Takes the zone of a host city that is chosen anew for a draft, unless somebody has chosen the zone, or saw it proposed; what to say
    then. The times of what is announced move by no other field than its own."""
    if form.zone_is_proposed.data or workshop.state not in (None, "draft"):
        return None
    id, zone = form.host_city_id.data, form.timezone.data
    if not id or id == workshop.host_city_id or zone != workshop.timezone:
        return None
    of_city = db.session.scalar(select(City.timezone).where(City.id == id))
    if not of_city or of_city == zone:
        return None
    form.timezone.data = of_city
    return _(
        "All times are now those of clocks in %(place)s, as the host city's are. Choose another time zone if you "
        "meant one.",
        place=zone_place(of_city),
    )


def _spaces(member):
    spaces = db.session.scalars(visible_to(member, Space)).all()
    named = [(space.id, reading(space, "name")) for space in spaces if can(member, "write", space)]
    choices = ((id, name.text, {"lang": name.language}) for id, name in named)
    return by_name(choices, itemgetter(1))


def themes_in_words():
    """[(id, key, words)] in the order of the taxonomy."""
    rows = db.session.execute(select(Theme.id, Theme.key).order_by(Theme.cluster, Theme.position, Theme.key))
    return [(id, key, theme_label(key)) for id, key in rows]


def _form_data(w):
    quota, pairs = w.quota, w.interpretation
    return {
        **{name: getattr(w, name) for name in (*TEXTS, *PLAIN, "title", "text", "timezone", "regions")},
        "scope": w.scope or "",
        "mode": w.mode or "",
        "language": w.language or str(get_locale()),
        "themes": [theme.id for theme in w.themes],
        "space_id": w.space_id or 0,
        "host_city_id": w.host_city_id or 0,
        "joining_link": w.joining_link,
        "objectives": [objective.title for objective in w.objectives] + [""] * 2,
        "sessions": [_row(session) for session in w.schedule.held] + [{}, {}],
        "city_limit": "" if quota is None else "limit" if quota.get("max_per_city") else "none",
        "max_per_city": (quota or {}).get("max_per_city"),
        "registration_until": w.registration_until,
        "working_languages": w.working_languages or [],
        "has_interpretation": "" if pairs is None else "pairs" if pairs else "none",
        "interpretation": [{"source": a, "target": b} for a, b in pairs or ()] + [{}, {}],
    }


def _row(session):
    return {
        "id": session.id,
        "title": session.title,
        "starts": session.wall_starts,
        "ends": session.wall_ends,
    }


def redraft(workshop, form, by) -> bool:
    """Makes the workshop what the form says; False, with the errors in the form, where that cannot be."""
    with workshop.amending(by):
        _write(workshop, form)
    form.form_errors = _why_not(workshop)
    if not form.form_errors:
        workshop.fill_places()
    return not form.form_errors


def _write(workshop, form):
    _describe(workshop, form)
    _set_places(workshop, form)
    _set_languages(workshop, form)
    workshop.themes = list(db.session.scalars(select(Theme).where(Theme.id.in_(form.themes.data or [0]))))
    db.session.add(workshop)
    workshop.aim_at(form.objectives.data)
    rows = [row.form for row in form.sessions if not row.form.is_empty]
    workshop.meet(form.timezone.data, [row.slot(form.language.data) for row in rows])


def doubled_times(form):
    """Sentences for whoever wrote it: how an hour that clocks show twice was understood."""
    zone = form.timezone.data
    for wall in (wall for row in form.sessions for wall in row.form.doubled_in(zone)):
        time = format_datetime(wall, "d MMMM y, HH:mm", rebase=False)
        utc = format_datetime(instant_of(wall, zone), "HH:mm", rebase=False)
        yield _(
            "Clocks show %(time)s twice there. The first is meant: it is %(utc)s UTC.", time=time, utc=utc
        )


def _describe(w, form):
    w.title = form.title.data.strip()
    w.write(form.text.data or "", form.language.data)
    for name in TEXTS:
        setattr(w, name, (form[name].data or "").strip())
    for name in PLAIN:
        setattr(w, name, form[name].data or None)
    w.regions = form.regions.data or []
    w.host_city_id = form.host_city_id.data or None
    w.joining_link = (form.joining_link.data or "").strip()
    if "space_id" in form:
        w.space_id = form.space_id.data or None


def _set_places(w, form):
    quota = {key: value for key, value in (w.quota or {}).items() if key != "max_per_city"}
    if form.city_limit.data == "limit":
        quota["max_per_city"] = form.max_per_city.data
    w.quota = quota if form.city_limit.data else None
    w.registration_until = form.registration_until.data


def _set_languages(w, form):
    w.working_languages = form.working_languages.data or []
    pairs = [row.form.pair for row in form.interpretation if row.form.pair]
    said = {"": None, "none": [], "pairs": pairs or None}
    w.interpretation = said[form.has_interpretation.data]


def _why_not(w):
    """What must not become of a workshop that people have heard of, or hold places at."""
    sentences = [_("More people have a place already than this leaves room for.")] if w.is_overbooked else []
    if w.state not in ("draft", "postponed"):
        sentences += [MISSING[key] for key in w.missing() if key != "dates_ahead"]
    return sentences
