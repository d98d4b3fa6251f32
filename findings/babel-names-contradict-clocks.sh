#!/bin/sh
# Babel 2.18.0 names a time that the clocks do not show, with the zone data of tzdata 2026.6 (release 2026f).
# It chooses between CLDR's standard and daylight names by dst() alone, and never looks at the offset.
# 1. Europe/Dublin: by Ireland's law winter saves minus an hour. Seen: "Irish Standard Time" at +00:00, "Greenwich Mean Time" at +01:00.
# 2. America/Vancouver and America/Winnipeg, which stay on one clock from 2027: seen "Pacific Standard Time" at -07:00 and
#    "Central Standard Time" at -05:00, an hour from what these names mean in Los Angeles and Chicago on the same day.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0 tzdata==2026.6
"$folder/venv/bin/python" - <<'PROGRAM'
import zoneinfo
from datetime import datetime, timedelta

import babel
import tzdata
from babel.dates import get_timezone_name

zoneinfo.reset_tzpath(to=())
print("Babel", babel.__version__, "zones", tzdata.IANA_VERSION)


def seen(zone, month):
    moment = datetime(2027, month, 15, 12, tzinfo=zoneinfo.ZoneInfo(zone))
    hours = moment.utcoffset() / timedelta(hours=1)
    name = get_timezone_name(moment, locale="en")
    print(f"{zone} 2027-{month:02}: {hours:+} hours, {name}")
    return hours, name


assert seen("Europe/Dublin", 1) == (0, "Irish Standard Time")
assert seen("Europe/Dublin", 7) == (1, "Greenwich Mean Time")
assert seen("America/Los_Angeles", 1) == (-8, "Pacific Standard Time")
assert seen("America/Vancouver", 1) == (-7, "Pacific Standard Time")
assert seen("America/Chicago", 1) == (-6, "Central Standard Time")
assert seen("America/Winnipeg", 1) == (-5, "Central Standard Time")
PROGRAM
echo "As described."
