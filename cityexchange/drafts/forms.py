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


def draft_here(address: str | None = None) -> Draft | None:
    """Of the form on the page that is asked for, or of the one at `address`, which has that page for another one."""
    if request.method not in SAFE_METHODS or not me().is_authenticated:
        return None
    if "draft_here" not in g:
        address = address or address_here()
        g.draft_here = Draft.at(me(), address) if address else None
    return g.draft_here


class Drafted(Form):
    """Its endpoint is among the `draft_places`; its template has `draft_line`, `draft_field` and `draft_button` of drafts/form.html."""

    draft: Draft | None = None
    """None where the form came back."""

    def __init__(self, *args: Any, sent_to: str | None = None, **kwargs: Any):
        """`sent_to`: the form's address, on a page that is not its place's own."""
        self.sent_to = sent_to
        super().__init__(*args, **kwargs)

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The draft takes the place of a form that was sent: so each field reads it as it reads what comes from a browser."""
            sent = super().wrap_formdata(form, formdata)
            if sent is not None or formdata is None or (draft := draft_here(form.sent_to)) is None:
                return sent
            form.draft = draft
            return MultiDict((name, value) for name, value in draft.fields)

    def add(self, name: str, words: str) -> None:
        """What the page brings (a quote) stands at the end of what was begun, after an empty line, and once, however often the page is
        asked for; after what the browser alone has kept too, by `data-adds` (static/js/features/ui/written-form.js)."""
        field = self[name]
        begun = (field.data or "").rstrip().removesuffix(words.strip()).rstrip()
        if words.strip() not in begun:
            field.data = f"{begun}\n\n{words}" if begun else words
        if words:
            field.render_kw = {**(field.render_kw or {}), "data_adds": words}

    @property
    def draft_mark(self) -> str:
        return self.draft.mark if self.draft else request.form.get(MARK, "")
