"""Partners, observers, diaspora and civil-society organisations, and who speaks for none but from experience."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, synonym

from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db
from cityexchange.core.named import Named
from cityexchange.languages.detection import detect
from cityexchange.languages.models import Translatable

KINDS = ("observer", "partner", "diaspora", "civil_society", "resource")
STATES = ("active", "suspended", "left")


class Organisation(Named, Translatable, Timestamped, db.Model):
    """Has a few seats, whose holders see what is public and the spaces they are invited to, nothing else."""

    translated_fields = ("about",)

    __tablename__ = "organisations"
    audited = ("state", "most_seats", "kind")
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_organisations_folded_id", "folded", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(16))
    country: Mapped[str | None] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    website: Mapped[str] = mapped_column(String(300), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_language: Mapped[str] = mapped_column(String(12), default="en")
    language: Mapped[str] = synonym("about_language")
    most_seats: Mapped[int] = mapped_column(default=3)
    state: Mapped[str] = mapped_column(String(16), default="active", index=True)
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    def describe(
        self, about: str, language: str | None = None, languages: Sequence[str] = (), **values: Any
    ) -> None:
        """`values`: columns. Unless `language` says which one the text is in, the words do."""
        if language or about != self.about:
            self.about_language = language or detect(about, languages)
        self.about = about
        for name, value in values.items():
            setattr(self, name, value)

    def add(self, **said: Any) -> None:
        """`said`: as for `describe`."""
        self.describe(**said)
        db.session.add(self)
        audit.record("add_organisation", self)

    def edit(self, **said: Any) -> None:
        self.describe(**said)
        audit.record("edit_organisation", self, kind=self.kind, most_seats=self.most_seats)

    def end(self) -> None:
        """It takes part no more."""
        self.state = "left"
        audit.record("end_organisation", self)

    def take_back(self) -> None:
        self.state = "active"
        audit.record("take_back_organisation", self)

    @property
    def is_active(self) -> bool:
        return self.state == "active"

    @property
    def display_name(self) -> str:
        return self.name

    def name_in(self, _locale: str | None) -> str:
        """As of a city: it has one name."""
        return self.name
