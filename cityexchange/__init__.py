"""cityexchange: a community of practice for cities of traditional and recent immigration."""

import zoneinfo

# The locked package tzdata alone says what clocks show: a machine's own files may be years old, and come before it.
zoneinfo.reset_tzpath(to=())
