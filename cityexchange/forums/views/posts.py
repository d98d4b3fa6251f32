"""A post: its stable address, its versions, and the mark for the answer that helped."""

from flask import render_template
from sqlalchemy.orm import joinedload

from cityexchange.core import audit
from cityexchange.core.web import authorize, find, me, public, see_other
from cityexchange.forums.forms import PostForm
from cityexchange.forums.limits import EDITS
from cityexchange.forums.models import Forum, Post, StaleEdit, Topic
from cityexchange.forums.revisions import history_of
from cityexchange.forums.views.blueprint import bp
from cityexchange.forums.views.topics import note_official, to_post
from cityexchange.languages.reading import best_reading, reader_languages

WITH_SPACE = joinedload(Post.topic).joinedload(Topic.forum).joinedload(Forum.space)


@bp.get("/posts/<int:id>")
@public
def show_post(id):
    return to_post(find_post(id))


@bp.get("/posts/<int:id>/edit")
def edit_post(id):
    post = find_post(id)
    authorize("edit", post)
    return render_form(post, PostForm(post))


@bp.post("/posts/<int:id>/edit")
def update_post(id):
    post = find_post(id)
    authorize("edit", post)
    form = PostForm(post)
    if not form.validate():
        return render_form(post, form), 422
    EDITS.spend(me().id)
    before = post.is_official
    try:
        post.edit(me(), **form.values)
    except StaleEdit:
        return render_form(post, form, is_stale=True), 409
    note_official(post, before)
    return to_post(post)


@bp.get("/posts/<int:id>/revisions")
def index_revisions(id):
    post = find_post(id)
    authorize("read_revisions", post)
    return render_template(
        "forums/revisions.html", post=post, topic=post.topic, stretch=history_of(post, me())
    )


@bp.get("/posts/<int:id>/remove")
def confirm_removal(id):
    post = find_post(id)
    authorize("remove", post)
    reading = best_reading(reader_languages(), post)
    return render_template("forums/remove.html", post=post, topic=post.topic, reading=reading)


@bp.post("/posts/<int:id>/remove")
def remove_post(id):
    post = find_post(id)
    authorize("remove", post)
    post.remove(me())
    audit.record("remove", post, actor_id=me().id)
    if post.is_opening:
        return see_other(".show_forum", slug=post.topic.forum.slug)
    return to_post(post)


@bp.post("/posts/<int:id>/mark")
def mark_answer(id):
    post = find_post(id)
    authorize("mark_answer", post)
    post.topic.mark_answer(post, me())
    return to_post(post)


@bp.post("/posts/<int:id>/unmark")
def unmark_answer(id):
    post = find_post(id)
    authorize("unmark_answer", post)
    post.topic.unmark_answer(post)
    return to_post(post)


def find_post(id):
    return find(Post, id, WITH_SPACE)


def render_form(post, form, is_stale=False):
    return render_template("forums/edit.html", post=post, topic=post.topic, form=form, is_stale=is_stale)
