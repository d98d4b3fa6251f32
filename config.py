"""Settings, read once from the environment. The package never reads os.environ."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
WEAK = {"", "development-only", "secret", "changeme", "change-me"}


def setting(name, default=None):
    return os.environ.get(name) or default


class Config:
    ENV_NAME = "production"
    SECRET_KEY = setting("SECRET_KEY", "")
    SECRET_KEY_FALLBACKS = [key for key in setting("SECRET_KEY_FALLBACKS", "").split(",") if key]
    BASE_URL = setting("BASE_URL", "")
    DATA_FOLDER = setting("DATA_FOLDER", str(HERE / "instance"))
    SQLALCHEMY_DATABASE_URI = setting(
        "DATABASE_URL", f"sqlite:///{HERE / 'instance' / 'cityexchange.sqlite'}"
    )
    DATABASE_PATIENCE = float(setting("DATABASE_PATIENCE", "0"))
    # As OWASP asks at the least. More, and on all cores, would let fifty who guess at once hold up everybody else.
    SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS = {
        "argon2__rounds": 2,
        "argon2__memory_cost": 19 * 1024,  # KiB
        "argon2__parallelism": 1,
    }
    REDIS_URL = setting("REDIS_URL")
    IS_COMMAND = bool(setting("FLASK_RUN_FROM_CLI"))
    MAIL_URL = setting("MAIL_URL")
    MAIL_SENDER = setting("MAIL_SENDER", "cityexchange <no-reply@cityexchange.example>")
    FILES_URL = setting("FILES_URL", str(HERE / "instance" / "files"))
    S3_ENDPOINT_URL = setting("S3_ENDPOINT_URL")
    DEMO_PASSWORD = setting("DEMO_PASSWORD", "cityexchange")
    CONTACT_ADDRESS = setting("CONTACT_ADDRESS", "coordinator@cityexchange.example")
    METRICS_TOKEN = setting("METRICS_TOKEN")
    OUTSIDE_NETWORKS = [network for network in setting("OUTSIDE_NETWORKS", "").split(",") if network]
    TRUSTED_PROXIES = int(setting("TRUSTED_PROXIES", "0"))
    STATIC_FOLDER = str(HERE / "static")
    TEMPLATE_FOLDER = str(HERE / "templates")
    BABEL_TRANSLATION_DIRECTORIES = str(HERE / "translations")
    MAX_CONTENT_LENGTH = 25 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024
    MAX_FORM_PARTS = 2000
    WRITE_LIMIT_FACTOR = float(setting("WRITE_LIMIT_FACTOR", "1"))
    IS_DEMO_ALLOWED = False
    IS_SECOND_FACTOR_ASKED = True
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = BASE_URL.startswith("https://")
    WTF_CSRF_TIME_LIMIT = None
    WTF_CSRF_SSL_STRICT = False


class ProductionConfig(Config):
    pass


class DevelopmentConfig(Config):
    ENV_NAME = "development"
    SECRET_KEY = setting("SECRET_KEY", "development-only")
    IS_DEMO_ALLOWED = True
    IS_SECOND_FACTOR_ASKED = False


class TestConfig(DevelopmentConfig):
    ENV_NAME = "test"
    TESTING = True
    BASE_URL = setting("BASE_URL", "http://localhost")
    WTF_CSRF_ENABLED = False
    # Argon2 at its cheapest: what it costs is what it is for, and tests sign in by the hundred.
    SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS = {
        "argon2__rounds": 1,
        "argon2__memory_cost": 8,
        "argon2__parallelism": 1,
    }


CONFIGS = {"production": ProductionConfig, "development": DevelopmentConfig, "test": TestConfig}


def chosen():
    """The configuration class that CITYEXCHANGE_ENV names; production must be complete to be chosen."""
    name = setting("CITYEXCHANGE_ENV", "development")
    if name not in CONFIGS:
        raise SystemExit(f"CITYEXCHANGE_ENV is {name!r}; it must be one of {', '.join(CONFIGS)}.")
    if name == "production":
        insist_on_production_settings(Config)
    return CONFIGS[name]


def insist_on_production_settings(config):
    if config.SECRET_KEY in WEAK or len(config.SECRET_KEY) < 32:
        raise SystemExit("SECRET_KEY is missing or weak: set it to at least 32 random characters.")
    if not config.BASE_URL.startswith(("http://", "https://")):
        raise SystemExit(
            "BASE_URL is missing: set it to the public address, such as https://exchange.example.org."
        )


def unused_libraries(config):
    """What huey, Socket.IO and structlog import wherever they find it, and these settings have no use for."""
    yield from ("aiohttp", "requests", "rich", "websocket")
    if not config.REDIS_URL:
        yield "redis"
    if not config.SQLALCHEMY_DATABASE_URI.startswith("postgresql"):
        yield "psycopg"


LATER = ("authlib", "webauthn")
"""What Flask-Security imports wherever it finds it and has no use for here: our own deeds load it, when somebody needs them."""
