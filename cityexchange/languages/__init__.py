"""The language of every text a person writes, its translations, and which of them a reader is shown.

    class Post(Written, Timestamped, db.Model): ...          from cityexchange.languages.models import Written
    post.write(text, fallback=me().locale)                    renders, and detects the language where none is stated
    readings = best_readings(reader_languages(), posts)       from cityexchange.languages.reading
    {{ written(readings["Post", post.id, "text"]) }}          templates/ui/written.html

A model with a policy, a `language` and a `title` or `text` can be translated at /translations/<Model>/<id>.
"""

from cityexchange.languages import cli, policy, views  # noqa: F401


def init_app(app):
    app.register_blueprint(views.bp)
    app.cli.add_command(cli.text)
