"""The keys of the taxonomy (practice.md 2.3), in its order, and the themes among them as rows."""

from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.themes.models import Theme

THEMES = {
    "A": (
        "strategy_coordination",
        "partnerships",
        "participation",
        "finance",
        "data_evidence",
        "narratives",
    ),
    "B": (
        "reception",
        "legal_information",
        "legal_identity",
        "irregular_status",
        "refugee_inclusion",
        "unaccompanied_minors",
        "trafficking_exploitation",
        "return_reintegration",
    ),
    "C": (
        "housing",
        "health",
        "education",
        "language",
        "social_protection",
    ),
    "D": (
        "employment",
        "skills_recognition",
        "labour_rights",
        "entrepreneurship",
    ),
    "E": (
        "anti_discrimination",
        "intercultural_dialogue",
        "culture_sport",
        "neighbourhoods",
        "mediation",
        "safety_hate_crime",
    ),
    "F": (
        "diaspora",
        "climate_mobility",
        "idp_solutions",
        "crisis_preparedness",
        "transit_mobility",
        "city_diplomacy",
    ),
}
"""Keys by cluster."""
KEYS = [key for keys in THEMES.values() for key in keys]
INSTRUMENTS = (
    "one_stop_shop",
    "buddy_scheme",
    "advisory_council",
    "bylaw_charter",
    "municipal_id",
    "campaign",
    "observatory",
    "staff_training",
    "coordination_hub",
    "grant_scheme",
    "service_voucher",
    "shared_facility",
    "digital_service",
    "procurement",
    "outreach_team",
    "partnership_agreement",
)
GROUPS = (
    "children",
    "youth",
    "women",
    "families",
    "older",
    "lgbtiq",
    "disability",
    "workers",
    "students",
    "asylum",
    "refugees",
    "idps",
    "returnees",
    "long_term",
)
STAGES = (
    "arrival",
    "settlement",
    "long_term",
    "onward_return",
)


def load_taxonomy() -> int:
    """Brings the rows of all themes in line with this file; returns how many were missing. Never removes one."""
    known = {theme.key: theme for theme in db.session.scalars(select(Theme))}
    places = [(cluster, key) for cluster, keys in THEMES.items() for key in keys]
    for position, (cluster, key) in enumerate(places):
        theme = known.get(key) or Theme(key=key)
        theme.cluster, theme.position = cluster, position
        db.session.add(theme)
    db.session.flush()
    return len({key for _, key in places} - known.keys())
