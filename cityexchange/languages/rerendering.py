"""Bringing stored HTML up to date when the way it is made has changed."""

from collections.abc import Iterator

from sqlalchemy import select, update

from cityexchange.core.db import at_most, db, unit_of_work
from cityexchange.core.statements import execute
from cityexchange.core.text import RENDER_VERSION, render
from cityexchange.languages.models import Written


def written_models() -> list[type[Written]]:
    return [mapper.class_ for mapper in db.Model.registry.mappers if issubclass(mapper.class_, Written)]


def rerender(model: type, batch: int = 200) -> Iterator[int]:
    """Renders the rows of an older version, `batch` a unit of work; yields how many each time.

    Stopped in between, it goes on where it was: a row's version says whether it is done.
    """
    last = 0
    while True:
        with unit_of_work():
            rows = db.session.execute(_stale(model).where(model.id > last).limit(at_most(batch))).all()
            for id, text in rows:
                execute(_renewal(model, id, text), {}, of=(model, id))
        if not rows:
            break
        last = rows[-1].id
        yield len(rows)


def _stale(model):
    return select(model.id, model.text).where(model.render_version != RENDER_VERSION).order_by(model.id)


def _renewal(model, id, text):
    # Not through the record: nothing that a person would notice has changed, so `updated_at` must not move.
    values = {"html": render(text, model.heading_base), "render_version": RENDER_VERSION}
    if hasattr(model, "updated_at"):
        values["updated_at"] = model.updated_at
    return update(model).where(model.id == id, model.text == text).values(values)
