"""The page of notifications as its reader reads it."""

import html
import re

from tests.factories import MemberFactory


def words(text):
    return " ".join(html.unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", text, flags=re.DOTALL)).split())


def days_of(page):
    """[(day, [(title, address, small print)])]"""
    found = re.findall(r"<section class=\"section\".*?</section>", page, re.DOTALL)
    return [(words(re.search(r"<h2.*?</h2>", one, re.DOTALL)[0]), lines_of(one)) for one in found]


def lines_of(page):
    rows = re.findall(r'<li class="row.*?</li>', page, re.DOTALL)
    return [_line(row) for row in rows]


def _line(row):
    address, title = re.search(r'row__title">\s*<a href="([^"]+)"[^>]*>(.*?)</a>', row, re.DOTALL).groups()
    return (
        words(title),
        html.unescape(address),
        words(re.search(r'<div class="byline">.*?</div>', row, re.DOTALL)[0]),
    )


def buttons(page):
    forms = re.findall(r'action="(/notifications/[^"]+)".*?<span>([^<]+)</span>', page, re.DOTALL)
    return [(label, html.unescape(address)) for address, label in forms]


def reply(topic, name, count=1, **author):
    author = MemberFactory(name=name, **author)
    return [topic.post(author, f"Reply {n} by {name}") for n in range(count)]
