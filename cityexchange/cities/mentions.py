"""Which city # may name, and which it offers while one types; what it is called where a text that names it is read."""

import json
import re
from collections.abc import Collection

from markupsafe import escape
from sqlalchemy import bindparam, or_, select

from cityexchange.cities import register
from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.called import Called
from cityexchange.core.db import at_most, db, rows
from cityexchange.core.named import begins
from cityexchange.core.ordering import in_order
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.urls import path_to

SPELLINGS = 30
"""Places of the register that letters may be the beginning of."""
LINK = re.compile(r'(<a href="[^"]*/cities/([^"/]+)" class="mention"[^>]*)>([^<]*)</a>')


def resolve(slugs: set[str]) -> dict[str, tuple[str, str]]:
    """{slug: (path, label)} of the cities that everybody may see. What is stored is in nobody's language: see `with_city_names`."""
    found = db.session.execute(
        select(City.slug, City.called).where(City.slug.in_(slugs), City.state.in_(TAKING_PART))
    )
    return {slug: (path_to("cities.show_city", slug=slug), called.own) for slug, called in found}


def with_city_names(html: str) -> str:
    """A text whose # were linked when it was written, for who reads it now. One question for all of them, none where there is none."""
    slugs = {slug for _link, slug, _name in LINK.findall(html)}
    if not slugs:
        return html
    names = names_of(slugs)

    def label(mention):
        link, slug, name = mention.groups()
        # For who quotes it, in whatever language (static/js/features/forums/quoting.js).
        called = escape(names[slug]) if slug in names else name
        return f'{link} data-handle="#{slug}">{called}</a>'

    return LINK.sub(label, html)


def with_every_city_name(html: str) -> str:
    """The same for readers of several languages at once: each page takes the name in its own (static/js/features/chat/origin.js)."""
    names = names_of({slug for _link, slug, _name in LINK.findall(html)})

    def label(mention):
        link, slug, name = mention.groups()
        if slug not in names:
            return mention[0]
        every = escape(json.dumps(names[slug].names, ensure_ascii=False))
        return f'{link} data-handle="#{slug}" data-names="{every}">{escape(names[slug].own)}</a>'

    return LINK.sub(label, html) if names else html


def names_of(slugs: Collection[str]) -> dict[str, Called]:
    return dict(tuple(row) for row in rows(_called(), {"slugs": sorted(slugs)})) if slugs else {}


@prepared
def _called():
    return select(City.slug, City.called).where(City.slug.in_(bindparam("slugs", expanding=True)))


def beginning(member, letters: str, most: int) -> list[City]:
    """Cities with a name or a part of one that begins with `letters`, or that the register knows under such a name."""
    handle = letters.lower()
    conditions = (
        begins(City, letters),
        City.slug.startswith(handle, autoescape=True),
        City.slug.contains(f"-{handle}", autoescape=True),
        City.geonameid.in_([place.geonameid for place in register.search(letters, SPELLINGS)]),
    )
    cities = visible_to(member, City).where(City.state.in_(TAKING_PART), or_(*conditions))
    return list(db.session.scalars(cities.order_by(*in_order(City)).limit(at_most(most))))
