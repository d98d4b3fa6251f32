"""For each wall the files that break it, and files beside the line, which it must let pass."""

from tests.architecture import clock_walls, hash_walls, page_walls, paper_walls, reader_walls, walls

VIEW = "@bp.post('/x')\ndef close_topic(id):\n"
LONG_VIEW = VIEW + "    authorize('close', topic)\n" * 15
PAGE = "templates/forums/show.html"
SCRIPT = "static/js/room.js"
STYLE = "static/css/base.css"
PAPERS = {
    "README.md": "    make test\n",
    ".ci/run": "make check\n",
    "Makefile": "check: lint\n\t@$(MAKE) test\n",
    "translations/babel.cfg": "[python: cityexchange/**.py]\n[jinja2: templates/**.html]\n[jinja2: templates/**.txt]\n",
    "pyproject.toml": (
        "[[tool.importlinter.contracts]]\nname='layers'\nexhaustive=true\nexhaustive_ignores=['migrations']\n"
    ),
}

# wall: the files that break it; then files beside the line, which it must let pass.
SAMPLES = {
    page_walls.what_is_required_is_seen: (
        {"cityexchange/forums/forms.py": "from wtforms.validators import DataRequired, Length\n"},
        {"cityexchange/forums/forms.py": "from cityexchange.core.fields import DataRequired\n"},
    ),
    page_walls.fields_are_named_in_one_place: (
        {PAGE: '{{ field(form.reason, rows=3, id="why") }}'},
        {PAGE: "{{ field(form.reason, rows=3) }}"},
    ),
    page_walls.what_scrolls_is_reached_by_keys: (
        {PAGE: '<div class="table-scroll"><table></table></div>'},
        {
            PAGE: '<div class="table-scroll" tabindex="0" role="region" aria-label="Audit"><table></table></div>'
        },
    ),
    page_walls.nothing_is_cut_off: (
        {PAGE: '<input name="q" maxlength="100">'},
        {PAGE: '{% if f.flags.maxlength %}<input name="q" data-most="100">{% endif %}'},
    ),
    walls.only_the_unit_of_work_commits: (
        {"cityexchange/forums/models.py": "db.session.commit()\n"},
        {"cityexchange/core/db.py": "db.session.commit()\n"},
    ),
    walls.modules_stay_readable: (
        {"cityexchange/forums/models.py": "x = 1\n" * 221},
        {"cityexchange/forums/models.py": "x = 1\n" * 220},
    ),
    walls.functions_stay_readable: (
        {"cityexchange/forums/models.py": "def post():\n" + "    pass\n" * 30},
        {"cityexchange/forums/models.py": "def post():\n" + "    pass\n" * 29},
    ),
    walls.views_stay_thin: (
        {"cityexchange/forums/views.py": LONG_VIEW},
        {"cityexchange/forums/views.py": LONG_VIEW.replace("@bp", "@other.thing")[:-30]},
    ),
    walls.classes_stay_small: (
        {"cityexchange/forums/models.py": "class Topic:\n" + "    def a(self): pass\n" * 21},
        {"cityexchange/forums/models.py": "class Topic:\n" + "    def a(self): pass\n" * 20},
    ),
    walls.modules_have_telling_names: (
        {"cityexchange/forums/utils.py": ""},
        {"cityexchange/forums/pruning.py": ""},
    ),
    walls.functions_have_telling_verbs: (
        {"cityexchange/forums/models.py": "def get_topic(): pass\n"},
        {"cityexchange/members/models.py": "def get_id(self): pass\ndef getaway(): pass\n"},
    ),
    hash_walls.passwords_are_hashed_in_one_place: (
        {"cityexchange/members/views/joining.py": "password = hash_password(form.password.data)\n"},
        {
            "cityexchange/members/security.py": "hash_password(password)\n",
            "cityexchange/members/views/joining.py": "security.hashed(form.password.data)\n",
        },
    ),
    walls.limits_are_known: (
        {"cityexchange/forums/listing.py": "topics.limit(30)\n"},
        {"cityexchange/forums/listing.py": "topics.limit(at_most(30))\n"},
    ),
    walls.imports_stand_at_the_top: (
        {"cityexchange/forums/models.py": "def f():\n    from cityexchange.chat import models\n"},
        {"cityexchange/forums/models.py": "import re\ndef f(): pass\n"},
    ),
    walls.features_have_no_circles: (
        {
            "cityexchange/forums/models/topics.py": "from cityexchange.forums.models import posts\n",
            "cityexchange/forums/models/posts.py": "if TYPE_CHECKING:\n    from cityexchange.forums.models.topics import Topic\n",
        },
        {
            "cityexchange/forums/models/__init__.py": "from cityexchange.forums.models.topics import Topic\n",
            "cityexchange/forums/models/topics.py": "from cityexchange.forums.models import posts\n",
            "cityexchange/forums/models/posts.py": "from cityexchange.members.models import Member\n",
        },
    ),
    walls.changing_views_ask_a_policy: (
        {
            "cityexchange/forums/views.py": VIEW + "    change(id)\n\ndef change(id):\n    topic.close()\n",
            "cityexchange/forums/writing.py": "def change(id):\n    authorize('close', topic)\n",
        },
        {
            "cityexchange/forums/views.py": VIEW
            + "    change(id)\n\ndef change(id):\n    authorize('close', topic)\n",
            "cityexchange/visits/views.py": VIEW + "    writing.change(id)\n",
            "cityexchange/visits/writing.py": "def change(id):\n    authorize('close', topic)\n",
        },
    ),
    walls.members_are_passed_by_themselves: (
        {"cityexchange/forums/views.py": "topic.close(by=current_user)\n"},
        {"cityexchange/members/views.py": "current_user\n", "cityexchange/forums/views.py": "me()\n"},
    ),
    walls.roles_are_compared_in_policies_only: (
        {"cityexchange/forums/views.py": "if member.team_role == 'admin': pass\n"},
        {"cityexchange/forums/policy.py": "member.has_team_role('admin')\n"},
    ),
    reader_walls.who_asks_is_a_reader: (
        {"cityexchange/forums/policy.py": "def writes_where(guest, person: Any): pass\n"},
        {
            "cityexchange/chat/policy.py": "def writes_where(guest: Reader, person: Any): pass\n",
            "cityexchange/forums/listing.py": "def topics_for(reader: OneReader | None = None, *, of=None): pass\n",
            "cityexchange/members/panels.py": "def tasks_of(reader: Reader, member): pass\n",
        },
    ),
    reader_walls.cities_are_called_in_the_readers_language: (
        {PAGE: "<h1>{{ visit.host_city.name }}</h1>"},
        {
            PAGE: "<h1>{{ visit.host_city.called }}</h1><p>{{ city.names }}{# city.name #}</p>",
            "cityexchange/cities/receivers.py": "@on_change(City.name)\ndef tell(city): pass\n",
            "cityexchange/archive/sections.py": "{'city': asked.city.name}\n",
        },
    ),
    walls.settings_come_from_config: (
        {"cityexchange/forums/views.py": "os.environ['DEBUG']\n"},
        {"config.py": "os.environ['DEBUG']\n"},
    ),
    walls.signals_are_past_facts: (
        {"cityexchange/forums/signals.py": "close_topic = Signal('topic')\n"},
        {"cityexchange/forums/signals.py": "topic_closed = Signal('topic')\nmail_sent = Signal('mail')\n"},
    ),
    walls.socket_events_are_record_and_verb: (
        {"cityexchange/chat/sockets.py": "@handler('join')\ndef enter_room(): pass\n"},
        {"cityexchange/chat/sockets.py": "@handler('room:enter')\ndef enter_room(): pass\n"},
    ),
    walls.statements_are_prepared_in_one_way: (
        {"cityexchange/x.py": "NEWEST = select(Topic)\nrows(NEWEST, {})\n"},
        {"cityexchange/x.py": "@prepared\ndef newest():\n    return select(Topic)\nrows(newest(), {})\n"},
    ),
    walls.nothing_is_left_for_later: (
        {"cityexchange/forums/models.py": "# TO" + "DO: later\n"},
        {"cityexchange/forums/models.py": "TODOS = 1\n"},
    ),
    page_walls.templates_belong_to_a_feature: (
        {"templates/blog/show.html": "", "cityexchange/forums/__init__.py": ""},
        {PAGE: "", "templates/ui/buttons.html": "", "cityexchange/forums/__init__.py": ""},
    ),
    page_walls.nothing_is_inline: (
        {PAGE: '<p onclick="go()">'},
        {
            PAGE: '<script type="module" src="x.js"></script>{# <style> #}',
            "templates/mail/a.html": '<p style="x">',
        },
    ),
    page_walls.nothing_comes_from_elsewhere: (
        {PAGE: '<link href="https://fonts.example.com/a.css">'},
        {PAGE: '<svg xmlns="http://www.w3.org/2000/svg">', SCRIPT: "// see https://example.org\n"},
    ),
    page_walls.forms_that_change_carry_a_token: (
        {PAGE: '<form method="post" action="/x"><button>x</button></form>'},
        {PAGE: '<form method="post">{{ csrf_field() }}</form><form method="get"></form>'},
    ),
    page_walls.only_sanitised_text_is_marked_safe: (
        {PAGE: "{{ post.text|safe }}"},
        {"templates/ui/written.html": "{{ reading.html | safe }}", PAGE: "{{ '<br>' | safe }}"},
    ),
    page_walls.pages_ask_for_me: (
        {PAGE: "{% if current_user.is_authenticated %}"},
        {PAGE: "{% if me.is_authenticated and can('close', topic) %}"},
    ),
    page_walls.templates_extract_whole_sentences: (
        {PAGE: "{{ _('Closed by ' ~ name) }}"},
        {PAGE: "{{ _('Closed by %(name)s', name=name) }}"},
    ),
    page_walls.answers_have_a_time_limit: (
        {SCRIPT: "line.emit('topic:enter', {}, (answer) => show(answer))\n"},
        {
            SCRIPT: "// never fetch() here\nthis.fetchNews()\nengine.emitReserved('error')\nask(address)\n",
            "static/js/lib/asking.js": "fetch(address)\nline.timeout(1).emitWithAck(event)\n",
            "static/vendor/socket.js": "line.emit('x')\n",
        },
    ),
    page_walls.scripts_stay_small: ({SCRIPT: "a()\n" * 81}, {SCRIPT: "a()\n" * 80}),
    page_walls.scripts_hold_no_words: (
        {SCRIPT: 'button.textContent = "Sending";\n'},
        {
            SCRIPT: '// It says what it does\nroom.on("message:posted", f); q("form button"); if (e.key === "Enter") {}\n'
        },
    ),
    page_walls.cached_fragments_know_only_their_context: (
        {
            PAGE: "{{ cached_fragment('forums/_line.html', topic=topic) }}",
            "templates/forums/_line.html": "{% from 'ui/marks.html' import mark as sign %}{{ sign(topic) }}",
            "templates/ui/marks.html": "{% macro mark(topic) %}{{ own(topic) }}{% endmacro %}"
            "{% macro own(topic) %}{% if me.id == topic.author_id %}*{% endif %}{% endmacro %}",
        },
        {
            PAGE: "{{ cached_fragment('forums/_line.html', is_mine=topic.author_id == me.id) | fill(token=csrf_token()) }}",
            "templates/forums/_line.html": "{% from 'ui/marks.html' import mark %}{{ mark(is_mine) }}",
            "templates/ui/marks.html": "{% macro mark(is_mine) %}{{ '*' if is_mine }}{% endmacro %}"
            "{% macro own(topic) %}{{ me.name }}{% endmacro %}",
        },
    ),
    page_walls.styles_are_logical: (
        {STYLE: ".card { margin-left: 1rem }"},
        {STYLE: ".card { margin-inline-start: 1rem; /* margin-left: 1rem */ text-align: start }"},
    ),
    clock_walls.tests_know_no_speed: (
        {"tests/forums/test_live.py": "import time\ntime.sleep(2)\n"},
        {"tests/forums/test_live.py": "thread.join(PATIENCE)\n", "tests/load/bench.py": "time.sleep(2)\n"},
    ),
    page_walls.addresses_come_from_the_router: (
        {
            PAGE: '<a href="/topics/{{ topic.id }}">',
            "templates/forums/edit.html": '{{ link_button("/posts/" ~ id) }}',
        },
        {
            PAGE: "<a href=\"{{ url_for('.show_topic', id=topic.id) }}\">{{ host.rstrip('/') }}, and/or</a> {# '/x' #}",
            "templates/errors/plain.html": '<a href="/">',
        },
    ),
    page_walls.lines_stay_readable: (
        {PAGE: f"<p>\n  {'so ' * 40}\n</p>\n"},
        {PAGE: f"<p>\n  {'so ' * 39}\n</p>\n", "templates/mail/forums/reply.txt": "so " * 50},
    ),
    page_walls.attributes_stand_apart: (
        {PAGE: '<a class="x" {% if y %}aria-current="page"{% endif %}\nhref="{{ z }}">'},
        {
            PAGE: '<a class="x{% if y %}y{% endif %}"{% if y == ">" %} aria-current="page"{% endif %}\n   href="{{ z }}">'
            "<b {% if y %}lang='en'{% else %}dir='auto'{% endif %}>{% if y %}y{% endif %}z"
        },
    ),
    page_walls.styles_say_one_thing_a_line: (
        {STYLE: ".card { color: red; }\n"},
        {STYLE: '.card {\n  color: red; /* a; b */\n  content: ";}x";\n}\n'},
    ),
    paper_walls.no_registry_is_named: (
        {"requirements.txt": "--index-url https://pypi." + "org/simple\n"},
        {"requirements.txt": "flask==3.1.3\n"},
    ),
    paper_walls.no_path_of_one_machine_is_named: (
        {"docs/deploy.md": "cd /wo" + "rk/main\n"},
        {"docs/deploy.md": "team/work/ at https://example.org/work\n"},
    ),
    paper_walls.locks_name_no_address: (
        {"package-lock.json": '{"resolved": "x"}'},
        {"package-lock.json": '{"integrity": "x"}'},
    ),
    paper_walls.what_is_made_is_not_committed: (
        {"translations/fr/LC_MESSAGES/messages.mo": "x"},
        {"translations/fr/LC_MESSAGES/messages.po": "x"},
    ),
    paper_walls.ci_runs_what_the_readme_says: (PAPERS | {".ci/run": "pytest\n"}, PAPERS),
    paper_walls.the_import_walls_have_no_door: (
        PAPERS | {"pyproject.toml": PAPERS["pyproject.toml"] + "ignore_imports=['a -> b']\n"},
        PAPERS,
    ),
    paper_walls.catalogues_are_fed_from_everywhere: (
        PAPERS | {"translations/babel.cfg": "[python: cityexchange/**.py]\n"},
        PAPERS,
    ),
    paper_walls.every_setting_is_explained: (
        {"README.md": "`MAIL_URL`\n", "config.py": 'A = setting("MAIL_URL")\nB = setting("DOOR", "open")\n'},
        {"README.md": "`MAIL_URL`\n", "config.py": 'A = setting("MAIL_URL")\nB = setting("FLASK_RUN")\n'},
    ),
    paper_walls.every_dependency_is_explained: (
        {"docs/dependencies.md": "| flask-login |\n", "requirements.in": "# Flask\nflask\n"},
        {
            "docs/dependencies.md": "| flask-login, Psycopg |\n",
            "requirements.in": "-r x.in\npsycopg[binary]\n",
        },
    ),
    paper_walls.good_lines_stand_in_the_code: (
        {
            "STYLE.md": "    good    find(id)      forums/views.py\n            close(topic)\n",
            "cityexchange/forums/views.py": "close(topic)\nfind(id)\n",
        },
        {
            "STYLE.md": "    good    find(id, ...)    forums/views.py\n            close(topic)\n    bad     close(id)    forums/views.py\n"
            "    good    close(id), open(id)\n    good    {{ x }}  forums/show.html\n",
            "cityexchange/forums/views.py": "topic = find(id, by=1)\nclose(topic)\n",
            PAGE: "{{ x }}",
        },
    ),
    paper_walls.the_way_in_leads_somewhere: (
        {"ARCHITECTURE.md": "Read `forums/views/gone.py`.\n", "cityexchange/forums/views/topics.py": ""},
        {
            "ARCHITECTURE.md": "`/topics/7/close`, `tests/forums`, `forums/views/topics.py`, `layouts/app.html`, `deploy/run.py`\n",
            "cityexchange/forums/views/topics.py": "",
            "templates/layouts/app.html": "",
            "deploy/run.py": "",
        },
    ),
}
