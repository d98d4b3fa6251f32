"""A form with a field for files, and what tests choose in it."""

FORM = "/forums/reception/new?lang=en"
SCRIPT = b"<script>document.documentElement.dataset.ran = 1; window.__x = 1; top.__x = 1</script>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"


def open_form(visit_as):
    page = visit_as("claire")
    page.goto(FORM)
    page.focus("input[type=file]")
    return page


def choose(page, content, name, mime="application/octet-stream"):
    page.set_input_files("input[type=file]", {"name": name, "mimeType": mime, "buffer": content})
