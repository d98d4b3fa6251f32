"""The only file that joins the settings and the package."""

from cityexchange.app import create_app
from config import chosen

app = create_app(chosen())
