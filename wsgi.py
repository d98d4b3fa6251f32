"""The only file that joins the settings and the package."""

import sys

from config import chosen, unused_libraries

config = chosen()
# Before anything imports them: None tells whoever asks that they are not installed. They would take up to 30 MB.
sys.modules.update(dict.fromkeys(unused_libraries(config)))

from cityexchange.app import create_app  # noqa: E402

app = create_app(config)
