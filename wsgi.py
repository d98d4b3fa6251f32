"""The only file that joins the settings and the package."""

import gc
import sys

from config import LATER, chosen, unused_libraries

config = chosen()
# Before anything imports them: None tells whoever asks that they are not installed. They would take up to 30 MB.
sys.modules.update(dict.fromkeys((*unused_libraries(config), *LATER)))
# What is loaded stays for as long as the process. To look it all through for garbage, again and again while it grows, takes a
# fifth of a start, and later a part of each request.
gc.disable()

from cityexchange.app import create_app  # noqa: E402

app = create_app(config)
for name in LATER:
    del sys.modules[name]
gc.freeze()
gc.enable()
