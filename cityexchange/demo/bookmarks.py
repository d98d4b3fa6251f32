"""What people of the illustrative community keep for later."""

from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import db
from cityexchange.demo.content import read
from cityexchange.forums.models import Topic
from cityexchange.visits.models import StudyVisit
from cityexchange.workshops.models import Workshop

MODELS = {"threads": Topic, "workshops": Workshop, "study_visits": StudyVisit}


def load_bookmarks(members):
    for facts in read("demo")["bookmarks"]:
        bookmark = Bookmark.of(members[facts["member"]], record_of(facts["part"], facts["id"]))
        bookmark.edit(facts["note"])
        db.session.add(bookmark)
        db.session.flush()


def record_of(part, id):
    """What another part of the file describes under this id, found by its title."""
    facts = next(facts for facts in read("demo")[part] if facts["id"] == id)
    title = facts["title"]
    if part == "workshops":
        title = title[read("extras")["workshops"][id]["language"]]
    return db.session.scalars(db.select(MODELS[part]).filter_by(title=title)).one()
