"""Each form whose words are kept: who writes there, its page, its address, and what is typed."""

from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.visits.factories import draft_application, host_team, offered_visit, open_visit
from tests.workshops.factories import WorkshopFactory, organiser


def question(writer):
    forum = ForumFactory()
    typed = {"title": "Wer hilft beim Einschulen?", "text": "Wir haben *zwei* Leute.", "forum": forum.slug}
    return writer, "/ask", "/ask", typed


def question_in_forum(writer):
    page = f"/forums/{ForumFactory().slug}/new"
    return writer, page, page, {"title": "من يساعد المدارس؟", "text": "لدينا شخصان."}


def reply(writer):
    page = f"/topics/{start_topic().id}"
    return writer, page, f"{page}/posts", {"text": "谢谢，\n我们也这样做。"}


def edit(writer):
    page = f"/posts/{opening(start_topic(author=writer)).id}/edit"
    return writer, page, page, {"title": "How to begin well?", "text": "", "reason": "Clearer."}


def edit_of_words(writer):
    page = f"/posts/{opening(start_topic(author=writer)).id}/edit"
    return writer, page, page, {"title": "How to begin well?", "text": "Three people now."}


def translations(writer):
    page = f"/topics/{start_topic(language='en').id}/translations/ar/1"
    return writer, page, page, {"title": "كيف نبدأ؟", "text-1": "لدينا شخصان ومكتب واحد."}


def offer(_writer):
    official, _ = host_team()
    return official, "/visits/new", "/visits", {"title": "A morning at the counter", "sites": "Desk\nHall"}


def edited_offer(_writer):
    official, _ = host_team()
    page = f"/visits/{offered_visit(official).id}/edit"
    return official, page, page, {"title": "Une matinée au guichet", "failure": "Too few chairs."}


def application(writer):
    page = f"/visits/{open_visit().id}"
    return writer, f"{page}/apply", f"{page}/applications", {"motivation": "We begin.", "save": "1"}


def edited_application(writer):
    page = f"/applications/{draft_application(open_visit(), writer).id}/edit"
    return writer, page, page, {"motivation": "We begin anew.", "save": "1"}


def workshop(_writer):
    typed = {"title": "Counting newcomers", "objectives-1": "Plan one page", "sessions-1-title": "Opening"}
    return organiser(), "/workshops/new", "/workshops/new", typed | {"sessions-1-starts": "2031-05-"}


def edited_workshop(_writer):
    page = f"/workshops/{WorkshopFactory().id}/edit"
    return organiser(), page, page, {"title": "Counting who comes", "audience": "Data officers"}


PLACES = {
    one.__name__: one
    for one in (
        question,
        question_in_forum,
        reply,
        edit,
        translations,
        offer,
        edited_offer,
        application,
        edited_application,
        workshop,
        edited_workshop,
    )
}
TAKEN = {name: one for name, one in PLACES.items() if one not in (edit, workshop)} | {
    "edit_of_words": edit_of_words
}
"""Where what is typed is enough to be sent."""


def at(name, writer=None):
    return (TAKEN | PLACES)[name](writer or MemberFactory())
