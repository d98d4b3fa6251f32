"""The exact lists that the walls hold. A line added here is a decision, to be seen in review."""

# Endpoints that a visitor may call. Everything else is behind the login wall.
PUBLIC = {
    "cities.index_cities",
    "cities.index_places",
    "cities.index_themes",
    "cities.show_city",
    "cities.show_map",
    "cities.show_theme",
    "core_health.healthz",
    "core_health.metrics",  # answers loopback or a token alone
    "core_health.readyz",
    "digest.press",  # with the next five: a signed token is the right to do exactly this
    "digest.press_reminding",
    "digest.show_press",
    "digest.show_reminding",
    "digest.take_press_back",
    "digest.take_reminding_back",
    "files.show_file",  # asks the policy of the record that the file hangs on
    "identity.begin",
    "identity.come_back",
    "identity.index_providers",
    "identity.show_asked",
    "identity.sign_in_by_city",
    "membership.confirm_code",
    "membership.create_application",
    "membership.create_letter",
    "membership.new_application",
    "membership.new_code",
    "membership.confirm_offer",
    "membership.send_offer_code",
    "membership.show_charter",
    "membership.show_offer",
    "membership.show_waiting",
    "membership.take_offer",
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
    "members.ask_passkey",
    "members.ask_second_passkey",
    "members.confirm_join_code",
    "members.confirm_sign_in_code",
    "members.create_join_letter",
    "members.create_join_request",
    "members.create_reset",
    "members.create_sign_in",
    "members.create_sign_in_code",
    "members.edit_forgotten_password",
    "members.new_join_code",
    "members.new_join_request",
    "members.new_reset",
    "members.new_second_step",
    "members.new_sign_in_code",
    "members.show_join_waiting",
    "members.sign_in",
    "members.sign_in_by_code",
    "members.sign_in_by_passkey",
    "members.sign_in_as_demo",  # development alone
    "members.sign_out",
    "members.take_second_step",
    "members.update_forgotten_password",
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
    "AskTheme",  # part of a member
    "DigestItem",  # part of a weekly letter
    "Authenticator",  # with the next four the member's own, found by the member alone
    "Challenge",
    "Amendment",  # part of a workshop, found by what it changed
    "MailProof",  # named by the browser's own cookie
    "Passkey",
    "Press",  # names nobody and nothing
    "RecoveryCode",
    "SentDraft",  # the member's own, found by the member alone
    "SecondStep",  # named by the browser's own cookie
    "Identity",  # the member's own, found by what the provider proves
    "Heartbeat",  # the worker's own
    "Interest",  # part of a city
    "CharterAcceptance",  # part of a city
    "Crowd",  # the worker's own: who is still to be told
    "EmailDomain",  # part of a city
    "Verification",  # part of a city
    "LiveNotice",  # the outbox of the live lines
    "NotificationChoice",  # the member's own, found by the member alone
    "QuietHours",  # as the choices
    "OutgoingMail",  # the worker's own; /dev/mail in development
    "Rating",  # part of a self-assessment
    "SelfAssessment",  # part of a city; shown to whoever may edit that
    "Tagging",  # part of what it tags
    "TranslationThanks",  # counted on the translation
    "TryCount",  # a counter
}

# Views that make something and are not marked `once`, and what makes a second press harmless.
MADE_ONCE_OTHERWISE = {
    "chat.create_message": "the message holds the nonce itself: a line sends it too",
    "files.create_file": "a file that no text names is taken out again",
    "forums.create_post": "the post holds the press itself",
    "forums.create_topic": "the post holds the press itself",
    "members.create_authenticator": "one for a member",
    "members.create_join_letter": "one for a request: the next one takes its place",
    "members.create_join_request": "`once` begins behind the hash of the password: see joining.begin",
    "members.create_passkey": "a challenge is answered once",
    "members.create_reset": "the last code counts",
    "members.create_sign_in": "one that is begun anew ends nobody's",
    "members.create_sign_in_code": "the last code counts",
    "membership.create_letter": "one for an application: the next one takes its place",
    "workshops.create_registration": "one for a member and a workshop",
}

# Columns that a policy compares without being a right of somebody: each change of them is told elsewhere, or there is none.
NOT_AUDITED = {
    "Member.is_unlisted": "of lists alone: it gives nobody a right",
    "DigestAnswer.answer": "set once: another answer is another row",
    "Bookmark.record_id": "set once",
    "Bookmark.record_type": "set once",
    "Notification.is_here": "set once",
    "File.record_id": "set once, when it is attached",
    "File.record_type": "set once, when it is attached",
    "Translation.record_id": "set once",
    "TranslationAsk.record_id": "set once",
    "TranslationAsk.record_type": "set once",
    "Translation.record_type": "set once",
    "SpaceEntry.kind": "set once",
    "PlaceOffer.expires_at": "set once",
    "VisitChange.to_state": "set once",
    "JoinRequest.city_name": "what was asked for: it gives nothing before somebody decides, which is a row",
    "JoinRequest.email": "as the name of the city",
    "JoinRequest.is_of_domain": "as the name of the city",
    "JoinRequest.state": "as the name of the city",
    "CityApplication.state": "what the decision makes of its city is the row",
    "Message.removed_at": "of words, not of people: the tombstone tells it",
    "Post.pen_name": "of words, set once",
    "Post.position": "of words, set once",
    "Post.removed_at": "of words: who removes one leaves a row, and the row of the post says who",
    "Topic.kind": "of words, set once",
    "Topic.state": "of words: who closes and opens one leaves a row",
    "Workshop.state": "each step is a row of its own table",
    "Registration.state": "one's own, or the place that became free",
    "StudyVisit.call_opened_at": "each step is a row of its own table",
    "StudyVisit.state": "each step is a row of its own table",
    "VisitApplication.state": "each step is a row of its own table",
    "VisitApplication.submitted_at": "one's own",
}

