"""A form that still holds what another device has sent makes no second one of it, before its writer has heard of the first."""

from flask import Flask, flash, g, redirect, request

from cityexchange.core.web import authorize, me
from cityexchange.drafts.fields import copy_here, kept_of, words_here
from cityexchange.drafts.limits import DRAFTS
from cityexchange.drafts.models import Draft
from cityexchange.drafts.places import draft_places, spot_of
from cityexchange.drafts.sent import SentDraft, digest_of, keep_anew
from cityexchange.drafts.views import both_shown, to_form, told_of

LOOKS = {"preview", "quote", "add_rows"}
"""Buttons that bring the form back and send nothing."""


def hold_what_was_sent():
    if request.method != "POST" or request.endpoint not in draft_places or LOOKS & request.form.keys():
        return None
    copy = copy_here()
    if not copy.number or not me().is_authenticated:
        return None
    sent = SentDraft.of(me(), request.path, copy)
    return lead_to(sent=sent, copy=copy) if sent and not sent.is_by(copy) else None


@both_shown
def lead_to(sent, copy):
    """The same words are there already; others are kept, and may be sent then."""
    authorize("keep", Draft.of(me(), request.path))
    g.was_sent = True
    if sent.digest == digest_of(kept_of(request.form.items(multi=True))) and sent.location:
        flash(told_of(sent, is_over=True), "info")
        return redirect(sent.location, 303)
    words, spot = words_here(), spot_of(request.path)
    DRAFTS.spend(me().id)
    draft = Draft.of(me(), request.path)
    if words.opening:
        beside = 0 if spot and spot.place.is_several else None
        draft = keep_anew(me(), request.path, words, copy, "", beside)
    flash(told_of(sent), "info")
    return to_form(draft)


def init_app(app: Flask) -> None:
    app.before_request(hold_what_was_sent)
