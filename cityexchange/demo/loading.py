"""Which parts of the data files are loaded, by what; the rest is named, so that nothing is dropped silently."""

from cityexchange.demo import community
from cityexchange.themes.taxonomy import load_taxonomy

NOT_YET = {
    "good_practices": "library",
    "courses": "learning",
    "partnerships": "partnerships",
}
"""Parts of demo.json without a home yet, and the feature that will bring it."""


def load():
    """Everything, into an empty database, in the order that each part needs."""
    load_taxonomy()
    community.load_cities()
    members = community.load_people()
    spaces = community.load_spaces(members)
    return members, spaces
