"""Fetching, and nothing else: the only package that imports Scrapy."""
