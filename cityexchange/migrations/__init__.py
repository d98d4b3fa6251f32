"""Migrations: how a database comes from any earlier state to the models of today.

What is asked about them here is read from their files. It needs neither Alembic, which would take 12 MB, nor the application.
"""

import re
from pathlib import Path

VERSIONS = Path(__file__).with_name("versions")
NAMES = re.compile(r"^((?:down_)?revision) = '(\w+)'", re.MULTILINE)


def known() -> set[str]:
    """All of them."""
    return set(_followed())


def newest() -> set[str]:
    """Those that no other follows."""
    followed = _followed()
    return followed.keys() - followed.values()


def _followed():
    """{each: the one it follows, or None}"""
    named = [dict(NAMES.findall(file.read_text())) for file in VERSIONS.glob("*.py")]
    return {one["revision"]: one.get("down_revision") for one in named}
