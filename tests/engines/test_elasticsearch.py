"""Elasticsearch keeps the contract: plainly, and with TLS, a key of few rights and no expensive queries."""

import pytest
from contract import EngineContract


@pytest.mark.elasticsearch
class TestElasticsearch(EngineContract):
    """With nothing in it."""


@pytest.mark.elasticsearch
class TestSecured(EngineContract):
    """With nothing in it."""
