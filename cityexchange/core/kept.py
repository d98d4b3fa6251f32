"""What somebody typed into a form that was not taken, for the page of the refusal to give back."""

from dataclasses import dataclass

from flask import g, request

from cityexchange.core.origins import is_begun_here

SHORT = 60
"""Characters up to which a value travels unseen: choices, numbers, marks of the form."""


@dataclass(frozen=True)
class Typed:
    """`texts` are shown and may be changed; `quiet` travel along. Files do not come back."""

    action: str
    texts: list[tuple[str, str]]
    quiet: list[tuple[str, str]]
    has_files: bool


def typed() -> Typed | None:
    """None where there is nothing to give back, or no sure sign that a page of ours sent it.

    Threat: what another site made up must not stand on our page with a good token beside it. And passwords go nowhere.
    """
    if not (request.form and request.endpoint) or not (g.get("csrf_valid") or is_begun_here()):
        return None
    if any("password" in name for name in request.form):
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    texts = [(name, value) for name, value in fields if len(value) > SHORT or "\n" in value or name == "text"]
    quiet = [field for field in fields if field not in texts]
    has_files = any(file.filename for file in request.files.values())
    return Typed(request.full_path.rstrip("?"), texts, quiet, has_files)
