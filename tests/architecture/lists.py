"""The exact lists that the walls hold. A line added here is a decision, to be seen in review."""

# Endpoints that a visitor may call. Everything else is behind the login wall.
PUBLIC = {
    "cities.index_cities",
    "cities.show_city",
    "health.show_health",
    "health.show_metrics",
    "health.show_readiness",
    "members.create_sign_in",
    "members.sign_in",
    "members.sign_out",
    "spaces.index_spaces",
    "spaces.show_space",
    "static",
}

# Models without a policy of their own, because nobody ever names one from outside: they are reached through their owner.
WITHOUT_POLICY: set[str] = set()

# Unsafe views that need not ask a policy: they change only what the signed-in member's own session holds.
WITHOUT_AUTHORIZE: set[str] = set()

# Names that a library calls, though they begin with an empty verb.
LIBRARY_NAMES = {"get_id", "process_bind_param", "process_formdata", "process_result_value"}

# Templates that may mark something as safe: what they print was sanitised when it was written.
SAFE_MARKERS: set[str] = {"ui/written.html"}

SHARED_TEMPLATES = {"layouts", "ui", "errors", "mail"}
