"""A form that begins with the member's draft of it, wherever that was begun."""

from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from cityexchange.core.fields import Form
from cityexchange.core.web import SAFE_METHODS, me
from cityexchange.drafts.fields import MARK
from cityexchange.drafts.models import Draft
from cityexchange.drafts.places import address_here


def draft_here() -> Draft | None:
    """Of the form on the page that is asked for."""
    if request.method not in SAFE_METHODS or not me().is_authenticated:
        return None
    if "draft_here" not in g:
        address = address_here()
        g.draft_here = Draft.at(me(), address) if address else None
    return g.draft_here


class Drafted(Form):
    """Its endpoint is among the `draft_places`; its template has `draft_line`, `draft_field` and `draft_button` of drafts/form.html."""

    draft: Draft | None = None
    """None where the form came back, or holds something else."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The draft takes the place of a form that was sent: so each field reads it as it reads what comes from a browser."""
            sent = super().wrap_formdata(form, formdata)
            if sent is not None or formdata is None or (draft := draft_here()) is None:
                return sent
            form.draft = draft
            return MultiDict((name, value) for name, value in draft.fields)

    @property
    def draft_mark(self) -> str:
        return self.draft.mark if self.draft else request.form.get(MARK, "")
