"""What the browser tests call a window: a function that opens a page of the site in a fresh one."""

from collections.abc import Callable

from playwright.sync_api import Page

Window = Callable[..., Page]
