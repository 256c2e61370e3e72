"""Brings the demonstration county (demo/) to life, only through the application's own actions."""
