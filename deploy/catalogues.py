"""The translations, from the words in the sources to what the server reads.

    python deploy/catalogues.py update    words of the sources into messages.pot and the six messages.po
    python deploy/catalogues.py check     fails when they are not fresh, or not complete and right in every language
    python deploy/catalogues.py compile   the .mo files that the server reads (never committed)
    python deploy/catalogues.py missing fr   the entries that a translator still has to fill in

No guesses are kept: a changed sentence loses its translation and must be translated again.
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from plain import ROOT, plainly, write_whole

LOCALES = ("ar", "en", "es", "fr", "ru", "zh")
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2), "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3), "lazy_npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%(?:\((?P<name>\w+)\))?[#0\- +]*\d*(?:\.\d+)?(?P<kind>[sdfiruoxXeEgGc%])")
BREAKS = {"fr": re.compile(r" [:;?!»]|« ")}
"""Where a line would break before a mark, or between a quote and its words; there stands a no-break space."""
TORN = {
    "ar": re.compile(
        r"(?<![A-Za-z0-9)_])[./#@+][A-Za-z]|[A-Za-z0-9][+/#](?![A-Za-z0-9(%])|://(?![A-Za-z0-9%])"
    )
}
"""Latin signs whose marks at an end would jump to its other side; they stand between isolates (U+2066, U+2069)."""
ISOLATED = re.compile("\u2066[^\u2069]*\u2069|<[^>]*>")
MOST_TOLD = 30
NOTES = ("TRANSLATORS:",)


def extract(root):
    """Every sentence of the sources, in a catalogue sorted by sentence, without the line numbers that always change."""
    with open(root / "translations" / "babel.cfg") as settings:
        methods, options = parse_mapping_cfg(settings)
    found = Catalog(project="cityexchange", charset="utf-8")
    for folder in ("cityexchange", "templates"):
        here = [
            (pattern.split("/", 1)[1], method)
            for pattern, method in methods
            if pattern.startswith(f"{folder}/")
        ]
        own = {
            pattern.split("/", 1)[1]: dict(kept, trimmed="true")
            for pattern, kept in options.items()
            if "/" in pattern
        }
        own |= {pattern: own.get(pattern, {}) for pattern, _ in here}
        for file, _, message, notes, context in extract_from_dir(
            root / folder, here, own, KEYWORDS, NOTES, strip_comment_tags=True
        ):
            found.add(message, locations=[(f"{folder}/{file}", 0)], auto_comments=notes, context=context)
    return found


def renewed(template, locale, po):
    """The catalogue of a locale with exactly the template's sentences, in the translations that it already had."""
    old = load(po, locale)
    new = Catalog(locale=locale, project="cityexchange", charset="utf-8")
    for message in sentences(template):
        known = old.get(message.id, message.context)
        string = known.string if known and not known.fuzzy and known.id == message.id else None
        if locale == "en":
            string = message.id
        comments = known.user_comments if known else ()
        new.add(
            message.id, string or empty(message, new), message.locations, auto_comments=message.auto_comments,
            user_comments=comments, context=message.context,
        )  # fmt: skip
    return new


def empty(message, catalogue):
    return ("",) * catalogue.num_plurals if message.pluralizable else ""


def sentences(catalogue):
    return sorted((m for m in catalogue if m.id), key=lambda m: (str(m.id), m.context or ""))


def load(po, locale):
    if not po.exists():
        return Catalog(locale=locale)
    with open(po, "rb") as file:
        return read_po(file, locale=locale)


def as_text(catalogue, is_template=False):
    """The file's content; without dates, so that the same words always make the same file."""
    catalogue.fuzzy = False
    text = io.BytesIO()
    write_po(text, catalogue, width=110, sort_output=True, omit_header=True, include_lineno=False)
    plural = (
        ""
        if is_template
        else f'"Plural-Forms: {catalogue.plural_forms}\\n"\n"Language: {catalogue.locale}\\n"\n'
    )
    header = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n{plural}\n'
    return header.encode() + text.getvalue()


def files(root):
    """What each file should hold: the template's path and content, then each locale's."""
    template = extract(root)
    yield root / "translations" / "messages.pot", as_text(template, is_template=True)
    for locale in LOCALES:
        po = place(root, locale)
        yield po, as_text(renewed(template, locale, po))


def place(root, locale):
    return root / "translations" / locale / "LC_MESSAGES" / "messages.po"


def update(root):
    for path, content in files(root):
        write_whole(path, content)


def complaints(root):
    """One sentence for each thing that is stale, missing, doubtful or wrong."""
    for path, content in files(root):
        if not path.exists() or path.read_bytes() != content:
            yield f"{path.relative_to(root)} is not fresh; run: make catalogues"
    for locale in LOCALES:
        if place(root, locale).exists():
            yield from wrong_entries(load(place(root, locale), locale))


def wrong_entries(catalogue):
    for message in sentences(catalogue):
        where = f"{catalogue.locale}: {first(message)!r}"
        strings = message.string if message.pluralizable else (message.string,)
        if not all(strings) or message.pluralizable and len(strings) != catalogue.num_plurals:
            yield f"{where} is not translated"
        elif message.fuzzy:
            yield f"{where} is marked fuzzy"
        else:
            yield from (f"{where}: {fault}" for fault in faults(message, strings))
            yield from (f"{where}: {fault}" for fault in breaks(str(catalogue.locale), strings))


def breaks(locale, strings):
    for string in strings:
        if locale in BREAKS and (found := BREAKS[locale].search(string)):
            yield f"a no-break space is missing at {found.group()!r} in {string!r}"
        if locale in TORN and (found := TORN[locale].search(ISOLATED.sub("", string))):
            yield f"an isolate (U+2066, U+2069) is missing around {found.group()!r} in {string!r}"


def faults(message, strings):
    """Placeholders must be those of the source; only a plural form that stands for one number may leave the number out."""
    ids = message.id if message.pluralizable else (message.id,)
    wanted = set().union(*map(placeholders, ids))
    numbers = {"num", "count", "number"} | (wanted - placeholders(ids[0])) if message.pluralizable else set()
    for index, string in enumerate(strings):
        may_be_missing = numbers if index < len(strings) - 1 else set()
        wrong = (placeholders(string) - wanted) | (wanted - placeholders(string) - may_be_missing)
        if wrong:
            yield f"the placeholders differ ({', '.join(sorted(wrong))}) in {string!r}"


def placeholders(text):
    """The placeholders of a sentence; `%%` is a sign, not a placeholder."""
    found = (
        match.group("name") or match.group(0)
        for match in PLACEHOLDER.finditer(text)
        if match.group("kind") != "%"
    )
    return set(found)


def first(message):
    return message.id[0] if message.pluralizable else message.id


def compile_all(root):
    for locale in LOCALES:
        if place(root, locale).exists():
            compiled = io.BytesIO()
            write_mo(compiled, load(place(root, locale), locale))
            write_whole(place(root, locale).with_suffix(".mo"), compiled.getvalue())


def print_missing(root, locale):
    catalogue = load(place(root, locale), locale)
    left = [m for m in sentences(catalogue) if not all(m.string if m.pluralizable else (m.string,))]
    print(*(repr(m.id) for m in left), f"{len(left)} of {len(catalogue)} left", sep="\n")


@plainly
def main(root: Path = ROOT):
    match sys.argv[1:]:
        case ["update"]:
            update(root)
        case ["compile"]:
            compile_all(root)
        case ["missing", locale]:
            print_missing(root, locale)
        case ["check"]:
            found = list(complaints(root))
            left_out = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
            sys.exit("\n".join(found[:MOST_TOLD] + left_out) or None)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
