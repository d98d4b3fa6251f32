"""Whose words are kept: each feature names its forms, and tells what one is about to who may write there now."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from cityexchange.core.db import LARGEST_NUMBER, db
from cityexchange.core.policy import can, visible_to
from cityexchange.core.reader import OneReader
from cityexchange.core.registries import Registry
from cityexchange.drafts.models import LONGEST_PLACE
from cityexchange.languages.reading import Reading, best_readings, reader_languages

About = dict[Any, Reading | None]


def about_nothing(_reader: OneReader, names: list[Any]) -> About:
    """Of a form that is about no record."""
    return dict.fromkeys(names)


class Place(NamedTuple):
    what: Any
    """What is written there; lazy."""
    page: str
    """Endpoint of the page with the form; takes what the address of the form takes."""
    about: Callable[[OneReader, list[Any]], About] = about_nothing
    """f(reader, names): a title, or None for none, of each of the records that the address may name (None: of none) in whose form the
    reader may write now. Threat: of any other nothing is told."""
    anchor: str | None = None
    form: Any = None
    """Its class, which says what the fields are called."""
    is_several: bool = False
    """Whether one may write several things there, whose drafts stand beside each other; of a reply or an edit there is one."""


draft_places = Registry("forms whose words are kept on the server: a Place by the endpoint that takes them")


class Spot(NamedTuple):
    place: Place
    endpoint: str
    names: dict[str, Any]

    @property
    def name(self) -> Any:
        """The one number or slug in the address, or None."""
        return next(iter(self.names.values()), None)

    @property
    def page(self) -> str:
        return self.page_with()

    def page_with(self, **said: Any) -> str:
        return url_for(self.place.page, **self.names, **said, _anchor=self.place.anchor)


def spot_of(address: str) -> Spot | None:
    """None for what is the address of no such form."""
    if len(address) > LONGEST_PLACE:
        return None
    try:
        endpoint, names = current_app.url_map.bind("").match(address, method="POST")
    except (HTTPException, RequestRedirect):
        return None
    if any(isinstance(one, int) and one > LARGEST_NUMBER for one in names.values()):
        return None
    place = draft_places.get(endpoint)
    return Spot(place, endpoint, dict(names)) if place else None


def address_here() -> str | None:
    """Of the form on the page that is asked for, or of the one that was sent."""
    if request.endpoint in draft_places:
        return request.path
    on_page = (name for name in draft_places.names() if draft_places[name].page == request.endpoint)
    name = next(on_page, None)
    return url_for(name, **(request.view_args or {})) if name else None


def of_records(
    model: Any, verb: str, *options: Any, titled: Callable[[Any], Any] = lambda record: record
) -> Callable[[OneReader, list[Any]], About]:
    """The `about` of a form that changes a record, or adds to it; `titled`: what has its title."""

    def about(reader: OneReader, ids: list[Any]) -> About:
        asked = visible_to(reader, model).where(model.id.in_(ids)).options(*options)
        open_ones = [one for one in db.session.scalars(asked, reader.bind_values) if can(reader, verb, one)]
        whole = {one.id: titled(one) for one in open_ones}
        titles = best_readings(reader_languages(), whole.values(), ("title",))
        return {id: titles[type(one).__name__, one.id, "title"] for id, one in whole.items()}

    return about
