#!/bin/sh
# Babel 2.18.0 has no name in words for zones that IANA renamed, under the new name and under the old one too.
# Expected: CLDR, which Babel carries, names the time of Kolkata ("India Standard Time"), of Kyiv and of Buenos Aires in each language,
# under the first name a zone had (Asia/Calcutta). Seen: get_timezone_name turns each old name into the new one before it looks, where
# nothing stands, and gives a bare offset. get_timezone_location loses the city's translation in the same way.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0 tzdata==2026.6
"$folder/venv/bin/python" - <<'PROGRAM'
import zoneinfo
from datetime import datetime

import babel
from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location, get_timezone_name

zoneinfo.reset_tzpath(to=())
noon = datetime(2027, 1, 15, 12)
print("Babel", babel.__version__)
for old, new, kind in (
    ("Asia/Calcutta", "Asia/Kolkata", "India"),
    ("Europe/Kiev", "Europe/Kyiv", "Europe_Eastern"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires", "Argentina"),
):
    known = Locale.parse("en").meta_zones[kind]["long"]["standard"]
    seen = [get_timezone_name(noon.replace(tzinfo=zoneinfo.ZoneInfo(zone)), locale="en") for zone in (old, new)]
    city = get_timezone_location(zoneinfo.ZoneInfo(new), locale="ar", return_city=True)
    there = Locale.parse("ar").time_zones[old]["city"]
    print(f"{new}: CLDR has {known!r}, seen {seen}; the city in Arabic is {there}, seen {city}")
    assert get_global("meta_zones")[old] == kind and new not in get_global("meta_zones")
    assert all(name.startswith("GMT") for name in seen)
    assert city != there
PROGRAM
echo "As described."
