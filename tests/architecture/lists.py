"""The exact lists that the walls hold. A line added here is a decision, to be seen in review."""

# Endpoints that a visitor may call. Everything else is behind the login wall.
PUBLIC = {
    "cities.index_cities",
    "cities.index_themes",
    "cities.show_city",
    "cities.show_theme",
    "core_health.healthz",
    "core_health.metrics",  # answers loopback or a token alone
    "core_health.readyz",
    "files.show_file",  # asks the policy of the record that the file hangs on
    "forums.index_forums",
    "forums.show_forum",
    "forums.show_post",
    "forums.show_topic",
    "home.about",
    "home.accessibility",
    "home.it_department",
    "home.privacy",
    "home.robots",
    "home.show_start",
    "mail_box.index_mails",  # development alone
    "mail_box.show_mail",
    "mail_box.show_mail_html",
    "mail_unsubscribing.show_unsubscribing",
    "mail_unsubscribing.undo_unsubscribe",
    "mail_unsubscribing.unsubscribe",
    "members.confirm_join_code",
    "members.create_join_request",
    "members.create_sign_in",
    "members.new_join_code",
    "members.new_join_request",
    "members.sign_in",
    "members.sign_in_as_demo",  # development alone
    "members.sign_out",
    "spaces.index_spaces",
    "spaces.show_space",
    "static",
    "visits.index_visits",
    "visits.show_visit",
    "workshops.index_workshops",
    "workshops.show_calendar",
    "workshops.show_workshop",
}

# Models without a policy of their own, because no address ever names one.
WITHOUT_POLICY = {
    "AuditEntry",  # no page shows it yet
    "Heartbeat",  # the worker's own
    "Interest",  # part of a city
    "KindDeclaration",  # part of a city
    "LiveNotice",  # the outbox of the live lines
    "MailPreference",  # the member's own, or named by a signed token
    "OutgoingMail",  # the worker's own; /dev/mail in development
    "Tagging",  # part of what it tags
    "TryCount",  # a counter
}

# Unsafe views that need not ask a policy.
WITHOUT_AUTHORIZE: set[str] = set()

# Names that begin like an empty verb and are none: a library calls them, or the word is a noun (a member's handle).
KNOWN_NAMES = {
    "_get_default_module", "get_id", "get_translations", "handle_of", "process_bind_param", "process_formdata",
    "process_result_value",
}  # fmt: skip

# Templates that may mark something as safe: what they print was sanitised when it was written.
SAFE_MARKERS = {
    "chat/messages/_message.html",
    "ui/written.html",
}

SHARED_TEMPLATES = {"layouts", "ui", "errors", "mail"}
