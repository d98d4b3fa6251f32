"""The real programs that tests stand on, each on a free loopback port or a temporary folder, ended by its own pid.

Standard library only, and nothing of the application: deploy/test.py reads PROGRAMS before anything is installed.

    with Redis() as redis: redis.url
    with PostgreSQL() as server: server.url("name")
    with LiveServer(folder, database_url=...) as server: server.base_url; server.kill(); server.start()
"""

import ctypes
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 90
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Program:
    """Something that must be on the machine: where it is looked for, and the Debian packages that bring it."""

    packages: list[str]
    names: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


PROGRAMS = {
    "postgresql": Program(["postgresql-15"], ["initdb"], ["/usr/lib/postgresql/15/bin/initdb"]),
    "redis": Program(["redis-server"], ["redis-server"]),
    "nginx": Program(["nginx"], ["nginx"], ["/usr/sbin/nginx"]),
    # The shell is the same Chromium without the windows around it, which cost more than most pages do.
    "chromium": Program(
        ["chromium-headless-shell"], ["chromium-headless-shell", "chromium", "chromium-browser"]
    ),
    "arabic font": Program(["fonts-noto-core"], places=["/usr/share/fonts/**/NotoSansArabic*"]),
    "chinese font": Program(["fonts-noto-cjk"], places=["/usr/share/fonts/**/NotoSansCJK*"]),
}


def find_program(name):
    """The path of a program (or a file that proves it is there), or None."""
    program = PROGRAMS[name]
    for place in program.places:
        if found := glob.glob(place, recursive=True):
            return found[0]
    return next(filter(None, map(shutil.which, program.names)), None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _ends_with_us(with_signal):
    """For a child: the kernel ends it when this process is gone, also by kill -9 (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, with_signal)


class Service:
    """A process that is started, waited for, and ended by its pid. Subclasses give `command` and `is_ready`."""

    ending = signal.SIGTERM
    patience = SECONDS_TO_START

    def __init__(self, folder=None):
        self.folder = Path(folder or tempfile.mkdtemp(prefix="cityexchange-"))
        self.is_folder_ours = folder is None
        self.port = free_port()
        self.process = None
        self.log = self.folder / f"{type(self).__name__.lower()}.log"

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def command(self):
        raise NotImplementedError

    def environment(self):
        return os.environ

    def is_ready(self):
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in self.command()],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_ends_with_us(self.ending),  # noqa: PLW1509
            )
        deadline = time.monotonic() + self.patience
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"{self.log.name}: did not start\n{self.log.read_text()[-4000:]}")
            time.sleep(0.03)
        return self

    def stop(self):
        """Ends it politely and takes its folder away."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.ending)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        if self.is_folder_ours:
            shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self):
        """kill -9, for it and its own children: what a power cut leaves behind."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Redis(Service):
    def command(self):
        settings = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", self.folder]
        return [find_program("redis"), "--port", self.port, *settings]

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"


class Nginx(Service):
    """nginx with these lines in its http block; `{port}` in them is the port it should listen on."""

    def __init__(self, http, folder=None):
        super().__init__(folder)
        self.http = http

    def command(self):
        config = self.folder / "nginx.conf"
        paths = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        config.write_text(
            f"daemon off; master_process off; pid {self.folder}/nginx.pid; error_log {self.folder}/error.log;\n"
            f"events {{ worker_connections 4096; }}\n"
            f"http {{ access_log off;\n{paths}{self.http.replace('{port}', str(self.port))}\n}}\n"
        )
        return [find_program("nginx"), "-p", self.folder, "-e", self.folder / "error.log", "-c", config]

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self.port}"


class PostgreSQL(Service):
    """A server of its own in a temporary folder. Root may not run one, so root runs it as the user postgres."""

    ending = signal.SIGINT  # its fast way to end: open lines are cut

    def start(self):
        self.bin = Path(find_program("postgresql")).resolve().parent
        self.data = self.folder / "data"
        self.become = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.become = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "--pdeathsig",
                "INT",
            ]
        initdb = [
            self.bin / "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ]
        subprocess.run([*self.become, *map(str, initdb)], check=True, capture_output=True, cwd="/")
        return super().start()

    def command(self):
        settings = {
            "port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder, "max_connections": 600,
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "timezone": "UTC",
        }  # fmt: skip
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [*self.become, self.bin / "postgres", "-D", self.data, *options]

    def is_ready(self):
        probe = [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(probe).returncode == 0

    def url(self, name="postgres"):
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"


class Application(Service):
    """The real application in a process of its own, with a data folder of its own."""

    def __init__(self, folder=None, database_url=None, **settings):
        super().__init__(folder)
        self.base_url = settings.pop("BASE_URL", f"http://127.0.0.1:{self.port}")
        self.database_url = database_url or f"sqlite:///{self.folder}/cityexchange.sqlite"
        self.settings = settings

    def environment(self):
        own = {
            "CITYEXCHANGE_ENV": "development",
            "DATABASE_URL": self.database_url,
            "DATA_FOLDER": str(self.folder),
            "FILES_URL": str(self.folder / "files"),
            "BASE_URL": self.base_url,
            "PYTHONUNBUFFERED": "1",
        }
        left_out = {"REDIS_URL", "MAIL_URL", "SECRET_KEY", "HOST", "PORT"}
        return {**{k: v for k, v in os.environ.items() if k not in left_out}, **own, **self.settings}

    def flask(self, *arguments):
        """Runs one command of the application, for example server.flask("demo", "load")."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(), capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"flask {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout


class LiveServer(Application):
    """gunicorn with gevent, as in `make run`. After kill() or stop(), start() serves the same data at the same address."""

    ending = signal.SIGINT  # at once: open live lines are cut, where SIGTERM would wait for them

    def command(self):
        config = ROOT / "deploy" / "gunicorn.conf.py"
        return [sys.executable, "-m", "gunicorn", "-c", config, "-b", f"127.0.0.1:{self.port}", "wsgi:app"]

    def is_ready(self):
        # Asked by the public name: any other Host is refused.
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/healthz")
        request.add_header("Host", self.base_url.split("//")[1].split("/")[0])
        try:
            urllib.request.urlopen(request, timeout=5).close()
            return True
        except (urllib.error.URLError, OSError):
            return False

    def prepare(self):
        """Migrations on its database; call before start() when the database is new."""
        self.flask("db", "upgrade")
        return self

    def worker(self):
        """A `flask worker` beside it, on the same data."""
        worker = Worker(self.folder, self.database_url, BASE_URL=self.base_url, **self.settings)
        return worker.start()


class Worker(Application):
    """`flask worker`. It opens no port: it counts as ready once it runs, so wait for what it should have done."""

    def command(self):
        return [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]

    def is_ready(self):
        return self.process.poll() is None
