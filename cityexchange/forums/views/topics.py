"""A topic: reading it, replying, and the acts that change its state."""

from flask import abort, render_template, request, url_for
from sqlalchemy.orm import joinedload

from cityexchange.core import audit
from cityexchange.core.db import LARGEST_NUMBER, db
from cityexchange.core.fields import new_nonce
from cityexchange.core.once import press_key
from cityexchange.core.pages import for_visitors
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import filled, topic_panels
from cityexchange.core.requests import page_number, whole_number
from cityexchange.core.web import (
    authorize,
    can_current,
    find,
    find_projected,
    me,
    public,
    see_other,
)
from cityexchange.forums.forms import ReplyForm
from cityexchange.forums.limits import POSTS
from cityexchange.forums.models import Forum, Post, ReadPosition, Topic, first_on, page_of
from cityexchange.forums.quoting import pattern, quote_of
from cityexchange.forums.reading import (
    TOPIC,
    page_range,
    posts_in,
    range_after,
    topic_page,
    version_of_topic,
)
from cityexchange.forums.views.blueprint import bp
from cityexchange.languages.reading import best_reading, reader_languages

WITH_SPACE = joinedload(Topic.forum, innerjoin=True).joinedload(Forum.space, innerjoin=True)


@bp.get("/topics/<int:id>")
@public
def show_topic(id):
    number = page_number()
    if me().is_authenticated:
        return answer_with_quote(id) if "quote" in request.args else render_topic(id, number)
    return for_visitors(version_of_topic(me(), id), lambda: render_topic(id, number))


@bp.get("/topics/<int:id>/posts")
def index_posts(id):
    """What an open page asks for when it hears that something came: the posts at these positions, as the page renders them."""
    positions = range_after(whole_number("after"), whole_number("until"))
    topic = find_projected(TOPIC, id, **positions)
    if not request.args:  # the address of a reply that was refused, opened anew
        return see_other(".show_topic", id=id)
    posts = posts_in(topic, me(), positions, reader_languages())
    return render_template("forums/posts.html", topic=topic, posts=posts)


@bp.post("/topics/<int:id>/posts")
def create_post(id):
    topic = find_topic(id)
    authorize("reply", topic)
    if "quote" in request.form:
        return answer_with_quote(id)
    form = ReplyForm()
    if not form.validate():
        return render_topic(id, topic.page_count, form), 422
    if form.is_official.data:
        authorize("speak_officially", topic)
    POSTS.spend(me().id)
    post = topic.post(me(), form.text.data, nonce=press_key(), is_official=form.is_official.data)
    note_official(post)
    return to_post(post)


@bp.post("/topics/<int:id>/read")
def read_topic(id):
    """What was really on screen, sent in batches by the page; the whole topic, when the button is pressed."""
    topic = find_topic(id)
    authorize("read", topic)
    if "position" not in request.form:
        ReadPosition.advance(me(), topic, topic.post_count)
        return see_other(".show_topic", id=id)
    position = max(1, min(request.form.get("position", 1, type=int), topic.post_count))
    since = request.form.get("since", first_on(page_of(position)), type=int)
    ReadPosition.advance(me(), topic, position, since=max(1, min(since, position)))
    return "", 204


@bp.post("/topics/<int:id>/close")
def close_topic(id):
    topic = find_topic(id)
    authorize("close", topic)
    topic.close(me())
    return changed(topic, "close")


@bp.post("/topics/<int:id>/reopen")
def reopen_topic(id):
    topic = find_topic(id)
    authorize("reopen", topic)
    topic.reopen(me())
    return changed(topic, "reopen")


@bp.post("/topics/<int:id>/pin")
def pin_topic(id):
    topic = find_topic(id)
    authorize("pin", topic)
    topic.pin()
    return changed(topic, "pin")


@bp.post("/topics/<int:id>/unpin")
def unpin_topic(id):
    topic = find_topic(id)
    authorize("unpin", topic)
    topic.unpin()
    return changed(topic, "unpin")


def changed(topic, verb):
    audit.record(verb, topic, actor_id=me().id)
    return see_other(".show_topic", id=topic.id)


def answer_with_quote(id):
    """The end of the topic, with words of one of its posts after what stands in the field for a reply."""
    topic = find_topic(id)
    if not can_current("reply", topic):
        return render_topic(id, topic.page_count)
    form, post = ReplyForm(), quoted_post(topic)
    if post:
        form.add("text", quote_of(post, best_reading(reader_languages(), post).html))
    return render_topic(id, topic.page_count, form, is_quote_missing=not post)


def quoted_post(topic):
    """None for whatever the reader does not see in this topic: why, nobody is told."""
    number = request.values.get("quote", 0, type=int)
    if not 0 < number <= LARGEST_NUMBER:
        return None
    asked = visible_to(me(), Post).where(Post.id == number, Post.topic_id == topic.id)
    return db.session.scalar(asked.where(Post.removed_at.is_(None)), me().bind_values)


def find_topic(id):
    return find(Topic, id, WITH_SPACE)


def render_topic(id, number, form=None, is_quote_missing=False):
    topic = find_projected(TOPIC, id, **page_range(number), draft_place=url_for(".create_post", id=id))
    if number > topic.page_count:
        abort(404)
    page = topic_page(topic, me(), number)
    if form is None and topic.has_draft:
        form = ReplyForm()
    shown = {"topic": topic, "forum": topic.forum, "page": page, "form": form, "quote_from": pattern()}
    shown |= {"panels": filled(topic_panels, me(), topic), "is_quote_missing": is_quote_missing}
    return render_template("forums/topic.html", **shown, reply_form=ReplyForm, new_nonce=new_nonce)


def note_official(post, before=False):
    """Who spoke for a city when, and who took that back, is kept for its people."""
    if post.is_official != before:
        audit.record("speak_officially" if post.is_official else "speak_personally", post, actor_id=me().id)


def to_post(post):
    """303 to the page where the post stands, and to the post on it."""
    page = post.page if post.page > 1 else None
    return see_other(".show_topic", id=post.topic_id, page=page, _anchor=f"post-{post.id}")
