"""Disclosure logs of invented forces, for the demo and the tests."""
