"""Words that people write alone, in which language each: statistics know nothing of a text of one word."""

import re
from collections.abc import Sequence

FEW = 4
"""Words of a text that a greeting among them tells the language of."""
GREETINGS = {
    "ar": "شكرا مرحبا أهلا نعم لا السلام",
    "ca": "gràcies hola bon moltes",
    "cs": "díky děkuji ahoj ano",
    "da": "tak hej ja nej",
    "de": "danke hallo ja nein guten gern gerne",
    "en": "thanks thank hello hi yes no welcome congratulations great agreed sorry",
    "es": "gracias hola sí no buenos buenas felicidades bienvenidos",
    "fa": "ممنون مرسی سلام بله متشکرم",
    "fi": "kiitos hei kyllä ei",
    "fr": "merci bonjour bonsoir salut oui non bravo bienvenue félicitations d'accord parfait",
    "hu": "köszönöm szia igen nem",
    "it": "grazie ciao buongiorno buonasera sì no benvenuti",
    "nl": "bedankt dank hallo hoi ja nee",
    "no": "takk hei ja nei",
    "pl": "dziękuję dzięki cześć tak nie",
    "pt": "obrigado obrigada olá sim não bom parabéns",
    "ro": "mulțumesc mersi salut bună da nu",
    "ru": "спасибо привет здравствуйте да нет",
    "sv": "tack hej ja nej",
    "sw": "asante habari ndiyo hapana karibu",
    "tr": "teşekkürler merhaba selam evet hayır sağolun",
    "uk": "дякую привіт так ні",
    "ur": "شکریہ سلام جی",
    "vi": "cảm ơn chào vâng",
}
_sets = {language: frozenset(words.split()) for language, words in GREETINGS.items()}


def greets_in(words: str, own: Sequence[str]) -> str | None:
    """The one language of the writer's own that has a word of this short text alone."""
    written = set(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", words.lower().replace("’", "'")))
    if len(written) > FEW:
        return None
    found = [language for language in own if written & _sets.get(language, frozenset())]
    return found[0] if len(found) == 1 else None
