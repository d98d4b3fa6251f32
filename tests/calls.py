"""How much work something is, counted in calls of functions, for the time it takes is the machine's."""

import gc
import sys
from collections import Counter


def calls_of(deed, *values, file=""):
    """How many functions it calls, those of libraries too; or those that are called from the file of this name.

    What is filled once in a process (translations, patterns, caches) counts where it happens to be filled: whoever compares
    lets it be filled before. What others threw away earlier is not cleared up meanwhile, for clearing up calls functions too.
    """
    counted = Counter()

    def note(frame, event, _value):
        if frame.f_code.co_filename.endswith(file):
            counted.update([event])

    was_on = gc.isenabled()
    gc.disable()
    sys.setprofile(note)
    try:
        deed(*values)
    finally:
        sys.setprofile(None)
        gc.enable() if was_on else None
    return counted["call"] + counted["c_call"]
