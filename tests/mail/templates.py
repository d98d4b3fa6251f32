"""Mail templates of invented features, as a feature would write them in templates/mail/."""

from jinja2 import ChoiceLoader, DictLoader

TEMPLATES = {
    "mail/test/reply.subject.txt": "{{ member.display_name }}, {{ record.name if record else '' }} {{ number }}",
    "mail/test/reply.txt": """{% extends "mail/layout.txt" %}
{% block content %}
{{ one_line(member.display_name) }}: {{ record.name }} {{ number }}
{{ url_for("spaces.show_space", slug=record.slug) }}
{% endblock %}""",
    "mail/test/reply.html": """{% extends "mail/layout.html" %}
{% block content %}
<h1><bdi>{{ member.display_name }}</bdi></h1>
<p><a href="{{ url_for('spaces.show_space', slug=record.slug) }}">{{ record.name }}</a> {{ number }}</p>
{% endblock %}""",
    "mail/test/code.subject.txt": "{% trans %}Mails{% endtrans %} {{ code }}",
    "mail/test/code.txt": '{% extends "mail/layout.txt" %}{% block content %}{{ code }}\n.\n..\n{% endblock %}',
    "mail/test/code.html": '{% extends "mail/layout.html" %}{% block content %}<p class="code">{{ code }}</p>{% endblock %}',
    "mail/test/broken.subject.txt": "{{ 1 // 0 }}",
}


def add_to(app):
    app.jinja_env.loader = ChoiceLoader([DictLoader(TEMPLATES), app.jinja_env.loader])
