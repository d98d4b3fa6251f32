"""The weekly page: what concerns the member, live, with answers of one press."""

from flask import abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.digest import answering
from cityexchange.digest.choosing import choose
from cityexchange.digest.given import given_by, reminded_of
from cityexchange.digest.labels import first_words, said_words
from cityexchange.digest.limits import ANSWERS
from cityexchange.digest.models import ANSWERS as POSSIBLE
from cityexchange.digest.models import TOLD, DigestAnswer
from cityexchange.digest.views.blueprint import bp
from cityexchange.forums.forms import ReplyForm
from cityexchange.forums.models import Topic


@bp.get("")
def show_digest():
    context = {"items": choose(me()), "given": given_by(me()), "reminded": reminded_of(me())}
    return render_template("digest/show.html", **context)


@bp.post("/topics/<int:id>/answer")
def answer_topic(id):
    topic = find(Topic, id)
    said = request.form.get("answer")
    answer = DigestAnswer.of(me(), topic, said if said in POSSIBLE else abort(422))
    authorize("give", answer)
    ANSWERS.spend(me().id)
    answering.give(answer)
    if said in TOLD:
        return see_other(".new_reply", id=id)
    flash(said_words(said))
    return see_other(".show_digest")


@bp.post("/topics/<int:id>/take-back")
def take_back_answer(id):
    """Also of a topic that is not open to the member any more."""
    answer = DigestAnswer.on(me().id, id)
    authorize("take_back", answer or DigestAnswer.of(me(), find(Topic, id), "no"))
    if answer:
        answering.take_back(answer)
    flash(_("Your answer is taken back."))
    return see_other(".show_digest")


@bp.get("/topics/<int:id>/reply")
def new_reply(id):
    """The next step after a press: a reply, with its first words already there."""
    topic = find(Topic, id)
    answer = DigestAnswer.on(me().id, id)
    if answer is None or answer.answer not in TOLD:
        return see_other("forums.show_topic", id=id)
    authorize("reply", topic)
    words = first_words(answer.answer, me().city.called) if me().city else ""
    form = ReplyForm(sent_to=url_for("forums.create_post", id=id))
    form.add("text", words)
    return render_template("digest/reply.html", topic=topic, answer=answer, form=form)
