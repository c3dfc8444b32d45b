"""Knowledge as data: registries and index mappings, read through importlib.resources."""
