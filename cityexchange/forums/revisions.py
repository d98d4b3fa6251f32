"""How a post came to say what it says: the words that went and the words that came, version by version."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from markupsafe import Markup, escape
from sqlalchemy import case, func, literal, null, select

from cityexchange.core.db import db
from cityexchange.core.policy import can
from cityexchange.core.reader import Reader
from cityexchange.forums.bylines import Names
from cityexchange.forums.models import Post, Revision
from cityexchange.members.models import Member
from cityexchange.spaces.models import Membership

# A Chinese, Japanese or Thai text has no spaces between its words: there each sign counts as one.
NO_SPACES = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
PIECES = re.compile(rf"[{NO_SPACES}]|[^\W{NO_SPACES}]+\s*|\s+|[^\w\s]\s*", re.S)
MOST_PIECES = 4_000
"""Beyond this a comparison word by word would take seconds: the change is shown as a whole."""


@dataclass(frozen=True)
class Change:
    """From one version to the next. `editor_name` is None where names are hidden."""

    at: datetime
    editor_name: str | None
    reason: str
    language: str
    title: Markup | None
    text: Markup


def history_of(post: Post, reader: Reader) -> list[Change]:
    """The newest change first."""
    space = post.topic.forum.space
    names = Names(can(reader, "name_people", space), bool(space.hides_names))
    editor = names.name(
        Member.name, _pen_name(post, space.id) if space.allows_chosen_names or post.pen_name else null()
    )
    kept = select(Revision, editor).join(Member, Member.id == Revision.editor_id)
    rows = db.session.execute(kept.where(Revision.post_id == post.id).order_by(Revision.version)).all()
    now = Revision(
        title=post.topic.title if post.is_opening else None, text=post.text, language=post.language
    )
    versions = [*(revision for revision, _ in rows), now]
    return [change(old, new, name) for (old, name), new in zip(rows, versions[1:], strict=True)][::-1]


def _pen_name(post, space_id):
    """The author's is the one of the post; others who edit have theirs of the space."""
    chosen = select(func.nullif(Membership.chosen_name, ""))
    theirs = chosen.where(Membership.space_id == space_id, Membership.member_id == Revision.editor_id)
    author = Revision.editor_id == post.author_id
    return case((author, literal(post.pen_name)), else_=theirs.scalar_subquery())


def change(old: Revision, new: Revision, editor_name: str | None) -> Change:
    title = (
        difference(old.title, new.title or "") if old.title is not None and old.title != new.title else None
    )
    return Change(old.at, editor_name, old.reason, new.language, title, difference(old.text, new.text))


def difference(old: str, new: str) -> Markup:
    """Both texts in one, what went in <del> and what came in <ins>; escaped."""
    before, after = PIECES.findall(old), PIECES.findall(new)
    if len(before) + len(after) > MOST_PIECES:
        return marked("del", old) + marked("ins", new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    steps = matcher.get_opcodes()
    return Markup("").join(
        step(kind, "".join(before[a:b]), "".join(after[c:d])) for kind, a, b, c, d in steps
    )


def step(kind: str, old: str, new: str) -> Markup:
    return escape(old) if kind == "equal" else marked("del", old) + marked("ins", new)


def marked(tag: str, text: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), text) if text else Markup("")
