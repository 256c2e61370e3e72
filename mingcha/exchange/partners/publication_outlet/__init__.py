"""The places beside our own pages where lists and their changes are published, as far as they have an interface."""

from mingcha.exchange.partners.publication_outlet.client import (
    Clockwork,
    Connection,
    Posted,
    SentBack,
    Unanswered,
    send,
)
from mingcha.exchange.partners.publication_outlet.configuration import (
    Outlet,
    fault_of_configuration,
    outlet_for,
    outlet_named,
    token_of,
)

__all__ = [
    "Clockwork",
    "Connection",
    "Outlet",
    "Posted",
    "SentBack",
    "Unanswered",
    "fault_of_configuration",
    "outlet_for",
    "outlet_named",
    "send",
    "token_of",
]
