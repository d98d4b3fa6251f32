"""Why a file is not taken, in words for the person who sent it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cityexchange.core.files.encodings import Decoded

ENCODINGS = {
    "cp1252": _l("Western European (Windows-1252)"),
    "cp1250": _l("Central European (Windows-1250)"),
    "cp1254": _l("Turkish (Windows-1254)"),
    "cp1257": _l("Baltic (Windows-1257)"),
    "cp1251": _l("Cyrillic (Windows-1251)"),
    "cp1253": _l("Greek (Windows-1253)"),
    "cp1255": _l("Hebrew (Windows-1255)"),
    "cp1256": _l("Arabic (Windows-1256)"),
    "gb18030": _l("Chinese (GB 18030)"),
    "cp932": _l("Japanese (Shift JIS)"),
    "cp949": _l("Korean (Windows-949)"),
}
"""Those that a text may be read in, beside UTF-8 and UTF-16, which say themselves what they are."""


def reason_in_words(reason: str) -> str:
    """One sentence and what to do, in the reader's language, for the `reason` of a Refused."""
    return {
        "missing": _("Choose a file first."),
        "empty": _("This file is empty. Choose another one."),
        "too_large": _(
            "This file is too large: at most 20 MB, plain text at most 2 MB. Send a smaller one, or a link to it."
        ),
        "not_taken": _(
            "This kind of file is not taken. Send a picture (PNG, JPEG, WebP, GIF), a PDF, a Word, Excel, PowerPoint or "
            "OpenDocument file, or plain text in UTF-8."
        ),
        "other_encoding": _(
            "This text is not in this encoding: some of its signs are none there. Choose another one."
        ),
        "no_letter": _("Send the letter as a PDF or as a picture (PNG, JPEG, WebP)."),
        "broken": _("This file cannot be read: it seems damaged. Save it again and try once more."),
        "has_macros": _("This document contains macros. Save it without them and try once more."),
        "unpacks_too_large": _("This document is too large once unpacked. Send a smaller one."),
        "too_many_pixels": _(
            "This picture is too large: at most 20 million pixels, JPEG photos at most 32 million. Make it smaller and try once more."
        ),
        "too_many_frames": _("This picture moves for too long. Send a single frame of it."),
        "too_many_waiting": _(
            "Many of your files are not used in any text yet. Use them first, or wait until tomorrow."
        ),
    }[reason]


def refusals_in_words(refused: list[tuple[str, str]], has_others: bool) -> str:
    """What is wrong with each (name, reason), as the one error of its field; a name keeps its own direction."""
    words = [
        _("%(file)s: %(reason)s", file=f"\u2068{name}\u2069", reason=reason_in_words(reason))
        for name, reason in refused
    ]
    others = _("The other files were not taken either. Choose those that are right once more.")
    return " ".join([*words, others] if has_others else words)


def told_of_guess(name: str, said: Decoded) -> str:
    """How a text was read that does not say itself what it is, for whoever sent it in without a script that could ask."""
    return _(
        "%(name)s is not in UTF-8. It was read as %(encoding)s and begins: %(line)s. Where its letters are wrong, save it as UTF-8 (in "
        "Excel: “CSV UTF-8”) and send it once more.",
        name=name,
        encoding=ENCODINGS[said.encoding or ""],
        line=next(iter(said.first_lines), ""),
    )
