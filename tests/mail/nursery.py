"""Makes worker processes quickly: the application is imported once, each "start" on standard input is a fork.

What runs in the fork is what `flask --app wsgi worker` runs. Answers each start with the worker's process id.
"""

import os
import signal
import sys

from cityexchange.app import create_app
from config import TestConfig
from tests.mail import templates


def main():
    app = create_app(TestConfig)
    templates.add_to(app)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        if not (pid := os.fork()):
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)
            app.test_cli_runner().invoke(args=["worker"], standalone_mode=False)
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


main()
