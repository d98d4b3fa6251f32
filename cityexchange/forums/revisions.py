"""How a post came to say what it says: the words that went and the words that came, version by version."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from itertools import accumulate, takewhile

from markupsafe import Markup, escape
from sqlalchemy import case, func, literal, null, select

from cityexchange.core.db import db
from cityexchange.core.listing import Stretch, stretch_of
from cityexchange.core.policy import can
from cityexchange.core.reader import Reader
from cityexchange.core.threads import run_in_thread
from cityexchange.forums.bylines import Names
from cityexchange.forums.models import Post, Revision
from cityexchange.members.models import Member
from cityexchange.spaces.models import Membership

# A Chinese, Japanese or Thai text has no spaces between its words: there each sign counts as one.
NO_SPACES = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
PIECES = re.compile(rf"[{NO_SPACES}]|[^\W{NO_SPACES}]+\s*|\s+|[^\w\s]\s*", re.S)
VERSIONS = 10
MOST_PIECES, MOST_STEPS = 1_000, 100_000
"""Of what lies between the first and the last word that differ, and of the search for what stayed. Beyond either the change is shown as
a whole: where words come again and again a comparison takes as many steps as the cube of their number."""
SAID = Revision.title, Revision.text, Revision.language


@dataclass(frozen=True)
class Change:
    """From one version to the next. `editor_name` is None where names are hidden."""

    at: datetime
    editor_name: str | None
    reason: str
    language: str
    title: Markup | None
    text: Markup


def history_of(post: Post, reader: Reader) -> Stretch:
    """Its rows are changes, the newest first. The comparing is slow work: see `run_in_thread`."""
    space = post.topic.forum.space
    names = Names(can(reader, "name_people", space), bool(space.hides_names))
    editor = names.name(
        Member.name, _pen_name(post, space.id) if space.allows_chosen_names or post.pen_name else null()
    )
    kept = select(*SAID, Revision.at, Revision.reason, editor.label("editor_name"))
    kept = kept.join(Member, Member.id == Revision.editor_id).where(Revision.post_id == post.id)
    stretch = stretch_of(kept, (Revision.version.desc(),), VERSIONS)
    return replace(stretch, rows=run_in_thread(_changes, stretch.rows, _what_followed(post, stretch)))


def _what_followed(post, stretch):
    """What the newest version of the stretch became: the oldest of the stretch before it, or the post as it stands."""
    if stretch.after:
        last_seen = Revision.post_id == post.id, Revision.version == stretch.after
        return tuple(db.session.execute(select(*SAID).where(*last_seen)).one())
    return post.topic.title if post.is_opening else None, post.text, post.language


def _changes(rows, following):
    """No record is touched here, in a thread there is no session."""
    said = [following, *(row[: len(SAID)] for row in rows)]
    return [change(row, new) for row, new in zip(rows, said, strict=False)]


def _pen_name(post, space_id):
    """The author's is the one of the post; others who edit have theirs of the space."""
    chosen = select(func.nullif(Membership.chosen_name, ""))
    theirs = chosen.where(Membership.space_id == space_id, Membership.member_id == Revision.editor_id)
    author = Revision.editor_id == post.author_id
    return case((author, literal(post.pen_name)), else_=theirs.scalar_subquery())


def change(row, new) -> Change:
    (title, text, _), (new_title, new_text, language) = row[: len(SAID)], new
    at, reason, editor_name = row[len(SAID) :]
    has_new_title = title is not None and title != new_title
    shown = difference(title, new_title or "") if has_new_title else None
    return Change(at, editor_name, reason, language, shown, difference(text, new_text))


def difference(old: str, new: str) -> Markup:
    """Both texts in one, what went in <del> and what came in <ins>; escaped."""
    before, after = PIECES.findall(old), PIECES.findall(new)
    first = _same(before, after)
    last = _same(before[first:][::-1], after[first:][::-1])
    begin, end = "".join(before[:first]), "".join(before[len(before) - last :])
    between = compared(before[first : len(before) - last], after[first : len(after) - last])
    return escape(begin) + between + escape(end)


def _same(before, after):
    """How many pieces are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def compared(before: list[str], after: list[str]) -> Markup:
    try:
        if len(before) + len(after) > MOST_PIECES:
            raise TooManySteps
        steps = Comparison(before, after).get_opcodes()
    except TooManySteps:
        return step("replace", "".join(before), "".join(after))
    return Markup("").join(
        step(kind, "".join(before[a:b]), "".join(after[c:d])) for kind, a, b, c, d in steps
    )


class TooManySteps(Exception):
    pass


class Comparison(SequenceMatcher[str]):
    """Counts beforehand what each search will take: a step for each piece, and one for each place where the other text has it."""

    def __init__(self, before, after):
        super().__init__(None, before, after, autojunk=False)
        self.steps = 0
        self._until = [0, *accumulate(1 + len(self.b2j.get(piece, ())) for piece in before)]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        self.steps += self._until[len(self.a) if ahi is None else ahi] - self._until[alo]
        if self.steps > MOST_STEPS:
            raise TooManySteps
        return super().find_longest_match(alo, ahi, blo, bhi)


def step(kind: str, old: str, new: str) -> Markup:
    return escape(old) if kind == "equal" else marked("del", old) + marked("ins", new)


def marked(tag: str, text: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), text) if text else Markup("")
