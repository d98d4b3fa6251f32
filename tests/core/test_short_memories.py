"""What is kept in memory by what people typed is bounded in its length too, not only in how many there are."""

import gc

import pytest

from cityexchange.core import addresses, folding
from cityexchange.members import looks

MEMORIES = {
    "a domain": (addresses.ascii_domain, addresses._ascii_domain),
    "a name that is sought": (folding.spelled, folding._spelled),
    "how a name looks": (looks.look_of, looks._look_of),
    "the letters of a name": (looks.letters_of, looks._letters_of),
}
"""Who is asked, and what remembers."""
MOST = 500

pytestmark = pytest.mark.no_app


def remembered(memory):
    """The keys: one dictionary that it refers to is of its answers, the other of its own attributes."""
    (kept,) = (one for one in gc.get_referents(memory) if isinstance(one, dict) and one is not vars(memory))
    return list(kept)


@pytest.mark.parametrize("sign", ["x", " ", "\u0301", "\u0316\u0301", "王", "x.", "1"])
@pytest.mark.parametrize("name", MEMORIES)
def test_nothing_long_is_remembered(name, sign):
    ask, memory = MEMORIES[name]
    memory.cache_clear()
    ask("a.example")
    assert remembered(memory) == ["a.example"]

    ask(f"a{sign * 20_000}.example")
    assert all(len(key) <= MOST for key in remembered(memory))


def test_two_long_names_are_still_told_apart_or_taken_for_each_other():
    assert looks.is_taken_for("a" * 20_000, "а" * 20_000)
    assert not looks.is_taken_for("a" * 20_000, "b" * 20_000)
    assert folding.spelled("Zürich " * 9_000)[0].startswith("zurich zurich")
