"""Elasticsearch keeps the contract."""

import pytest
from contract import EngineContract


@pytest.mark.elasticsearch
class TestElasticsearch(EngineContract):
    """With nothing in it."""
