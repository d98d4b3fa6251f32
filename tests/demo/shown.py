"""The words on a page that somebody wrote, each with its language, as they are met: originals wait behind a press."""

from html.parser import HTMLParser

ORIGINALS = {"original", "room__about"}
NAMES_OF_PEOPLE = {"person__note"}
"""What a member is called at work is in the language of their pages."""
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "use"}


class Shown(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.words = [], []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        while self.open and tag in [name for name, _ in self.open] and self.open.pop()[0] != tag:
            pass

    def handle_data(self, words):
        if words.strip() and self._is_met():
            self.words.append((self._language(), words.strip()))

    def _is_met(self):
        is_in_main = any(tag == "main" for tag, _ in self.open)
        return is_in_main and not any(is_behind(tag, attributes) for tag, attributes in self.open)

    def _language(self):
        return next(one["lang"] for _, one in reversed(self.open) if "lang" in one)


def is_behind(tag, attributes):
    classes = set((attributes.get("class") or "").split())
    is_thread = (attributes.get("href") or "").startswith("/topics/")
    return (
        tag == "template"
        or is_thread
        or bool(classes & (ORIGINALS | NAMES_OF_PEOPLE))
        or classes == {"small", "soft"}
    )


def words_on(page):
    """[(language, words)]"""
    shown = Shown()
    shown.feed(page)
    return shown.words
