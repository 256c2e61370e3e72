"""What has been filed with whom, what is waiting, and the 备案表."""

from mingcha.domain.filings.queries.filings import (
    accepted_before,
    bodies_played,
    bodies_received_for,
    filed_for_year,
    filed_in,
    filers_among,
    filings_about,
    filings_visible_to,
    forms_for,
    name_of,
    open_filing,
    receipts_visible_to,
    scans_named,
)
from mingcha.domain.filings.queries.form import Sheet, content_sheets, form_of

__all__ = [
    "Sheet",
    "accepted_before",
    "bodies_played",
    "bodies_received_for",
    "content_sheets",
    "filed_for_year",
    "filed_in",
    "filers_among",
    "filings_about",
    "filings_visible_to",
    "form_of",
    "forms_for",
    "name_of",
    "open_filing",
    "receipts_visible_to",
    "scans_named",
]
