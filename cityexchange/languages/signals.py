from cityexchange.core.signals import Signal

text_translated = Signal("record", "translation")
"""For the first time or anew, one field of a record."""
words_removed = Signal("record")
"""A record goes, or all its words do: what was made of them, or asked for, has no more to stand on."""
translation_asked = Signal("record", "language", "asker_id")
"""By the first who asks for this record in this language. Here an engine for machine translation would begin."""
translation_arrived = Signal("record", "translation", "member_ids")
"""All that they asked for can be read in the language of the translation now."""
translators_thanked = Signal("record", "language", "author_ids")
