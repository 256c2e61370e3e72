"""Rows for tests, one module a domain app. They go round the actions on purpose, so they lift the guard."""
