"""As breaches.py, for the wall between limits and slow work."""

from tests.architecture import limit_walls
from tests.architecture.breaches import VIEW

LETTERS = """
class LetterForm(Form):
    def validate(self):
        return self.received()
    def received(self):
        return self.letter.data.read()
"""

SAMPLES = {
    limit_walls.slow_work_comes_after_its_limit: (
        {
            "cityexchange/members/security.py": "def hashed(password): pass\n",
            "cityexchange/members/views/joining.py": VIEW
            + "    digest = security.hashed(form.password.data)\n    JOINS.take(caller())\n",
        },
        {
            "cityexchange/members/letters.py": LETTERS,
            "cityexchange/members/views/joining.py": "from cityexchange.members.letters import LetterForm\n"
            + VIEW
            + "    JOINS.take(caller())\n    form = LetterForm()\n    form.validate()\n",
        },
    ),
}
