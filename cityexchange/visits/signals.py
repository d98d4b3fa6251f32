"""What others hear of study visits. `change` is the VisitChange row that was just written."""

from cityexchange.core.signals import Signal

visit_changed = Signal("visit", "change")
visit_endorsed = Signal("visit")
application_changed = Signal("application", "change")
