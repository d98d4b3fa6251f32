"""A form that begins with the member's draft of it, wherever that was begun."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from cityexchange.core.fields import Form
from cityexchange.core.web import SAFE_METHODS, me
from cityexchange.drafts.fields import BESIDE, MARK, number_in
from cityexchange.drafts.models import Draft
from cityexchange.drafts.places import Spot, address_here, spot_of

FEW = 2
"""Drafts that a form looks for: what goes into it, and what it says of another one."""


class Begun(NamedTuple):
    """What goes into the form, if anything does; of what is begun beside it, the one of which the form tells; and the form's place."""

    draft: Draft | None = None
    other: Draft | None = None
    spot: Spot | None = None

    @property
    def way_beside(self) -> str | None:
        """To the form for one more text, which stands beside all that is begun."""
        current = next((one for one in (self.draft, self.other) if one and one.current), None)
        return self.spot and self.spot.page_with(**{BESIDE: current.id} if current else {})


Brought = Iterable[tuple[str, str]]
"""[(field, words), ..] that a page brings to its form: a draft that holds others is another text, and stays as it is."""


def begun_here(address: str | None = None, brings: Brought = ()) -> Begun:
    """For the form on the page that is asked for, or for the one at `address`, which has that page for another one."""
    if request.method not in SAFE_METHODS or not me().is_authenticated:
        return Begun()
    if "begun_here" not in g:
        address = address or address_here()
        g.begun_here = _begun_at(address, brings) if address else Begun()
    return g.begun_here


def _begun_at(address, brings):
    spot = spot_of(address)
    if spot is None or not spot.place.is_several:
        return Begun(Draft.at(me(), address))
    asked = number_in(MARK)
    found = Draft.all_at(me(), address, asked, FEW)
    first = next(iter(found), None)
    if first and (first.id == asked or (first.current and not _makes_way(first, brings))):
        return Begun(first, next(iter(found[1:]), None), spot)
    return Begun(None, first, spot)


def _makes_way(draft, brings):
    holds = [any(name == one and words in value for one, value in draft.fields) for name, words in brings]
    return draft.id == number_in(BESIDE) or not all(holds)


class Drafted(Form):
    """Its endpoint is among the `draft_places`; its template has `draft_line`, `draft_field` and `draft_button` of drafts/form.html."""

    begun = Begun()
    """Nothing where the form came back."""

    def __init__(self, *args: Any, sent_to: str | None = None, brings: Brought = (), **kwargs: Any):
        """`sent_to`: the form's address, on a page that is not its place's own."""
        self.sent_to, self.brings = sent_to, brings
        super().__init__(*args, **kwargs)

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The draft takes the place of a form that was sent: so each field reads it as it reads what comes from a browser."""
            sent = super().wrap_formdata(form, formdata)
            if sent is not None or formdata is None:
                return sent
            form.begun = begun_here(form.sent_to, form.brings)
            return MultiDict((name, value) for name, value in form.draft.fields) if form.draft else sent

    @property
    def draft(self) -> Draft | None:
        return self.begun.draft

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

    @property
    def draft_beside(self) -> int | None:
        """The number of the draft beside which a new text is begun here, also where the form comes back."""
        draft, other, spot = self.begun
        if spot is None:
            return number_in(BESIDE)
        return other.id if other and other.current and not draft else None
