"""Whom a text mentions is called by name where it is shown, and cities in the language of who reads. What is stored leads to the member
and says the handle: names change, people leave, and who may read a name differs from reader to reader.

    with_names(html, me())          members read names, visitors handles, guests the names of those they meet
    told_to_many(html, may_meet)    what is told to several at once
    excerpt_for(record, me(), 80)   its beginning, on one line; `in_short` of a reading
    each_called(lines, me())        lines as they were typed, such as how a draft begins

One question for all mentions of a part of a page, none where there is no mention. So names go in last, into what is kept for many.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy import Select, bindparam, event, inspect, select, update

from cityexchange.cities.mentions import names_of, with_city_names, with_every_city_name
from cityexchange.cities.models import City
from cityexchange.core.called import Called
from cityexchange.core.db import db, rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.registries import Registry
from cityexchange.core.text import called_in, excerpt, renamed
from cityexchange.core.text.quoted import own_words
from cityexchange.languages.rerendering import written_models
from cityexchange.members.models import Member

SIGN = 'class="mention"'
LINK = re.compile(rf'(<a href="[^"]*/members/(\d+)" {SIGN}[^>]*>)([^<]*)</a>')
GONE = "anonymised"
unnamed = Registry("whether around the words of a record no names are shown: f(record), by its type")


def with_names(html: str, reader: OneReader, hides_names: bool = False) -> Markup:
    """`reader`: a member or a visitor; `hides_names`: where no names are shown, the handle stays as it was typed. Who has left is called so to everybody."""
    if SIGN not in html:
        return Markup(html)
    html = with_city_names(html)
    ids = _ids(html)
    seen = _asked(_seen(reader), ids, reader.bind_values) if reader.is_authenticated else {}
    unseen = _asked(_of_all(), ids - set(seen))
    states = {id: state for id, (_name, state) in (seen | unseen).items()}

    def label(mention):
        link, id, handle = mention[1], int(mention[2]), mention[3]
        if states.get(id, GONE) == GONE:
            return f"<span {SIGN}>{escape(_('Former member'))}</span>"
        if id not in seen and reader.is_authenticated:
            return f"<span {SIGN}>{handle}</span>"  # a link that leads nowhere is none
        is_named = id in seen and not hides_names
        return f"{_with_handle(link, handle)}{_called(seen[id][0])}</a>" if is_named else mention[0]

    return Markup(LINK.sub(label, html))


def each_with_names(htmls: Iterable[str], reader: OneReader, hides_names: bool = False) -> list[str]:
    """As `with_names`, of several, with one question. No text holds a NUL."""
    return str(with_names("\0".join(htmls), reader, hides_names)).split("\0")


def told_to_many(html: str, may_meet: Callable[[set[int]], Iterable[int]]) -> str:
    """For readers of several languages at once. `may_meet`: of these members those whose names all of them may read."""
    if SIGN not in html:
        return html
    html = with_every_city_name(html)
    ids = _ids(html)
    known, all_may_meet = _asked(_of_all(), ids), set(may_meet(ids))

    def label(mention):
        link, id, handle = mention[1], int(mention[2]), mention[3]
        name, state = known.get(id, ("", GONE))
        if state == GONE:
            return f"<span {SIGN}>@…</span>"  # in nobody's language
        is_named = id in all_may_meet and state == "active"
        return f"{_with_handle(link, handle)}{_called(name)}</a>" if is_named else mention[0]

    return LINK.sub(label, html)


def excerpt_for(record: Any, reader: OneReader, length: int) -> str:
    """The words of a record alone, on one line, as this reader reads whom it calls; what it quotes only where it says nothing else."""
    html = named_as_in(record.html, record, reader)
    return excerpt(own_words(html), length) or excerpt(html, length)


def in_short(reading: Any, record: Any, reader: OneReader, length: int) -> str:
    """The same of a reading of the record or of a part of it; a line without Markdown is cut."""
    if reading.html is None:
        return reading.text if len(reading.text) <= length else f"{reading.text[: length - 1].rstrip()}…"
    html = named_as_in(reading.html, record, reader)
    return excerpt(own_words(html), length) or excerpt(html, length)


def named_as_in(html: str, record: Any, reader: OneReader) -> Markup:
    """Words of a record outside of its page: where that names nobody, these do not."""
    hides = unnamed.get(type(record).__name__) if SIGN in html else None
    return with_names(html, reader, bool(hides and hides(record)))


def each_called(lines: Sequence[str], reader: OneReader) -> list[str]:
    """Lines as the reader typed them, with the names of whom they call: one question for all members, one for all cities."""
    called = set().union(*map(called_in, lines))
    members, slugs = ({name for sign, name in called if sign == one} for one in "@#")
    found = rows(_by_handle(reader), {**reader.bind_values, "handles": sorted(members)}) if members else ()
    names = {("@", handle): f"@{name}" for handle, name in found}
    names |= {("#", slug): str(name) for slug, name in names_of(slugs).items()}
    return [renamed(line, names) for line in lines]


def forget_mentions(member: Member) -> None:
    """What is kept of pages that call them is old now."""
    _forget_links_to(f"/members/{member.id}")


@event.listens_for(City.called, "set", active_history=True)
def forget_city_mentions(city: City, called: Called, before: Any, _initiator: Any) -> None:
    """The same of pages for visitors: they stand whole, with the names of then."""
    if isinstance(before, Called) and before != called and inspect(city).persistent:
        _forget_links_to(f"/cities/{city.slug}")


def _forget_links_to(path):
    for model in written_models():
        calls = model.html.like(f'%{path}" {SIGN}%')  # type: ignore[attr-defined]
        # Nothing that a person wrote has changed.
        same = {name: getattr(model, name) for name in ("html", "updated_at") if hasattr(model, name)}
        db.session.execute(
            update(model).where(calls).values(same).execution_options(synchronize_session=False)
        )


def _ids(html):
    return {int(id) for _link, id, _handle in LINK.findall(html)}


def _with_handle(link, handle):
    """For who quotes it (static/js/features/forums/quoting.js): what is stored names nobody."""
    return f'{link[:-1]} data-handle="{handle}">'


def _called(name):
    return f"<bdi>@{escape(name)}</bdi>"


def _asked(statement, ids, bind_values=None):
    """{id: (name, state)}"""
    found = rows(statement, {**(bind_values or {}), "ids": sorted(ids)}) if ids else ()
    return {id: (name, state) for id, name, state in found}


THESE = Member.id.in_(bindparam("ids", expanding=True))
COLUMNS = Member.id, Member.name, Member.state


@prepared
def _seen(reader: Reader) -> Select[Any]:
    return visible_to(reader, Member).with_only_columns(*COLUMNS).where(THESE)


@prepared
def _by_handle(reader: Reader) -> Select[Any]:
    these = Member.handle.in_(bindparam("handles", expanding=True)), Member.state == "active"
    return visible_to(reader, Member).with_only_columns(Member.handle, Member.name).where(*these)


@prepared
def _of_all() -> Select[Any]:
    return select(*COLUMNS).where(THESE)


def init_app(app):
    app.jinja_env.filters.update(
        with_names=with_names, excerpt_for=excerpt_for, in_short=in_short, named_as_in=named_as_in
    )
