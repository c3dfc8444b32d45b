"""Bytes to text, one module for each family of media types, each document in a worker process."""
