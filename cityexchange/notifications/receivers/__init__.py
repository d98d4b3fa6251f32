"""What happened below, heard: one module for each feature."""

from cityexchange.notifications.receivers import chat, forums, languages, mails, rights  # noqa: F401
