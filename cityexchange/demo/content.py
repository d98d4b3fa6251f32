"""What the illustrative community is made of: the data files, their dates moved to the present.

data/cities.json, data/taxonomy.json and data/demo.json hold the community; data/extras.json adds what the
product requires and they lack (hours, second objectives, the fields of an offer, chat), data/translations.json what
the house calls its spaces, forums and rooms in several languages, data/words what else is said, text beside text, and
two sentences for each city, and data/threads a file for each thread: its translations, and the thread itself where
demo.json has it not. Invented like the rest.
"""

import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@cache
def read(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def added_threads() -> list[str]:
    """Keys of the threads that their own file holds, not demo.json."""
    keys = sorted(path.stem for path in (FOLDER / "threads").glob("*.json"))
    return [key for key in keys if "thread" in read(f"threads/{key}")]


def moved(day: str, today: date | None = None) -> date:
    """A day of the file as far from today as it is from the file's `as_of`, on the same day of the week.

    `as_of` is a Monday between two Fridays, one a deadline that has passed, the other one that has not: it stands for
    every day from Saturday to Friday, so that this is true whenever the community is loaded.
    """
    distance = (today or datetime.now(UTC).date()) - date.fromisoformat(read("demo")["as_of"])
    weeks = (distance.days + 2) // 7
    return date.fromisoformat(day) + timedelta(weeks=weeks)
