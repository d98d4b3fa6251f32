"""What a list of workshops is narrowed by. Plain rows instead of form fields: the lists are long and read often."""

from dataclasses import dataclass
from functools import lru_cache

from flask_babel import get_locale

from cityexchange.cities.labels import REGIONS
from cityexchange.languages.choices import language_choices
from cityexchange.themes.labels import THEMES
from cityexchange.workshops.labels import SHORT_MODES


@dataclass(frozen=True)
class Filters:
    """Keys, each None where everything is shown."""

    theme: str | None = None
    language: str | None = None
    mode: str | None = None
    region: str | None = None
    is_past: bool = False

    @classmethod
    def of(cls, arguments):
        """From the address; a value that is not offered narrows nothing."""
        offered = choices()
        asked = {name: arguments.get(name) for name in offered}
        return cls(
            **{name: value for name, value in asked.items() if value in dict(offered[name])},
            is_past="past" in arguments,
        )

    @property
    def is_narrowed(self):
        return any((self.theme, self.language, self.mode, self.region))

    def address(self, **changes):
        """Arguments for url_for that say the same, but for `changes`."""
        values = {name: getattr(self, name) for name in choices()} | {"past": "1" if self.is_past else None}
        return values | changes


def choices():
    """{name: [(key, words)]} in the reader's language."""
    return _choices(str(get_locale()))


@lru_cache(maxsize=32)
def _choices(locale):
    # The words are made once for each language: catalogues do not change while we run.
    words = {
        "theme": THEMES,
        "language": dict(language_choices(locale)),
        "mode": SHORT_MODES,
        "region": REGIONS,
    }
    return {name: [(key, str(label)) for key, label in labels.items()] for name, labels in words.items()}
