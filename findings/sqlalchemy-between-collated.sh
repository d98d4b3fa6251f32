#!/bin/sh
# SQLAlchemy 2.1.9 makes of between() on a text column with a collation a statement that PostgreSQL cannot parse.
# Its dialects for psycopg 3 and asyncpg add the type to each value, and the collation of the column with it. In PostgreSQL's grammar no
# COLLATE may stand bare before the AND of BETWEEN. Seen: BETWEEN $1::VARCHAR COLLATE "C" AND $2::VARCHAR COLLATE "C", and "syntax error
# at or near COLLATE" from PostgreSQL's own parser (18.6, in pglast 8.7). Expected: parentheses around the value, or no collation: the
# same values with >= and <= parse, so does between() on a column without a collation, and the dialect for psycopg2 writes no types.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sqlalchemy==2.1.9 pglast==8.7
"$folder/venv/bin/python" - <<'PROGRAM'
import pglast
import sqlalchemy
from pglast.parser import ParseError, parse_sql
from sqlalchemy import Text, column, select, table
from sqlalchemy.dialects.postgresql import asyncpg, psycopg, psycopg2

print("SQLAlchemy", sqlalchemy.__version__, "PostgreSQL", *pglast.get_postgresql_version())
cities = table("cities", column("name", Text(collation="C")), column("note", Text()))


def seen(driver, condition):
    """The condition as written for this driver, and PostgreSQL's word on it."""
    compiled = select(cities).where(condition).compile(dialect=driver.dialect())
    sql = str(compiled)
    if driver is not asyncpg:
        sql %= {name: f"${place}" for place, name in enumerate(compiled.params, 1)}
    try:
        parse_sql(sql)
        word = "parsed"
    except ParseError as error:
        word = error.args[0]
    written = sql.partition("WHERE ")[2]
    print(f"{driver.__name__.rpartition('.')[2]}: {written}: {word}")
    return written, word


for driver in (psycopg, asyncpg):
    assert seen(driver, cities.c.name.between("A", "M")) == (
        'cities.name BETWEEN $1::VARCHAR COLLATE "C" AND $2::VARCHAR COLLATE "C"',
        'syntax error at or near "COLLATE"',
    )
    assert seen(driver, (cities.c.name >= "A") & (cities.c.name <= "M"))[1] == "parsed"
    assert seen(driver, cities.c.note.between("A", "M")) == ("cities.note BETWEEN $1::VARCHAR AND $2::VARCHAR", "parsed")
assert seen(psycopg2, cities.c.name.between("A", "M")) == ("cities.name BETWEEN $1 AND $2", "parsed")
PROGRAM
echo "As described."
