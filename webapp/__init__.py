"""The site: HTTP only, the only package that imports Flask."""

from webapp.application import create_app
from webapp.settings import Settings

__all__ = ["Settings", "create_app"]
