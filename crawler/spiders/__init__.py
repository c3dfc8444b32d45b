"""One spider for each publishing platform; what a page is, it asks indexer.platforms."""
