"""What people of the illustrative community keep for later."""

from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import db
from cityexchange.demo.content import read
from cityexchange.forums.models import Topic
from cityexchange.visits.models import StudyVisit
from cityexchange.workshops.models import Workshop

MODELS = {"threads": Topic, "workshops": Workshop, "study_visits": StudyVisit}


def load_bookmarks(members):
    for item in read("demo")["bookmarks"]:
        bookmark = Bookmark.of(members[item["member"]], record_of(item["part"], item["id"]))
        bookmark.edit(item["note"])
        db.session.add(bookmark)
        db.session.flush()


def record_of(part, id):
    """What another part of the file describes under this id, found by its title."""
    item = next(item for item in read("demo")[part] if item["id"] == id)
    title = item["title"]
    if part == "workshops":
        title = title[read("extras")["workshops"][id]["language"]]
    return db.session.scalars(db.select(MODELS[part]).filter_by(title=title)).one()
