"""Headers on every answer: nothing from elsewhere runs, nobody is told where a reader came from, nothing is kept."""

from __future__ import annotations

from flask import Flask, Response, request

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
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]  # another name for this machine is a page elsewhere reaching in


def protect(app: Flask, *, public: bool) -> None:
    """Put the headers on every answer of an application, errors too."""

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
