"""The language of every text a person writes, its translations, and which of them a reader is shown.

class Post(Written, Timestamped, db.Model): ...          from cityexchange.languages.models import Written
post.write(text, fallback=me().locale)                    renders, and detects the language where none is stated
readings = best_readings(reader_languages(), posts)       from cityexchange.languages.reading
{{ written(readings["Post", post.id, "text"]) }}          templates/ui/written.html
"""


def init_app(app):
    pass
