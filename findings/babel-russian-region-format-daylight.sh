#!/bin/sh
# Babel 2.18.0 (CLDR 47): in Russian the general format of a region's time is the one of its daylight time.
# CLDR has three: "region", "region daylight", "region standard". Babel keeps them as zone_formats, and in Russian the general one reads
# "%s, летнее время" ("summer time"), where English reads "%s Time". So a place whose zone has no name of its own is
# given summer time in January, if a program makes a name from zone_formats["region"] as CLDR describes it.
# The other languages tried (ar, en, es, fr, zh) are as one expects.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0
"$folder/venv/bin/python" - <<'PROGRAM'
import babel
from babel import Locale

print("Babel", babel.__version__)
seen = {code: str(Locale(code).zone_formats["region"]) for code in ("ar", "en", "es", "fr", "ru", "zh")}
for code, form in seen.items():
    print(code, repr(form))
assert seen["en"] == "%s Time"
assert "летнее" in seen["ru"], seen["ru"]
assert "été" not in seen["fr"] and "verano" not in seen["es"]
PROGRAM
echo "As described."
