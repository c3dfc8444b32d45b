"""One pure page reader for each publishing platform: (URL, bytes) to listing, item, challenge or other."""
