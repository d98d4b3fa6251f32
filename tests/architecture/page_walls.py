"""The walls of templates, scripts and styles: each looks at a working copy and returns a complaint for each breach."""

import re
from random import Random

from jinja2 import Environment, nodes

from tests.architecture.lists import PATHS_BY_HAND, SAFE_MARKERS, SHARED_TEMPLATES
from tests.architecture.walls import modules

LONGEST_SCRIPT = 80
LONGEST_LINE = 120
VALIDATORS = re.compile(r"^from wtforms\.validators import (?:\([^)]*\)|.*)", re.M)
ANY_ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+", re.I)
NAMESPACES = ("http://www.w3.org",)
INLINE = re.compile(
    r"<style\b|\sstyle\s*=\s*[\"'{]|\son[a-z]+\s*=\s*[\"'{]|javascript:"
    r"|<script\b(?![^>]*\bsrc\s*=)(?![^>]*type\s*=\s*[\"']application/(?:ld\+)?json)",
    re.I,
)
PHYSICAL = re.compile(
    r"(?:^|[{;\s])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b[\w-]*|left|right"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
LITERAL = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`", re.S)
ASKING = re.compile(r"\bfetch\s*\(|\bXMLHttpRequest\b|\bemitWithAck\b|\.emit\s*\(|\bEventSource\b")
PROTOCOL = {"Connection rejected by server", "io server disconnect"}
"""What Socket.IO itself says, to programs."""
KEYS = {
    "Accept", "ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "Backspace", "Content-Type", "Delete", "End", "Enter", "Escape",
    "Home", "PageDown", "PageUp", "Space", "Tab", "X-CSRFToken",
}  # fmt: skip

ABOUT_THE_READER = {
    "can", "csrf_token", "current_user", "g", "get_flashed_messages", "me", "request", "session", "text_direction",
    "counted_unread",
}  # fmt: skip
SYNTAX = Environment(extensions=["jinja2.ext.i18n"], autoescape=True, trim_blocks=True, lstrip_blocks=True)


def files(root, folder, *endings):
    """(path, its name from the root, its text) of each file of ours; what npm brought is not ours."""
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in endings and path.is_file() and "vendor" not in path.parts:
            yield path, path.relative_to(root).as_posix(), path.read_text()


def pages(root):
    """Templates that a browser sees; mails need inline styles."""
    return (page for page in files(root, "templates", ".html") if not page[1].startswith("templates/mail/"))


def without_comments(text):
    return re.sub(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*|\{#.*?#\}|<!--.*?-->", "", text, flags=re.S)


def templates_belong_to_a_feature(root):
    features = {path.name for path in (root / "cityexchange").iterdir() if path.is_dir()}
    for path, name, _ in files(root, "templates", ".html", ".txt"):
        if path.relative_to(root / "templates").parts[0] not in features | SHARED_TEMPLATES:
            yield f"{name} belongs to no feature"


def nothing_is_inline(root):
    for _, name, text in pages(root):
        for found in INLINE.finditer(without_comments(text)):
            yield f"{name} has {found[0].strip()!r} in it, which the page policy forbids"


def nothing_comes_from_elsewhere(root):
    for folder, endings in (("templates", (".html",)), ("static", (".css", ".js", ".svg"))):
        for _, name, text in files(root, folder, *endings):
            for found in ANY_ADDRESS.finditer(without_comments(text)):
                if not found[0].startswith(NAMESPACES) and not name.startswith("templates/mail/"):
                    yield f"{name} names {found[0]}; no page of ours calls another site"


def forms_that_change_carry_a_token(root):
    for _, name, text in pages(root):
        for form in re.findall(r"<form\b[^>]*method\s*=\s*[\"']post.*?</form>", text, re.I | re.S):
            if not re.search(r"csrf_field\(|hidden_tag\(|csrf_token", form):
                yield f"{name} has a form by POST without csrf_field()"


def only_sanitised_text_is_marked_safe(root):
    for path, name, text in pages(root):
        is_known = path.relative_to(root / "templates").as_posix() in SAFE_MARKERS
        if re.search(r"(?<![\"'\s])\s*\|\s*safe\b|autoescape\s+false", text) and not is_known:
            yield f"{name} marks something as safe; print user text with the macro of ui/written.html"


def pages_ask_for_me(root):
    for _, name, text in pages(root):
        if "current_user" in text or re.search(r"\.team_role\s*(?:==|!=|in\b|not in\b)|has_team_role", text):
            yield f"{name} asks who somebody is; templates use `me` and can()"


def addresses_come_from_the_router(root):
    for path, name, text in files(root, "templates", ".html", ".txt"):
        is_known = path.relative_to(root / "templates").as_posix() in PATHS_BY_HAND
        for found in re.findall(r"(?<!strip\()[\"'](/(?:[a-z{][^\"']*)?)[\"']", without_comments(text)):
            if not is_known:
                yield f"{name} writes the path {found} by hand; ask url_for()"


def templates_extract_whole_sentences(root):
    for _, name, text in pages(root):
        for found in re.findall(r"\b_\(\s*[^\"'\s][^)]*|\b_\((?:\"[^\"]*\"|'[^']*')\s*[~+%][^)]*", text):
            yield f"{name}: {found}) can never be translated; gettext takes one literal sentence"


def scripts_stay_small(root):
    for _, name, text in files(root, "static/js", ".js"):
        if (lines := len(text.splitlines())) > LONGEST_SCRIPT:
            yield f"{name} has {lines} lines; the longest allowed is {LONGEST_SCRIPT}"


def scripts_hold_no_words(root):
    for _, name, text in files(root, "static/js", ".js"):
        code = without_comments(text)
        for found in LITERAL.finditer(code):
            is_first_argument = code[: found.start()].rstrip().endswith("(")
            if _reads_like_words(re.sub(r"\$\{[^}]*\}", " ", found[0][1:-1]), is_first_argument):
                yield f"{name} holds the words {found[0]}; words come with the page, in the reader's language"


def _reads_like_words(text, is_first_argument):
    """A sentence, a capitalised word, or letters beyond ASCII; selectors, keys, paths and names of parts are none of these."""
    if any(letter.isalpha() and not letter.isascii() for letter in text):
        return True
    if text in PROTOCOL:
        return False
    if re.search(r"[\[\]#>{}=/:]|^\.|--", text.strip().rstrip(":")):
        return False
    words = re.findall(r"[A-Za-z]{2,}", text)
    is_name = text.strip() in KEYS or (is_first_argument and len(words) == 1)
    return (bool(re.match(r"[A-Z][a-z]", text.strip())) and not is_name) or (
        len(words) > 2 and " " in text.strip()
    )


def answers_have_a_time_limit(root):
    """And a way on: what a page waits for without one leaves it deaf until it is loaded anew."""
    for _, name, text in files(root, "static/js", ".js"):
        for found in ASKING.finditer(without_comments(text)):
            if name != "static/js/lib/asking.js":
                yield f"{name} asks the server by {found[0]}; lib/asking.js knows how long to wait, and what then"


def cached_fragments_know_only_their_context(root):
    """Threat: what is rendered for one reader is kept and shown to all others."""
    texts = [
        text for folder in ("templates", "cityexchange") for *_, text in files(root, folder, ".html", ".py")
    ]
    rendered = {
        name
        for text in texts
        for name in re.findall(r"\b(?:cached_fragment|fragment_renderer)\(\s*[\"']([^\"']+)", text)
    }
    for name in sorted(rendered):
        for asked in sorted(_names_in(root / "templates", name) & ABOUT_THE_READER):
            yield f"templates/{name} is rendered once for all readers and asks for {asked}; let its context say it"


def _names_in(folder, template, wanted=None):
    """All names that a template uses, or that its macros `wanted` use, with those of what it includes and imports."""
    tree = SYNTAX.parse((folder / template).read_text())
    macros = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
    names, waiting = set(), [tree] if wanted is None else [macros[name] for name in wanted if name in macros]
    while waiting:
        used = {name.name for name in waiting.pop().find_all(nodes.Name)}
        waiting += [macros[name] for name in used - names if name in macros]
        names |= used
    for one in tree.find_all(nodes.FromImport):
        pairs = [name if isinstance(name, tuple) else (name, name) for name in one.names]
        names |= _names_in(folder, one.template.value, [name for name, alias in pairs if alias in names])
    for one in tree.find_all((nodes.Include, nodes.Import, nodes.Extends)):
        names |= _names_in(folder, one.template.value)
    return names


def styles_are_logical(root):
    for _, name, text in files(root, "static/css", ".css"):
        for found in PHYSICAL.finditer(without_comments(text)):
            yield f"{name} says {found[0].strip(' {;')!r}, which is wrong from right to left"


def attributes_stand_apart(root):
    """As templates are read: the break after a block is eaten, and so is the indentation before one that begins a line."""
    for _, name, text in files(root, "templates", ".html"):
        for found in sorted(stuck_attributes(text)):
            yield f"{name}: {found} sticks to the attribute before it; let a space stand in between"


def stuck_attributes(text):
    """The attributes that stand right behind another one, whichever branches are taken."""
    body, found = SYNTAX.parse(text).body, set()
    for take in _takes():
        for tag in TAG.findall(_written(body, take)):
            bare = re.sub(rf"=[\s{EDGE}]*(?:\"[^\"]*\"|'[^']*')", '=""', tag)
            found.update(re.findall(rf"(?:\"\"|[\w-]{EDGE}){EDGE}*([a-z][\w-]*)", bare))
    return found


def _takes():
    """All first branches, all last ones, and others by chance, but the same ones each time."""
    return [lambda number: 0, lambda number: number - 1, *(Random(seed).randrange for seed in range(24))]


def _written(body, take):
    """The text of these nodes with an edge around each block; `take(number)` chooses among branches, and how often a loop runs."""
    if isinstance(body, list):
        return "".join(_written(node, take) for node in body)
    if isinstance(body, nodes.TemplateData):
        return body.data
    if isinstance(body, nodes.Output):
        return "".join(
            _written(one, take) if isinstance(one, nodes.TemplateData) else PRINT for one in body.nodes
        )
    if isinstance(body, nodes.If):
        branches = [body.body, *(one.body for one in body.elif_), body.else_]
        return EDGE + _written(branches[take(len(branches))], take) + EDGE
    times = take(3) if isinstance(body, nodes.For) else 1
    return EDGE + (_written(getattr(body, "body", []), take) + EDGE) * times


EDGE, PRINT = "\ue000", "\ue001"
TAG = re.compile(r"<[a-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")


def lines_stay_readable(root):
    """Letters of plain text are left out: there each line of the file is a line of the letter."""
    for folder, endings in (("templates", (".html",)), ("static", (".css", ".js"))):
        for _, name, text in files(root, folder, *endings):
            for number, line in enumerate(text.splitlines(), 1):
                if len(line) > LONGEST_LINE:
                    yield f"{name}:{number} has {len(line)} characters; the longest line allowed has {LONGEST_LINE}"


def styles_say_one_thing_a_line(root):
    for _, name, text in files(root, "static/css", ".css"):
        for line in LITERAL.sub('""', without_comments(text)).splitlines():
            if re.search(r"[;{}]\s*\S", line):
                yield f"{name} says more than one thing in {line.strip()!r}; give each declaration a line"


def what_is_required_is_seen(root):
    """The library lets a text pass that is made of signs which nobody sees, and does not say how much of a long one is too much."""
    for _, name, text in modules(root):
        for found in VALIDATORS.finditer(text):
            for validator in re.findall(r"\b(?:DataRequired|Length)\b", found.group()):
                yield f"{name} takes {validator} from WTForms; take it from core/fields"


def nothing_is_cut_off(root):
    for _, name, text in pages(root):
        if re.search(r"\bmaxlength\s*=", text):
            yield f"{name} says maxlength: a browser cuts off what is too much, and says nothing; the form's Length tells how much it is"


def fields_are_named_in_one_place(root):
    """A name given to the control alone leaves label, errors and summary with another."""
    for _, name, text in pages(root):
        if re.search(r"\{\{ field\([^{}]*\bid=", text):
            yield f"{name} gives a field an id: say it in the view, by named_apart of core/fields"


def what_scrolls_is_reached_by_keys(root):
    """A table with fields in it scrolls by them."""
    for _, name, text in pages(root):
        if (
            re.search(r'class="table-scroll"(?![^>]*tabindex="0" role="region" aria-label=)', text)
            and "<input" not in text
        ):
            yield f"{name} has a table that scrolls: keys reach it by tabindex, and a reader who listens by a name"


WALLS = [
    nothing_is_cut_off, what_scrolls_is_reached_by_keys, fields_are_named_in_one_place,
    what_is_required_is_seen, templates_belong_to_a_feature, nothing_is_inline, nothing_comes_from_elsewhere, forms_that_change_carry_a_token,
    only_sanitised_text_is_marked_safe, pages_ask_for_me, addresses_come_from_the_router,
    templates_extract_whole_sentences, scripts_stay_small, answers_have_a_time_limit,
    scripts_hold_no_words, attributes_stand_apart, lines_stay_readable, styles_are_logical, styles_say_one_thing_a_line, cached_fragments_know_only_their_context,
]  # fmt: skip
