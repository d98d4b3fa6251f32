#!/bin/sh
# icalendar 7.3.2 with tzdata 2025.3: the VTIMEZONE that Timezone.from_tzid makes of Africa/Casablanca leaves out whole Ramadans.
# Morocco sets its clocks back for each Ramadan, about ten days earlier every year. Of 2023 to 2034 the made VTIMEZONE has no change in 2024,
# 2027 and from December 2031 to January 2032: for five weeks each, whoever reads the file by it alone is an hour late. Paris in between is right.
# Seen: 35 days of 2024, 35 of 2027 (7 February to 13 March), 18 of 2031 and 17 of 2032 differ from the zone it was made of; of Paris none.
# With tzdata 2026.6, by which Morocco sets its clocks no more from 20 September 2026 on, the 35 days of 2024 are still left out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2
cat > "$folder/probe.py" <<'PROGRAM'
import sys
from collections import Counter
from datetime import datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

from icalendar import Timezone

print({name: version(name) for name in ("icalendar", "tzdata")})


def days_apart(name):
    """{year: days at whose noon the made VTIMEZONE, read back by the same library, and the zone differ}"""
    zone = ZoneInfo(name)
    made = Timezone.from_tzid(name).to_ical()
    read = Timezone.from_ical(made).to_tz(lookup_tzid=False)
    first = datetime(2023, 1, 1, 12)
    noons = (first + timedelta(days=day) for day in range(12 * 365 + 3))
    return dict(Counter(
        noon.year for noon in noons if noon.replace(tzinfo=zone).utcoffset() != noon.replace(tzinfo=read).utcoffset()
    ))


casablanca, paris = days_apart("Africa/Casablanca"), days_apart("Europe/Paris")
print("Casablanca:", casablanca)
print("Paris:", paris)
assert casablanca == {int(pair.split(":")[0]): int(pair.split(":")[1]) for pair in sys.argv[1:]}
assert paris == {}
PROGRAM
probe() {
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "tzdata==$1"
  shift
  PYTHONTZPATH="" "$folder/venv/bin/python" "$folder/probe.py" "$@"
}
probe 2025.3 2024:35 2027:35 2031:18 2032:17
probe 2026.6 2024:35
echo "As described."
