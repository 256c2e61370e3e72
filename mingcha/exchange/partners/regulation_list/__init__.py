"""The provincial 互联网+监管 system's list of inspection items: its exports, and its interface where it has one."""

from mingcha.exchange.partners.regulation_list.client import Clockwork, Connection, Fetched, Unanswered, fetch_items
from mingcha.exchange.partners.regulation_list.mapping import COLUMNS, Fault, Reading, read_export, read_items

__all__ = [
    "COLUMNS",
    "Clockwork",
    "Connection",
    "Fault",
    "Fetched",
    "Reading",
    "Unanswered",
    "fetch_items",
    "read_export",
    "read_items",
]
