"""The embedded engine keeps the contract, in a folder and in memory."""

from contract import EngineContract


class TestInFolder(EngineContract):
    """With nothing in it."""


class TestInMemory(EngineContract):
    """With nothing in it."""
