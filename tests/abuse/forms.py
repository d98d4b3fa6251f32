"""A page's form as a browser would send it back unchanged."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """The fields of the form whose action ends with `action`: {name: value or list of values}."""

    def __init__(self, action):
        super().__init__()
        self.action, self.is_inside, self.fields = action, False, {}
        self.select = self.textarea = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            action, _next, _place = attributes.get("action", self.action).partition("?next=")
            is_sent = attributes.get("method", "").lower() == "post"
            self.is_inside = is_sent and action.endswith(self.action)
        if not self.is_inside:
            return
        if tag == "input" and attributes.get("name"):
            self._input(attributes)
        elif tag == "select":
            self.select = attributes.get("name")
        elif tag == "option" and self.select and "selected" in attributes:
            self._add(self.select, attributes["value"])
        elif tag == "textarea" and attributes.get("name"):
            self.textarea = attributes["name"]
            self.fields.setdefault(self.textarea, "")

    def _input(self, attributes):
        kind = attributes.get("type", "text")
        if kind in ("submit", "file") or (kind in ("checkbox", "radio") and "checked" not in attributes):
            return
        self._add(attributes["name"], attributes.get("value") or "")

    def _add(self, name, value):
        known = self.fields.get(name)
        self.fields[name] = (
            value if known is None else [*([known] if isinstance(known, str) else known), value]
        )

    def handle_data(self, data):
        if self.textarea:
            self.fields[self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "select":
            self.select = None
        elif self.textarea and tag == "textarea":
            self.fields[self.textarea] = self.fields[self.textarea].lstrip("\r\n")
            self.textarea = None


def form_of(page, action):
    reader = FormReader(action)
    reader.feed(page)
    assert reader.fields, f"no form for {action}"
    return reader.fields
