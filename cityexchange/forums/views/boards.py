"""Lists: all forums, one forum, topics across forums."""

from flask import abort, render_template, request

from cityexchange.core.pages import for_visitors, of_version
from cityexchange.core.reader import OneReader
from cityexchange.core.web import find, find_projected, me, public
from cityexchange.forums.boards import forums_by_space, version_of_boards
from cityexchange.forums.labels import FILTER_WORDS
from cityexchange.forums.listing import FILTERS, in_forum, topics_for
from cityexchange.forums.models import Forum
from cityexchange.forums.named import ON_THEME
from cityexchange.forums.reading import FORUM
from cityexchange.forums.views.blueprint import bp
from cityexchange.languages.reading import reader_languages
from cityexchange.themes.models import Theme
from cityexchange.themes.taxonomy import KEYS


@bp.get("/forums")
@public
def index_forums():
    version = version_of_boards(me())

    def render():
        return render_template("forums/index.html", boards=boards_of(me(), version))

    return render() if me().is_authenticated else for_visitors(version, render)


def boards_of(reader: OneReader, version):
    """All forums, for all who see the same ones and read the same languages. A guest's are kept for nobody: where they were let in, they
    read names that no version tells of."""
    key = "boards", version, tuple(reader_languages()), reader.is_authenticated
    return of_version(
        None if reader.is_guest else key, "forums/_boards.html", lambda: {"spaces": forums_by_space(reader)}
    )


@bp.get("/forums/<slug>")
@public
def show_forum(slug):
    if me().is_authenticated:
        return render_forum(slug)
    return for_visitors(version_of_boards(me(), slug), lambda: render_forum(slug))


def render_forum(slug):
    forum, before = find_projected(FORUM, slug, by=Forum.slug), request.args.get("before", "")
    topics = topics_for(me(), in_forum, before, forum_id=forum.id)
    return render_template("forums/show.html", forum=forum, list=topics, before=before)


@bp.get("/topics")
def index_topics():
    name, before = request.args.get("filter", "latest"), request.args.get("before", "")
    chosen = FILTERS.get(name) or abort(404)
    theme = theme_asked_for()
    if theme:
        topics = ON_THEME[name].page(me(), before=before, theme_id=theme.id)
    else:
        topics = topics_for(me(), chosen, before)
    context = {"name": name, "theme": theme.key if theme else None, "before": before}
    return render_template("forums/topics.html", list=topics, words=FILTER_WORDS, **context)


def theme_asked_for():
    """One that nobody knows narrows nothing."""
    key = request.args.get("theme", "")
    return find(Theme, key, by=Theme.key) if key in KEYS else None