# Unsafe views that need not ask a policy.
WITHOUT_AUTHORIZE = {"show_preview"}  # changes nothing: a text has no place in an address

# Views that visitors may call and that mail before a limit is counted: in development alone.
WITHOUT_LIMIT = {"sign_in_as_demo"}

# Names that begin like an empty verb and are none: a library calls them, or the word is a noun (a member's handle).
KNOWN_NAMES = {
    "_get_default_module", "get_command", "get_id", "get_signing_serializer", "get_timestamp", "get_translations", "handle_of", "process_bind_param", "process_formdata",
    "process_result_value",
}  # fmt: skip

# Templates that may mark something as safe: what they print was sanitised when it was written.
SAFE_MARKERS = {
    "chat/messages/_message.html",
    "ui/written.html",
}

# Templates that may write a path by hand.
PATHS_BY_HAND = {
    "errors/plain.html",  # also shown under a foreign host name, where no address can be built
}

# GET addresses that tests/browser/pages.py does not open, and why.
NOT_WALKED = {
    "drafts.show_draft": "nobody of the community has begun something: tests/browser/test_drafts.py looks at one",
    "drafts.show_sent": "a part of a page: whether what a form began with was sent meanwhile",
    "digest.new_reply": "follows a press on the weekly page",
    "digest.show_press": "a signed link of a mail: walked in tests/browser/test_digest.py",
    "digest.show_reminding": "a signed link of a mail: tests/digest/test_reminders.py",
    "chat.index_messages": "a part of a page: what was said after a message",
    "forums.index_suggestions": "a part of a page: what the first words of a topic suggest",
    "forums.index_posts": "a part of a page: the posts that came after a position",
    "cities.show_map": "no page: JSON",
    "core_health.healthz": "no page: for monitors",
    "core_health.metrics": "no page: for monitors",
    "core_health.readyz": "no page: for monitors",
    "files.show_file": "no page: what somebody sent in",
    "home.robots": "no page: for crawlers",
    "members.draw_authenticator": "no page: a picture",
    "members.index_mentions": "no page: JSON",
    "members.show_called": "a part of a page: whom a text names, under its field",
    "membership.show_empty_table": "no page: a table to fill in",
    "static": "no page: styles, scripts, pictures",
    "workshops.show_calendar": "no page: a calendar file",
    "chat.show_message": "leads to the page of a room",
    "forums.show_post": "leads to the page of a topic",
    "forums.new_translations": "leads to the page for the language asked for",
    "languages.new_whole": "leads to the page for the language asked for",
    "identity.begin": "leads to the city's own provider",
    "identity.come_back": "where that leads back to, with an answer",
    "identity.show_asked": "no city of the community signs in by itself",
    "cities.preview_assessment": "no city of the community has a draft",
    "members.show_join_request": "nobody waits for an answer in the community",
    "membership.show_application": "nobody waits for an answer in the community",
    "members.show_join_waiting": "sends away who has not just asked",
    "membership.show_waiting": "sends away who has not just applied",
    "members.new_authenticator": "asks for the password first",
    "members.new_second_step": "between the first proof and the second",
    "mail_unsubscribing.show_unsubscribing": "named by a signed token, from a mail",
    "mail_box.index_mails": "development alone",
    "mail_box.show_mail": "development alone",
    "mail_box.show_mail_html": "development alone",
}

# Addresses that a visitor may open and docs/contract.md does not tell, and why.
NOT_IN_CONTRACT = {
    "static": "addresses hold what the file holds, and change with it",
    "mail_box.index_mails": "development alone",
    "mail_box.show_mail": "development alone",
    "mail_box.show_mail_html": "development alone",
}

# Where a test may sleep, read a stopwatch or say for how long to wait: `file: the words`, or a whole file.
KNOWN_WAITS = {
    "tests/architecture/test_clock_walls.py": "shows them to the wall",
    "tests/architecture/breaches.py": "shows one to the wall",
    "tests/patience.py": "the one patience of all tests",
    "tests/identity/test_outside.py: PATIENCE / 3": "the step of a clock that is handed in; nothing is waited for",
    "tests/mail/test_delivery.py: before + timedelta(seconds=45) < mail.due_at < after + timedelta(seconds=75)": "between two readings",
    "tests/files/test_receiving.py: time.process_time": "what one upload costs is held against what another costs, never against seconds",
    "tests/files/test_receiving.py: self.is_over.wait(0.005)": "how often memory is looked at; nothing is waited for",
    "tests/faults/proxy.py: time.sleep(fault.seconds)": "a line that is slow is what is tried",
    "tests/mail/sink.py: asyncio.sleep(self.seconds_a_mail)": "a mail server that takes its time, so that workers die in the middle",
    "tests/mail/test_killed_workers.py: time.sleep(dice.uniform(0, 0.05))": "the moment of a kill is drawn by lot; any will do",
}

SHARED_TEMPLATES = {"layouts", "ui", "errors", "mail"}

# Modules that take a city's one name, which is the same for all who read.
NAMED_AS_KEPT = {
    "cityexchange/archive/sections.py",  # a file of what is kept, for programs
    "cityexchange/identity/arriving.py",  # with the next two: what was typed, or stands for it
    "cityexchange/members/joining.py",
    "cityexchange/members/views/joining.py",
}
