"""What a line tells of a record, by its type: of those alone that the reader sees, in a number of statements that does not grow."""

from collections import defaultdict
from collections.abc import Iterable

from cityexchange.core.reader import OneReader
from cityexchange.notifications.told import chat, forums, others
from cityexchange.notifications.told.shapes import Told

Key = tuple[str, int]
TELLERS = {"Post": forums.posts, "Topic": forums.topics, "Message": chat.messages}
"""f(reader, ids) for those that the reader sees; all other types are told by the words of a mail's subject."""


def told_of(reader: OneReader, keys: Iterable[Key]) -> dict[Key, Told]:
    """{(type, number): what is told}; what is missing is gone, or not open to the reader any more."""
    ids = defaultdict(set)
    for record_type, id in keys:
        ids[record_type].add(id)
    found = [one for record_type, those in ids.items() for one in _of_type(reader, record_type, those)]
    return {(one.record_type, one.id): one for one in found}


def _of_type(reader: OneReader, record_type, ids):
    teller = TELLERS.get(record_type)
    return teller(reader, ids) if teller else others.records(reader, record_type, ids)
