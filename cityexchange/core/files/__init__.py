"""Files once for all features: received by content, kept outside the web root, served when the policy of their record says so.

A feature whose records carry files says `file_owners.add("Post", Post)` in its init_app and calls, in the unit of
work that writes the record, `attach_linked(text, record, me())` or `attach(file, record)`.
"""

from cityexchange.core.files import policy, tidying, views  # noqa: F401
from cityexchange.core.files.kinds import Refused
from cityexchange.core.files.linking import shown_sizes
from cityexchange.core.files.models import File, attach, attach_linked, file_owners
from cityexchange.core.files.receiving import receive
from cityexchange.core.files.storage import open_storage
from cityexchange.core.files.words import ENCODINGS
from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.text import picture_sizes

__all__ = ["File", "Refused", "attach", "attach_linked", "file_owners", "receive"]


def init_app(app):
    app.extensions["files"] = open_storage(app.config["FILES_URL"], app.config["S3_ENDPOINT_URL"])
    app.register_blueprint(views.bp)
    app.jinja_env.filters["encoding_label"] = ENCODINGS.__getitem__
    picture_sizes.add("files", shown_sizes)
    sweeps.add("unattached files", Sweep(tidying.remove_unattached, every=3600))
    sweeps.add("stored remains", Sweep(tidying.remove_remains, every=24 * 3600, has_own_units=True))
