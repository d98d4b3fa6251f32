"""cityexchange: a community of practice for cities of traditional and recent immigration."""
