"""The domain: what a disclosure is, and how one becomes searchable."""
