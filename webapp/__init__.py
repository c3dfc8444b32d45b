"""The site: HTTP only, the only package that imports Flask."""
