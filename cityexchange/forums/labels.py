"""The words for kinds and states of topics (practice.md 2.2), in the reader's language."""

from flask_babel import lazy_gettext as _l

from cityexchange.forums.models import first_on, page_of

KIND_WORDS = {
    "question": _l("Question"),
    "discussion": _l("Discussion"),
    "story": _l("Story"),
    "announcement": _l("Announcement"),
    "peer_assist": _l("Peer assist"),
}
KIND_HELP = {
    "question": _l("Question: you need an answer from cities that have been there"),
    "discussion": _l("Discussion: you want to think something through together"),
    "story": _l("Story: what happened, what turned it, what you would do differently"),
    "announcement": _l("Announcement: everybody here should know this"),
    "peer_assist": _l("Peer assist: a challenge you bring before you act, and what you ask of peers"),
}
STATE_WORDS = {
    "open": _l("Open"),
    "answered": _l("Answered"),
    "summarised": _l("Summarised"),
    "closed": _l("Closed"),
    "held": _l("Held for review"),
    "removed": _l("Removed"),
}
FILTER_WORDS = {
    "latest": _l("Latest"),
    "new": _l("New for me"),
    "unread": _l("Unread"),
    "unanswered": _l("Waiting for an answer"),
    "answered": _l("With an answer"),
    "mine": _l("Mine"),
}
STATE_TONES = {
    "answered": "success",
    "summarised": "success",
    "closed": "quiet",
    "held": "warning",
    "removed": "danger",
}


def init_app(app):
    app.jinja_env.filters.update(
        topic_kind=lambda key: KIND_WORDS[key],
        topic_state=lambda key: STATE_WORDS[key],
        first_on=first_on,
        page_of=page_of,
        topic_tone=lambda key: STATE_TONES.get(key, "plain"),
    )
