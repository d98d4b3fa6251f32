"""A city's page, and what whoever speaks for it says of it."""

from flask import flash, render_template
from flask_babel import gettext as _

from cityexchange.cities.assessments import SelfAssessment
from cityexchange.cities.forms.names import names_form, names_form_of
from cityexchange.cities.forms.words import DeclarationForm, InterestsForm, ProfileForm
from cityexchange.cities.limits import CITY_EDITS
from cityexchange.cities.models import City
from cityexchange.cities.views.blueprint import bp
from cityexchange.core import audit
from cityexchange.core.db import db
from cityexchange.core.once import once
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import city_panels, filled
from cityexchange.core.web import authorize, can_current, find, me, public, see_other
from cityexchange.themes.models import Theme


@bp.get("/cities/<slug>")
@public
def show_city(slug):
    city = find_city(slug)
    panels = filled(city_panels, me(), city)
    may_edit = can_current("edit", city)
    drafts = (SelfAssessment.draft_of(city), SelfAssessment.last_of(city)) if may_edit else (None, None)
    return render_template(
        "cities/show.html", city=city, panels=panels, may_edit=may_edit, draft=drafts[0], last=drafts[1]
    )


@bp.get("/cities/<slug>/edit")
def edit_city(slug):
    city = find_city(slug)
    authorize("edit", city)
    return render_template("cities/edit.html", city=city, form=ProfileForm.of(city))


@bp.post("/cities/<slug>/edit")
def update_city(slug):
    city = find_city(slug)
    authorize("edit", city)
    form = ProfileForm()
    if not form.validate():
        return render_template("cities/edit.html", city=city, form=form), 422
    CITY_EDITS.spend(me().id)
    city.describe(**form.values)
    return saved("edit_city", city)


@bp.get("/cities/<slug>/names")
def edit_names(slug):
    city = find_city(slug)
    authorize("edit", city)
    return render_template("cities/names.html", city=city, form=names_form_of(city))


@bp.post("/cities/<slug>/names")
def update_names(slug):
    city = find_city(slug)
    authorize("edit", city)
    form = names_form(city)
    if not form.validate():
        return render_template("cities/names.html", city=city, form=form), 422
    CITY_EDITS.spend(me().id)
    city.names = city.names | form.names
    return saved("edit_names", city)


@bp.get("/cities/<slug>/declarations/new")
def new_declaration(slug):
    city = find_city(slug)
    authorize("edit", city)
    return render_template("cities/declare.html", city=city, form=DeclarationForm.of(city))


@bp.post("/cities/<slug>/declarations")
@once
def create_declaration(slug):
    city = find_city(slug)
    authorize("edit", city)
    form = DeclarationForm()
    if not form.validate():
        return render_template("cities/declare.html", city=city, form=form), 422
    CITY_EDITS.spend(me().id)
    city.declare_kind(**form.values)
    return saved("declare_kind", city)


@bp.get("/cities/<slug>/interests")
def edit_interests(slug):
    city = find_city(slug)
    authorize("edit", city)
    return render_interests(city, InterestsForm.of(city))


@bp.post("/cities/<slug>/interests")
def update_interests(slug):
    city = find_city(slug)
    authorize("edit", city)
    form = InterestsForm()
    themes = {theme.key: theme for theme in all_themes()}
    if not form.validate_among(themes):
        return render_interests(city, form), 422
    CITY_EDITS.spend(me().id)
    for side, keys in form.values.items():
        city.name_interests(side, [themes[key] for key in keys])
    return saved("name_interests", city)


def find_city(slug):
    return find(City, slug, by=City.slug)


def all_themes():
    return db.session.scalars(visible_to(me(), Theme).order_by(Theme.position)).all()


def render_interests(city, form):
    return render_template("cities/interests.html", city=city, form=form, themes=all_themes())


def saved(verb, city):
    audit.record(verb, city, actor_id=me().id)
    flash(_("Saved. This is what everybody sees now."))
    return see_other(".show_city", slug=city.slug)
