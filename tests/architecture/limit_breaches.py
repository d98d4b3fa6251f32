"""As breaches.py, for the walls between limits and slow work, and around the one clock."""

from tests.architecture import clock_walls, limit_walls
from tests.architecture.breaches import VIEW

LETTERS = """
class LetterForm(Form):
    def validate(self):
        return self.received()
    def received(self):
        return self.letter.data.read()
"""

SAMPLES = {
    clock_walls.the_clock_is_asked_in_one_place: (
        {"cityexchange/forums/models.py": "ends_at = datetime.now(UTC)\n"},
        {"cityexchange/forums/models.py": "ends_at = utcnow()\nbegan = time.monotonic()\n"},
    ),
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
