"""The commands of the indexer: everything but fetching and serving."""
