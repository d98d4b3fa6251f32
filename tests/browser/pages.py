"""The pages of the house and who opens them, by the illustrative community that every browser test finds."""

MEMBERS = {
    "claire": "claire@lyon.example",
    "nour": "nour@sfax.example",
    "organiser": "organiser@cityexchange.example",
    "facilitator": "facilitator@cityexchange.example",
    "coordinator": "coordinator@cityexchange.example",
    "konrad": "konrad@vienna.example",
    "lieve": "lieve@mechelen.example",
}
PASSWORD = "cityexchange"

PUBLIC_PAGES = [
    "/",
    "/sign-in",
    "/join",
    "/cities",
    "/cities/lyon",
    "/themes",
    "/themes/reception",
    "/spaces",
    "/spaces/community",
    "/forums",
    "/forums/strategy",
    "/topics/3",
    "/workshops",
    "/workshops?when=past",
    "/workshops/1",
    "/visits",
    "/visits/1",
    "/about",
    "/accessibility",
    "/privacy",
    "/it-department",
]

# A page that only some may open stands with one who may.
MEMBER_PAGES = [
    ("claire", "/"),
    ("claire", "/forums"),
    ("claire", "/forums/reception"),
    ("claire", "/forums/housing"),
    ("claire", "/forums/reception/new"),
    ("claire", "/topics"),
    ("claire", "/topics/8"),
    ("claire", "/topics/11"),
    ("claire", "/workshops"),
    ("claire", "/workshops/1"),
    ("claire", "/visits"),
    ("claire", "/visits/1"),
    ("claire", "/visits/1/apply"),
    ("claire", "/visits/new"),
    ("claire", "/chat"),
    ("claire", "/chat/rooms/1"),
    ("claire", "/spaces"),
    ("claire", "/spaces/members"),
    ("claire", "/cities/sfax"),
    ("claire", "/members/1"),
    ("claire", "/settings"),
    ("nour", "/"),
    ("organiser", "/"),
    ("organiser", "/workshops/new"),
    ("organiser", "/workshops/1"),
    ("organiser", "/workshops/1/edit"),
    ("organiser", "/workshops/1/registrations"),
    ("facilitator", "/chat/rooms/1"),
    ("facilitator", "/topics/1"),
    ("coordinator", "/join-requests"),
    ("coordinator", "/visits"),
    ("coordinator", "/visits/2/applications"),
    ("konrad", "/visits/1"),
    ("konrad", "/visits/1/applications"),
    ("konrad", "/applications/1"),
]

ALL_PAGES = [("visitor", path) for path in PUBLIC_PAGES] + MEMBER_PAGES


def in_language(path, language):
    return f"{path}{'&' if '?' in path else '?'}lang={language}"
