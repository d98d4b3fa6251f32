"""The language of every text a person writes, its translations, and which of them a reader is shown.

    class Post(Written, Timestamped, db.Model): ...          from cityexchange.languages.models import Written
    post.write(text, languages=languages_of(me()))           renders, and detects the language where none is stated
    readings = best_readings(reader_languages(), posts)       from cityexchange.languages.reading
    {{ written(readings["Post", post.id, "text"]) }}          templates/ui/written.html

    class Room(Translatable, Timestamped, db.Model):          for a model whose words are not Markdown
        translated_fields = ("name", "description")           columns beside `language`; say in `field_words` what they are called
        is_ui_name = True                                     for names of the interface
    {{ name(room | reading("name")) }}

What has `translated_fields` and a policy is translated at /translations/<Model>/<id>.
"""

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.languages import choices, cli, labels, panels, policy, reading, tidying, views  # noqa: F401


def init_app(app):
    labels.init_app(app)
    panels.init_app()
    app.jinja_env.filters["reading"] = reading.reading
    app.jinja_env.filters["is_unread"] = reading.is_unread
    app.jinja_env.filters["language_base"] = choices.base
    app.register_blueprint(views.bp)
    app.cli.add_command(cli.text)
    sweeps.add("translation_asks", Sweep(tidying.forget_settled_asks, every=24 * 3600, has_own_units=True))
