"""What each answer tells the browser to allow, and which host names we answer to."""

from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}


def trusted_hosts(base_url: str) -> list[str] | None:
    """The host of BASE_URL; None (any) only where no BASE_URL is set, in development."""
    host = urlsplit(base_url).hostname if base_url else None
    return [host] if host else None


def _set_headers(response):
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if response.mimetype in {"text/html", "application/json"}:
        response.headers.setdefault(
            "Cache-Control", "no-store" if "Set-Cookie" in response.headers else "private, no-cache"
        )
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def believe_proxies(app):
    """Threat: without this every caller is the proxy, and all members share one limit; with it but no proxy, a caller
    says who they are. So the number of proxies in front is a setting, and the host name is never theirs to say."""
    app.wsgi_app = behind_proxies(app, app.wsgi_app)


def behind_proxies(app, answer):
    """A WSGI application that sees its callers behind the proxies in front."""
    count = app.config.get("TRUSTED_PROXIES", 0)
    return ProxyFix(answer, x_for=count, x_proto=count) if count else answer


def init_app(app):
    believe_proxies(app)
    app.config["TRUSTED_HOSTS"] = trusted_hosts(app.config["BASE_URL"])
    if app.config["BASE_URL"].startswith("https://"):
        FIXED_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
        app.after_request(lambda response: (response.headers.extend(FIXED_HTTPS), response)[1])
    app.after_request(_set_headers)
