"""Why a file is not taken, in words for the person who sent it."""

from flask_babel import gettext as _


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
        "unsure_letters": _(
            "This text is not in UTF-8, and which letters it is made of cannot be told for certain. Save it as UTF-8 (in "
            "Excel: “CSV UTF-8”) and try once more."
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
