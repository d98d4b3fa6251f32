"""A page's form as a browser would send it back unchanged."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """The fields of the form whose action ends with `action`: {name: value or list of values}."""

    def __init__(self, action):
        super().__init__()
        self.action, self.is_inside, self.fields = action, False, {}
        self.select = self.textarea = None

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "form":
            self.is_inside = facts.get("method", "").lower() == "post" and facts.get(
                "action", self.action
            ).endswith(self.action)
        if not self.is_inside:
            return
        if tag == "input" and facts.get("name"):
            self._input(facts)
        elif tag == "select":
            self.select = facts["name"]
        elif tag == "option" and self.select and "selected" in facts:
            self._add(self.select, facts["value"])
        elif tag == "textarea":
            self.textarea = facts["name"]
            self.fields.setdefault(self.textarea, "")

    def _input(self, facts):
        kind = facts.get("type", "text")
        if kind in ("submit", "file") or (kind in ("checkbox", "radio") and "checked" not in facts):
            return
        self._add(facts["name"], facts.get("value") or "")

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
        elif tag == "textarea":
            self.fields[self.textarea] = self.fields[self.textarea].lstrip("\r\n")
            self.textarea = None


def form_of(page, action):
    reader = FormReader(action)
    reader.feed(page)
    assert reader.fields, f"no form for {action}"
    return reader.fields
