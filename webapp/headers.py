"""Headers on every answer: nothing from elsewhere runs, nobody is told where a reader came from, nothing is kept."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, request

from webapp.errors import RefusedError

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
}
STATIC_SECONDS = 86_400  # a day; addresses of files change with their content


def is_loopback(host: str) -> bool:
    """Whether a name or address can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def protect(app: Flask, *, public: bool) -> None:
    """Put the headers on every answer of an application, errors too; a reading room answers to this machine's names."""

    @app.before_request
    def refuse_strange_names() -> None:
        # A page elsewhere that points its own name at this machine would read everything in a reading room.
        if not public and not is_loopback(urlsplit(f"//{request.host}").hostname or ""):
            raise RefusedError(400, "This is a private reading room: it answers to the name of this machine only.")

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}"
        else:
            response.headers["Cache-Control"] = "no-store"  # a search stays in no cache on the way
        if not public:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
