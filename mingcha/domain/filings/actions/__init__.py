"""What can be done with a filing."""

from mingcha.domain.filings.actions.answering import acknowledge, return_filing
from mingcha.domain.filings.actions.nil_returns import file_nil_return
from mingcha.domain.filings.actions.preparing import prepare_filing, withdraw_filings
from mingcha.domain.filings.actions.sending import attach_scan, send_filing

__all__ = [
    "acknowledge",
    "attach_scan",
    "file_nil_return",
    "prepare_filing",
    "return_filing",
    "send_filing",
    "withdraw_filings",
]
