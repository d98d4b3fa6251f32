"""Starting a topic, from wherever one is: one form, and what its first words suggest."""

from flask import render_template, request
from sqlalchemy.orm import joinedload

from cityexchange.core.db import at_most, db
from cityexchange.core.one_line import UnseenWithin, line_of
from cityexchange.core.policy import visible_to
from cityexchange.core.text.mentions import MENTION
from cityexchange.core.web import authorize, can_current, find, me, see_other
from cityexchange.forums.forms import TopicForm
from cityexchange.forums.limits import POSTS, SUGGESTIONS
from cityexchange.forums.models import Forum, Post
from cityexchange.forums.suggesting import LONGEST_TITLE, Suggestions, suggest
from cityexchange.forums.views.blueprint import bp
from cityexchange.forums.views.topics import note_official
from cityexchange.themes.taxonomy import KEYS

WITH_SPACE = joinedload(Forum.space)
MOST_FORUMS = 300


@bp.get("/ask")
@bp.get("/forums/<slug>/new")
def new_topic(slug=None):
    """What the address brings is already in the form: `title`, `mention`, `theme`, `forum`."""
    insist_on_place(slug)
    said, mention = brought(), brought_mention()
    form = TopicForm(places_of(me()), slug, brings=words_in(said, mention), **said)
    form.add("text", mention)
    return render_form(form, slug)


@bp.post("/ask")
@bp.post("/forums/<slug>/new")
def create_topic(slug=None):
    insist_on_place(slug)
    form = TopicForm(places_of(me()), slug)
    if not form.validate():
        return render_form(form, slug), 422
    authorize("start", form.chosen)
    POSTS.spend(me().id)
    topic = form.chosen.start_topic(me(), **form.values)
    note_official(Post.at(topic, 1))
    return see_other(".show_topic", id=topic.id)


@bp.get("/ask/suggestions")
def index_suggestions():
    """A part of the page while one types: of the title alone, since the words of a text have no place in an address."""
    SUGGESTIONS.spend(me().id)
    found = suggest(me(), places_of(me()), request.args.get("title", ""))
    return render_template("forums/suggestions.html", found=found)


def insist_on_place(slug):
    """The forum of the address, if it names one."""
    if slug is not None:
        authorize("start", find(Forum, slug, WITH_SPACE, by=Forum.slug))


def places_of(member):
    """Forums where the member may start a topic."""
    forums = visible_to(member, Forum).options(WITH_SPACE).order_by(Forum.position, Forum.id)
    found = db.session.scalars(forums.limit(at_most(MOST_FORUMS)), member.bind_values)
    return [forum for forum in found if can_current("start", forum)]


def brought():
    """What the form begins with. Threat: anybody can make such an address; it is words in a form that only its reader sends."""
    theme = request.args.get("theme")
    return {
        "title": brought_line(request.args.get("title", "")),
        "themes": [theme] if theme in KEYS else [],
        "forum": request.args.get("forum"),
    }


def brought_mention():
    mention = request.args.get("mention", "")
    return f"{mention}:" if MENTION.fullmatch(mention) else ""


def words_in(said, mention):
    """With which somebody comes to ask something: not what they have begun, where that holds other words."""
    lines = [("title", said["title"]), *(("themes", theme) for theme in said["themes"]), ("text", mention)]
    return [(name, words) for name, words in lines if words]


def brought_line(words):
    """A title as somebody could have typed it; what cannot be a line is none, rather than a mistake of the reader's."""
    try:
        return line_of(words[:LONGEST_TITLE])[:LONGEST_TITLE]
    except UnseenWithin:
        return ""


def render_form(form, slug):
    """Where no forum was chosen the likeliest is ticked: seen, and corrected or sent, before anything is published."""
    found = suggested_by(form)
    if form.is_submitted() and not form.forum.data and found.forums:
        form.forum.data = found.forums[0]
        form.themes.data = form.themes.data or found.themes
    forum = form.places.get(slug)
    return render_template("forums/new.html", form=form, forum=forum, found=found)


def suggested_by(form):
    """Nothing beyond the limit: what was typed matters more than our guesses, and comes back without them."""
    title, text = form.title.data or "", form.text.data or ""
    if (title or text or form.themes.data) and SUGGESTIONS.has_room(me().id):
        return suggest(me(), form.places.values(), title, text)
    return Suggestions([], [], None)
