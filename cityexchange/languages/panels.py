from typing import Any

from flask_babel import lazy_gettext as _l

from cityexchange.core.reader import OneReader
from cityexchange.core.registries import MemberPage, member_pages, start_panels
from cityexchange.languages.waiting import few_of


def waiting_for_me(reader: OneReader) -> tuple[str, dict[str, Any]] | None:
    """For who knows two languages."""
    lines = few_of(reader) if reader.is_authenticated else []
    return ("languages/_panel_start.html", {"lines": lines}) if lines else None


def init_app():
    start_panels.add("languages", waiting_for_me, order=60)
    page = MemberPage("languages.index_asks", _l("Texts to translate"), "languages")
    member_pages.add("translations", page, order=20)
