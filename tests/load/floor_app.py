"""The floor: the least that these pages cost in Flask. The same rows by raw SQL, plain Jinja, no members, no forms.

gunicorn tests.load.floor_app:app, with DATABASE_URL of a database that holds the volume.
"""

import os
import sqlite3
from collections import deque
from contextlib import contextmanager

import psycopg
from flask import Flask, redirect, request

URL = os.environ["DATABASE_URL"]
PLACEHOLDER = "?" if URL.startswith("sqlite") else "%s"
HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><h1>{{ title }}</h1>'
LIST = (
    HEAD
    + "<ul>{% for row in rows %}<li>{% for cell in row %}<span>{{ cell }}</span> {% endfor %}</li>{% endfor %}</ul></body></html>"
)
POSTS = (
    HEAD
    + "{% for id, html, at, author, city in rows %}<article id='post-{{ id }}'><header><bdi>{{ author }}</bdi>, "
    "<bdi>{{ city }}</bdi>, <time datetime='{{ at }}'>{{ at }}</time></header>{{ html|safe }}</article>{% endfor %}</body></html>"
)
TEXT = (
    HEAD
    + "{{ html|safe }}<dl>{% for row in rows %}<dt>{{ row[0] }}</dt><dd>{{ row[1] }}</dd>{% endfor %}</dl></body></html>"
)
AUTHOR = int(os.environ.get("FLOOR_AUTHOR", 1))
app = Flask(__name__)
LIST_PAGE, POSTS_PAGE, TEXT_PAGE = (app.jinja_env.from_string(page) for page in (LIST, POSTS, TEXT))
idle = deque()


def opened():
    if URL.startswith("sqlite"):
        line = sqlite3.connect(URL.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
        line.execute("PRAGMA journal_mode=wal")
        line.execute("PRAGMA synchronous=normal")
        return line
    return psycopg.connect(URL.replace("+psycopg", ""), autocommit=True)


@contextmanager
def database():
    line = idle.pop() if idle else opened()
    try:
        yield line
    finally:
        idle.append(line)


def rows(sql, *bind_values):
    with database() as line:
        return line.execute(sql.replace("%s", PLACEHOLDER), bind_values).fetchall()


@app.get("/forums")
def forums():
    found = rows("SELECT name, description, topic_count, post_count FROM forums ORDER BY position")
    return LIST_PAGE.render(title="Forums", rows=found)


@app.get("/forums/<slug>")
def forum(slug):
    forum_id, name = rows("SELECT id, name FROM forums WHERE slug = %s", slug)[0]
    found = rows(
        "SELECT t.id, t.title, t.post_count, m.name, t.last_posted_at FROM topics t JOIN members m ON m.id = t.author_id "
        "WHERE t.forum_id = %s ORDER BY t.last_posted_at DESC LIMIT 30",
        forum_id,
    )
    return LIST_PAGE.render(title=name, rows=found)


@app.get("/topics/<int:id>")
def topic(id):
    after = 20 * (request.args.get("page", 1, int) - 1)
    title, _forum = rows(
        "SELECT t.title, f.name FROM topics t JOIN forums f ON f.id = t.forum_id WHERE t.id = %s", id
    )[0]
    found = rows(
        "SELECT p.id, p.html, p.posted_at, m.name, c.name FROM posts p JOIN members m ON m.id = p.author_id "
        "LEFT JOIN cities c ON c.id = p.author_city_id WHERE p.topic_id = %s AND p.position > %s AND p.position <= %s "
        "ORDER BY p.position",
        id, after, after + 20,
    )  # fmt: skip
    return POSTS_PAGE.render(title=title, rows=found)


@app.post("/topics/<int:id>/posts")
def reply(id):
    with database() as line:
        line.execute("BEGIN IMMEDIATE" if PLACEHOLDER == "?" else "BEGIN")
        try:
            write_reply(line, id)
        except BaseException:  # or the line keeps its lock, and nobody else writes any more
            line.execute("ROLLBACK")
            raise
        line.execute("COMMIT")
    return redirect(f"/topics/{id}", 303)


def write_reply(line, id):
    ask = lambda sql, *bind_values: line.execute(sql.replace("%s", PLACEHOLDER), bind_values)
    count = "UPDATE topics SET post_count = post_count + 1 WHERE id = %s RETURNING post_count, forum_id"
    position, forum_id = ask(count, id).fetchone()
    ask("UPDATE forums SET post_count = post_count + 1 WHERE id = %s", forum_id)
    ask(
        "INSERT INTO posts (topic_id, position, author_id, posted_at, text, html, language, is_language_stated, render_version, "
        "version, is_official, is_illustrative) VALUES (%s, %s, %s, CURRENT_TIMESTAMP, %s, %s, 'en', %s, 1, 1, %s, %s)",
        id, position, AUTHOR, request.form["text"], request.form["text"], True, False, True,
    )  # fmt: skip


@app.get("/workshops")
def workshops():
    found = rows(
        "SELECT w.title, w.mode, s.starts_at, s.ends_at, c.name FROM workshops w JOIN schedules s ON s.id = w.schedule_id "
        "LEFT JOIN cities c ON c.id = w.host_city_id ORDER BY s.starts_at LIMIT %s",
        request.args.get("lines", 30, int),
    )
    return LIST_PAGE.render(title="Workshops", rows=found)


@app.get("/workshops/<int:id>")
def workshop(id):
    title, html, schedule_id = rows("SELECT title, html, schedule_id FROM workshops WHERE id = %s", id)[0]
    sessions = rows(
        "SELECT title, starts_at FROM event_sessions WHERE schedule_id = %s ORDER BY starts_at", schedule_id
    )
    aims = rows(
        "SELECT position, title FROM learning_objectives WHERE workshop_id = %s ORDER BY position", id
    )
    places = rows("SELECT mode, count(*) FROM registrations WHERE workshop_id = %s GROUP BY mode", id)
    return TEXT_PAGE.render(title=title, html=html, rows=[*sessions, *aims, *places])
