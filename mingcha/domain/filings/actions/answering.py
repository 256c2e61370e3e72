"""What the recipient answers: a number, or what has to be put right."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.filings import rules
from mingcha.domain.filings.actions.keeping import kept
from mingcha.domain.filings.models import Filing, Receipt
from mingcha.domain.filings.rules import ScanFile
from mingcha.domain.filings.states import FilingState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.digests import sha256_hex
from mingcha.kit.locking import locked


@action
def acknowledge(
    filing: Filing, *, number: str, remark: str = "", scan: ScanFile | None = None, by: User, at: datetime
) -> Receipt:
    """Accept it under a number.

    For a body without an account here, the filing department enters the number from the paper receipt and its scan.
    """
    _require_answerer(filing, by=by)
    filing = locked(filing)
    rules.check_answerable(filing)
    rules.check_answerer(filing, answerer_id=by.pk)
    rules.check_number(number)
    form = rules.check_receipt_scan(filing, scan)
    filing.move_to(FilingState.ACKNOWLEDGED)
    filing.save(update_fields=["state"])
    receipt = Receipt.objects.create(
        filing=filing,
        accepted=True,
        number=number.strip(),
        remark=remark.strip(),
        scan=kept(scan, form) if scan is not None and form is not None else "",
        scan_sha256=sha256_hex(scan.content) if scan is not None else "",
        received_by=by,
        received_at=at,
    )
    details = {"number": receipt.number, "scan": receipt.scan_sha256}
    record("filings.acknowledged", filing, by=by, at=at, details=details)
    return receipt


@action
def return_filing(filing: Filing, *, reason: str, by: User, at: datetime) -> Receipt:
    """Send it back, saying what has to be put right."""
    _require_answerer(filing, by=by)
    filing = locked(filing)
    rules.check_answerable(filing)
    rules.check_answerer(filing, answerer_id=by.pk)
    rules.check_return_reason(reason)
    filing.move_to(FilingState.RETURNED)
    filing.save(update_fields=["state"])
    receipt = Receipt.objects.create(
        filing=filing, accepted=False, remark=reason.strip(), received_by=by, received_at=at
    )
    record("filings.returned", filing, by=by, at=at, details={"reason": reason.strip()})
    return receipt


def _require_answerer(filing: Filing, *, by: User) -> None:
    if filing.recipient is not None:
        require(by, Permission.FILING_RECEIVE, within=filing.recipient)
    else:
        require(by, Permission.FILING_SEND, within=filing.department)
