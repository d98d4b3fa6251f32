"""What happened below, heard: one module for each feature."""

from cityexchange.notifications.receivers import chat, forums, hours, languages, mails, rights  # noqa: F401
