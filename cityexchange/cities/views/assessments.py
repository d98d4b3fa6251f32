"""The self-assessment: filled in part by part, looked at, published."""

from flask import flash, render_template, request
from flask_babel import gettext as _

from cityexchange.cities.assessments import (
    SelfAssessment,
    StaleAssessment,
    draft_to_change,
    first_levels,
    save_draft,
)
from cityexchange.cities.forms.assessment import AssessmentForm, PublishForm
from cityexchange.cities.limits import CITY_EDITS
from cityexchange.cities.views.blueprint import bp
from cityexchange.cities.views.pages import all_themes, find_city
from cityexchange.core import audit
from cityexchange.core.web import authorize, me, see_other


@bp.get("/cities/<slug>/self-assessment")
def edit_assessment(slug):
    city = find_city(slug)
    authorize("edit", city)
    levels, version = first_levels(city)
    return render_form(city, AssessmentForm(data={"version": version}), levels)


@bp.post("/cities/<slug>/self-assessment")
def save_assessment(slug):
    city = find_city(slug)
    authorize("edit", city)
    form = AssessmentForm()
    levels = form.levels(theme.key for theme in all_themes())
    if not form.validate():
        return render_form(city, form, levels), 422
    CITY_EDITS.spend(me().id)
    try:
        save_draft(city, levels, form.version.data)
        flash(_("Saved. You or a colleague can go on whenever you like; nobody else sees it."))
    except StaleAssessment as stale:
        return render_form(city, form, levels, saved=stale.saved), 409
    return see_other(".preview_assessment" if form.look.data else ".edit_assessment", slug=slug)


@bp.get("/cities/<slug>/self-assessment/preview")
def preview_assessment(slug):
    city = find_city(slug)
    authorize("edit", city)
    draft = SelfAssessment.draft_of(city)
    if draft is None:
        return see_other(".edit_assessment", slug=slug)
    return render_preview(city, draft, PublishForm(data={"version": draft.version}))


@bp.post("/cities/<slug>/self-assessment/publish")
def publish_assessment(slug):
    city = find_city(slug)
    authorize("edit", city)
    draft, form = draft_to_change(city), PublishForm()
    if draft is None:
        return see_other(".show_city", slug=slug)  # pressed twice
    try:
        draft.publish(form.version.data)
    except StaleAssessment:
        return render_preview(
            city, draft, PublishForm(None, data={"version": draft.version}), is_stale=True
        ), 409
    audit.record("publish_assessment", city, actor_id=me().id)
    flash(_("Published. Your needs and offers stand on the page of your city."))
    return see_other(".show_city", slug=slug)


def render_form(city, form, levels, saved=None):
    theirs = saved.levels if saved else {}
    return render_template(
        "cities/assessment.html",
        city=city,
        form=form,
        levels=levels,
        theirs=theirs,
        version=saved.version if saved else form.version.data,
        is_stale=saved is not None,
        themes=all_themes(),
        last=SelfAssessment.last_of(city),
        is_first=request.method == "GET" and SelfAssessment.draft_of(city) is None,
    )


def render_preview(city, draft, form, is_stale=False):
    return render_template("cities/preview.html", city=city, draft=draft, form=form, is_stale=is_stale)
