"""The desk's addresses, one module a domain app."""
